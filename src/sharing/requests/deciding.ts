/** Takes a request one step further: whose step it is, whether it may come now, and what it does, in one transaction. */
import type { ClientBase } from "pg";
import { v7 } from "uuid";
import { inTransaction } from "../../database/transaction";
import type { Code } from "../../declare";
import { departmentOf, type Identity } from "../../identity";
import { statedCriteria } from "../catalogue/stated";
import { type Calendar, type DeadlineRule, readCalendar, readRules, ruleFor } from "../clock";
import { clockAfter, dueOf, type Past, type Running, type Standing } from "./course";
import { type Given, judged, notFound, refuseMoved } from "./judging";
import { type Part, partOf } from "./partial";
import type { RequestParts } from "./parts";
import { type RequestAct, restState, SPLITTING, type Step, stepFor } from "./steps";
import {
  insertGrants,
  insertParts,
  insertRest,
  insertTransition,
  lockRequest,
  type NewTransition,
  type StoredRequest,
} from "./store";

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
  const grants = await inTransaction(parts.pool, async (client) => {
    const request = await lockRequest(client, id);
    if (!request || !sees(request)) throw notFound();
    const now = parts.now();
    const clocks = await readClocks(client);
    const standing = standingOf(request, clocks);
    const criteria = await statedCriteria(client, request);
    const step = judged(asker, request, { act, given, standing, now, criteria });
    const grant = grantOf(request, step, given, now);
    if (grant) await refuseMoved(parts, client, { ...request, items: grant.granted }, now);
    const made = {
      ...moved(request, step, clocks, now),
      actor: asker.subject,
      department: asker.department.code,
      reason: given.reason?.trim() || undefined,
      criterion: (step.criterion && given.criterion) || undefined,
    };
    await insertTransition(client, id, made);
    if (step.part && grant) await split(client, request, made, grant);
    if (grant) await insertGrants(client, request, { items: grant.granted, until: grant.until, at: now });
    return grant !== undefined;
  });
  // Statements check the epoch anyway; what is listed without one shows the new grant at once too.
  if (grants) await parts.rights.refresh();
}

/** What the step grants, if it is one that does. */
function grantOf(request: StoredRequest, step: Step, given: Given, now: Date): Part | undefined {
  if (step.part) return partOf(request, given.part, now);
  return step.act === "GRANT" ? { granted: request.items, until: request.until, rest: [] } : undefined;
}

/** What is granted stands with the request; the rest goes on as one of its own, where the dispute stands or refused. */
async function split(
  client: ClientBase,
  request: StoredRequest,
  made: NewTransition,
  { granted, until, rest }: Part,
): Promise<void> {
  const { at, actor, department, reason, criterion } = made;
  const to = restState(request.state);
  const { act, party, duty } = SPLITTING;
  const id = v7();
  await insertParts(client, request.id, made.seq, granted, until);
  await insertRest(client, { id, of: request.id, items: rest });
  await insertTransition(client, id, {
    seq: 1,
    at,
    act,
    to,
    party,
    duty,
    actor,
    department,
    reason,
    criterion,
  });
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
  request: StoredRequest,
  { term, receivedAt }: Running,
  rules: readonly DeadlineRule[],
): DeadlineRule | undefined {
  const { sharing } = request;
  return ruleFor(rules, { act: term, sharing, territory: territoryOf(request), at: receivedAt });
}

/** Where the provider is at home: its district may have shorter terms. */
export function territoryOf({ provider }: StoredRequest): Code {
  return departmentOf(provider)?.territory ?? "";
}

export function standingOf(request: StoredRequest, { rules }: Clocks): Standing {
  const running = clockAfter(pastOf(request), delivers(request));
  const rule = running && ruleOf(request, running, rules);
  return {
    state: request.state,
    log: [...request.before.map((act) => ({ act })), ...request.transitions],
    until: new Date(request.until),
    due: request.due ? new Date(request.due) : undefined,
    extensionDays: rule?.extensionDays ?? 0,
    delivers: delivers(request),
  };
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
