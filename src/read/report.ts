/** Reports: the rows of a dataset with figures beside them, each figure planned under its own dataset's decision. */
import { rightOf } from "../access";
import {
  type Bound,
  type Computed,
  type Counted,
  type DatasetEntry,
  type DeclaredWhere,
  type FieldEntry,
  isCounted,
} from "../declare";
import { HubError } from "../errors";
import { exactOf, levelOfFigures, measuresOf } from "./figures";
import { foundRows } from "./findings";
import type { ComputedField, FigureRef, FiguresPlan, Limit, Measure, Source } from "./plan-types";
import type { Era, Planning } from "./planning";
import { and, FALSE, given, type Predicate, TRUE } from "./predicate";
import { reachOf } from "./reach";
import { dated } from "./today";
import { type Cut, fieldOf, joined, type Scene, singlesOut, whereOf } from "./where";

/** The rows of a report, or of a dataset where it computes nothing. */
export function withFigures(planning: Planning, source: Source, era: Era): Source {
  const { dataset } = source;
  if (dataset.findings)
    return { ...source, findings: dataset.findings.map((rule) => foundRows(planning, rule, era)) };
  if (!dataset.from) return source;
  const rows: Source = { ...source, dataset: planning.world.catalogue.dataset(dataset.from) };
  const plans = new Map<string, FiguresPlan>();
  const computed = dataset.fields.flatMap((field): ComputedField[] => {
    const { computed } = field;
    if (!computed || computed.is === "own") return [];
    if (!isCounted(computed)) return [made(dataset, field, computed, era)];
    const name = passOf(computed);
    const plan = plans.get(name) ?? figuresPlan(planning, rows, era, siblings(dataset, name));
    plans.set(name, plan);
    const none = computed.is === "sum" ? computed.none : undefined;
    return [{ is: "figure", field, figure: figureOf(computed), plan, none }];
  });
  const chosen = cutBy(() =>
    whereOf({ planning, source: rows, era, figures: false }, dated(dataset.only, era)),
  );
  return { ...source, base: and(source.base, chosen), report: { rows, computed } };
}

/** A field made of other fields of the report. */
function made(
  report: DatasetEntry,
  field: FieldEntry,
  computed: Exclude<Computed, Counted | { is: "own" }>,
  era: Era,
): ComputedField {
  const named = (name: string) => fieldOf(report, name);
  if (computed.is === "ratio")
    return { is: "ratio", field, of: named(computed.of), to: named(computed.to), per: computed.per };
  if (computed.is === "total") {
    const of = Object.entries(computed.of).map(([name, times]) => ({ field: named(name), times }));
    return { is: "total", field, of, least: computed.least };
  }
  const limit = (bound: Bound | undefined): Limit | undefined =>
    typeof bound === "string" ? named(bound) : (dated(bound, era) as Limit | undefined);
  return {
    is: "test",
    field,
    of: named(computed.of),
    below: limit(computed.below),
    above: limit(computed.above),
  };
}

function figureOf(computed: Counted): FigureRef {
  return computed.is === "count" ? { kind: "count" } : { kind: computed.is, field: computed.field };
}

/** Equal for figures over the same rows in the same way: they are taken in one pass. */
function passOf(computed: Counted): string {
  const times = computed.is === "sum" ? computed.times : undefined;
  return JSON.stringify([computed.link, computed.where ?? null, times ?? null]);
}

function siblings(report: DatasetEntry, pass: string): Counted[] {
  return report.fields.flatMap(({ computed }) =>
    isCounted(computed) && passOf(computed) === pass ? [computed] : [],
  );
}

/** One pass over the linked rows, for all figures that are taken over them. */
function figuresPlan(planning: Planning, base: Source, era: Era, computed: readonly Counted[]): FiguresPlan {
  const { link: name, where } = computed[0] as Counted;
  const link = base.dataset.links.find((l) => l.name === name);
  if (!link) throw new Error(`${base.dataset.name} has no link ${name}`);
  const target = planning.world.catalogue.dataset(link.target);
  // A count touches no field, and still its dataset was read.
  planning.figured.add(target);
  const around: Scene = { planning, source: base, era, figures: true };
  const source = planning.countedRows(target, era, (row) => joined(around, link, row, false));
  const used = computed.map(figureOf);
  const singled = !fieldOf(target, link.there).coded || singlesOut(target, where);
  const cut: Cut = { singled, dimensions: new Map() };
  const scene: Scene = { planning, source, era, figures: true, cut };
  return {
    source,
    where: cutBy(() => whereOf(scene, dated(ofYear(target, where, era), era))),
    keys: [],
    measures: shared(
      planning,
      source,
      computed,
      measuresOf(planning, source, used, levelOfFigures(target, cut)),
    ),
    exact: target.protected ? exactOf(planning, source, cut) : TRUE,
    protected: target.protected,
    person: target.person ? fieldOf(target, target.person) : undefined,
    used,
    having: [],
    order: [],
    first: 1,
    parts: [],
  };
}

/** Measures that count by a share; of one pass they all do. */
function shared(
  planning: Planning,
  source: Source,
  [first]: readonly Counted[],
  measures: readonly Measure[],
): readonly Measure[] {
  if (first?.is !== "sum" || first.times === undefined) return measures;
  const times = fieldOf(source.dataset, first.times);
  planning.touch(source.dataset, times);
  const reach = (level: "AGGREGATE" | "FULL") =>
    given(source.base, reachOf(rightOf(planning.decision(source.dataset), times.name), level, source));
  return measures.map((measure) => ({
    ...measure,
    times,
    readable: and(measure.readable, reach("AGGREGATE")),
    full: and(measure.full, reach("FULL")),
  }));
}

/** Of one year, where one is asked and the rows have years. */
function ofYear(
  target: DatasetEntry,
  where: DeclaredWhere | undefined,
  { year }: Era,
): DeclaredWhere | undefined {
  if (year === undefined || !target.fields.some((f) => f.name === "year")) return where;
  return { and: [where ?? {}, { year: { eq: year } }] };
}

/** A figure cut by what this reader may not see is a figure of nothing; the derived right withholds it. */
export function cutBy(where: () => Predicate): Predicate {
  try {
    return where();
  } catch (error) {
    if (error instanceof HubError && error.code === "FIELD_WITHHELD") return FALSE;
    throw error;
  }
}
