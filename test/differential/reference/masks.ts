/** The form in which a value is shown at a level. */
import type { DatasetEntry, FieldEntry } from "../../../src/declare";
import type { Model } from "./model";
import { held, type Row, type Value } from "./rows";

export function maskedValue(model: Model, dataset: DatasetEntry, field: FieldEntry, row: Row): Value {
  const value = held(field, row);
  const level = model.policy.level(dataset, field, row);
  if (value === null || level === "NONE" || level === "AGGREGATE") return null;
  return level === "FULL" ? shown(field, value) : masked(field, value, row);
}

function masked(field: FieldEntry, value: Value, row: Row): Value {
  if (field.mask === undefined) return null;
  if (field.mask === "NAME") return `${[...String(value)][0] ?? ""}*`;
  return row.masked[field.name] ?? null;
}

/** As an answer writes it: instants to the millisecond, at +08:00. */
export function shown(field: FieldEntry, value: Value): Value {
  if (field.kind !== "datetime" || value === null) return value;
  const local = new Date(Date.parse(String(value)) + 8 * 3_600_000).toISOString();
  return `${local.slice(0, 23)}+08:00`;
}
