/** Three-valued conditions: true, false, and null for UNKNOWN. */
import {
  contains,
  type DatasetEntry,
  type FieldEntry,
  type LinkEntry,
  rangeOf,
  reaches,
  toCode,
} from "../../../src/declare";
import type { Model } from "./model";
import { compareValues } from "./order";
import { fieldOf, held, type Row, type Value } from "./rows";

export type Truth = boolean | null;
// biome-ignore lint/suspicious/noExplicitAny: a coerced GraphQL input, whose shape the schema has checked
export type Input = Record<string, any>;
/** Rows are asked for in lists, or counted in figures, where coded dimensions are readable sooner. */
export type Mode = "ROWS" | "FIGURES" | "SINGLED";

/** How an aggregate reads: anything but coded dimensions in it singles rows out. */
export function modeOf(dataset: DatasetEntry, where: Input, fineKeys: boolean, link?: LinkEntry): Mode {
  const fine = (given: Input): boolean =>
    Object.entries(given).some(([name, value]) => {
      if (name === "and" || name === "or")
        return (value ?? []).some((one: Input) => one !== null && fine(one));
      if (name === "not") return value !== null && fine(value);
      return !dataset.fields.find((f) => f.name === name)?.coded;
    });
  const linked = link !== undefined && !fieldOf(dataset, link.there).coded;
  return linked || fineKeys || fine(where) ? "SINGLED" : "FIGURES";
}

/** Coded dimensions, keys of the row apart, that a condition names. */
export function dimensionsIn(dataset: DatasetEntry, where: Input): FieldEntry[] {
  return Object.entries(where).flatMap(([name, value]) => {
    if (name === "and" || name === "or") return value.flatMap((one: Input) => dimensionsIn(dataset, one));
    if (name === "not") return dimensionsIn(dataset, value);
    return dataset.fields.filter(
      (f) => f.name === name && f.coded && !f.key && Object.keys(value).length > 0,
    );
  });
}

export const and = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true;
export const or = (truths: readonly Truth[]): Truth => not(and(truths.map(not)));
export const not = (truth: Truth): Truth => (truth === null ? null : !truth);

/** A whole `where` on one row. */
export function satisfies(model: Model, dataset: DatasetEntry, where: Input, row: Row, mode: Mode): Truth {
  return and(
    Object.entries(where).map(([name, given]) => {
      if (name === "and") return and(given.map((w: Input) => satisfies(model, dataset, w, row, mode)));
      if (name === "or") return or(given.map((w: Input) => satisfies(model, dataset, w, row, mode)));
      if (name === "not") return not(satisfies(model, dataset, given, row, mode));
      const link = dataset.links.find((l) => l.name === name);
      if (link) return linkHolds(model, dataset, link, given, row, mode);
      return and(
        leaves(fieldOf(dataset, name), given).map((leaf) => leafHolds(model, dataset, leaf, row, mode)),
      );
    }),
  );
}

export interface Leaf {
  readonly field: FieldEntry;
  readonly operator: string;
  readonly operand: unknown;
}

export function leaves(field: FieldEntry, filter: Input): Leaf[] {
  return Object.entries(filter).map(([operator, operand]) => ({ field, operator, operand }));
}

/** Where this use of a field may be answered for this row. */
export function isReadable(
  model: Model,
  dataset: DatasetEntry,
  field: FieldEntry,
  dimension: boolean,
  row: Row,
  mode: Mode,
): boolean {
  const { policy } = model;
  if (mode === "ROWS" || !dimension || (mode === "SINGLED" && !field.key))
    return policy.full(dataset, field, row);
  return field.key ? policy.counted(dataset, row) : reaches(policy.level(dataset, field, row), "AGGREGATE");
}

function leafHolds(model: Model, dataset: DatasetEntry, leaf: Leaf, row: Row, mode: Mode): Truth {
  if (!isReadable(model, dataset, leaf.field, leaf.field.coded, row, mode)) return null;
  return compare(leaf, held(leaf.field, row));
}

/** One operator on a readable value. */
export function compare({ field, operator, operand }: Leaf, value: Value): Truth {
  if (operator === "isNull") return (value === null) === operand;
  const list = operand as Value[];
  if (operator === "in" && list.length === 0) return false;
  if (value === null) return null;
  const size = (other: Value) => compareValues(field, value, other);
  switch (operator) {
    case "eq":
      return size(operand as Value) === 0;
    case "ne":
      return size(operand as Value) !== 0;
    case "in":
      return list.some((v) => size(v) === 0);
    case "notIn":
      return !list.some((v) => size(v) === 0);
    case "lt":
      return size(operand as Value) < 0;
    case "lte":
      return size(operand as Value) <= 0;
    case "gt":
      return size(operand as Value) > 0;
    case "gte":
      return size(operand as Value) >= 0;
    case "contains":
      return (value as string | string[]).includes(operand as string);
    case "startsWith":
      return (value as string).startsWith(operand as string);
    case "within":
      return contains(rangeOf(toCode(operand as string) as string), value as string);
    default:
      throw new Error(`no operator ${operator}`);
  }
}

/** Two-valued: only visible linked rows are ranged over. */
function linkHolds(
  model: Model,
  dataset: DatasetEntry,
  link: LinkEntry,
  given: Input,
  row: Row,
  mode: Mode,
): boolean {
  const target = model.catalogue.dataset(link.target);
  const linked = linkedRows(model, dataset, link, row, mode);
  const truths = (where: Input) => linked.map((r) => satisfies(model, target, where, r, "ROWS"));
  if (!link.many) return truths(given).includes(true);
  return Object.entries(given).every(([range, where]) => {
    if (range === "some") return truths(where).includes(true);
    if (range === "none") return !truths(where).includes(true);
    return truths(where).every((t) => t === true);
  });
}

/** Rows of the target that this row is linked with, visible to the reader; in figures the row itself is only counted. */
export function linkedRows(
  model: Model,
  dataset: DatasetEntry,
  link: LinkEntry,
  row: Row,
  mode: Mode,
): Row[] {
  const { policy } = model;
  const target = model.catalogue.dataset(link.target);
  const [here, there] = [fieldOf(dataset, link.here), fieldOf(target, link.there)];
  if (link.holder === "here" && !isReadable(model, dataset, here, here.coded, row, mode)) return [];
  const value = held(here, row);
  return model
    .rowsOf(target)
    .filter((r) => value !== null && held(there, r) === value)
    .filter((r) => policy.visible(target, r))
    .filter((r) => link.holder === "here" || policy.full(target, there, r));
}
