/** How a correction stands: the deadline that its first transition set, and whether an act may come now. */
import type { Sharing } from "../../declare";
import { departmentOf } from "../../identity";
import { type DeadlineRule, dueAt, knowsTerm, ruleFor } from "../clock";
import type { Clocks } from "../requests/deciding";
import { type CorrectionStep, isOpen } from "./steps";
import type { StoredCorrection } from "./store";

export { type Clocks, readClocks } from "../requests/deciding";

export interface Deadline {
  readonly rule: DeadlineRule;
  readonly due: Date;
  /** False where the State Council's notice of a year was not entered, so that weekends alone were off. */
  readonly calendarKnown: boolean;
}

/** From the day of receipt, which is day 0. Nothing pauses or extends it: the article has neither (B-19). */
export function deadlineOf(
  { rules, calendar }: Clocks,
  { provider, sharing }: { readonly provider: string; readonly sharing?: Sharing },
  receivedAt: Date,
): Deadline | undefined {
  const territory = departmentOf(provider)?.territory ?? "";
  const rule = ruleFor(rules, { act: "CORRECT", sharing, territory, at: receivedAt });
  const due = rule && dueAt({ receivedAt, workingDays: rule.workingDays }, calendar);
  return rule && due && { rule, due, calendarKnown: knowsTerm(calendar, receivedAt, due) };
}

export function isOverdue({ state, due }: StoredCorrection, now: Date): boolean {
  return isOpen(state) && due !== undefined && Date.parse(due) <= now.getTime();
}

export type Obstacle = "NOT_NOW" | "NOT_OVERDUE";

/** What keeps a step from being taken, or undefined; who takes it is not asked here. */
export function obstacleTo(
  step: CorrectionStep | undefined,
  correction: StoredCorrection,
  now: Date,
): Obstacle | undefined {
  if (!step) return "NOT_NOW";
  return step.overdue && !isOverdue(correction, now) ? "NOT_OVERDUE" : undefined;
}
