/** Cases of the rights desk as rows: read as whole objects, opened once, and from then on moved by transitions alone. */
import type { ClientBase, Pool } from "pg";
import type { CaseAct, CaseAsker, CaseKind, CaseState } from "./steps";

export interface CaseTransition {
  readonly seq: number;
  readonly at: string;
  readonly act: CaseAct | "OPEN";
  readonly from?: CaseState;
  readonly to: CaseState;
  readonly duty: string;
  readonly actor: string;
  readonly department: string;
  /** Sealed, in Base64. */
  readonly reason?: string;
  /** Version in which the act left the row. */
  readonly rowVersion: number;
}

export interface StoredCase {
  readonly id: string;
  readonly dataset: string;
  /** UUID of the row. */
  readonly row: string;
  readonly territory: string;
  readonly kind: CaseKind;
  readonly askedBy: CaseAsker;
  /** The steward's department that handles it. */
  readonly department: string;
  readonly openedAt: string;
  readonly state: CaseState;
  readonly seq: number;
  /** Sealed, in Base64. */
  readonly verifiedHow: string;
  readonly reason: string;
  readonly transitions: readonly CaseTransition[];
  /** Its place in the list, to the microsecond. */
  readonly openedInstant: string;
}

/** Instants as JSON has them, at +08:00, whatever the session's zone. */
const shown = (column: string) =>
  `to_char(${column} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+08:00"')`;
const sealed = (column: string) => `translate(encode(${column}, 'base64'), E'\\n', '')`;

export const WHOLE_CASE = `json_strip_nulls(json_build_object(
  'id', c.id, 'dataset', c.dataset, 'row', c.row_id, 'territory', c.territory, 'kind', c.kind, 'askedBy', c.asked_by,
  'department', c.department, 'openedAt', ${shown("c.opened_at")}, 'openedInstant', c.opened_at::text,
  'state', c.state, 'seq', c.seq, 'verifiedHow', ${sealed("c.verified_how")}, 'reason', ${sealed("c.reason")},
  'transitions', (SELECT coalesce(json_agg(json_build_object('seq', t.seq, 'at', ${shown("t.at")}, 'act', t.act,
      'from', t.from_state, 'to', t.to_state, 'duty', t.duty, 'actor', t.actor, 'department', t.department,
      'reason', ${sealed("t.reason")}, 'rowVersion', t.row_version) ORDER BY t.seq), '[]')
    FROM rights_case_transition t WHERE t.rights_case = c.id)))`;

export async function readCase(client: Pool | ClientBase, id: string): Promise<StoredCase | undefined> {
  const { rows } = await client.query<{ whole: StoredCase }>(
    `SELECT ${WHOLE_CASE} AS whole FROM rights_case c WHERE c.id = $1`,
    [id],
  );
  return rows[0]?.whole;
}

/** The case, locked until the transaction ends: two acts on one come one after the other. */
export async function lockCase(client: ClientBase, id: string): Promise<StoredCase | undefined> {
  const { rows } = await client.query("SELECT FROM rights_case WHERE id = $1 FOR UPDATE", [id]);
  return rows.length > 0 ? readCase(client, id) : undefined;
}

export interface NewCase
  extends Pick<StoredCase, "id" | "dataset" | "row" | "territory" | "kind" | "askedBy" | "department"> {
  readonly openedAt: Date;
  readonly verifiedHow: Buffer;
  readonly reason: Buffer;
}

/** Without a state of its own until its first transition. */
export async function insertCase(client: ClientBase, made: NewCase): Promise<void> {
  const { id, dataset, row, territory, kind, askedBy, department, openedAt, verifiedHow, reason } = made;
  await client.query(
    `INSERT INTO rights_case (id, dataset, row_id, territory, kind, asked_by, department, opened_at, verified_how, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [id, dataset, row, territory, kind, askedBy, department, openedAt, verifiedHow, reason],
  );
}

export interface NewCaseTransition extends Omit<CaseTransition, "at" | "reason"> {
  readonly at: Date;
  readonly kind: CaseKind;
  readonly reason?: Buffer;
}

/** The one way a case's state changes: the table's own trigger moves it, from where it stands and nowhere else. */
export async function insertCaseTransition(
  client: ClientBase,
  id: string,
  made: NewCaseTransition,
): Promise<void> {
  const { kind, seq, at, act, from, to, duty, actor, department, reason, rowVersion } = made;
  await client.query(
    `INSERT INTO rights_case_transition (rights_case, kind, seq, at, act, from_state, to_state, duty, actor, department,
       reason, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [id, kind, seq, at, act, from ?? null, to, duty, actor, department, reason ?? null, rowVersion],
  );
}
