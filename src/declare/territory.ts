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
  return rangeUnder(prefixOf(code));
}

/** What a right at a node covers: its subtree; at the city or above, everything that the hub holds. */
export function areaOf(node: Code): Range {
  return prefixOf(node).length <= LEVEL_DIGITS.CITY ? EVERYWHERE : rangeOf(node);
}

/** The nodes that contain this one, nearest first, itself included. */
export function nodesAbove(code: Code): Code[] {
  const nodes = PREFIXES.map((n) => code.slice(0, n).padEnd(12, "0"));
  return [...new Set(nodes.reverse())];
}

function rangeUnder(prefix: string): Range {
  const next = String(Number(prefix) + 1).padStart(prefix.length, "0");
  const to = next.length > prefix.length ? EVERYWHERE.to : next.padEnd(12, "0");
  return { from: prefix.padEnd(12, "0"), to };
}

/** How a range lies to codes in order: equal for ranges that no comparison with one of them tells apart. */
export function placeAmong(edges: readonly Code[], { from, to }: Range): string {
  const place = (code: Code) => {
    const i = firstFrom(edges, code);
    return i === edges.length ? "end" : edges[i] === code ? `at ${i}` : `before ${i}`;
  };
  return `${place(from)}, ${place(to)}`;
}

/** Index of the first of codes in order that is not before `code`. */
function firstFrom(codes: readonly Code[], code: Code): number {
  let [low, high] = [0, codes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((codes[middle] as Code) < code) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Prefixes, by their length, that the codes of these ranges have and no others. */
export function prefixesIn(ranges: readonly Range[]): Map<number, string[]> {
  const prefixes = new Map<number, string[]>();
  for (const { from, to } of ranges)
    for (let code = from; code < to; ) {
      const node = nodeAt(code, to);
      if (!prefixes.get(node.length)?.push(node)) prefixes.set(node.length, [node]);
      code = rangeUnder(node).to;
    }
  return prefixes;
}

/** The shortest prefix of a node that begins at `code` and ends by `to`. */
function nodeAt(code: Code, to: Code): string {
  const shortest = prefixOf(code).length;
  const ends = (n: number) => rangeUnder(code.slice(0, n)).to <= to;
  return code.slice(0, PREFIXES.find((n) => n >= shortest && ends(n)) ?? 12);
}

/** At most `most` ranges that hold all of these: the nearest neighbours become one. */
export function coarser(ranges: readonly Range[], most: number): Range[] {
  const gaps = ranges.slice(1).map((r, i) => ({ at: i + 1, width: Number(r.from) - Number(ranges[i]?.to) }));
  const widest = gaps.sort((a, b) => b.width - a.width || a.at - b.at).slice(0, most - 1);
  const starts = [0, ...widest.map((gap) => gap.at).sort((a, b) => a - b)];
  return starts.map((start, i) => ({
    from: (ranges[start] as Range).from,
    to: (ranges[(starts[i + 1] ?? ranges.length) - 1] as Range).to,
  }));
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
