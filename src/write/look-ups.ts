/** What the write path must know of rows; the planner answers it under a SYSTEM decision, from the primary (semantics 6). */
import type { Identity } from "../identity";
import type { Elsewhere } from "../read/registers";

/** A row as stored, without its encrypted fields: references as uuid, dates, decimals and instants as text. */
export interface StoredRow {
  readonly id: string;
  readonly territory: string;
  readonly version: number;
  readonly retiredAt: string | null;
  readonly [field: string]: unknown;
}

export interface LookUps {
  /** Which of these values some row in use holds in the field; `id` takes uuids. Pass or fail, never more. */
  lookUp(dataset: string, field: string, values: readonly string[]): Promise<ReadonlySet<string>>;
  /** Which of these 12-digit codes are divisions of the working scheme and edition. */
  divisions(codes: readonly string[]): Promise<ReadonlySet<string>>;
  /** Of codes that are none: the editions that have them, and what stands for them in the working one. */
  elsewhere(codes: readonly string[]): Promise<ReadonlyMap<string, Elsewhere>>;
  /** One row, in use or retired. */
  row(dataset: string, uuid: string): Promise<StoredRow | undefined>;
  /** Rows in use that hold the value in the field, with these of their fields and `id`. */
  rows(
    dataset: string,
    field: string,
    value: unknown,
    fields: readonly string[],
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Whether the asker's own decision shows the row, were it in use or not. */
  sees(asker: Identity, dataset: string, uuid: string): Promise<boolean>;
}
