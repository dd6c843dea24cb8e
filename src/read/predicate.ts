/** Conditions as plain data: three-valued, folded as they are built, rendered to SQL elsewhere. */
import {
  covers,
  EVERYWHERE,
  type FieldEntry,
  intersect,
  type Operator,
  type Range,
  type RowTest,
} from "../declare";
import type { Source } from "./plan-types";

/** Name of a table's occurrence in the statement. */
export type Row = string;

export type Predicate =
  | { readonly is: "true" | "false" | "unknown" }
  | { readonly is: "and" | "or"; readonly of: readonly Predicate[] }
  | { readonly is: "not"; readonly of: Predicate }
  | {
      readonly is: "within";
      readonly row: Row;
      readonly ranges: readonly Range[];
      /** The one range as it is to be bound, where a client named it and not a right. */
      readonly asked?: unknown;
    }
  | {
      readonly is: "compare";
      readonly row: Row;
      readonly field: FieldEntry;
      readonly op: Operator;
      readonly value: unknown;
    }
  /** The condition holds in the row, or one of these columns of its source is null: it holds there now. */
  | {
      readonly is: "holds";
      readonly row: Row;
      readonly test: RowTest;
      readonly now?: readonly string[];
    }
  | { readonly is: "retired"; readonly row: Row }
  | {
      readonly is: "joined";
      readonly left: Row;
      readonly here: FieldEntry;
      readonly right: Row;
      readonly there: FieldEntry;
    }
  /** The field is equal to `here` in some row of a set that the statement names. */
  | {
      readonly is: "among";
      readonly row: Row;
      readonly field: FieldEntry;
      readonly set: string;
      readonly here: FieldEntry;
    }
  /** UNKNOWN where not readable (semantics 9). */
  | { readonly is: "when"; readonly readable: Predicate; readonly then: Predicate }
  /** Two-valued: some row of the source for which `where` is TRUE, or, with `other`, is not TRUE. */
  | { readonly is: "exists"; readonly source: Source; readonly where: Predicate; readonly other: boolean };

export const TRUE: Predicate = { is: "true" };
export const FALSE: Predicate = { is: "false" };
export const UNKNOWN: Predicate = { is: "unknown" };

export function and(...parts: readonly Predicate[]): Predicate {
  const of = distinct(parts.flatMap((p) => (p.is === "and" ? p.of : [p])).filter((p) => p.is !== "true"));
  if (of.some((p) => p.is === "false")) return FALSE;
  const needed = unsettled(of);
  if (needed.length <= 1) return needed[0] ?? TRUE;
  return { is: "and", of: needed };
}

/** Territories of one list that are compared with its other parts: a client may write thousands. */
const MOST_COMPARED = 8;

/** Without parts that a territory beside them settles: who asks within a granted street needs no test of the grant. */
function unsettled(of: readonly Predicate[]): readonly Predicate[] {
  const areas = of.filter((p) => p.is === "within").slice(0, MOST_COMPARED);
  let left = of;
  // A client's own first: of two equal ones that stays which other readers' statements have too.
  for (const area of [...areas.filter((p) => p.asked), ...areas.filter((p) => !p.asked)])
    if (left.includes(area)) left = left.filter((p) => p === area || !implies(area, p));
  return left;
}

export function or(...parts: readonly Predicate[]): Predicate {
  const of = distinct(parts.flatMap((p) => (p.is === "or" ? p.of : [p])).filter((p) => p.is !== "false"));
  if (of.some((p) => p.is === "true")) return TRUE;
  return of.length === 0 ? FALSE : of.length === 1 ? (of[0] as Predicate) : { is: "or", of };
}

export function not(of: Predicate): Predicate {
  if (of.is === "true") return FALSE;
  if (of.is === "false") return TRUE;
  return of.is === "unknown" ? UNKNOWN : of.is === "not" ? of.of : { is: "not", of };
}

/** The territory of the row lies in one of the ranges. */
export function within(row: Row, ranges: readonly Range[], asked?: unknown): Predicate {
  if (ranges.length === 0) return FALSE;
  if (covers(ranges, [EVERYWHERE])) return TRUE;
  return { is: "within", row, ranges, asked };
}

export function when(readable: Predicate, then: Predicate): Predicate {
  if (readable.is === "true" || then.is === "unknown") return then;
  return readable.is === "false" ? UNKNOWN : { is: "when", readable, then };
}

/** `p` made shorter, given that `base` is TRUE: TRUE or FALSE where the base settles it. */
export function given(base: Predicate, p: Predicate): Predicate {
  if (implies(base, p)) return TRUE;
  return excludes(base, p) ? FALSE : p;
}

/** Sound, not complete: true only where every row that satisfies `base` satisfies `p`. */
export function implies(base: Predicate, p: Predicate): boolean {
  if (p.is === "true" || base.is === "false" || equal(base, p)) return true;
  if (p.is === "and") return p.of.every((part) => implies(base, part));
  if (base.is === "or") return base.of.every((part) => implies(part, p));
  if (base.is === "and" && base.of.some((part) => implies(part, p))) return true;
  if (p.is === "or") return p.of.some((part) => implies(base, part));
  const both = territories(base, p);
  return both !== undefined && covers(both[1], both[0]);
}

/** Sound, not complete: true only where no row satisfies both. */
function excludes(base: Predicate, p: Predicate): boolean {
  if (p.is === "false") return true;
  if (p.is === "or") return p.of.every((part) => excludes(base, part));
  if (p.is === "and" && p.of.some((part) => excludes(base, part))) return true;
  if (base.is === "and") return base.of.some((part) => excludes(part, p));
  if (base.is === "or") return base.of.every((part) => excludes(part, p));
  const both = territories(base, p);
  return both !== undefined && intersect(...both).length === 0;
}

/** The ranges of two conditions on one row's territory. Of two that clients name a plan knows nothing together. */
function territories(a: Predicate, b: Predicate): [readonly Range[], readonly Range[]] | undefined {
  const comparable = a.is === "within" && b.is === "within" && a.row === b.row && !(a.asked && b.asked);
  return comparable ? [a.ranges, b.ranges] : undefined;
}

/** Each once. By name, never pair by pair: a client may write thousands. */
function distinct(parts: readonly Predicate[]): Predicate[] {
  const known = new Set<unknown>();
  return parts.filter((p) => {
    const name = nameOf(p) ?? p;
    return !known.has(name) && known.add(name);
  });
}

/** Sound, not complete: true only for conditions that say the same. */
export function equal(a: Predicate, b: Predicate): boolean {
  const name = nameOf(a);
  return a === b || (name !== undefined && name === nameOf(b));
}

const names = new WeakMap<Predicate, string | undefined>();

/** Equal for equal conditions that the planner itself builds; a client's own are not worth comparing. */
function nameOf(p: Predicate): string | undefined {
  if (!names.has(p)) names.set(p, made(p));
  return names.get(p);
}

function made(p: Predicate): string | undefined {
  switch (p.is) {
    case "and":
    case "or": {
      const of = p.of.map(nameOf);
      return of.includes(undefined) ? undefined : `${p.is}(${of.join()})`;
    }
    case "not": {
      const of = nameOf(p.of);
      return of && `not(${of})`;
    }
    case "within":
      return p.asked ? undefined : JSON.stringify(p);
    case "true":
    case "false":
    case "unknown":
    case "holds":
    case "retired":
      return JSON.stringify(p);
    default:
      return undefined;
  }
}
