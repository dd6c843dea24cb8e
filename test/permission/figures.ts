/** What figures must be, from the rules and the rows: who is counted, what is exact, what is protected or suppressed. */
import type { DatasetEntry, FieldEntry } from "../../src/declare";
import type { Row } from "./rows";
import { atLeast, paperOf } from "./rules";
import type { View } from "./view";

/** Numbers of a cell, in ten-thousandths. */
type Exact = bigint;

const UNIT = 10_000n;
const KEYS = 4294967296n;

export interface Wanted {
  readonly sum: readonly FieldEntry[];
  readonly min: readonly FieldEntry[];
}

export interface Group {
  readonly count: number | null;
  readonly sum: Record<string, unknown>;
  readonly avg: Record<string, unknown>;
  readonly min: Record<string, unknown>;
  readonly max: Record<string, unknown>;
  readonly suppressed: boolean;
}

/** The published figures of one group of counted rows; a count is exact where also the field it is cut by is FULL. */
export function groupOf(
  view: View,
  dataset: DatasetEntry,
  rows: readonly Row[],
  wanted: Wanted,
  cutBy?: string,
): Group {
  const known = (row: Row) => cutBy === undefined || view.level(row, cutBy) === "FULL";
  const count = countOf(dataset, rows, (row) => view.someField(row, "FULL") && known(row));
  const group: Group = { count, sum: {}, avg: {}, min: {}, max: {}, suppressed: false };
  let suppressed = count === null;
  for (const field of wanted.sum) {
    const cell = sumOf(view, dataset, rows, field);
    suppressed ||= cell.suppressed;
    group.sum[field.name] = count === null ? null : shown(field, cell.sum);
    group.avg[field.name] = count === null ? null : average(field, cell.sum, cell.number);
  }
  for (const field of wanted.min) {
    const open = rows.length > 0 && rows.every((row) => view.level(row, field.name) === "FULL");
    const values = rows.map((row) => row.values[field.name] ?? null).filter((v) => v !== null);
    const sorted = [...values].sort((a, b) => (sortable(a) < sortable(b) ? -1 : 1));
    group.min[field.name] = open && count !== null ? (sorted[0] ?? null) : null;
    group.max[field.name] = open && count !== null ? (sorted.at(-1) ?? null) : null;
  }
  return { ...group, suppressed };
}

function sortable(value: unknown): number | string {
  return typeof value === "number" ? value : /^\d+\.\d+$/.test(String(value)) ? Number(value) : String(value);
}

function isProtected(dataset: DatasetEntry): boolean {
  return paperOf(dataset.name).protected;
}

function personOf(dataset: DatasetEntry, row: Row): string {
  const { person } = paperOf(dataset.name);
  return String((person && row.values[person]) ?? row.id);
}

/** Exact rows as they are; the others with the noise of their keys, or nothing where they are fewer than five persons. */
function countOf(dataset: DatasetEntry, rows: readonly Row[], exact: (row: Row) => boolean): number | null {
  const hidden = isProtected(dataset) ? rows.filter((row) => !exact(row)) : [];
  if (hidden.length === 0) return rows.length;
  if (new Set(hidden.map((row) => personOf(dataset, row))).size < 5) return null;
  return rows.length + Number((keySum(hidden) * 5n) / KEYS) - 2;
}

function keySum(rows: readonly Row[]): bigint {
  return rows.reduce((sum, row) => sum + BigInt(row.cellKey), 0n) % KEYS;
}

interface Sum {
  readonly sum: Exact | null;
  readonly number: number | null;
  readonly suppressed: boolean;
}

function sumOf(view: View, dataset: DatasetEntry, rows: readonly Row[], field: FieldEntry): Sum {
  const counted = rows.filter(
    (row) => atLeast(view.level(row, field.name), "AGGREGATE") && (row.values[field.name] ?? null) !== null,
  );
  const full = (row: Row) => view.level(row, field.name) === "FULL";
  const hidden = isProtected(dataset) ? counted.filter((row) => !full(row)) : [];
  const number = countOf(dataset, counted, full);
  const total = counted.reduce((sum, row) => sum + exactly(row.values[field.name]), 0n);
  if (counted.length === 0) return { sum: null, number, suppressed: false };
  if (hidden.length === 0) return { sum: total, number, suppressed: false };
  const shares = new Map<string, bigint>();
  for (const row of hidden) {
    const person = personOf(dataset, row);
    shares.set(person, (shares.get(person) ?? 0n) + exactly(row.values[field.name]));
  }
  const all = [...shares.values()];
  const largest = all.reduce((a, b) => (a > b ? a : b));
  const magnitude = all.reduce((a, b) => a + b, 0n);
  if (shares.size < 5 || largest * 2n > magnitude) return { sum: null, number, suppressed: true };
  const unit = (keySum(hidden) % 2001n) - 1000n;
  return { sum: total + round(unit * largest, 1000n, decimals(field, 0)), number, suppressed: false };
}

/** Money has two decimals, whole numbers `whole`, everything else four. */
function decimals(field: FieldEntry, whole: number): number {
  return field.kind === "decimal" ? 2 : field.kind === "int" ? whole : 4;
}

function exactly(value: unknown): Exact {
  const [whole = "0", rest = ""] = String(value).split(".");
  return BigInt(whole) * UNIT + BigInt(rest.padEnd(4, "0"));
}

/** `number / by`, rounded to so many decimals, halves away from zero. */
function round(number: bigint, by: bigint, places: number): Exact {
  const step = UNIT / 10n ** BigInt(places);
  const divisor = by * step;
  const size = number < 0n ? -number : number;
  const rounded = ((2n * size + divisor) / (2n * divisor)) * step;
  return number < 0n ? -rounded : rounded;
}

function average(field: FieldEntry, sum: Exact | null, number: number | null): unknown {
  if (sum === null || number === null || number <= 0) return null;
  return shown(field, round(sum, BigInt(number), decimals(field, 4)));
}

function shown(field: FieldEntry, value: Exact | null): unknown {
  if (value === null) return null;
  const size = value < 0n ? -value : value;
  const text = `${value < 0n ? "-" : ""}${size / UNIT}.${String(size % UNIT).padStart(4, "0")}`;
  return field.kind === "decimal" ? text.slice(0, -2) : Number(text);
}
