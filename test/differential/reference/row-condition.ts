/** Whether a row is under a row condition: by its own values, and in a version by what is so now. */
import type { Catalogue, DatasetEntry, RowTest } from "../../../src/declare";
import { fieldOf, type Row, type Rows, type Value } from "./rows";

interface Data {
  readonly catalogue: Catalogue;
  readonly rows: Rows;
  readonly now: Date;
}

export function isUnder(data: Data, dataset: DatasetEntry, test: RowTest, row: Row): boolean {
  if (holds(test, row, data.now)) return true;
  if (row.now === undefined) return false;
  return holds(test, row.now, data.now) || isLed(data, dataset, test, row);
}

/** A row that the version names, and that a tested field follows, is now under its own condition, or is gone. */
function isLed(data: Data, dataset: DatasetEntry, test: RowTest, version: Row): boolean {
  const follows = (dataset.follows ?? []).filter((f) => fieldsIn(test).includes(f.field));
  return follows.some(({ through, reads }) => {
    const leader = data.catalogue.dataset(fieldOf(dataset, through).references as string);
    const id = version.values[through];
    const named = (data.rows[leader.name] ?? []).find((r) => `${leader.name}:${r.id}` === id);
    return leader.fields
      .flatMap((f) => f.stricter?.when ?? [])
      .filter((when) => fieldsIn(when).some((f) => reads.includes(f)))
      .some((when) => named === undefined || holds(when, named, data.now));
  });
}

function fieldsIn(test: RowTest): string[] {
  if ("any" in test) return test.any.flatMap(fieldsIn);
  if ("all" in test) return test.all.flatMap(fieldsIn);
  return [test.field];
}

/** On a missing value a condition holds. */
function holds(test: RowTest, row: Row, now: Date): boolean {
  if ("any" in test) return test.any.some((t) => holds(t, row, now));
  if ("all" in test) return test.all.every((t) => holds(t, row, now));
  const value: Value = row.values[test.field] ?? null;
  if (value === null) return true;
  if ("is" in test) return value === test.is;
  if ("isNot" in test) return value !== test.isNot;
  if ("ageBelow" in test) return ageOf(String(value), now) < test.ageBelow;
  return false;
}

/** Whole years from a birthday to today in Asia/Shanghai. */
function ageOf(birth: string, now: Date): number {
  const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) < birth.slice(5) ? years - 1 : years;
}
