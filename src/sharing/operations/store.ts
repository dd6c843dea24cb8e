/** Registered operations as rows: what was registered never changes, and their transitions say where they stand. */
import type { ClientBase, Pool } from "pg";
import type { Bounds } from "../../access";
import { instantSql } from "../../database/instant";
import type { Duty } from "../../identity";
import type { Summary } from "./planned";
import type { OperationAct, OperationState } from "./words";

export interface OperationTransition {
  readonly seq: number;
  readonly at: string;
  readonly act: OperationAct;
  readonly to: OperationState;
  readonly actor: string;
  readonly department: string;
  readonly duty: string;
  readonly reason?: string;
}

export interface StoredOperation {
  readonly id: string;
  readonly department: string;
  readonly app: string;
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly sourceHash: string;
  readonly document: string;
  readonly purpose?: string;
  readonly description: string;
  readonly requestsPerDay: number;
  readonly rowsPerDay: number;
  readonly summary: Summary;
  readonly bounds: Bounds;
  readonly registeredAt: string;
  readonly state: OperationState;
  readonly seq: number;
  readonly transitions: readonly OperationTransition[];
}

export const WHOLE = `json_strip_nulls(json_build_object('id', o.id, 'department', o.department, 'app', o.app,
  'name', o.name, 'version', o.version, 'hash', o.hash, 'sourceHash', o.source_hash, 'document', o.document,
  'purpose', o.purpose, 'description', o.description, 'requestsPerDay', o.requests_per_day,
  'rowsPerDay', o.rows_per_day, 'summary', o.summary, 'bounds', o.bounds, 'registeredAt', ${instantSql("o.registered_at")},
  'state', o.state, 'seq', o.seq, 'transitions', (SELECT json_agg(json_build_object('seq', t.seq, 'at', ${instantSql("t.at")},
    'act', t.act, 'to', t.to_state, 'actor', t.actor, 'department', t.department, 'duty', t.duty,
    'reason', t.reason) ORDER BY t.seq) FROM app_operation_transition t WHERE t.operation = o.id)))`;

type Place = Pick<Pool | ClientBase, "query">;

export async function readOperation(place: Place, id: string): Promise<StoredOperation | undefined> {
  const text = `SELECT ${WHOLE} AS whole FROM app_operation o WHERE o.id = $1`;
  return (await place.query<{ whole: StoredOperation }>(text, [id])).rows[0]?.whole;
}

/** Nobody else takes a step with it until the transaction ends. */
export async function lockOperation(client: ClientBase, id: string): Promise<StoredOperation | undefined> {
  await client.query("SELECT FROM app_operation WHERE id = $1 FOR UPDATE", [id]);
  return readOperation(client, id);
}

export interface NewOperation
  extends Omit<StoredOperation, "version" | "state" | "seq" | "transitions" | "registeredAt"> {
  readonly registeredAt: Date;
}

/** As the next version of its name; the caller keeps others from that name meanwhile. */
export async function insertOperation(client: ClientBase, o: NewOperation): Promise<void> {
  await client.query(
    `INSERT INTO app_operation (id, department, app, name, version, hash, source_hash, document, purpose,
       description, requests_per_day, rows_per_day, summary, bounds, registered_at)
     SELECT $1, $2, $3, $4, coalesce(max(version), 0) + 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
       FROM app_operation WHERE department = $2 AND app = $3 AND name = $4`,
    [
      ...[o.id, o.department, o.app, o.name, o.hash, o.sourceHash, o.document, o.purpose ?? null],
      ...[o.description, o.requestsPerDay, o.rowsPerDay],
      ...[JSON.stringify(o.summary), JSON.stringify(o.bounds), o.registeredAt],
    ],
  );
}

export interface NewTransition {
  readonly act: OperationAct;
  readonly to: OperationState;
  readonly at: Date;
  readonly actor: string;
  readonly department: string;
  readonly duty: Duty;
  readonly reason?: string;
}

export async function insertOperationTransition(
  client: ClientBase,
  operation: Pick<StoredOperation, "id" | "seq"> & { readonly state?: OperationState },
  { act, to, at, actor, department, duty, reason }: NewTransition,
): Promise<void> {
  await client.query(
    `INSERT INTO app_operation_transition
       (operation, seq, at, act, from_state, to_state, actor, department, duty, reason, shown)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
         encode(sha256(convert_to(summary::text || bounds::text, 'UTF8')), 'hex')
       FROM app_operation WHERE id = $1`,
    [
      ...[operation.id, operation.seq + 1, at, act, operation.state ?? null, to],
      ...[actor, department, duty, reason ?? null],
    ],
  );
}

/** The newest version of a name, if there is any. */
export async function newestVersion(
  client: ClientBase,
  { department, app, name }: Pick<StoredOperation, "department" | "app" | "name">,
): Promise<StoredOperation | undefined> {
  const text = `SELECT ${WHOLE} AS whole FROM app_operation o
    WHERE department = $1 AND app = $2 AND name = $3 ORDER BY version DESC LIMIT 1`;
  return (await client.query<{ whole: StoredOperation }>(text, [department, app, name])).rows[0]?.whole;
}
