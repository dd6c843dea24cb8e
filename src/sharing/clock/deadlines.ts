/** Deadline rules: in how many working days the law wants an act done, as rows that a lower level may only shorten (B-14). */
import { type Code, contains, rangeOf, type Sharing } from "../../declare";

/** What a rule bounds: answering, supplementing and delivering a request, the catalogue's updates and reviews, a correction. */
export const DEADLINE_ACTS = [
  "ANSWER",
  "SUPPLEMENT",
  "DELIVER",
  "CATALOGUE_UPDATE",
  "CATALOGUE_REVIEW",
  "CORRECT",
] as const;
export type DeadlineAct = (typeof DEADLINE_ACTS)[number];

export interface DeadlineRule {
  readonly id: string;
  readonly act: DeadlineAct;
  /** Left out: whatever the class. */
  readonly sharing?: Sharing;
  readonly workingDays: number;
  /** Working days that an extension adds at most; 0: none can be had. */
  readonly extensionDays: number;
  /** Left out: everywhere, by the law itself. A city or district names its own, which can only be shorter. */
  readonly territory?: Code;
  readonly article: string;
  readonly from: string;
  readonly until?: string;
}

export interface Occasion {
  readonly act: DeadlineAct;
  readonly sharing?: Sharing;
  /** Of the department that has to act. */
  readonly territory: Code;
  readonly at: Date;
}

/** The shortest rule that bears on the occasion; a local one where it is as short as the law's. */
export function ruleFor(rules: readonly DeadlineRule[], occasion: Occasion): DeadlineRule | undefined {
  const bearing = rules.filter((rule) => bears(rule, occasion));
  return bearing.sort(
    (a, b) =>
      a.workingDays - b.workingDays ||
      a.extensionDays - b.extensionDays ||
      (b.territory?.replace(/0+$/, "").length ?? 0) - (a.territory?.replace(/0+$/, "").length ?? 0) ||
      (a.id < b.id ? -1 : 1),
  )[0];
}

function bears(rule: DeadlineRule, { act, sharing, territory, at }: Occasion): boolean {
  const time = at.getTime();
  return (
    rule.act === act &&
    (rule.sharing === undefined || rule.sharing === sharing) &&
    (rule.territory === undefined || contains(rangeOf(rule.territory), territory)) &&
    Date.parse(rule.from) <= time &&
    (rule.until === undefined || time < Date.parse(rule.until))
  );
}
