/** Whether a step may be taken: by this identity, now, with what it needs; each obstacle is told in words. */
import type { ClientBase } from "pg";
import { HubError } from "../../errors";
import { departmentOf, type Identity, stewardKind } from "../../identity";
import type { Criterion } from "../catalogue/criteria";
import { type Obstacle, obstacleTo, type Standing } from "./course";
import type { GivenPart } from "./partial";
import { type RequestParts, strangersAmong } from "./parts";
import { openActs, takes } from "./reach";
import { type RequestAct, type Step, stepFor } from "./steps";
import type { StoredRequest } from "./store";
import { checkText } from "./text";

export interface Given {
  readonly reason?: string | null;
  readonly criterion?: string | null;
  /** Of GRANT_PART. */
  readonly part?: GivenPart | null;
}

/** What somebody wants to do, when, and where the request then stands. */
export interface Attempt {
  readonly act: RequestAct;
  readonly given: Given;
  readonly standing: Standing;
  readonly now: Date;
  /** What the catalogue states as conditions of what is asked for. */
  readonly criteria: readonly Criterion[];
}

/** The step, where it may be taken: by this identity, now, with what it needs. */
export function judged(
  asker: Identity,
  request: StoredRequest,
  { act, given, standing, now, criteria }: Attempt,
): Step {
  const step = stepFor(standing.state, act);
  const obstacle = obstacleTo(step, standing, now);
  if (!step || obstacle === "NOT_NOW")
    throw refused(
      "NOT_NOW",
      `申请处于 ${standing.state}，不能 ${act}。A request that is ${standing.state} takes no ${act}`,
      {
        argument: "act",
        state: standing.state,
        acts: openActs(asker, request, standing, now),
      },
    );
  if (!takes(asker, request, step)) throw forbidden(request, step);
  if (obstacle) throw told(obstacle, standing);
  if (step.reason && !given.reason?.trim())
    throw refused("REASON_NEEDED", `${act} 须说明理由。${act} needs a reason`, { argument: "reason" });
  if (given.reason) checkText("reason", given.reason);
  if (step.criterion) checkCriterion(criteria, given.criterion);
  if (given.part && !step.part)
    throw refused("NO_PART", `${act} 不分部分，部分同意用 GRANT_PART。${act} takes no part`, {
      argument: "part",
    });
  return step;
}

/** B-05: nothing is refused on a condition that the catalogue does not state. */
function checkCriterion(criteria: readonly Criterion[], criterion: string | null | undefined): void {
  const stated = criteria.map(({ code }) => code);
  if (criterion && stated.includes(criterion)) return;
  throw refused(
    "CRITERION_NOT_STATED",
    `只能以目录已载明的使用条件拒绝或者减少：${stated.join("、")}（政务数据共享条例 第十五条）。A refusal, in part too, names a condition that the catalogue states`,
    { argument: "criterion", criteria: stated },
  );
}

const WORDS: Record<Exclude<Obstacle, "NOT_NOW" | "TOO_LATE">, string> = {
  ONCE: "此步骤只能有一次（政务数据共享条例 第二十一条）。This is done once in the course of a request",
  NOT_OVERDUE: "期限未过。The deadline has not passed",
  NO_EXTENSION: "此期限不能延长。This deadline is not extended",
  UNTIL_PASSED: "申请的使用时限已过。The time that was asked for has passed",
};

function told(obstacle: Exclude<Obstacle, "NOT_NOW">, { due }: Standing): HubError {
  if (obstacle === "TOO_LATE")
    return new HubError(
      "DEADLINE_PASSED",
      "答复期限已过，只能同意或者拒绝。The deadline has passed: grant or refuse",
      {
        due: due?.toISOString(),
      },
    );
  return refused(obstacle, WORDS[obstacle], { argument: "act" });
}

function forbidden(request: StoredRequest, { party, duty }: Step): HubError {
  const department = party === "hub" ? undefined : request[party];
  return new HubError(
    "FORBIDDEN",
    `此步骤由 ${department} 的 ${duty} 职责办理。This step is taken by ${department} with the duty ${duty}`,
    { department, duty },
  );
}

/** Who grants is the one source of the data on that day, not on the day of filing (B-08). */
export async function refuseMoved(
  { catalogue, rights }: RequestParts,
  client: ClientBase,
  request: Pick<StoredRequest, "provider" | "items">,
  now: Date,
): Promise<void> {
  const current = await rights.refresh();
  const kind = departmentOf(request.provider)?.kind;
  const moved = request.items.flatMap(({ dataset, fields }) =>
    fields.filter((f) => stewardKind(current, dataset, f, now) !== kind).map((f) => `${dataset}.${f}`),
  );
  if (moved.length > 0)
    throw refused(
      "STEWARD_MOVED",
      `${moved.join("、")} 已由其他部门任数源部门，须重新申请。Another department is steward now: ask anew`,
      { fields: moved },
    );
  const strangers = await strangersAmong({ catalogue, pool: client }, request.items);
  if (strangers.length > 0)
    throw refused(
      "TERRITORY_MOVED",
      `${strangers.join("、")} 的区划已变更，须重新申请。These divisions have changed: ask anew`,
      { territories: strangers },
    );
}

function refused(reason: string, message: string, facts: Readonly<Record<string, unknown>>): HubError {
  return new HubError("BAD_USER_INPUT", message, { ...facts, reason });
}

export function notFound(): HubError {
  return new HubError("NOT_FOUND", "没有这样的申请，或不在可见范围。No such request within your reach");
}
