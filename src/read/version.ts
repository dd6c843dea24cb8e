/** Versions read as of a time: the rows as they are now on which a row condition is judged beside them. */
import { type Catalogue, type DatasetEntry, type Stricter, testedFields } from "../declare";
import type { Occurrence } from "./plan-types";
import type { Era } from "./planning";
import type { Present } from "./predicate";

/** The linked rows whose conditions this dataset repeats in a field; undefined where the present is read. */
export function followedIn(catalogue: Catalogue, dataset: DatasetEntry, era: Era): Occurrence["followed"] {
  if (!era.asOf && !era.versions) return undefined;
  const held = dataset.from ? catalogue.dataset(dataset.from) : dataset;
  return (held.follows ?? []).flatMap(({ field, through, reads }) => {
    const holder = catalogue.field(held, through);
    const leader = catalogue.dataset(holder.references ?? "");
    return conditionsOn(leader, reads).map(({ when }) => ({
      field,
      present: { table: leader.table, by: holder.column, test: when },
    }));
  });
}

/** Conditions of a dataset that test one of these fields, each once. */
function conditionsOn(dataset: DatasetEntry, fields: readonly string[]): Stricter[] {
  const all = new Set(dataset.fields.flatMap((f) => (f.stricter ? [f.stricter] : [])));
  return [...all].filter(({ when }) => testedFields(when).some((f) => fields.includes(f)));
}

/**
 * What closes a version beside its own values: its row as it is now, and the row it names, as that is now, where the
 * condition tests a field that follows it. The version may name another row than its own row does today.
 */
export function presentOf(at: Occurrence, { when }: Stricter): readonly Present[] | undefined {
  if (!at.followed) return undefined;
  const tested = testedFields(when);
  const linked = at.followed.filter(({ field }) => tested.includes(field)).map(({ present }) => present);
  return [{ table: at.dataset.table, by: "id", test: when }, ...linked];
}
