/** A field's right told by territory: the level at each node that a right names, with the grounds it rests on. */
import { type Decision, type Ground, rightOf, type Span } from "../access";
import { CITY, type Code, contains, type Level, rangeOf } from "../declare";

export interface Held {
  readonly territory: Code;
  readonly level: Level;
  /** Code of the row condition in whose rows this level holds instead. */
  readonly condition?: string;
  readonly grounds: readonly Ground[];
}

/** The most specific entry that contains a place speaks for it; entries that say nothing new are left out. */
export function heldOf(decision: Decision, field: string): Held[] {
  const { spans, strict } = rightOf(decision, field);
  const usual = told(decision.territories, spans);
  if (!strict) return usual;
  const condition = strict.condition.code;
  return [...usual, ...told(decision.territories, strict.spans).map((held) => ({ ...held, condition }))];
}

function told(territories: readonly Code[], spans: readonly Span[]): Held[] {
  const entries: Held[] = [];
  for (const territory of territories) {
    const span = spans.find((s) => contains(s, territory));
    const entry = { territory, level: span?.level ?? "NONE", grounds: span?.grounds ?? [] } satisfies Held;
    const around = entries.findLast((e) => e.territory === CITY || contains(rangeOf(e.territory), territory));
    if (!around || around.level !== entry.level || ids(around) !== ids(entry)) entries.push(entry);
  }
  return entries;
}

function ids({ grounds }: Held): string {
  return grounds.map((g) => g.id).join();
}
