/** Where figures come from: for each place that a right names, whether its rows are counted and what is withheld. */
import {
  type DatasetEntry,
  type FieldEntry,
  type LinkEntry,
  levelOf,
  prefixOf,
  reaches,
} from "../../../src/declare";
import { type Input, modeOf } from "./conditions";
import { type Asked, askedBy, keysAsked } from "./figures";
import type { Model } from "./model";

export interface Covered {
  readonly territory: string;
  readonly name: string | null;
  readonly counted: boolean;
  readonly withheld: readonly string[];
}

/** Every node of the tree, so that lists that differ only in how they cut the tree compare equal. */
export function coverageOf(
  model: Model,
  dataset: DatasetEntry,
  args: Input,
  selected: readonly Asked[],
  link?: LinkEntry,
): Covered[] {
  const uses = usesOf(dataset, args, selected, link);
  return [...model.territories].sort().map((territory) => {
    const at = (f: FieldEntry) => model.policy.levelAt(dataset, f, f.sharing, territory);
    const others = dataset.fields.filter((f) => !f.key);
    const counted = others.some((f) => reaches(at(f), "AGGREGATE"));
    const visible = others.some((f) => reaches(at(f), "MASKED"));
    const isWithheld = ({ field, dimension }: Use) => {
      if (field.key) return dimension ? !counted : !visible;
      return dimension ? !reaches(at(field), "AGGREGATE") : at(field) !== "FULL";
    };
    const withheld = [...new Set(uses.filter(isWithheld).map((u) => u.field.name))].sort();
    return { territory, name: null, counted, withheld };
  });
}

/** A field asked for; figures and coded dimensions need AGGREGATE, other keys FULL. */
interface Use {
  readonly field: FieldEntry;
  readonly dimension: boolean;
}

function usesOf(dataset: DatasetEntry, args: Input, selected: readonly Asked[], link?: LinkEntry): Use[] {
  const keys = keysAsked(dataset, args);
  const fineKeys = keys.some((k) => !k.dimension);
  const singled = modeOf(dataset, args.where ?? {}, fineKeys, link) === "SINGLED";
  const figures = [...selected, ...askedBy(dataset, args)].map(({ field }) => ({
    field,
    dimension: !singled || dataset.protected,
  }));
  const cuts = keys.map(({ field, dimension }) => ({
    field,
    dimension: dimension && (field.key || !singled),
  }));
  return [...figures, ...cuts];
}

/** The entry that speaks for a place: the most specific one that contains it. */
export function spokenFor(entries: readonly Covered[], place: string): Covered | undefined {
  return entries
    .filter((e) => place.startsWith(prefixOf(e.territory)) || levelOf(e.territory) === "CITY")
    .sort((a, b) => prefixOf(b.territory).length - prefixOf(a.territory).length)[0];
}
