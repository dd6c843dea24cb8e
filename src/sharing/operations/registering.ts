/** The steps of an operation: registered by the app's department, approved or refused by its head, retired. */
import type { ClientBase } from "pg";
import { v7 } from "uuid";
import { inTransaction } from "../../database/transaction";
import { HubError } from "../../errors";
import { type Duty, type Identity, inForce, watches } from "../../identity";
import type { RequestParts } from "../requests/parts";
import { checkText } from "../requests/text";
import { hashOf } from "./document";
import type { Planned } from "./planned";
import {
  insertOperation,
  insertOperationTransition,
  lockOperation,
  newestVersion,
  type StoredOperation,
} from "./store";
import type { OperationAct, OperationState } from "./words";

export type OperationParts = Pick<RequestParts, "pool" | "rights" | "now">;

export interface Registration {
  readonly app: string;
  readonly name: string;
  readonly document: string;
  readonly purpose?: string;
  readonly description: string;
  readonly requestsPerDay: number;
  readonly rowsPerDay: number;
}

/** Operations of one app that may wait or run at a time. */
const MOST_OPERATIONS = 500;
const LARGEST = 2_147_483_647;

/** Who may do what: only people approve, and only for their own department. */
const TAKES: Record<
  Exclude<OperationAct, "REGISTER">,
  { from: OperationState[]; to: OperationState; duties: Duty[] }
> = {
  APPROVE: { from: ["REGISTERED"], to: "APPROVED", duties: ["approve"] },
  REFUSE: { from: ["REGISTERED"], to: "REFUSED", duties: ["approve"] },
  RETIRE: {
    from: ["REGISTERED", "APPROVED"],
    to: "RETIRED",
    duties: ["approve", "steward", "read", "security"],
  },
};

/** The id of what was registered; the same again is the registration that is there. */
export async function register(
  parts: OperationParts,
  asker: Identity,
  given: Registration,
  plan: () => Promise<Planned>,
): Promise<string> {
  const duty = (["read", "steward"] as const).find((d) => asker.duties.includes(d));
  if (!duty) throw forbidden("登记操作须有 read 或 steward 职责。To register takes the duty read or steward");
  if (asker.app !== undefined && asker.app !== given.app)
    throw forbidden("应用只能登记自己的操作。An app registers its own operations alone");
  checkGiven(given);
  await checkPurpose(parts, asker, given.purpose);
  const { document, summary, bounds } = await plan();
  const { app, name, purpose } = given;
  const department = asker.department.code;
  return inTransaction(parts.pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext($1))", [`operations of ${department} ${app}`]);
    const made = {
      ...{ ...given, id: v7(), department, document, summary, bounds, registeredAt: parts.now() },
      hash: hashOf(document),
      sourceHash: hashOf(given.document),
    };
    const known = await newestVersion(client, { department, app, name });
    if (known && (await isSame(client, known, made))) return known.id;
    await checkNumber(client, department, app);
    await insertOperation(client, { ...made, purpose });
    await insertOperationTransition(
      client,
      { id: made.id, seq: 0 },
      {
        ...{ act: "REGISTER", to: "REGISTERED", at: made.registeredAt, duty },
        ...{ actor: asker.subject, department },
      },
    );
    return made.id;
  });
}

function checkGiven({ app, name, description, requestsPerDay, rowsPerDay }: Registration): void {
  for (const [argument, text] of Object.entries({ app, name }))
    if (!/^[\w.-]{1,64}$/.test(text))
      throw wrong(
        argument,
        `${argument} 为 1 至 64 个字母、数字、点和连字符。It has 1 to 64 letters, digits, dots and hyphens`,
      );
  checkText("description", description);
  for (const [argument, n] of Object.entries({ requestsPerDay, rowsPerDay }))
    if (!(n > 0 && n <= LARGEST))
      throw wrong(argument, `${argument} 须为正整数。It is a positive whole number`);
}

/** Under a grant's purpose: one that the department holds a grant for, or standing rights alone. */
async function checkPurpose(
  { rights, now }: OperationParts,
  asker: Identity,
  purpose?: string,
): Promise<void> {
  if (purpose === undefined) return;
  const { grants } = await rights.current();
  const at = now();
  const code = asker.department.code;
  if (grants.some((g) => g.department === code && g.purpose === purpose && inForce(g, at))) return;
  throw wrong(
    "purpose",
    `本部门没有目的为 ${purpose} 的有效授权，请先用 requestAccess 申请，或不填目的。Your department holds no grant for ${purpose}: request access first, or leave the purpose out`,
  );
}

async function isSame(
  client: ClientBase,
  known: StoredOperation,
  made: Omit<StoredOperation, "version" | "state" | "seq" | "transitions" | "registeredAt">,
): Promise<boolean> {
  if (known.state !== "REGISTERED" && known.state !== "APPROVED") return false;
  const names = ["hash", "sourceHash", "purpose", "description", "requestsPerDay", "rowsPerDay"] as const;
  if (names.some((name) => known[name] !== made[name])) return false;
  const { rows } = await client.query<{ same: boolean }>(
    "SELECT bounds = $2::jsonb AS same FROM app_operation WHERE id = $1",
    [known.id, JSON.stringify(made.bounds)],
  );
  return rows[0]?.same === true;
}

async function checkNumber(client: ClientBase, department: string, app: string): Promise<void> {
  const { rows } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM app_operation
      WHERE department = $1 AND app = $2 AND state IN ('REGISTERED', 'APPROVED')`,
    [department, app],
  );
  if ((rows[0]?.n ?? 0) < MOST_OPERATIONS) return;
  throw wrong(
    "app",
    `一个应用至多 ${MOST_OPERATIONS} 个操作，请先停用不再使用的。An app has at most ${MOST_OPERATIONS} operations: retire those it no longer runs`,
  );
}

/** Takes one step with an operation that the asker sees. */
export async function takeStep(
  parts: OperationParts,
  asker: Identity,
  id: string,
  { act, reason }: { readonly act: Exclude<OperationAct, "REGISTER">; readonly reason?: string },
): Promise<void> {
  await inTransaction(parts.pool, async (client) => {
    const operation = await lockOperation(client, id);
    if (!operation || !mayKnow(asker, operation)) throw notFound();
    const step = TAKES[act];
    const duty = step.duties.find((d) => asker.duties.includes(d) && reaches(asker, operation, d));
    if (!duty || asker.app !== undefined)
      throw forbidden(
        `${act} 须由本部门人员以 ${step.duties.join("、")} 职责办理。${act} is for a person of the department with one of these duties`,
        { duties: step.duties },
      );
    if (!step.from.includes(operation.state))
      throw wrong(
        "id",
        `操作处于 ${operation.state}，不能 ${act}。An operation that is ${operation.state} takes no ${act}`,
        { state: operation.state },
      );
    if (act !== "APPROVE") checkText("reason", reason ?? "");
    await insertOperationTransition(client, operation, {
      ...{ act, to: step.to, at: parts.now(), duty, reason: reason || undefined },
      ...{ actor: asker.subject, department: asker.department.code },
    });
  });
}

/** The security duty stops misuse wherever it is; all else is the department's own. */
function reaches({ department }: Identity, operation: StoredOperation, duty: Duty): boolean {
  return duty === "security" || department.code === operation.department;
}

/** The app's own department, and the duties that watch. */
export function mayKnow(asker: Identity, { department }: Pick<StoredOperation, "department">): boolean {
  return asker.department.code === department || watches(asker);
}

export function notFound(): HubError {
  return new HubError("NOT_FOUND", "没有这个登记操作。There is no such registered operation");
}

function wrong(argument: string, message: string, facts: Record<string, unknown> = {}): HubError {
  return new HubError("BAD_USER_INPUT", message, { argument, ...facts });
}

function forbidden(message: string, facts: Record<string, unknown> = {}): HubError {
  return new HubError("FORBIDDEN", message, facts);
}
