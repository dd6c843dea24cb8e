/** What a decision shows of rows by where they lie and which conditions hold, without a look at the rows themselves. */
import { type Decision, type FieldRight, rangesAt, type Span } from "../../access";
import { type Code, type Level, merge, type Range, reaches } from "../../declare";
import type { RowState } from "./journal";

/** What is seen of rows in one state. */
export interface Seen {
  /** Fields that are not key fields, with the level at which each is seen, MASKED or more. */
  readonly fields: ReadonlyMap<string, Level>;
  /** Equal where the same is seen. */
  readonly name: string;
  /** Ids of the rights that show it. */
  readonly grounds: readonly string[];
}

/** Looks of one decision, each state looked at once. */
export function sightOf(decision: Decision): (state: RowState | undefined) => Seen | undefined {
  const known = new Map<string, Seen | undefined>();
  return (state) => {
    if (!state) return undefined;
    const name = `${state.territory} ${state.closed.join()}`;
    if (!known.has(name)) known.set(name, look(decision, state));
    return known.get(name);
  };
}

/** Undefined where the row is out of reach. */
function look({ fields }: Decision, { territory, closed }: RowState): Seen | undefined {
  const seen = new Map<string, Level>();
  const grounds = new Set<string>();
  for (const [name, right] of fields) {
    const span = spansIn(right, closed).find((s) => s.from <= territory && territory < s.to);
    if (!span || !reaches(span.level, "MASKED")) continue;
    seen.set(name, span.level);
    for (const { id } of span.grounds) grounds.add(id);
  }
  if (seen.size === 0) return undefined;
  return { fields: seen, name: JSON.stringify([...seen]), grounds: [...grounds] };
}

function spansIn({ spans, strict }: FieldRight, closed: readonly string[]): readonly Span[] {
  return strict && closed.includes(strict.condition.code) ? strict.spans : spans;
}

/** Where the decision shows rows, whatever conditions hold in them. */
export function rangesSeen({ fields }: Decision): Range[] {
  return merge(
    [...fields.values()].flatMap(({ spans, strict }) => [
      ...rangesAt(spans, "MASKED"),
      ...rangesAt(strict?.spans ?? [], "MASKED"),
    ]),
  );
}

/** Where two decisions show a field at two levels. */
export function rangesApart(a: Decision, b: Decision): Range[] {
  const names = new Set([...a.fields.keys(), ...b.fields.keys()]);
  return merge(
    [...names].flatMap((name) => {
      const [one, other] = [a.fields.get(name), b.fields.get(name)];
      const strict = (right: FieldRight | undefined) => right?.strict?.spans ?? right?.spans ?? [];
      return [...spansApart(one?.spans ?? [], other?.spans ?? []), ...spansApart(strict(one), strict(other))];
    }),
  );
}

/** Both lists are disjoint and in order, so that one walk along their edges finds where they differ. */
function spansApart(a: readonly Span[], b: readonly Span[]): Range[] {
  const edges = [...new Set([...a, ...b].flatMap((s) => [s.from, s.to]))].sort();
  const apart: Range[] = [];
  let [i, j] = [0, 0];
  for (let e = 0; e + 1 < edges.length; e++) {
    const [from, to] = [edges[e] as Code, edges[e + 1] as Code];
    while (i < a.length && (a[i] as Span).to <= from) i++;
    while (j < b.length && (b[j] as Span).to <= from) j++;
    if (levelFrom(a[i], from) !== levelFrom(b[j], from)) apart.push({ from, to });
  }
  return apart;
}

function levelFrom(span: Span | undefined, from: Code): Level {
  return span && span.from <= from ? span.level : "NONE";
}

/** Where a decision shows rows by rights that ended together, with their end; none where some did not end by its date. */
export function areasByEnd(
  { fields }: Decision,
  ends: ReadonlyMap<string, Date>,
): { ranges: Range[]; until?: Date }[] {
  const areas = new Map<number, Range[]>();
  for (const { spans, strict } of fields.values())
    for (const span of [...spans, ...(strict?.spans ?? [])]) {
      if (!reaches(span.level, "MASKED")) continue;
      const until = endOf(
        span.grounds.map((g) => g.id),
        ends,
      );
      areas.set(until, [...(areas.get(until) ?? []), { from: span.from, to: span.to }]);
    }
  return [...areas].map(([until, ranges]) => ({
    ranges: merge(ranges),
    until: Number.isFinite(until) ? new Date(until) : undefined,
  }));
}

/** When the last of these rights ended, in milliseconds; infinite where one of them did not end by its date. */
export function endOf(grounds: readonly string[], ends: ReadonlyMap<string, Date>): number {
  return Math.max(...grounds.map((id) => ends.get(id)?.getTime() ?? Number.POSITIVE_INFINITY));
}

/** Every right that stands behind a decision. */
export function groundsOf({ fields }: Decision): string[] {
  const all = [...fields.values()].flatMap(({ spans, strict }) => [...spans, ...(strict?.spans ?? [])]);
  return [...new Set(all.flatMap((s) => s.grounds.map((g) => g.id)))];
}
