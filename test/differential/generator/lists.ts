/** Random arguments of lists. */
import { type GraphQLInputType, type GraphQLObjectType, isEnumType } from "graphql";
import type { DatasetEntry } from "../../../src/declare";
import { conditionOn, inputType } from "./conditions";
import type { Draft } from "./draft";

export interface Wish {
  /** Below other rows: pages stay small, so that no question becomes too costly. */
  readonly nested?: boolean;
}

export function listArguments(draft: Draft, dataset: DatasetEntry, wish: Wish = {}): string[] {
  return [
    ...filterArguments(draft, dataset, wish.nested ? 60 : 100),
    ...pageArguments(draft, dataset, wish.nested ?? false),
  ];
}

/** `where` and `orderBy`. */
export function filterArguments(draft: Draft, dataset: DatasetEntry, percent = 100): string[] {
  const { choose } = draft;
  const parts: string[] = [];
  if (!choose.maybe(percent)) return parts;
  const type = `${dataset.type}Where`;
  if (choose.maybe(60))
    parts.push(draft.argument("where", inputType(draft, type), conditionOn(draft, dataset, "ROWS")));
  else if (choose.maybe(4)) parts.push("where: null");
  if (choose.maybe(55))
    parts.push(draft.argument("orderBy", argumentType(draft, dataset, "orderBy"), orderOf(draft, dataset)));
  return parts;
}

export function argumentType(
  draft: Draft,
  dataset: DatasetEntry,
  name: string,
  root = dataset.plural,
): GraphQLInputType {
  const query = draft.setting.schema.getQueryType() as GraphQLObjectType;
  const found = query.getFields()[root]?.args.find((a) => a.name === name);
  if (!found) throw new Error(`${root} takes no ${name}`);
  return found.type;
}

function orderOf(draft: Draft, dataset: DatasetEntry): unknown[] {
  const { choose, setting } = draft;
  const fields = inputType(draft, `${dataset.type}Order`).getFields();
  const named = fields.field?.type;
  const type = named && "ofType" in named ? named.ofType : named;
  const codes = isEnumType(type) ? type.getValues().map((v) => v.name) : [];
  const codeOf = (name: string) => name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase();
  const open = dataset.fields
    .filter((f) => codes.includes(codeOf(f.name)))
    .filter((f) => (f.key ? choose.maybe(30) : setting.policy.best(dataset, f) === "FULL"))
    .map((f) => codeOf(f.name));
  const chosen = choose.some(open.length > 0 && choose.maybe(95) ? open : codes, 1, 3);
  if (chosen.length > 1) setting.tally.see("order by several keys");
  return chosen.map((field) => {
    const nulls = choose.maybe(35) ? { nulls: choose.of(["LAST", "FIRST"]) } : {};
    if ("nulls" in nulls && chosen.length > 1) setting.tally.see("order by several keys with nulls placed");
    return { field, ...(choose.maybe(70) ? { direction: choose.of(["ASC", "DESC"]) } : {}), ...nulls };
  });
}

function pageArguments(draft: Draft, dataset: DatasetEntry, nested: boolean): string[] {
  const { choose, setting } = draft;
  const type = argumentType(draft, dataset, "first");
  if (nested) return [draft.argument("first", type, choose.upTo(4))];
  if (choose.maybe(3))
    return choose.of([
      ["first: 3", "last: 3"],
      ["first: -1"],
      ["last: 1001"],
      ["first: null"],
      [`after: "bm9uc2Vuc2U"`],
    ]);
  const kind = choose.upTo(19);
  if (kind < 13) return [draft.argument("first", type, choose.upTo(12))];
  if (kind > 17) return [];
  setting.tally.see("backward page");
  return [draft.argument("last", type, choose.upTo(8))];
}
