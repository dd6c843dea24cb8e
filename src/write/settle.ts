/** What follows from a change of rows, in the transaction that makes it; kept by a room that writing does not know. */
import type { DatasetEntry } from "../declare";
import type { Values } from "./value";

/** A row that was changed, or taken out of use. */
export interface SettledRow {
  readonly uuid: string;
  /** The version that the change superseded. */
  readonly version: number;
  /** The changed fields, as stored; of an encrypted one the value itself. */
  readonly values: Values;
  readonly retired?: true;
}

export interface Settlement {
  readonly dataset: DatasetEntry;
  readonly rows: readonly SettledRow[];
  /** Who changed them: an account of a department, or the hub itself. */
  readonly actor: string;
  readonly department: string;
}

/** A statement on the connection of the transaction; gives its rows. */
export type Query = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;

/** To be called after the rows were changed: whoever else holds one of them has ended by then. */
export type Settle = (query: Query, change: Settlement) => Promise<void>;
