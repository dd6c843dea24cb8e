/** Random conditions, drawn from the schema's own input types and from values that the rows hold. */
import { type GraphQLInputObjectType, type GraphQLInputType, getNullableType, isListType } from "graphql";
import { type DatasetEntry, type FieldEntry, isNumeric, reaches } from "../../../src/declare";
import type { Mode } from "../reference/conditions";
import { held, type Value } from "../reference/rows";
import { NODES } from "../world";
import type { Draft } from "./draft";

export type Condition = Record<string, unknown>;

export function conditionOn(draft: Draft, dataset: DatasetEntry, mode: Mode, depth = 3): Condition {
  const { choose } = draft;
  const where: Condition = {};
  for (let n = choose.maybe(25) ? choose.of([1, 0, 2]) : 1; n > 0; n--)
    Object.assign(where, part(draft, dataset, mode, depth));
  return where;
}

function part(draft: Draft, dataset: DatasetEntry, mode: Mode, depth: number): Condition {
  const { choose } = draft;
  const { tally } = draft.setting;
  const below = () => conditionOn(draft, dataset, mode, depth - 1);
  const kind = depth > 0 ? choose.upTo(11) : 0;
  if (choose.maybe(1)) return nothing(draft, dataset);
  if (kind >= 9) {
    tally.see("negation");
    const inner = below();
    if (dataset.links.some((l) => l.name in inner)) tally.see("negated link filter");
    return { not: inner };
  }
  if (kind === 8) return { or: choose.times(choose.upTo(3), below) };
  if (kind === 7) return { and: choose.times(choose.upTo(2), below) };
  if (kind >= 5 && dataset.links.length > 0) return link(draft, dataset, depth);
  return leaf(draft, dataset, mode);
}

/** Null where a condition is expected, which is refused; or a filter that asks nothing. */
function nothing(draft: Draft, dataset: DatasetEntry): Condition {
  const { choose, setting } = draft;
  setting.tally.see("null condition");
  const [linked] = dataset.links;
  const name = choose.of(dataset.fields).name;
  const known = inputType(draft, `${dataset.type}Where`).getFields();
  return choose.of([
    known[name] ? { [name]: {} } : {},
    known[name] ? { [name]: null } : { not: null },
    { not: null },
    { and: null },
    { or: null },
    linked ? { [linked.name]: null } : {},
  ]);
}

function link(draft: Draft, dataset: DatasetEntry, depth: number): Condition {
  const { choose, setting } = draft;
  const { catalogue, policy, tally } = setting;
  const open = dataset.links.filter((l) => {
    const holder = l.holder === "here" ? dataset : catalogue.dataset(l.target);
    const field = holder.fields.find(
      (f) => f.name === (l.holder === "here" ? l.here : l.there),
    ) as FieldEntry;
    return field.key || policy.best(holder, field) === "FULL";
  });
  const chosen = choose.of(open.length > 0 && choose.maybe(92) ? open : dataset.links);
  const inner = () => conditionOn(draft, catalogue.dataset(chosen.target), "ROWS", Math.min(depth - 1, 1));
  tally.see(chosen.many ? "to-many link filter" : "to-one link filter");
  if (!chosen.many) return { [chosen.name]: inner() };
  const ranges = choose.some(["some", "none", "every"], 1, 2);
  return { [chosen.name]: Object.fromEntries(ranges.map((r) => [r, choose.maybe(20) ? {} : inner()])) };
}

/** Mostly fields that are readable somewhere: a refused question tests little else. */
function leaf(draft: Draft, dataset: DatasetEntry, mode: Mode): Condition {
  const { choose, setting } = draft;
  const where = inputType(draft, `${dataset.type}Where`);
  const usable = dataset.fields.filter((f) => where.getFields()[f.name]);
  const open = usable.filter((f) => {
    if (f.key && mode === "ROWS") return f.name === "territory" || choose.maybe(25);
    const best = setting.policy.best(dataset, f);
    return mode === "FIGURES" && f.coded ? reaches(best, "AGGREGATE") : best === "FULL";
  });
  const mixed = open.filter((f) => !f.key && isMixed(draft, dataset, f));
  if (mixed.length > 0) setting.tally.see("condition where a field is FULL only in some rows");
  const likely = mixed.length > 0 && choose.maybe(60) ? mixed : open;
  const field = choose.of(likely.length > 0 && choose.maybe(93) ? likely : usable);
  const filter = getNullableType(where.getFields()[field.name]?.type) as GraphQLInputObjectType;
  const operators = choose.some(Object.keys(filter.getFields()), 1, choose.maybe(15) ? 2 : 1);
  return {
    [field.name]: Object.fromEntries(operators.map((o) => [o, operand(draft, dataset, field, o, filter)])),
  };
}

/** FULL in some rows that the reader sees, and not in others: where UNKNOWN makes a difference. */
function isMixed({ setting }: Draft, dataset: DatasetEntry, field: FieldEntry): boolean {
  const { policy, rows } = setting;
  const seen = (rows[dataset.name] ?? []).filter((r) => policy.visible(dataset, r));
  return new Set(seen.map((r) => policy.full(dataset, field, r))).size > 1;
}

function within(draft: Draft): string {
  const { choose } = draft;
  if (choose.maybe(3)) return choose.of(["1401050", "x"]);
  return choose.of(NODES).slice(0, choose.of([12, 6, 9, 4, 2]));
}

function operand(
  draft: Draft,
  dataset: DatasetEntry,
  field: FieldEntry,
  operator: string,
  filter: GraphQLInputObjectType,
): unknown {
  const { choose } = draft;
  if (choose.maybe(1)) {
    draft.setting.tally.see("null operand");
    return null;
  }
  if (operator === "isNull") return choose.maybe(50);
  if (operator === "within") return within(draft);
  const type = getNullableType(filter.getFields()[operator]?.type as GraphQLInputType);
  if (isListType(type)) return choose.times(choose.upTo(3), () => sample(draft, dataset, field));
  const value = sample(draft, dataset, field);
  const isText = typeof value === "string" && (field.kind === "text" || field.kind === "code");
  if (isText && (operator === "startsWith" || operator === "contains"))
    return choose.maybe(25)
      ? choose.of(["%", "_", "\\", "%_"])
      : [...value].slice(0, choose.upTo(2)).join("");
  return value;
}

/** A value that some row holds, whether the reader may see it or not; else one of the kind. */
export function sample(draft: Draft, dataset: DatasetEntry, field: FieldEntry): Value {
  const { choose, setting } = draft;
  const values = (setting.rows[dataset.name] ?? []).flatMap((r) => held(field, r) ?? []);
  if (values.length > 0 && choose.maybe(90)) return choose.of(values);
  if (field.enum) return choose.of(Object.keys(field.enum.values));
  if (field.kind === "decimal") return "10.50";
  if (isNumeric(field.kind)) return 1;
  if (field.kind === "boolean") return true;
  if (field.kind === "date") return "2024-01-01";
  if (field.kind === "datetime") return "2024-06-01T08:00:00+08:00";
  if (field.kind === "reference") return `${field.references}:01900000-0000-7000-8000-000000000000`;
  return "甲";
}

export function inputType(draft: Draft, name: string): GraphQLInputObjectType {
  return draft.setting.schema.getType(name) as GraphQLInputObjectType;
}
