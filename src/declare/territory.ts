/** Division codes as half-open ranges: every node of the tree is a prefix, every subtree a range (semantics 8). */

/** A 12-digit division code (PP CC DD TTT VVV). */
export type Code = string;

/** Codes `c` with from <= c < to, compared by code point. */
export interface Range {
  readonly from: Code;
  readonly to: Code;
}

/** Lengths of a node's prefix, province to community. */
const PREFIXES = [2, 4, 6, 9, 12] as const;

export const TERRITORY_LEVELS = ["CITY", "DISTRICT", "STREET", "COMMUNITY"] as const;
export type TerritoryLevel = (typeof TERRITORY_LEVELS)[number];

/** Digits of the prefix that names a node at this level. */
export const LEVEL_DIGITS: Record<TerritoryLevel, number> = {
  CITY: 4,
  DISTRICT: 6,
  STREET: 9,
  COMMUNITY: 12,
};

/** The root of the tree this hub serves: 太原市. */
export const CITY: Code = "140100000000";

/** Everything: what a right at the root of the tree covers. */
export const EVERYWHERE: Range = { from: "000000000000", to: "999999999999" };

/** The 12-digit code of a node given by 2, 4, 6, 9 or 12 digits, or undefined if the text names no node. */
export function toCode(text: string): Code | undefined {
  if (!/^\d+$/.test(text) || !PREFIXES.some((n) => n === text.length)) return undefined;
  return text.padEnd(12, "0");
}

/** The prefix of a node: its code without the zeros that only fill up its level. */
export function prefixOf(code: Code): string {
  for (const n of PREFIXES) if (/^0*$/.test(code.slice(n))) return code.slice(0, n);
  return code;
}

/** The level of a node, CITY for everything at or above the city. */
export function levelOf(code: Code): TerritoryLevel {
  const digits = prefixOf(code).length;
  return digits === 12 ? "COMMUNITY" : digits === 9 ? "STREET" : digits === 6 ? "DISTRICT" : "CITY";
}

/** The subtree under a node, the node included. */
export function rangeOf(code: Code): Range {
  const prefix = prefixOf(code);
  const next = String(Number(prefix) + 1).padStart(prefix.length, "0");
  return { from: prefix.padEnd(12, "0"), to: next.padEnd(12, "0") };
}

/** How a range lies to codes in order: equal for ranges that no comparison with one of them tells apart. */
export function placeAmong(edges: readonly Code[], { from, to }: Range): string {
  const place = (code: Code) => {
    const i = edges.findIndex((edge) => edge >= code);
    return i < 0 ? "end" : edges[i] === code ? `at ${i}` : `before ${i}`;
  };
  return `${place(from)}, ${place(to)}`;
}

export function contains(range: Range, code: Code): boolean {
  return range.from <= code && code < range.to;
}

/** True where every code of `inner` lies in one of `outer` (disjoint, sorted, merged). */
export function covers(outer: readonly Range[], inner: readonly Range[]): boolean {
  return inner.every((r) => outer.some((o) => o.from <= r.from && r.to <= o.to));
}

/** The codes in both lists of ranges. */
export function intersect(a: readonly Range[], b: readonly Range[]): Range[] {
  const both: Range[] = [];
  for (const x of a)
    for (const y of b) {
      const from = x.from > y.from ? x.from : y.from;
      const to = x.to < y.to ? x.to : y.to;
      if (from < to) both.push({ from, to });
    }
  return merge(both);
}

/** Sorted, disjoint ranges with the same codes. */
export function merge(ranges: readonly Range[]): Range[] {
  const sorted = [...ranges].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const merged: { from: Code; to: Code }[] = [];
  for (const r of sorted) {
    const last = merged.at(-1);
    if (last && r.from <= last.to) last.to = r.to > last.to ? r.to : last.to;
    else merged.push({ ...r });
  }
  return merged;
}

/** What of `range` lies outside `taken`. */
export function subtract(range: Range, taken: readonly Range[]): Range[] {
  const left: Range[] = [];
  let from = range.from;
  for (const t of merge(intersect([range], taken))) {
    if (from < t.from) left.push({ from, to: t.from });
    from = t.to;
  }
  if (from < range.to) left.push({ from, to: range.to });
  return left;
}
