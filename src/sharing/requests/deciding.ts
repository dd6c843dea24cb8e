/** Takes a request one step further: whose step it is, whether it may come now, and what it does, in one transaction. */
import type { ClientBase } from "pg";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { departmentOf } from "../../identity";
import { type Calendar, type DeadlineRule, readCalendar, readRules, ruleFor } from "../clock";
import { criteriaOf } from "../criteria";
import {
  clockAfter,
  dueOf,
  type Obstacle,
  obstacleTo,
  type Past,
  type Running,
  type Standing,
} from "./course";
import { stewardKind } from "./items";
import { type RequestParts, within } from "./parts";
import { openActs, takes } from "./reach";
import { type RequestAct, type Step, stepFor } from "./steps";
import { insertGrants, insertTransition, lockRequest, type StoredRequest } from "./store";
import { checkText } from "./text";

export interface Given {
  readonly reason?: string | null;
  readonly criterion?: string | null;
}

/** What clocks go by, read once for all that is told of them. */
export interface Clocks {
  readonly rules: readonly DeadlineRule[];
  readonly calendar: Calendar;
}

export async function readClocks(client: Parameters<typeof readRules>[0]): Promise<Clocks> {
  return { rules: await readRules(client), calendar: await readCalendar(client) };
}

/** `sees` says whether the asker may know of the request at all: one that is out of reach is not there. */
export async function takeStep(
  parts: RequestParts,
  asker: Identity,
  { id, act, given }: { readonly id: string; readonly act: RequestAct; readonly given: Given },
  sees: (request: StoredRequest) => boolean,
): Promise<void> {
  await within(parts.pool, async (client) => {
    const request = await lockRequest(client, id);
    if (!request || !sees(request)) throw notFound();
    const now = parts.now();
    const clocks = await readClocks(client);
    const standing = standingOf(request, clocks);
    const step = judged(asker, request, { act, given, standing, now });
    if (act === "GRANT") await refuseMoved(parts, request, now);
    await insertTransition(client, id, {
      ...moved(request, step, clocks, now),
      actor: asker.subject,
      department: asker.department.code,
      reason: given.reason?.trim() || undefined,
      criterion: given.criterion ?? undefined,
    });
    if (act === "GRANT") await insertGrants(client, request, now);
  });
  // Statements check the epoch anyway; what is listed without one shows the new grant at once too.
  if (act === "GRANT") await parts.rights.refresh();
}

/** The transition that a step is: where it leads, and under which rule by when the next answer is due. */
export function moved(request: StoredRequest, step: Step, clocks: Clocks, now: Date) {
  const log = [...pastOf(request), { act: step.act, from: request.state, at: now }];
  const running = clockAfter(log, delivers(request));
  const rule = running && ruleOf(request, running, clocks.rules);
  return {
    seq: request.seq + 1,
    at: now,
    act: step.act,
    from: request.state,
    to: step.to ?? request.state,
    party: step.party,
    duty: step.duty,
    deadlineRule: rule?.id,
    due: running && rule && dueOf(running, rule, clocks.calendar).due,
  };
}

/** What the service itself delivers is delivered when it is granted. */
export function delivers({ way }: Pick<StoredRequest, "way">): boolean {
  return way !== "API";
}

export function pastOf({ transitions }: StoredRequest): Past[] {
  return transitions.map(({ act, from, at }) => ({ act, from, at: new Date(at) }));
}

/** The rule that bore when the clock started: a later one is for later requests. */
export function ruleOf(
  { provider, sharing }: StoredRequest,
  { term, receivedAt }: Running,
  rules: readonly DeadlineRule[],
): DeadlineRule | undefined {
  const territory = departmentOf(provider)?.territory ?? "";
  return ruleFor(rules, { act: term, sharing, territory, at: receivedAt });
}

export function standingOf(request: StoredRequest, { rules }: Clocks): Standing {
  const running = clockAfter(pastOf(request), delivers(request));
  const rule = running && ruleOf(request, running, rules);
  return {
    state: request.state,
    log: request.transitions,
    due: request.due ? new Date(request.due) : undefined,
    extensionDays: rule?.extensionDays ?? 0,
    delivers: delivers(request),
  };
}

interface Attempt {
  readonly act: RequestAct;
  readonly given: Given;
  readonly standing: Standing;
  readonly now: Date;
}

/** The step, where it may be taken: by this identity, now, with what it needs. */
function judged(asker: Identity, request: StoredRequest, { act, given, standing, now }: Attempt): Step {
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
  if (step.criterion) checkCriterion(request, given.criterion);
  return step;
}

/** B-05: nothing is refused on a condition that the catalogue does not state. */
function checkCriterion({ sharing }: StoredRequest, criterion: string | null | undefined): void {
  const stated = criteriaOf(sharing).map(({ code }) => code);
  if (criterion && stated.includes(criterion)) return;
  throw refused(
    "CRITERION_NOT_STATED",
    `只能以目录已载明的使用条件拒绝：${stated.join("、")}（政务数据共享条例 第十五条）。A refusal names a condition that the catalogue states`,
    { argument: "criterion", criteria: stated },
  );
}

const WORDS: Record<Exclude<Obstacle, "NOT_NOW" | "TOO_LATE">, string> = {
  ONCE: "此步骤只能有一次（政务数据共享条例 第二十一条）。This is done once in the course of a request",
  NOT_OVERDUE: "期限未过。The deadline has not passed",
  NO_EXTENSION: "此期限不能延长。This deadline is not extended",
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
async function refuseMoved({ rights }: RequestParts, request: StoredRequest, now: Date): Promise<void> {
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
  if (Date.parse(request.until) <= now.getTime())
    throw refused("UNTIL_PASSED", "申请的使用时限已过。The time that was asked for has passed", {});
}

function refused(reason: string, message: string, facts: Readonly<Record<string, unknown>>): HubError {
  return new HubError("BAD_USER_INPUT", message, { ...facts, reason });
}

export function notFound(): HubError {
  return new HubError("NOT_FOUND", "没有这样的申请，或不在可见范围。No such request within your reach");
}

/** Moves deadlines that run where the days they are counted by have changed; tells how many. In the caller's transaction. */
export async function reckonAnew(client: ClientBase, now: Date): Promise<number> {
  const clocks = await readClocks(client);
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM access_request WHERE due IS NOT NULL ORDER BY id FOR UPDATE",
  );
  let count = 0;
  for (const { id } of rows) {
    const request = await lockRequest(client, id);
    const step = request && stepFor(request.state, "RECKON");
    if (!step) continue;
    const made = moved(request, step, clocks, now);
    if (made.due?.getTime() === Date.parse(request.due ?? "")) continue;
    await insertTransition(client, id, { ...made, actor: "hub", department: "system" });
    count++;
  }
  return count;
}
