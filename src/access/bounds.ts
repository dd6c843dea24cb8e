/** Bounds on decisions: what an operation was approved with, beyond which nothing that opens later is given to it. */
import type { Code, Level } from "../declare";
import { reaches } from "../declare";
import { levelsOf, seal } from "./decide";
import type { Decision, Decisions, FieldRight, Span, Touched } from "./decision";

/** Where each level holds, in code order. */
type Levels = readonly (readonly [from: Code, to: Code, level: Level])[];

export interface FieldBounds {
  readonly spans: Levels;
  /** In rows under this condition these hold instead; `when` is the condition as it was, as JSON text. */
  readonly strict?: { readonly code: string; readonly when: string; readonly spans: Levels };
}

export interface DatasetBounds {
  /** Nodes that the rights of the decision named. */
  readonly territories: readonly Code[];
  /** All fields of the dataset: they say which rows there are. */
  readonly fields: Readonly<Record<string, FieldBounds>>;
  /** Fields that may be used. */
  readonly touched: readonly string[];
}

/** By dataset; one that is not named is closed. */
export type Bounds = Readonly<Record<string, DatasetBounds>>;

export function boundsOf(
  decisions: readonly Decision[],
  touched: readonly { readonly dataset: string; readonly fields: readonly { readonly field: string }[] }[],
): Bounds {
  const used = (name: string) =>
    touched.filter(({ dataset }) => dataset === name).flatMap(({ fields }) => fields.map((f) => f.field));
  return Object.fromEntries(
    decisions.map((decision) => [
      decision.dataset,
      {
        territories: decision.territories,
        fields: Object.fromEntries([...decision.fields].map(([name, right]) => [name, fieldBounds(right)])),
        touched: [...new Set(used(decision.dataset))].sort(),
      },
    ]),
  );
}

function fieldBounds({ spans, strict }: FieldRight): FieldBounds {
  if (!strict) return { spans: levelsOf(spans) };
  const { code, when } = strict.condition;
  return {
    spans: levelsOf(spans),
    strict: { code, when: JSON.stringify(when), spans: levelsOf(strict.spans) },
  };
}

/** An operation that decisions are bounded for. */
export interface Bounding {
  /** Names the operation in what is remembered of its questions. */
  readonly name: string;
  readonly bounds: Bounds;
  /** The refusal of a dataset or field that the bounds do not name. */
  readonly beyond: (dataset: string, field?: string) => Error;
  /** Rejects where the operation may no longer run; asked when rights have moved under a question. */
  readonly still: () => Promise<void>;
}

/** Makes decisions that give nothing beyond the bounds, whatever else has opened since. */
export function createBounded(bounding: Bounding): (decisions: Decisions) => Decisions {
  const { name, bounds, beyond, still } = bounding;
  const remembered = new WeakMap<Decision, Decision>();
  // A remembered plan hands out the same list with each of its answers.
  const passed = new WeakSet<object>();

  function decide(decision: Decision): Decision {
    const known = remembered.get(decision);
    if (known) return known;
    const most = Object.hasOwn(bounds, decision.dataset) ? bounds[decision.dataset] : undefined;
    if (!most) throw beyond(decision.dataset);
    const narrowed = boundedBy(decision, most);
    remembered.set(decision, narrowed);
    return narrowed;
  }

  function allow(touched: Touched): void {
    if (passed.has(touched)) return;
    for (const { dataset, fields } of touched)
      for (const { field } of fields)
        if (!bounds[dataset]?.touched.includes(field)) throw beyond(dataset, field);
    passed.add(touched);
  }

  return function bounded(decisions) {
    const { epoch, alike } = decisions;
    return {
      epoch,
      alike: alike === undefined ? undefined : `${alike} ${name}`,
      decide: (dataset) => decide(decisions.decide(dataset)),
      purposesFor: (dataset, field) => decisions.purposesFor(dataset, field),
      allow,
      refresh: async () => {
        await still();
        return bounded(await decisions.refresh());
      },
    };
  };
}

/** What the decision and the bounds both open. */
export function boundedBy(decision: Decision, bounds: DatasetBounds): Decision {
  const fields = new Map<string, FieldRight>();
  for (const [name, right] of decision.fields) {
    const most = Object.hasOwn(bounds.fields, name) ? bounds.fields[name] : undefined;
    if (most) fields.set(name, narrower(right, most));
  }
  const territories = [...new Set([...decision.territories, ...bounds.territories])].sort();
  const { dataset, epoch, until } = decision;
  return seal({ dataset, epoch, until, fields, territories });
}

function narrower({ spans, strict }: FieldRight, most: FieldBounds): FieldRight {
  const same =
    strict?.condition.code === most.strict?.code &&
    (!strict || JSON.stringify(strict.condition.when) === most.strict?.when);
  // A condition that is gone or another one: which rows it closed cannot be told, so its closure holds in all of them.
  const usual = same || !most.strict ? [most.spans] : [most.spans, most.strict.spans];
  const bounded = usual.reduce(meet, spans);
  if (!strict) return { spans: bounded };
  const closed = same && most.strict ? [most.strict.spans] : usual;
  return { spans: bounded, strict: { ...strict, spans: closed.reduce(meet, strict.spans) } };
}

/** The lower level of both, place by place. */
function meet(spans: readonly Span[], most: Levels): readonly Span[] {
  return spans.flatMap((span) =>
    most.flatMap(([from, to, level]) => {
      const start = span.from > from ? span.from : from;
      const end = span.to < to ? span.to : to;
      if (start >= end) return [];
      return [{ ...span, from: start, to: end, level: reaches(span.level, level) ? level : span.level }];
    }),
  );
}
