/** The transition that a step is: where it leads, and under which rule by when the next one is due. */
import type { ClientBase } from "pg";
import { CITY } from "../../declare";
import { departmentOf } from "../../identity";
import { type DeadlineRule, ruleFor } from "../clock";
import { dueOf, type Running } from "../requests/course";
import type { Clocks } from "../requests/deciding";
import { type Past, runningAfter, type Standing } from "./course";
import type { Snapshot } from "./snapshot";
import type { UpdateStep } from "./steps";
import { insertContent, insertTransition, type NewTransition, type StoredUpdate } from "./store";

/** An update before its first transition, or where it stands. */
export type Course = Pick<StoredUpdate, "provider" | "authority" | "seq" | "transitions"> &
  Partial<Pick<StoredUpdate, "state">>;

export function moved(update: Course, step: UpdateStep, clocks: Clocks, now: Date) {
  const running = runningAfter([...pastOf(update), { act: step.act, at: now }]);
  const rule = running && ruleOf(update, running, clocks.rules);
  const to = step.to ?? update.state;
  if (!to) throw new Error(`${step.act} begins no update of the catalogue`);
  return {
    seq: update.seq + 1,
    at: now,
    act: step.act,
    from: update.state,
    to,
    party: step.party,
    duty: step.duty,
    deadlineRule: rule?.id,
    due: running && rule && dueOf(running, rule, clocks.calendar).due,
  } satisfies Partial<NewTransition>;
}

/** A step of the hub's own. */
export async function moveByHub(
  client: ClientBase,
  update: Course & Pick<StoredUpdate, "id">,
  made: ReturnType<typeof moved> & { readonly reason?: string },
  snapshot?: Snapshot,
): Promise<void> {
  await insertTransition(client, update.id, { ...made, actor: "hub", department: "system" });
  if (snapshot) await insertContent(client, update.id, made.seq, snapshot);
}

export function pastOf({ transitions }: Pick<StoredUpdate, "transitions">): Past[] {
  return transitions.map(({ act, at }) => ({ act, at: new Date(at) }));
}

/** The rule that bore when the clock started, where the one that has to act is at home. */
export function ruleOf(
  { provider, authority }: Pick<StoredUpdate, "provider" | "authority">,
  { term, receivedAt }: Running,
  rules: readonly DeadlineRule[],
): DeadlineRule | undefined {
  const acting = term === "CATALOGUE_REVIEW" ? authority : provider;
  const territory = departmentOf(acting)?.territory ?? CITY;
  return ruleFor(rules, { act: term, territory, at: receivedAt });
}

/** Of an update, with the hash of what its dataset is declared as now. */
export function standingOf(update: StoredUpdate, { rules }: Clocks, present: string): Standing {
  const log = pastOf(update);
  const running = runningAfter(log);
  return {
    log,
    due: update.due ? new Date(update.due) : undefined,
    extensionDays: (running && ruleOf(update, running, rules)?.extensionDays) ?? 0,
    asProposed: update.content.hash === present,
  };
}
