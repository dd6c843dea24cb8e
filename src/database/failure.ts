// The one error by which this folder tells an operator what is wrong with the database and what to do.
export class DatabaseFailure extends Error {
  constructor(
    message: string,
    readonly hint: string,
    readonly log = "",
  ) {
    super(
      [message, `Hint: ${hint}`, log && `The server's log ends with:\n${log}`].filter(Boolean).join("\n"),
    );
    this.name = "DatabaseFailure";
  }
}
