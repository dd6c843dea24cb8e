/** Whether a step of an update may be taken: by this identity, now, with what it needs; each obstacle is told in words. */
import { HubError } from "../../errors";
import type { Duty, Identity } from "../../identity";
import { checkText } from "../requests/text";
import { type Obstacle, obstacleTo, type Standing } from "./course";
import { REVIEW_ACTS, type UpdateAct, type UpdateStep, updateStepFor } from "./steps";
import type { StoredUpdate } from "./store";

type Parties = Pick<StoredUpdate, "provider" | "authority">;

/** Whether the step is this identity's: of the party's department, with the duty. */
export function takes(
  { department, duties }: Identity,
  parties: Parties,
  { party, duty }: UpdateStep,
): boolean {
  return party !== "hub" && parties[party] === department.code && duties.includes(duty as Duty);
}

/** Acts that this identity could take now. */
export function openActs(
  identity: Identity,
  update: StoredUpdate,
  standing: Standing,
  now: Date,
): UpdateAct[] {
  return (["PROPOSE", ...REVIEW_ACTS] as const).filter((act) => {
    const step = updateStepFor(update.state, act);
    return step && takes(identity, update, step) && !obstacleTo(step, standing, now);
  });
}

export interface Attempt {
  readonly act: UpdateAct;
  readonly reason?: string | null;
  readonly standing: Standing;
  readonly now: Date;
}

/** The step, where it may be taken: by this identity, now, with what it needs. */
export function judged(
  asker: Identity,
  update: StoredUpdate,
  { act, reason, standing, now }: Attempt,
): UpdateStep {
  const step = updateStepFor(update.state, act);
  const obstacle = obstacleTo(step, standing, now);
  if (!step || obstacle === "NOT_NOW")
    throw refused(
      "NOT_NOW",
      `目录更新处于 ${update.state}，不能 ${act}。An update that is ${update.state} takes no ${act}`,
      { state: update.state, acts: openActs(asker, update, standing, now) },
    );
  if (!takes(asker, update, step)) throw forbidden(update, step);
  if (obstacle) throw told(obstacle, standing);
  if (step.reason && !reason?.trim())
    throw refused("REASON_NEEDED", `${act} 须说明理由。${act} needs a reason`, { argument: "reason" });
  if (reason) checkText("reason", reason);
  return step;
}

const WORDS: Record<Exclude<Obstacle, "NOT_NOW" | "TOO_LATE">, string> = {
  ONCE: "此步骤只能有一次（政务数据共享条例 第十七条）。This is done once in the course of an update",
  NO_CLOCK: "没有正在计算的期限。No deadline runs",
  NO_EXTENSION: "此期限不能延长。This deadline is not extended",
  NOT_OVERDUE: "期限未过。The deadline has not passed",
  NOTICED: "声明已变更，须更新目录，不能撤回。The declaration has changed: this update must be published",
  DECLARATION_MOVED: "提出后声明又有变更，须重新提出。The declaration has changed since: propose anew",
};

function told(obstacle: Exclude<Obstacle, "NOT_NOW">, { due }: Standing): HubError {
  if (obstacle === "TOO_LATE")
    return new HubError(
      "DEADLINE_PASSED",
      "更新期限已过，请立即提出。The deadline has passed: propose at once",
      {
        due: due?.toISOString(),
      },
    );
  return refused(obstacle, WORDS[obstacle], {});
}

export function forbidden(parties: Parties, { party, duty }: UpdateStep): HubError {
  const department = party === "hub" ? undefined : parties[party];
  return new HubError(
    "FORBIDDEN",
    `此步骤由 ${department} 的 ${duty} 职责办理。This step is taken by ${department} with the duty ${duty}`,
    { department, duty },
  );
}

function refused(reason: string, message: string, facts: Readonly<Record<string, unknown>>): HubError {
  return new HubError("BAD_USER_INPUT", message, { argument: "act", ...facts, reason });
}

export function notFound(): HubError {
  return new HubError("NOT_FOUND", "没有这样的目录更新，或不在可见范围。No such update within your reach");
}
