/** Random aggregates: group keys, figures, `having`, order and coverage. */
import { type GraphQLInputObjectType, type GraphQLObjectType, getNamedType, isEnumType } from "graphql";
import { type DatasetEntry, reaches } from "../../../src/declare";
import { groupKeysOf } from "../reference/groups";
import { conditionOn, inputType } from "./conditions";
import type { Draft } from "./draft";
import { argumentType } from "./lists";
import { Part } from "./selection";

const FIGURES = ["sum", "avg", "min", "max"] as const;

/** Arguments and selection. */
export function aggregateOf(draft: Draft, dataset: DatasetEntry, root: boolean): [string, string] {
  const keys = draft.choose.maybe(75) ? keysOf(draft, dataset) : [];
  return [argumentsOf(draft, dataset, keys).join(", "), selectionOf(draft, dataset, keys, root)];
}

function argumentsOf(draft: Draft, dataset: DatasetEntry, keys: string[]): string[] {
  const { choose } = draft;
  const type = (name: string) => argumentType(draft, dataset, name, `${dataset.plural}Aggregate`);
  const parts: string[] = [];
  if (keys.length > 0) parts.push(draft.argument("groupBy", type("groupBy"), keys));
  if (choose.maybe(45))
    parts.push(draft.argument("where", type("where"), conditionOn(draft, dataset, "FIGURES", 2)));
  if (choose.maybe(20)) parts.push(draft.argument("having", type("having"), havingOf(draft, dataset)));
  if (choose.maybe(30)) parts.push(draft.argument("orderBy", type("orderBy"), orderOf(draft, dataset, keys)));
  if (choose.maybe(15))
    parts.push(
      draft.argument("first", type("first"), choose.maybe(5) ? choose.of([-1, 10_001]) : choose.upTo(5)),
    );
  return parts;
}

function keysOf(draft: Draft, dataset: DatasetEntry): string[] {
  const { choose, setting } = draft;
  const named = draft.setting.schema.getType(`${dataset.type}GroupKey`);
  const codes = isEnumType(named) ? named.getValues().map((v) => v.name) : [];
  const known = groupKeysOf(dataset).filter((k) => codes.includes(k.code));
  const open = known.filter((k) => {
    if (k.field.key && !k.dimension)
      return choose.maybe(20) && setting.policy.best(dataset, k.field) === "FULL";
    if (k.field.key) return k.field.name === "territory" || choose.maybe(25);
    const best = setting.policy.best(dataset, k.field);
    return k.dimension ? reaches(best, "AGGREGATE") : best === "FULL";
  });
  const chosen = choose.some(open.length > 0 && choose.maybe(94) ? open : known, 1, choose.of([1, 2, 1, 3]));
  for (const key of chosen) {
    if (key.code.startsWith("TERRITORY_")) setting.tally.see("roll-up by territory");
    if (key.name.endsWith("Year") || key.name.endsWith("Month")) setting.tally.see("roll-up by date");
  }
  return chosen.map((k) => k.code);
}

function havingOf(draft: Draft, dataset: DatasetEntry): Record<string, unknown> {
  const { choose } = draft;
  draft.setting.tally.see("having");
  const type = inputType(draft, `${dataset.type}Having`);
  const figure = choose.of(Object.keys(type.getFields()));
  if (figure === "count") return { count: comparison(draft, "IntFilter") };
  const given = getNamedType(type.getFields()[figure]?.type) as GraphQLInputObjectType;
  const name = choose.of(Object.keys(given.getFields()));
  return { [figure]: { [name]: comparison(draft, getNamedType(given.getFields()[name]?.type)?.name ?? "") } };
}

function comparison(draft: Draft, filter: string): Record<string, unknown> {
  const { choose } = draft;
  const values: Record<string, unknown[]> = {
    IntFilter: [3, 0, 6, 12],
    FloatFilter: [20, 1.5, 0, 33.3333],
    DecimalFilter: ["100.00", "0", "10423.5"],
    DateFilter: ["2024-01-01", "1990-12-31"],
    DateTimeFilter: ["2024-06-01T08:00:00+08:00"],
  };
  const operator = choose.of(["gte", "lt", "eq", "ne", "lte", "gt", "in", "notIn", "isNull"]);
  const some = values[filter] ?? [1];
  if (operator === "isNull") return { isNull: choose.maybe(50) };
  return {
    [operator]: operator === "in" || operator === "notIn" ? choose.some(some, 0, 2) : choose.of(some),
  };
}

function orderOf(draft: Draft, dataset: DatasetEntry, keys: readonly string[]): unknown[] {
  const { choose, setting } = draft;
  const field = inputType(draft, `${dataset.type}GroupOrder`).getFields().field;
  const named = getNamedType(field?.type);
  const codes = isEnumType(named) ? named.getValues().map((v) => v.name) : [];
  setting.tally.see("groups in an order asked");
  const figures = codes.filter((c) => /^(COUNT$|SUM_|AVG_|MIN_|MAX_)/.test(c));
  const likely = choose.maybe(97) ? [...figures, "COUNT", ...keys] : codes;
  return choose
    .some(likely, 1, 2)
    .map((code) => ({ field: code, ...(choose.maybe(60) ? { direction: choose.of(["DESC", "ASC"]) } : {}) }));
}

function selectionOf(draft: Draft, dataset: DatasetEntry, keys: string[], root: boolean): string {
  const { choose, setting } = draft;
  const whole = new Part(draft, `${dataset.type}Aggregate`);
  const below = choose.times(choose.maybe(6) ? choose.of([2, 0]) : 1, () =>
    whole.field("groups", "", groupSelection(draft, dataset, keys)),
  );
  if (below.length === 0 || choose.maybe(root ? 35 : 12)) {
    setting.tally.see("coverage");
    below.push(whole.field("coverage", "", "{ territory counted withheld }"));
  }
  return whole.set(below);
}

function groupSelection(draft: Draft, dataset: DatasetEntry, keys: string[]): string {
  const { choose } = draft;
  const group = new Part(draft, `${dataset.type}Group`);
  const parts = choose.maybe(15) ? [] : [group.field("count")];
  const asked = groupKeysOf(dataset).filter((k) => keys.includes(k.code));
  const key = new Part(draft, `${dataset.type}${typeNameOf(draft, dataset, "key")}`);
  if (asked.length > 0) parts.push(group.field("key", "", key.set(asked.map((k) => key.field(k.name)))));
  for (const figure of choose.some(FIGURES, 0, 3)) parts.push(figureOf(draft, dataset, group, figure));
  if (choose.maybe(50) || parts.length === 0) parts.push(group.field("suppressed"));
  if (choose.maybe(8)) parts.push(group.field("__typename"));
  return group.set(parts);
}

/** The name of a group's part type, without the dataset's. */
function typeNameOf(draft: Draft, dataset: DatasetEntry, part: string): string {
  const group = draft.setting.schema.getType(`${dataset.type}Group`) as GraphQLObjectType;
  return getNamedType(group.getFields()[part]?.type)?.name.slice(dataset.type.length) ?? "";
}

function figureOf(draft: Draft, dataset: DatasetEntry, group: Part, figure: string): string {
  const { choose, setting } = draft;
  const name = `${dataset.type}${typeNameOf(draft, dataset, figure)}`;
  const names = Object.keys((setting.schema.getType(name) as GraphQLObjectType).getFields());
  const part = new Part(draft, name);
  return group.field(figure, "", part.set(choose.some(names, 1, 3).map((n) => part.field(n))));
}
