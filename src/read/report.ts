/** Reports: the rows of a dataset with figures beside them, each figure planned under its own dataset's decision. */
import type { Computed, DatasetEntry, FieldEntry } from "../declare";
import { HubError } from "../errors";
import { measuresOf } from "./figures";
import type { ComputedField, FigureRef, FiguresPlan, Source } from "./plan-types";
import type { Era, Planning } from "./planning";
import { FALSE, given, type Predicate, TRUE } from "./predicate";
import { exactly } from "./reach";
import { fieldOf, joined, type Scene, whereOf } from "./where";

type Counted = Exclude<Computed, { is: "ratio" | "own" }>;

/** The rows of a report, or of a dataset where it computes nothing. */
export function withFigures(planning: Planning, source: Source, era: Era): Source {
  const { dataset } = source;
  if (!dataset.from) return source;
  const rows: Source = { ...source, dataset: planning.world.catalogue.dataset(dataset.from) };
  const plans = new Map<string, FiguresPlan>();
  const computed = dataset.fields.flatMap((field): ComputedField[] => {
    if (!field.computed || field.computed.is === "own") return [];
    if (field.computed.is === "ratio") return [ratio(dataset, field, field.computed)];
    const figure = figureOf(field.computed);
    const name = passOf(field.computed);
    const plan = plans.get(name) ?? figuresPlan(planning, rows, era, siblings(dataset, name));
    plans.set(name, plan);
    return [{ is: "figure", field, figure, plan }];
  });
  return { ...source, report: { rows, computed } };
}

function ratio(report: DatasetEntry, field: FieldEntry, computed: Computed & { is: "ratio" }): ComputedField {
  const [of, to] = [fieldOf(report, computed.of), fieldOf(report, computed.to)];
  return { is: "ratio", field, of, to, per: computed.per };
}

function figureOf(computed: Counted): FigureRef {
  return computed.is === "count" ? { kind: "count" } : { kind: "sum", field: computed.field };
}

/** Equal for figures over the same rows: they are taken in one pass. */
function passOf({ link, where }: Counted): string {
  return JSON.stringify([link, where ?? null]);
}

function siblings(report: DatasetEntry, pass: string): Counted[] {
  return report.fields.flatMap(({ computed }) =>
    (computed?.is === "count" || computed?.is === "sum") && passOf(computed) === pass ? [computed] : [],
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
  const exact = exactly(source, planning.decision(target));
  const used = computed.map(figureOf);
  return {
    source,
    where: cutBy(() => whereOf({ planning, source, era, figures: true }, where)),
    keys: [],
    measures: measuresOf(planning, source, used),
    exact: target.protected ? given(source.base, exact) : TRUE,
    protected: target.protected,
    person: target.person ? fieldOf(target, target.person) : undefined,
    used,
    having: [],
    order: [],
    first: 1,
    parts: [],
  };
}

/** A figure cut by what this reader may not see is a figure of nothing; the derived right withholds it. */
function cutBy(where: () => Predicate): Predicate {
  try {
    return where();
  } catch (error) {
    if (error instanceof HubError && error.code === "FIELD_WITHHELD") return FALSE;
    throw error;
  }
}
