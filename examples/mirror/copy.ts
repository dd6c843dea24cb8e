/** A copy of a dataset's rows in one file, which is whole after any kill: rows and the place in the feed move together. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import path from "node:path";

export type Row = Readonly<Record<string, unknown>>;

export interface Change {
  readonly kind: "UPSERT" | "DELETE" | "RETRACT";
  readonly id: string;
  readonly node: Row | null;
}

/** One line of the file: what a page of the feed brought, and where it goes on. */
interface Line {
  readonly after: string | null;
  /** All rows; without it the line adds to those before. */
  readonly rows?: readonly Row[];
  readonly put?: readonly Row[];
}

/** Lines after which the file is written anew although nothing was taken back. */
const MOST_LINES = 1_000;

export class Copy {
  readonly rows = new Map<string, Row>();
  /** Where the feed goes on; null at the beginning. */
  after: string | null = null;
  #lines = 0;

  constructor(readonly file: string) {
    if (!existsSync(file)) return;
    const text = readFileSync(file, "utf8");
    // A kill in the middle of writing leaves the beginning of a line: the page it was of comes again.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    for (const line of whole.split("\n")) if (line) this.#read(JSON.parse(line) as Line);
    if (whole.length < text.length) this.#cut(Buffer.byteLength(whole));
  }

  /** Takes a page; when this returns it survives a kill. The same page taken twice changes nothing. */
  apply(changes: readonly Change[], after: string): void {
    let takenBack = false;
    for (const { kind, id, node } of changes) {
      if (kind === "UPSERT" && node) this.rows.set(id, node);
      if (kind !== "UPSERT") takenBack = this.rows.delete(id) || takenBack;
    }
    this.after = after;
    const put = changes.flatMap(({ kind, node }) => (kind === "UPSERT" && node ? [node] : []));
    // What is taken back must be gone from the file, not only left out of what is read of it.
    if (takenBack || this.#lines >= MOST_LINES) this.#rewrite();
    else this.#append({ after, put });
  }

  /** Begins anew: nothing is left of what was copied. */
  clear(): void {
    this.rows.clear();
    this.after = null;
    this.#rewrite();
  }

  #read({ after, rows, put }: Line): void {
    if (rows) this.rows.clear();
    for (const row of [...(rows ?? []), ...(put ?? [])]) this.rows.set(String(row.id), row);
    this.after = after;
    this.#lines++;
  }

  #append(line: Line): void {
    write(this.file, "a", line);
    this.#lines++;
  }

  /** The new file takes the old one's place in one step. */
  #rewrite(): void {
    const draft = `${this.file}.new`;
    write(draft, "w", { after: this.after, rows: [...this.rows.values()] });
    renameSync(draft, this.file);
    const folder = openSync(path.dirname(path.resolve(this.file)), "r");
    fsyncSync(folder);
    closeSync(folder);
    this.#lines = 1;
  }

  #cut(bytes: number): void {
    const file = openSync(this.file, "r+");
    ftruncateSync(file, bytes);
    closeSync(file);
  }
}

function write(name: string, flags: string, line: Line): void {
  const file = openSync(name, flags, 0o600);
  try {
    writeSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
