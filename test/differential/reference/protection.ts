/** One figure over a group: the exact part, and the protected part by the cell-key method. */
import { type DatasetEntry, type FieldEntry, reaches } from "../../../src/declare";
import type { Mode } from "./conditions";
import type { Model } from "./model";
import { abs, divide, scaleOf, toScaled } from "./numbers";
import { fieldOf, held, type Row } from "./rows";

export type Figure = { readonly value: bigint | null } | "SUPPRESSED";

const FEWEST_PERSONS = 5;
const TWO_32 = 2n ** 32n;

/** Rows whose figure is exact, and the cell of those whose figure is protected. */
interface Parts {
  readonly exact: readonly Row[];
  readonly cell: readonly Row[];
}

/** Exact where the row is known, and with it every dimension that cuts the count. */
export function countOf(
  model: Model,
  dataset: DatasetEntry,
  rows: readonly Row[],
  dimensions: readonly FieldEntry[],
): Figure {
  const full = (f: FieldEntry, row: Row) => model.policy.full(dataset, f, row);
  const isExact = (row: Row) =>
    dataset.fields.some((f) => !f.key && full(f, row)) && dimensions.every((f) => full(f, row));
  const parts = split(dataset, rows, isExact);
  if (isSmall(dataset, parts.cell)) {
    model.noted.add("cell under k");
    return "SUPPRESSED";
  }
  if (parts.cell.length > 0)
    model.noted.add(parts.exact.length > 0 ? "count partly protected" : "count protected");
  return { value: publishedCount(parts) };
}

export interface Sum {
  readonly sum: Figure;
  /** How many values the sum was taken over, as published. */
  readonly values: bigint;
  /** How it came about, for the report of what a run covered. */
  readonly came: "of nothing" | "exact" | "protected" | "of too few" | "dominated by one person";
}

export function sumOf(
  model: Model,
  dataset: DatasetEntry,
  field: FieldEntry,
  rows: readonly Row[],
  mode: Mode,
): Sum {
  const needed = mode === "SINGLED" && !dataset.protected ? "FULL" : "AGGREGATE";
  const counted = rows.filter(
    (r) => held(field, r) !== null && reaches(model.policy.level(dataset, field, r), needed),
  );
  const parts = split(dataset, counted, (row) => model.policy.full(dataset, field, row));
  const values = publishedCount(parts);
  if (counted.length === 0) return { sum: { value: null }, values: 0n, came: "of nothing" };
  const contributions = contributionsOf(dataset, field, parts.cell);
  const largest = contributions.reduce((a, b) => (a > b ? a : b), 0n);
  const dominated = 2n * largest > contributions.reduce((a, b) => a + b, 0n);
  if (isSmall(dataset, parts.cell)) return { sum: "SUPPRESSED", values, came: "of too few" };
  if (dominated) return { sum: "SUPPRESSED", values, came: "dominated by one person" };
  const exact = total(field, parts.exact) + total(field, parts.cell);
  if (parts.cell.length === 0) return { sum: { value: exact }, values, came: "exact" };
  const noise = divide(((keySum(parts.cell) % 2001n) - 1000n) * largest, 1000n);
  return { sum: { value: exact + noise }, values, came: "protected" };
}

/** The least or greatest value, only where every row of the group shows it. */
export function isWhollyFull(
  model: Model,
  dataset: DatasetEntry,
  field: FieldEntry,
  rows: readonly Row[],
): boolean {
  return rows.every((r) => model.policy.full(dataset, field, r));
}

function split(dataset: DatasetEntry, rows: readonly Row[], isExact: (row: Row) => boolean): Parts {
  const exact = rows.filter((r) => !dataset.protected || isExact(r));
  return { exact, cell: rows.filter((r) => !exact.includes(r)) };
}

function publishedCount({ exact, cell }: Parts): bigint {
  const noise = cell.length === 0 ? 0n : (keySum(cell) * 5n) / TWO_32 - 2n;
  return BigInt(exact.length + cell.length) + noise;
}

const keySum = (cell: readonly Row[]): bigint =>
  cell.reduce((sum, r) => sum + BigInt(r.cellKey), 0n) % TWO_32;

function personOf(dataset: DatasetEntry, row: Row): string {
  const named = dataset.person === undefined ? null : held(fieldOf(dataset, dataset.person), row);
  return String(named ?? row.id);
}

function isSmall(dataset: DatasetEntry, cell: readonly Row[]): boolean {
  const persons = new Set(cell.map((r) => personOf(dataset, r))).size;
  return persons > 0 && persons < FEWEST_PERSONS;
}

const total = (field: FieldEntry, rows: readonly Row[]): bigint =>
  rows.reduce((sum, r) => sum + toScaled(held(field, r) as string | number, scaleOf(field)), 0n);

/** What each person adds to the sum, without its sign. */
function contributionsOf(dataset: DatasetEntry, field: FieldEntry, cell: readonly Row[]): bigint[] {
  const persons = [...new Set(cell.map((r) => personOf(dataset, r)))];
  return persons.map((p) =>
    abs(
      total(
        field,
        cell.filter((r) => personOf(dataset, r) === p),
      ),
    ),
  );
}
