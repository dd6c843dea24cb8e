/** A decision as conditions on a row: where it is visible, counted, and each field readable at a level. */
import { type Decision, type FieldRight, rangesAt, rightOf } from "../access";
import type { DatasetEntry, FieldEntry, Level } from "../declare";
import { and, FALSE, not, or, type Predicate, type Row, TRUE, within } from "./predicate";

/** TRUE in rows where the right reaches the level. */
export function reachOf(right: FieldRight, level: Level, row: Row): Predicate {
  const open = within(row, rangesAt(right.spans, level));
  if (!right.strict) return open;
  const held: Predicate = { is: "holds", row, test: right.strict.condition.when };
  const strict = within(row, rangesAt(right.strict.spans, level));
  return or(and(open, not(held)), and(strict, held));
}

/** Where the row exists for this reader: some non-key field MASKED or FULL. */
export function visible(dataset: DatasetEntry, decision: Decision, row: Row): Predicate {
  return somewhereIn(dataset, decision, "MASKED", row);
}

/** Where the row enters figures: some non-key field AGGREGATE or more. */
export function counted(dataset: DatasetEntry, decision: Decision, row: Row): Predicate {
  return somewhereIn(dataset, decision, "AGGREGATE", row);
}

/** Where the row's count is exact: some non-key field FULL. */
export function exactly(dataset: DatasetEntry, decision: Decision, row: Row): Predicate {
  return somewhereIn(dataset, decision, "FULL", row);
}

function somewhereIn(dataset: DatasetEntry, decision: Decision, level: Level, row: Row): Predicate {
  const reaches = dataset.fields
    .filter((f) => !f.key)
    .map((f) => reachOf(rightOf(decision, f.name), level, row));
  return reaches.reduce((any, one) => or(any, one), FALSE);
}

/** Where this field's true value is readable: a key field wherever the row is visible (semantics 5). */
export function readable(dataset: DatasetEntry, field: FieldEntry, decision: Decision, row: Row): Predicate {
  return field.key ? visible(dataset, decision, row) : reachOf(rightOf(decision, field.name), "FULL", row);
}

/** Where the field may cut figures: a coded dimension at AGGREGATE, another field where it is readable. */
export function cutting(dataset: DatasetEntry, field: FieldEntry, decision: Decision, row: Row): Predicate {
  if (!field.coded) return readable(dataset, field, decision, row);
  return field.key ? TRUE : reachOf(rightOf(decision, field.name), "AGGREGATE", row);
}
