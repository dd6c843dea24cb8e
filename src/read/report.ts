/** Reports: the rows of a dataset with figures beside them, each figure planned under its own dataset's decision. */
import type { Computed, DatasetEntry, FieldEntry } from "../declare";
import { HubError } from "../errors";
import { measuresOf } from "./figures";
import type { ComputedField, FigureRef, FiguresPlan, Source } from "./plan-types";
import type { Era, Planning } from "./planning";
import { FALSE, given, type Predicate, TRUE } from "./predicate";
import { exactly } from "./reach";
import { fieldOf, joined, type Scene, whereOf } from "./where";

/** The rows of a report, or of a dataset where it computes nothing. */
export function withFigures(planning: Planning, source: Source, era: Era): Source {
  const { dataset } = source;
  if (!dataset.from) return source;
  const rows: Source = {
    ...source,
    dataset: planning.world.catalogue.dataset(dataset.from),
    row: planning.row(),
  };
  const computed = dataset.fields.flatMap((field) =>
    field.computed && field.computed.is !== "own"
      ? [planned(planning, dataset, rows, era, field, field.computed)]
      : [],
  );
  return { ...source, report: { rows, computed } };
}

function planned(
  planning: Planning,
  report: DatasetEntry,
  base: Source,
  era: Era,
  field: FieldEntry,
  computed: Exclude<Computed, { is: "own" }>,
): ComputedField {
  if (computed.is === "ratio")
    return {
      is: "ratio",
      field,
      of: fieldOf(report, computed.of),
      to: fieldOf(report, computed.to),
      per: computed.per,
    };
  const figure: FigureRef =
    computed.is === "count" ? { kind: "count" } : { kind: "sum", field: computed.field };
  return { is: "figure", field, figure, plan: figurePlan(planning, base, era, figure, computed) };
}

function figurePlan(
  planning: Planning,
  base: Source,
  era: Era,
  figure: FigureRef,
  computed: Exclude<Computed, { is: "ratio" | "own" }>,
): FiguresPlan {
  const link = base.dataset.links.find((l) => l.name === computed.link);
  if (!link) throw new Error(`${base.dataset.name} has no link ${computed.link}`);
  const target = planning.world.catalogue.dataset(link.target);
  // A count touches no field, and still its dataset was read.
  planning.figured.add(target);
  const around: Scene = { planning, source: base, era, figures: true };
  const source = planning.countedRows(target, era, (row) => joined(around, link, row, false));
  const exact = exactly(source, planning.decision(target));
  return {
    source,
    where: cutBy(() => whereOf({ planning, source, era, figures: true }, computed.where)),
    keys: [],
    measures: measuresOf(planning, source, [figure]),
    exact: target.protected ? given(source.base, exact) : TRUE,
    protected: target.protected,
    person: target.person ? fieldOf(target, target.person) : undefined,
    used: [figure],
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
