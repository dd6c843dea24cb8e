/** One statement whose answer is one text: the driver's own way, less what this answer does not need of it. */
import type { Connection, Submittable } from "pg";
import { prepareValue } from "pg/lib/utils";
import { serialize } from "pg-protocol";
import { beginWire, endWire, toWire, type WireText } from "../database/wire";
import type { Statement } from "./sql";

const EXECUTE = serialize.execute();
const SYNC = serialize.sync();

/** Holds until the end of the transaction, which is this one write. */
const FOR_VALUES = [
  serialize.parse({ text: "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)" }),
  serialize.bind(),
  EXECUTE,
];

/** What of the driver's connection is used beside its stream. */
interface Prepared {
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
}

/**
 * Bind, execute and sync as one write, where the driver sends five messages and has the columns described each time.
 * The client knows this interface from cursors and streams.
 */
export class TextQuery implements Submittable {
  readonly text: string;
  /** The client notes a statement of this name as prepared once it is parsed. */
  readonly name: string | undefined;
  callback: (error: Error | null, text?: WireText | null) => void;
  readonly #values: readonly unknown[];
  readonly #forValues: boolean;
  #found: string | null = null;
  #isWire = false;

  constructor(statement: Statement, name: string | undefined, callback: TextQuery["callback"]) {
    const { text, values, forValues = false } = statement;
    this.text = text;
    this.name = name;
    this.callback = callback;
    this.#values = values;
    // One without a name is planned for its values anyway.
    this.#forValues = forValues && name !== undefined;
  }

  submit(connection: Connection): void {
    const { parsedStatements, submittedNamedStatements } = connection as unknown as Prepared;
    const { text, name = "" } = this;
    const known = name && (parsedStatements[name] ?? submittedNamedStatements[name]) === text;
    if (name && !known) submittedNamedStatements[name] = text;
    const bind = serialize.bind({
      statement: name,
      values: [...this.#values],
      valueMapper: (value: unknown) => prepareValue(value),
    });
    const parts = [
      // First, because the client takes the first statement that is parsed for this one.
      ...(known ? [] : [serialize.parse({ name, text })]),
      ...(this.#forValues ? FOR_VALUES : []),
      bind,
      EXECUTE,
      SYNC,
    ];
    this.#isWire = beginWire(connection);
    connection.stream.write(Buffer.concat(parts));
  }

  /** The last row is the statement's own. */
  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.#found = fields[0] ?? null;
  }

  handleCommandComplete(): void {}

  handleEmptyQuery(): void {}

  handleReadyForQuery(connection: Connection): void {
    endWire(connection);
    const found = this.#found;
    this.callback(null, found === null || this.#isWire ? (found as WireText | null) : toWire(found));
  }

  handleError(error: Error, connection: Connection): void {
    endWire(connection);
    this.callback(error);
  }
}
