/** The order of values and rows. */
import type { DatasetEntry, FieldEntry } from "../../../src/declare";
import type { Policy } from "./levels";
import { toScaled } from "./numbers";
import { fieldOf, held, type Row, type Value } from "./rows";

export interface OrderKey {
  readonly field: FieldEntry;
  readonly direction: "ASC" | "DESC";
  readonly nulls: "FIRST" | "LAST";
}

type Compare = -1 | 0 | 1;
const sign = (n: number): Compare => (n < 0 ? -1 : n > 0 ? 1 : 0);

/** By code point; UTF-8 keeps that order, UTF-16 does not. */
export const byCodePoint = (a: string, b: string): Compare =>
  sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));

const zh = new Intl.Collator("zh-Hans");

/** As conditions compare: text by code point, everything else by size. */
export function compareValues(field: FieldEntry, a: Value, b: Value): Compare {
  switch (field.kind) {
    case "int":
    case "boolean":
      return sign(Number(a) - Number(b));
    case "decimal":
    case "float":
      return sign(Number(toScaled(a as string, 6) - toScaled(b as string, 6)));
    case "datetime":
      return sign(Date.parse(String(a)) - Date.parse(String(b)));
    default:
      return byCodePoint(String(a), String(b));
  }
}

/** As orders compare: free text by the collation, then by code point. */
export function sortValues(field: FieldEntry, a: Value, b: Value): Compare {
  if (field.kind !== "text") return compareValues(field, a, b);
  return sign(zh.compare(String(a), String(b))) || byCodePoint(String(a), String(b));
}

/** The order of rows as one reader sees it: what is not FULL sorts as null, ties by id. */
export function rowOrder(policy: Policy, dataset: DatasetEntry, keys: readonly OrderKey[]) {
  const seen = (field: FieldEntry, row: Row) => (policy.full(dataset, field, row) ? held(field, row) : null);
  return (a: Row, b: Row): Compare => {
    for (const key of keys) {
      const [x, y] = [seen(key.field, a), seen(key.field, b)];
      if (x === null && y === null) continue;
      if (x === null || y === null) return (x === null) === (key.nulls === "FIRST") ? -1 : 1;
      const compared = sortValues(key.field, x, y);
      if (compared !== 0) return key.direction === "DESC" ? (-compared as Compare) : compared;
    }
    return byCodePoint(a.id, b.id);
  };
}

/** An `orderBy` argument; `names` turns its enum values back into fields. */
export function orderKeys(
  dataset: DatasetEntry,
  orderBy: readonly Record<string, string>[],
  names: (s: string) => string,
): OrderKey[] {
  return orderBy.map((o) => ({
    field: fieldOf(dataset, names(o.field as string)),
    direction: o.direction === "DESC" ? "DESC" : "ASC",
    nulls: o.nulls === "FIRST" ? "FIRST" : "LAST",
  }));
}
