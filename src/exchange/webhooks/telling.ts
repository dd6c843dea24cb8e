/** Tells a webhook its next page: decided anew, recorded, posted, and noted once the receiver has it. */
import { createHash } from "node:crypto";
import { v7 } from "uuid";
import { HubError } from "../../errors";
import { departmentOf, type Identity, keyStands } from "../../identity";
import { type Answer, mergeTouched } from "../../read";
import type { ChangePage } from "../changes/feed";
import { checkAddress } from "./address";
import { opened, type WebhookParts } from "./parts";
import { post } from "./post";
import { beginPage, noteFailure, notePage, type StoredWebhook, type Suspension, suspend } from "./store";

export interface Telling extends WebhookParts {
  /** Once the hub leaves: what is being posted is posted again. */
  readonly leaving: AbortSignal;
}

/** Changes of one delivery at most. */
const SIZE = 200;
const [SECOND, HOUR, DAY] = [1_000, 60 * 60 * 1_000, 24 * 60 * 60 * 1_000];
const PATIENCE = 3 * DAY;

/** Milliseconds until it is tried again after so many failures: a second, doubled each time, at most an hour. */
export function backoff(failures: number): number {
  return Math.min(HOUR, SECOND * 2 ** Math.min(failures - 1, 20));
}

/** True where more may wait to be told. */
export async function tellNext(parts: Telling, hook: StoredWebhook): Promise<boolean> {
  const { pool, now } = parts;
  if (await isEnded(parts, hook)) return false;
  try {
    return await tell(parts, hook);
  } catch (error) {
    if (error instanceof HubError && error.code === "BAD_USER_INPUT") {
      await suspend(pool, hook.id, "CURSOR_TOO_OLD", now());
      return false;
    }
    await failed(parts, hook, "UNAVAILABLE");
    throw error;
  }
}

/** Suspends a webhook that nothing stands behind any more. */
async function isEnded(parts: Telling, hook: StoredWebhook): Promise<boolean> {
  const ended = await endedBy(parts, hook);
  if (ended) await suspend(parts.pool, hook.id, ended, parts.now());
  return ended !== undefined;
}

/** What its maker stood on may be gone, and the operators may have closed the host. */
async function endedBy(parts: Telling, hook: StoredWebhook): Promise<Suspension | undefined> {
  const { appKey } = hook;
  if (appKey && (parts.appsRegisteredOnly || !(await keyStands(parts.pool, appKey)))) return "APP_KEY_ENDED";
  if (!(await parts.knowsDepartment(hook.department))) return "DEPARTMENT_ENDED";
  try {
    checkAddress(hook.url, parts.allowed);
  } catch {
    return "HOST_CLOSED";
  }
  return undefined;
}

async function tell(parts: Telling, hook: StoredWebhook): Promise<boolean> {
  const { pool, feed, cipher, now } = parts;
  const [at, started] = [new Date(), performance.now()];
  const asker = askerOf(hook);
  const page = await feed.page(
    {
      asker,
      dataset: hook.dataset,
      after: hook.cursor,
      until: hook.upto,
      size: SIZE,
      selections: new Map(),
    },
    await parts.decisionsOf(asker),
  );
  if (page.changes.length === 0) {
    if (page.end !== hook.cursor) await notePage(pool, hook, { end: page.end });
    if (!page.more && !page.open) await suspend(pool, hook.id, "NOTHING_OPEN", now());
    return page.more;
  }
  // Asked again: what was changed after a key had ended is never told by it.
  if (await isEnded(parts, hook)) return false;
  if (!hook.upto && !(await beginPage(pool, hook, { upto: page.end, at: now() }))) return true;
  await record(parts, hook, page.answers, { at, started });
  const delivery = {
    id: deliveryOf({ ...hook, upto: hook.upto ?? page.end }, page),
    body: bodyOf(hook, page),
    secret: opened(cipher, hook.secret),
    at: now(),
  };
  const failure = await post(new URL(hook.url), delivery, parts);
  if (failure === undefined) return notePage(pool, hook, { end: page.end, at: now() });
  if (parts.leaving.aborted) return false;
  await failed(parts, hook, failure);
  return false;
}

function askerOf({ subject, department: code, app, purpose }: StoredWebhook): Identity {
  const department = departmentOf(code);
  if (!department) throw new Error("a webhook's department is none");
  return { subject, department, duties: ["read"], app, purpose };
}

/**
 * The same for the same page under the same decision, however often it is posted. What is told otherwise, or told of
 * something else, has another id, so that a receiver may pass over what it has seen.
 */
function deliveryOf({ id, cursor, upto }: StoredWebhook, { changes, decided }: ChangePage): string {
  const told = changes.map((change) => [change.kind, change.id]);
  const page = JSON.stringify([id, cursor, upto, decided, told]);
  return createHash("sha256").update(page).digest("hex").slice(0, 32);
}

/** No values of rows: the receiver asks for them under its own token. */
function bodyOf({ id, dataset, cursor }: StoredWebhook, { changes, end }: ChangePage): string {
  const told = changes.map((change) => ({ kind: change.kind, id: change.id }));
  return JSON.stringify({ webhook: id, dataset, after: cursor, cursor: end, changes: told });
}

async function record(
  { recorder }: Telling,
  hook: StoredWebhook,
  answers: readonly Answer[],
  { at, started }: { readonly at: Date; readonly started: number },
): Promise<void> {
  if (answers.length === 0) return;
  const prepared = answers.map((answer) => answer.prepared);
  const sum = (of: (answer: Answer) => number) => answers.reduce((all, answer) => all + of(answer), 0);
  const access = {
    ...{ at, requestId: v7(), subject: hook.subject, department: hook.department, app: hook.app },
    purpose: hook.purpose,
    operation: `webhook ${hook.id}`,
    kind: "QUESTION" as const,
    datasets: mergeTouched(prepared.map(({ touched }) => touched)),
    rows: sum(({ rows }) => rows),
    suppressed: sum(({ suppressed }) => suppressed),
    grants: [...new Set(prepared.flatMap(({ grants }) => grants))],
    cost: sum((answer) => answer.prepared.cost),
    outcome: "ANSWERED" as const,
    milliseconds: performance.now() - started,
  };
  if (prepared.some(({ personal }) => personal)) await recorder.recordDurably(access);
  else recorder.record(access);
}

async function failed(parts: Telling, hook: StoredWebhook, failure: string): Promise<void> {
  const at = parts.now();
  const next = new Date(at.getTime() + backoff(hook.failures + 1));
  await noteFailure(parts.pool, hook, { failure, at, next });
  if (hook.failingSince && at.getTime() - hook.failingSince.getTime() >= PATIENCE)
    await suspend(parts.pool, hook.id, "FAILING", at);
}
