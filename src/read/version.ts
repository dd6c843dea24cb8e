/** Versions read as of a time: the rows as they are now on which a row condition is judged beside them. */
import type { Decide } from "../access";
import { type Catalogue, type DatasetEntry, type RowTest, type Stricter, testedFields } from "../declare";
import type { Occurrence, Present } from "./plan-types";

/**
 * For every condition of the decision the version's own row as it is now; and where the condition tests a field that
 * follows a linked row, the row that the version names, which may be another than its own row names today.
 */
export function presentOf(catalogue: Catalogue, dataset: DatasetEntry, decide: Decide): Present[] {
  const held = dataset.from ? catalogue.dataset(dataset.from) : dataset;
  const rights = [...decide(held.name).fields.values()];
  const conditions = new Set(rights.flatMap(({ strict }) => (strict ? [strict.condition] : [])));
  return [...conditions]
    .flatMap((condition) => [
      { table: held.table, by: "id", test: condition.when, condition },
      ...leading(catalogue, held, condition),
    ])
    .map((present, i) => ({ ...present, column: `open_${i}` }));
}

/** The linked rows that a condition's fields follow, under their own conditions on what is followed. */
function leading(
  catalogue: Catalogue,
  dataset: DatasetEntry,
  condition: Stricter,
): Omit<Present, "column">[] {
  const tested = testedFields(condition.when);
  const follows = (dataset.follows ?? []).filter(({ field }) => tested.includes(field));
  return follows.flatMap(({ through, reads }) => {
    const { column, references = "" } = catalogue.field(dataset, through);
    const leader = catalogue.dataset(references);
    return testsOn(leader, reads).map((test) => ({ table: leader.table, by: column, test, condition }));
  });
}

/** Conditions of a dataset that test one of these fields, each once. */
function testsOn(dataset: DatasetEntry, fields: readonly string[]): RowTest[] {
  const all = new Set(dataset.fields.flatMap(({ stricter }) => (stricter ? [stricter.when] : [])));
  return [...all].filter((when) => testedFields(when).some((f) => fields.includes(f)));
}

/** Columns of a version that are null where the condition holds now; none where the present is read. */
export function closedBy({ dataset, present }: Occurrence, condition: Stricter): string[] | undefined {
  if (!present) return undefined;
  const columns = present.filter((p) => p.condition === condition).map((p) => p.column);
  // Without any, every version would be open: better no answer.
  if (columns.length === 0)
    throw new Error(`versions of ${dataset.name} are not judged on ${condition.code}`);
  return columns;
}
