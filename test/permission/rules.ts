/** The rules of access written out by hand from the semantics: class × department × grant → level. Never from `decide`. */
import { type DatasetPaper, PAPER } from "./classes";

export type Level = "NONE" | "AGGREGATE" | "MASKED" | "FULL";
const LADDER: readonly Level[] = ["NONE", "AGGREGATE", "MASKED", "FULL"];

export const atLeast = (held: Level, needed: Level) => LADDER.indexOf(held) >= LADDER.indexOf(needed);

/** The city, one district with one street and two communities, another street, and another district's community. */
export const PLACES = {
  city: "140100000000",
  district: "140105000000",
  street: "140105001000",
  community: "140105001001",
  sibling: "140105001002",
  otherStreet: "140105002001",
  foreign: "140106001001",
} as const;

/** A grant as a provider would give it; `fields` empty: all that may be shared. */
export interface Given {
  readonly purpose: string;
  readonly level: Level;
  readonly territory: string;
  readonly fields?: (names: readonly string[]) => readonly string[];
  readonly from?: string;
  readonly until?: string;
}

export interface Asker {
  readonly name: string;
  readonly kind: string;
  readonly territory: string;
  readonly purpose?: string;
  /** Only watches the hub: an audit duty reads no rows. */
  readonly watches?: boolean;
  /** Holds what another asker holds, or nothing: the main doors tell. */
  readonly brief?: boolean;
}

/** The department that all grants of the matrix are given to: it is steward of nothing and has no standing of its own. */
export const GRANTEE = { kind: "youth-league", territory: PLACES.city };

const everySecond = (names: readonly string[]) => names.filter((_, i) => i % 2 === 0);
const others = (names: readonly string[]) => names.filter((_, i) => i % 2 === 1);

/** All levels at all depths of the territory, from the whole city down to one community and abroad. */
export const GRANTS: readonly Given[] = [
  { purpose: "deepening", level: "FULL", territory: PLACES.community },
  { purpose: "deepening", level: "MASKED", territory: PLACES.street },
  { purpose: "deepening", level: "AGGREGATE", territory: PLACES.district },
  { purpose: "deepening", level: "AGGREGATE", territory: PLACES.foreign },
  { purpose: "street", level: "FULL", territory: PLACES.street },
  { purpose: "street", level: "MASKED", territory: PLACES.district },
  { purpose: "street", level: "AGGREGATE", territory: PLACES.city },
  { purpose: "district", level: "FULL", territory: PLACES.district },
  { purpose: "district", level: "MASKED", territory: PLACES.city },
  { purpose: "city", level: "FULL", territory: PLACES.city },
  { purpose: "abroad", level: "FULL", territory: PLACES.foreign },
  { purpose: "abroad", level: "MASKED", territory: PLACES.community },
  { purpose: "abroad", level: "AGGREGATE", territory: PLACES.street },
  { purpose: "low", level: "AGGREGATE", territory: PLACES.community },
  { purpose: "low", level: "MASKED", territory: PLACES.foreign },
  { purpose: "fields", level: "FULL", territory: PLACES.street, fields: everySecond },
  { purpose: "fields", level: "MASKED", territory: PLACES.district, fields: others },
  { purpose: "fields", level: "AGGREGATE", territory: PLACES.foreign, fields: everySecond },
  { purpose: "over", level: "FULL", territory: PLACES.city, until: "2026-01-01T00:00:00+08:00" },
  { purpose: "not-yet", level: "FULL", territory: PLACES.city, from: "2999-01-01T00:00:00+08:00" },
];

/** Those who ask about every dataset. */
export function askers(dataset: string): Asker[] {
  const { steward, fields } = paperOf(dataset);
  const purposes = [...new Set(GRANTS.map((g) => g.purpose))];
  const fieldStewards = [...new Set(Object.values(fields).map((f) => facts(f).steward))].filter(
    (s) => s !== undefined,
  );
  return [
    { name: "a bureau with no right of its own", ...GRANTEE },
    { name: "a street office", kind: "street-office", territory: PLACES.street },
    { name: "a committee", kind: "committee", territory: PLACES.community },
    { name: "a committee abroad", kind: "committee", territory: PLACES.foreign, brief: true },
    { name: "the big-data bureau", kind: "big-data", territory: PLACES.city },
    { name: "the steward of the city", kind: steward, territory: PLACES.city },
    { name: "the steward of a district", kind: steward, territory: PLACES.district },
    ...fieldStewards.map((kind) => ({
      name: "the steward of a field",
      kind: kind as string,
      territory: PLACES.district,
    })),
    { name: "who only watches", kind: steward, territory: PLACES.city, watches: true, brief: true },
    ...purposes.map((purpose) => ({
      name: `granted ${purpose}`,
      ...GRANTEE,
      purpose,
      brief: purpose === "over" || purpose === "not-yet",
    })),
    {
      name: "another bureau, same purpose",
      kind: "trade-union",
      territory: PLACES.city,
      purpose: "city",
      brief: true,
    },
  ];
}

interface FieldFacts {
  readonly sharing: string;
  readonly strict?: string;
  readonly key: boolean;
  readonly coded: boolean;
  readonly aggregateOpen: boolean;
  readonly mask?: string;
  readonly steward?: string;
}

export function paperOf(dataset: string): DatasetPaper {
  const paper = PAPER[dataset];
  if (!paper) throw new Error(`${dataset} is not in test/permission/classes.ts: review its classes there`);
  return paper;
}

/** The words of a field in the paper. */
export function facts(words: string): FieldFacts {
  const all = words.split(" ");
  const after = (prefix: string) => all.find((w) => w.startsWith(prefix))?.slice(prefix.length);
  return {
    sharing: all[0] as string,
    strict: after("strict:"),
    key: all.includes("key"),
    coded: all.includes("coded"),
    aggregateOpen: all.includes("aggregateOpen"),
    mask: after("mask:"),
    steward: after("steward:"),
  };
}

const known = new Map<string, FieldFacts>();

export function factsOf(dataset: string, field: string): FieldFacts {
  const name = `${dataset}.${field}`;
  const found = known.get(name);
  if (found) return found;
  const words = paperOf(dataset).fields[field];
  if (!words)
    throw new Error(`${dataset}.${field} is not in test/permission/classes.ts: review its class there`);
  const read = facts(words);
  known.set(name, read);
  return read;
}

/** A right as it bears on one field: a level in one node's subtree. */
export interface Right {
  readonly level: Level;
  readonly node: string;
}

/** Semantics 1 to 4 and 30, one line each. */
export function rightsTo(asker: Asker, dataset: string, field: string, strict: boolean): Right[] {
  if (asker.watches) return [];
  const f = factsOf(dataset, field);
  const sharing = strict && f.strict ? f.strict : f.sharing;
  const own = asker.territory;
  const rights: Right[] = [];
  if (asker.kind === (f.steward ?? paperOf(dataset).steward)) rights.push({ level: "FULL", node: own });
  if (sharing === "NOT_SHARED") return rights;
  if (sharing === "UNCONDITIONAL")
    rights.push({ level: "FULL", node: asker.kind === "committee" ? own : PLACES.city });
  if (sharing === "CONDITIONAL") {
    if (asker.kind === "street-office") rights.push({ level: "FULL", node: own });
    if (asker.kind === "committee") rights.push({ level: "MASKED", node: own });
    if (asker.kind === "big-data") rights.push({ level: "AGGREGATE", node: PLACES.city });
  }
  if (f.aggregateOpen) rights.push({ level: "AGGREGATE", node: PLACES.city });
  return [...rights, ...granted(asker, dataset, field)];
}

function granted(asker: Asker, dataset: string, field: string): Right[] {
  if (asker.kind !== GRANTEE.kind || asker.territory !== GRANTEE.territory) return [];
  return GRANTS.filter((g) => g.purpose === asker.purpose && !g.from && !g.until)
    .filter((g) => !g.fields || g.fields(grantable(dataset)).includes(field))
    .map((g) => ({ level: g.level, node: g.territory }));
}

/** Fields that a grant may name: NOT_SHARED ones are named too, to prove that naming them opens nothing. */
export function grantable(dataset: string): string[] {
  return nonKeys(dataset);
}

export function nonKeys(dataset: string): string[] {
  return Object.keys(paperOf(dataset).fields).filter((name) => !factsOf(dataset, name).key);
}

/** True where the place lies in the node's subtree; all that the hub holds lies in the city's. */
export function inside(node: string, place: string): boolean {
  const prefix = node.replace(/^(\d{4}|\d{6}|\d{9}|\d{12})0*$/, "$1");
  return node === PLACES.city || place.startsWith(prefix);
}

export function levelAt(asker: Asker, dataset: string, field: string, place: string, strict: boolean): Level {
  const held = rightsTo(asker, dataset, field, strict).filter((r) => inside(r.node, place));
  return held.reduce<Level>((best, r) => (atLeast(best, r.level) ? best : r.level), "NONE");
}

/** Whether the field reaches the level anywhere at all (semantics 10). */
export function anywhere(asker: Asker, dataset: string, field: string, level: Level): boolean {
  return rightsTo(asker, dataset, field, false).some((r) => atLeast(r.level, level));
}
