/** Takes a request one step further: whose step it is, whether it may come now, and what it does, in one transaction. */
import type { ClientBase } from "pg";
import { departmentOf, type Identity } from "../../identity";
import { type Calendar, type DeadlineRule, readCalendar, readRules, ruleFor } from "../clock";
import { clockAfter, dueOf, type Past, type Running, type Standing } from "./course";
import { type Given, judged, notFound, refuseMoved } from "./judging";
import { inTransaction, type RequestParts } from "./parts";
import { type RequestAct, type Step, stepFor } from "./steps";
import { insertGrants, insertTransition, lockRequest, type StoredRequest } from "./store";

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
  await inTransaction(parts.pool, async (client) => {
    const request = await lockRequest(client, id);
    if (!request || !sees(request)) throw notFound();
    const now = parts.now();
    const clocks = await readClocks(client);
    const standing = standingOf(request, clocks);
    const step = judged(asker, request, { act, given, standing, now });
    if (act === "GRANT") await refuseMoved(parts, client, request, now);
    await insertTransition(client, id, {
      ...moved(request, step, clocks, now),
      actor: asker.subject,
      department: asker.department.code,
      reason: given.reason?.trim() || undefined,
      criterion: (step.criterion && given.criterion) || undefined,
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
