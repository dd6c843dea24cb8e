/** The data of the reference model: plain rows by dataset, values as a client would write them. */
import type { Catalogue, DatasetEntry, FieldEntry } from "../../../src/declare";

/** Decimals are strings, dates and instants ISO 8601, lists arrays; a missing value is null. */
export type Value = string | number | boolean | readonly string[] | null;

export interface Row {
  /** UUID as stored. */
  readonly id: string;
  /** The row's secret key for protected figures: 32 bits, unsigned. */
  readonly cellKey: number;
  readonly values: Readonly<Record<string, Value>>;
  /** Stored masked forms, by field, of encrypted fields and addresses. */
  readonly masked: Readonly<Record<string, string | null>>;
  /** Superseded versions, oldest first; each holds from its `changedAt` to that of the next. */
  readonly past?: readonly Row[];
  /** Names of fields with an open correction. */
  readonly disputed?: readonly string[];
  /** Of a version that is read as of a time: the row as it is now. */
  readonly now?: Row;
}

export const versionsOf = (row: Row): readonly Row[] => [
  ...(row.past ?? []).map((version) => ({ ...version, now: row })),
  row,
];

export type Rows = Readonly<Record<string, readonly Row[]>>;

export function held(field: FieldEntry, row: Row): Value {
  return field.name === "id" ? `${field.references}:${row.id}` : (row.values[field.name] ?? null);
}

export function fieldOf(dataset: DatasetEntry, name: string): FieldEntry {
  const found = dataset.fields.find((f) => f.name === name);
  if (!found) throw new Error(`${dataset.name} has no field ${name}`);
  return found;
}

export function isRetired(row: Row): boolean {
  return row.values.retiredAt != null;
}

export function typeNamed(catalogue: Catalogue, type: string): DatasetEntry | undefined {
  return catalogue.datasets.find((d) => d.type === type);
}
