/** Findings: of each rule the rows in which it does not hold, planned under the right to the rows themselves. */
import { rightOf } from "../access";
import type { RuleEntry } from "../declare";
import type { FoundRows } from "./plan-types";
import type { Era, Planning } from "./planning";
import { given, TRUE } from "./predicate";
import { reachOf } from "./reach";
import { cutBy, withFigures } from "./report";
import { dated } from "./today";
import { whereOf } from "./where";

/** What is not readable in a row makes the rule's condition unknown there, and then there is no finding. */
export function foundRows(planning: Planning, rule: RuleEntry, era: Era): FoundRows {
  const subject = planning.world.catalogue.dataset(rule.on);
  const rows = withFigures(
    planning,
    planning.rows(subject, era, () => TRUE),
    era,
  );
  // Told in the notes and in the record: whoever finds nothing learns that the rule could not be applied.
  planning.listed.add(subject);
  const where = cutBy(() =>
    whereOf({ planning, source: rows, era, figures: false }, dated(rule.breach, era)),
  );
  const decision = planning.decision(subject);
  const names = ["name", rule.measured, rule.required].filter((name) => typeof name === "string");
  const shown = new Map(
    subject.fields
      .filter((f) => names.includes(f.name))
      .map((f) => {
        planning.touch(subject, f);
        return [
          f.name,
          f.key ? TRUE : given(rows.base, reachOf(rightOf(decision, f.name), "FULL", rows)),
        ] as const;
      }),
  );
  return { rule, rows, where, shown, day: dated({ today: 0 }, era) };
}
