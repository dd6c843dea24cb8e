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

/** A statement of which the one text is wanted; without a name it is prepared for this once. */
export interface Wanted {
  readonly statement: Statement;
  readonly name?: string;
}

/** Told of the texts that came, in the order of the statements: all of them, or those before the error. */
export type Told = (error: Error | null, texts: readonly (WireText | null)[]) => void;

/** Whether this connection holds the statement prepared. */
export function isPrepared(connection: Connection, { statement, name }: Wanted): boolean {
  const { parsedStatements, submittedNamedStatements } = connection as unknown as Prepared;
  return name !== undefined && (parsedStatements[name] ?? submittedNamedStatements[name]) === statement.text;
}

/**
 * Bind, execute and sync as one write, where the driver sends five messages and has the columns described each time.
 * The client knows this interface from cursors and streams. Several statements share the write and the one sync: they
 * must be prepared already, because the client takes the first that is parsed for the one that it runs.
 */
export class TextQuery implements Submittable {
  readonly text: string | undefined;
  /** The client notes a statement of this name as prepared once it is parsed. */
  readonly name: string | undefined;
  /** The client puts its own around it. */
  callback: (error: Error | null, texts?: readonly (WireText | null)[]) => void;
  readonly #wanted: readonly Wanted[];
  readonly #texts: (WireText | null)[] = [];
  /** Answers that come before the first that is wanted. */
  #before = 0;
  #found: string | null = null;
  #isWire = false;

  constructor(wanted: readonly Wanted[], callback: Told) {
    const [only] = wanted.length === 1 ? wanted : [];
    this.text = only?.statement.text;
    this.name = only?.name;
    this.callback = (error) => callback(error, this.#texts);
    this.#wanted = wanted;
  }

  /** Statements in this write. */
  get size(): number {
    return this.#wanted.length;
  }

  submit(connection: Connection): void {
    const parts = this.#wanted.flatMap((one) => this.#messages(connection, one));
    this.#isWire = beginWire(connection);
    connection.stream.write(Buffer.concat([...parts, SYNC]));
  }

  #messages(connection: Connection, one: Wanted): Buffer[] {
    const { statement, name = "" } = one;
    const { text, values, forValues = false } = statement;
    const known = isPrepared(connection, one);
    if (name && !known) (connection as unknown as Prepared).submittedNamedStatements[name] = text;
    // One without a name is planned for its values anyway.
    const planned = forValues && name !== "";
    if (planned) this.#before = 1;
    return [
      // First, because the client takes the first statement that is parsed for this one.
      ...(known ? [] : [serialize.parse({ name, text })]),
      ...(planned ? FOR_VALUES : []),
      serialize.bind({ statement: name, values: [...values], valueMapper }),
      EXECUTE,
    ];
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.#found = fields[0] ?? null;
  }

  handleCommandComplete(): void {
    const found = this.#found;
    this.#found = null;
    if (this.#before > 0) this.#before--;
    else this.#texts.push(found === null || this.#isWire ? (found as WireText | null) : toWire(found));
  }

  handleEmptyQuery(): void {}

  handleReadyForQuery(connection: Connection): void {
    endWire(connection);
    this.callback(null);
  }

  handleError(error: Error, connection: Connection): void {
    endWire(connection);
    this.callback(error);
  }
}

const valueMapper = (value: unknown) => prepareValue(value);
