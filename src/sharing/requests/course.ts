/** How a request stands, worked out from its transitions alone: the clock that runs, and whether an act may come now. */
import { type Calendar, type DeadlineAct, type DeadlineRule, dueAt, knowsTerm, type Pause } from "../clock";
import { type RequestAct, type RequestState, type Step, stepFor } from "./steps";

/** What the clock needs of a transition. */
export interface Past {
  readonly act: RequestAct;
  readonly from?: RequestState;
  readonly at: Date;
}

export interface Running {
  readonly term: DeadlineAct;
  readonly receivedAt: Date;
  readonly pauses: readonly Pause[];
  readonly extended: boolean;
}

/** The clock after these transitions, or undefined where none runs; a paused one is there, with an open pause. */
export function clockAfter(log: readonly Past[], deliversBeside: boolean): Running | undefined {
  let clock: Running | undefined;
  for (const { act, from, at } of log) {
    const effect = (from ? stepFor(from, act) : undefined)?.clock;
    clock = moved(clock, effect, at, deliversBeside);
  }
  return clock;
}

function moved(
  clock: Running | undefined,
  effect: Step["clock"],
  at: Date,
  deliversBeside: boolean,
): Running | undefined {
  const fresh = { receivedAt: at, pauses: [], extended: false };
  switch (effect) {
    case undefined:
      return clock;
    case "START":
      return { term: "ANSWER", ...fresh };
    case "STOP":
      return undefined;
    case "GRANT":
      return deliversBeside ? { term: "DELIVER", ...fresh } : undefined;
    case "EXTEND":
      return clock && { ...clock, extended: true };
    case "PAUSE":
      return clock && { ...clock, pauses: [...clock.pauses, { from: at }] };
    case "RESUME":
      return (
        clock && { ...clock, pauses: clock.pauses.map((p) => (p.until ? p : { from: p.from, until: at })) }
      );
  }
}

export interface Due {
  /** Undefined while the clock stands still. */
  readonly due?: Date;
  /** False where the State Council's notice of a year was not entered, so that weekends alone were off. */
  readonly calendarKnown: boolean;
}

export function dueOf(
  { receivedAt, pauses, extended }: Running,
  rule: Pick<DeadlineRule, "workingDays" | "extensionDays">,
  calendar: Calendar,
): Due {
  const workingDays = rule.workingDays + (extended ? rule.extensionDays : 0);
  const due = dueAt({ receivedAt, workingDays, pauses }, calendar);
  return { due, calendarKnown: knowsTerm(calendar, receivedAt, due ?? receivedAt) };
}

/** Where a request stands when an act is to be judged. */
export interface Standing {
  readonly state: RequestState;
  /** With the steps of the request that it is the rest of. */
  readonly log: readonly Pick<Past, "act">[];
  readonly due?: Date;
  /** Working days that an extension would add. */
  readonly extensionDays: number;
  readonly delivers: boolean;
  /** The time of use that was asked for. */
  readonly until: Date;
}

export type Obstacle = "NOT_NOW" | "ONCE" | "TOO_LATE" | "NOT_OVERDUE" | "NO_EXTENSION" | "UNTIL_PASSED";

/** Whether a deadline has passed: it is the first instant that is too late. */
export function isPast(due: Date | string | undefined, now: Date): boolean {
  return due !== undefined && new Date(due).getTime() <= now.getTime();
}

/** What keeps a step from being taken, or undefined; who takes it is not asked here. */
export function obstacleTo(step: Step | undefined, standing: Standing, now: Date): Obstacle | undefined {
  if (!step) return "NOT_NOW";
  const { log, due, extensionDays, delivers, until } = standing;
  const passed = isPast(due, now);
  if (step.once && log.some(({ act }) => act === step.act)) return "ONCE";
  if (step.when === "in time" && passed) return "TOO_LATE";
  if (step.when === "overdue" && !passed) return "NOT_OVERDUE";
  if (step.act === "ASK_EXTENSION" && extensionDays === 0) return "NO_EXTENSION";
  if (step.act === "DISPUTE" && isPast(until, now)) return "UNTIL_PASSED";
  if (step.act === "DELIVER" && !delivers) return "NOT_NOW";
  return undefined;
}
