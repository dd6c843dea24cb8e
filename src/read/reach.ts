/** A decision as conditions on a row: where it is visible, counted, and each field readable at a level. */
import { type Decision, type FieldRight, rangesAt, rightOf } from "../access";
import { covers, type FieldEntry, type Level, merge } from "../declare";
import type { Occurrence } from "./plan-types";
import { and, implies, not, or, type Predicate, type Row, TRUE, within } from "./predicate";
import { closedBy } from "./version";

/** TRUE in rows where the right reaches the level. */
export function reachOf(right: FieldRight, level: Level, at: Occurrence): Predicate {
  const { row } = at;
  const ranges = rangesAt(right.spans, level);
  const open = within(row, ranges);
  if (!right.strict) return open;
  const { condition } = right.strict;
  const held: Predicate = { is: "holds", row, test: condition.when, now: closedBy(at, condition) };
  const strictRanges = rangesAt(right.strict.spans, level);
  const strict = within(row, strictRanges);
  // What is open under the condition is open without it too, as nearly always: a steward's row needs no test at all.
  if (covers(ranges, strictRanges)) return either(row, [strict, and(open, not(held))]);
  if (covers(strictRanges, ranges)) return either(row, [open, and(strict, held)]);
  return or(and(open, not(held)), and(strict, held));
}

/** One of these, each two-valued: territories are laid together, and what they hold anyway is left out. */
function either(row: Row, parts: readonly Predicate[]): Predicate {
  const all = parts.flatMap((p) => (p.is === "or" ? p.of : [p]));
  const open = within(row, merge(all.flatMap((p) => (p.is === "within" ? p.ranges : []))));
  return or(open, ...all.filter((p) => p.is !== "within" && !implies(p, open)));
}

/** Where the row exists for this reader: some non-key field MASKED or FULL. */
export function visible(at: Occurrence, decision: Decision): Predicate {
  return somewhereIn(at, decision, "MASKED");
}

/** Where the row enters figures: some non-key field AGGREGATE or more. */
export function counted(at: Occurrence, decision: Decision): Predicate {
  return somewhereIn(at, decision, "AGGREGATE");
}

/** Where the row's count is exact: some non-key field FULL. */
export function exactly(at: Occurrence, decision: Decision): Predicate {
  return somewhereIn(at, decision, "FULL");
}

function somewhereIn(at: Occurrence, decision: Decision, level: Level): Predicate {
  const reaches = at.dataset.fields
    .filter((f) => !f.key)
    .map((f) => reachOf(rightOf(decision, f.name), level, at));
  return either(at.row, reaches);
}

/** Where this field's true value is readable: a key field wherever the row is visible (semantics 5). */
export function readable(at: Occurrence, field: FieldEntry, decision: Decision): Predicate {
  return field.key ? visible(at, decision) : reachOf(rightOf(decision, field.name), "FULL", at);
}

/** Where the field may cut figures: a coded dimension at AGGREGATE, another field where it is readable. */
export function cutting(at: Occurrence, field: FieldEntry, decision: Decision): Predicate {
  if (!field.coded) return readable(at, field, decision);
  return field.key ? TRUE : reachOf(rightOf(decision, field.name), "AGGREGATE", at);
}
