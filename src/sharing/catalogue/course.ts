/** How an update stands, worked out from its transitions alone: the clock that runs, and whether an act may come now. */
import type { DeadlineAct } from "../clock";
import { isPast, type Running } from "../requests/course";
import type { UpdateAct, UpdateStep } from "./steps";

export interface Past {
  readonly act: UpdateAct;
  readonly at: Date;
}

interface Clocks {
  /** The department's, from the change on; it stands still while the authority reviews. */
  readonly update?: Running;
  readonly review?: Running;
}

/** B-07: 10 working days from the change, 5 more with consent; 2 for the review. */
export function clocksAfter(log: readonly Past[]): Clocks {
  return log.reduce<Clocks>((clocks, past) => moved(clocks, past), {});
}

/** The clock by which somebody is waited for now. */
export function runningAfter(log: readonly Past[]): Running | undefined {
  const { update, review } = clocksAfter(log);
  return review ?? update;
}

function moved({ update, review }: Clocks, { act, at }: Past): Clocks {
  switch (act) {
    case "NOTICE":
      return { update: update ? resumed(update, at) : started("CATALOGUE_UPDATE", at) };
    case "APPROVE":
      return { update: update && paused(update, at), review: started("CATALOGUE_REVIEW", at) };
    case "RETURN":
      return { update: update && resumed(update, at) };
    case "EXTEND":
      return { update: update && { ...update, extended: true } };
    case "PUBLISH":
    case "WITHDRAW":
    case "LAPSE":
      return {};
    case "PROPOSE":
    case "DISAPPROVE":
    case "ASK_EXTENSION":
    case "DECLINE_EXTENSION":
    case "URGE":
    case "RECKON":
      return { update, review };
  }
}

function started(term: DeadlineAct, receivedAt: Date): Running {
  return { term, receivedAt, pauses: [], extended: false };
}

function paused(clock: Running, from: Date): Running {
  return { ...clock, pauses: [...clock.pauses, { from }] };
}

function resumed(clock: Running, until: Date): Running {
  return { ...clock, pauses: clock.pauses.map((p) => (p.until ? p : { from: p.from, until })) };
}

/** Where an update stands when an act is to be judged. */
export interface Standing {
  readonly log: readonly Past[];
  readonly due?: Date;
  /** Working days that an extension would add. */
  readonly extensionDays: number;
  /** Whether the declaration is still the one that was proposed. */
  readonly asProposed: boolean;
}

export type Obstacle =
  | "NOT_NOW"
  | "ONCE"
  | "NO_CLOCK"
  | "TOO_LATE"
  | "NO_EXTENSION"
  | "NOT_OVERDUE"
  | "NOTICED"
  | "DECLARATION_MOVED";

/** What keeps a step from being taken, or undefined; who takes it is not asked here. */
export function obstacleTo(
  step: UpdateStep | undefined,
  { log, due, extensionDays, asProposed }: Standing,
  now: Date,
): Obstacle | undefined {
  if (!step) return "NOT_NOW";
  const passed = isPast(due, now);
  if (step.once && log.some(({ act }) => act === step.act)) return "ONCE";
  if (step.when === "in time" && !due) return "NO_CLOCK";
  if (step.when === "in time" && passed) return "TOO_LATE";
  if (step.when === "overdue" && !passed) return "NOT_OVERDUE";
  if (step.act === "ASK_EXTENSION" && extensionDays === 0) return "NO_EXTENSION";
  if (step.ownAccord && log.some(({ act }) => act === "NOTICE")) return "NOTICED";
  if (step.asProposed && !asProposed) return "DECLARATION_MOVED";
  return undefined;
}
