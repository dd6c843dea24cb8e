/** What a decision says: for each field at which level, in which territory, on which ground. Plain data. */
import { type Code, EVERYWHERE, type Level, type Range, reaches, type Stricter } from "../declare";

/** Why a level is held: the right that gives it. */
export interface Ground {
  readonly kind: "STEWARD" | "STANDING" | "GRANT" | "SYSTEM";
  readonly id: string;
}

export interface Span extends Range {
  readonly level: Level;
  readonly grounds: readonly Ground[];
}

/** Levels of one field over the territory; outside all spans the level is NONE. */
export interface FieldRight {
  readonly spans: readonly Span[];
  /** In rows under this condition these spans hold instead (semantics 4). */
  readonly strict?: { readonly condition: Stricter; readonly spans: readonly Span[] };
}

export interface Decision {
  readonly dataset: string;
  readonly epoch: number;
  /** Instant (ms) after which this decision must be made anew. */
  readonly until: number;
  readonly fields: ReadonlyMap<string, FieldRight>;
  /** The city and every node that a right in this decision names, in code order. */
  readonly territories: readonly Code[];
  /** Equal for decisions that open the same things; part of cursors and plan keys. */
  readonly fingerprint: string;
}

export type Decide = (dataset: string) => Decision;

/** The territory in which these spans reach a level. */
export function rangesAt(spans: readonly Span[], level: Level): Range[] {
  const merged: { from: Code; to: Code }[] = [];
  for (const s of spans) {
    if (!reaches(s.level, level)) continue;
    const last = merged.at(-1);
    if (last && last.to === s.from) last.to = s.to;
    else merged.push({ from: s.from, to: s.to });
  }
  return merged;
}

/** The codes at which some right of the decision begins or ends, in order. */
export function edgesOf({ fields }: Decision): Code[] {
  const spans = [...fields.values()].flatMap((right) => [...right.spans, ...(right.strict?.spans ?? [])]);
  return [...new Set([EVERYWHERE, ...spans].flatMap((s) => [s.from, s.to]))].sort();
}

/** The right to a field; a field the decision does not name is out of reach. */
export function rightOf(decision: Decision, field: string): FieldRight {
  return decision.fields.get(field) ?? { spans: [] };
}

/** The level at one place, in a row under no stricter condition. */
export function levelAt(right: FieldRight, code: Code): Level {
  return right.spans.find((s) => s.from <= code && code < s.to)?.level ?? "NONE";
}

/** True where the field reaches the level somewhere, in whatever row (semantics 10). */
export function somewhere(right: FieldRight, level: Level): boolean {
  return [...right.spans, ...(right.strict?.spans ?? [])].some((s) => reaches(s.level, level));
}

/** Datasets and fields that a plan uses. */
export type Touched = readonly {
  readonly dataset: string;
  readonly fields: readonly { readonly field: string }[];
}[];

/** The decisions of one request, all made at one epoch. */
export interface Decisions {
  readonly epoch: number;
  readonly decide: Decide;
  /** Purposes for which the asker's department holds a grant that bears on the field, other than the one asked. */
  purposesFor(dataset: string, field: string): readonly string[];
  /** Equal for decisions that are alike in everything: who asks, at one state of the rights. None: not to be remembered. */
  readonly alike?: string;
  /** Throws where a plan uses what is closed to the one operation that these decisions are for; left out: nothing is. */
  allow?(touched: Touched): void;
  /** Decides anew, after a statement found that rights have changed (semantics 7). */
  refresh(): Promise<Decisions>;
}
