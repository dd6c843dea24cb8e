/** Corrections as rows: read as whole objects, filed once, and from then on moved by inserting transitions alone. */
import type { ClientBase, Pool } from "pg";
import { instantSql } from "../../database/instant";
import type { CorrectionOutcome, CorrectionParty, CorrectionState, TransitionAct } from "./steps";

/** The departments that a correction is between. */
export interface CorrectionParties {
  readonly requester: string;
  readonly provider: string;
  readonly authority: string;
}

/** What it is about. */
export interface Disputed {
  readonly dataset: string;
  /** UUID of the row. */
  readonly row: string;
  readonly field: string;
}

export interface CorrectionTransition {
  readonly seq: number;
  readonly at: string;
  readonly act: TransitionAct;
  readonly from?: CorrectionState;
  readonly to: CorrectionState;
  readonly party: CorrectionParty;
  readonly duty: string;
  readonly actor: string;
  readonly department: string;
  /** Sealed, in Base64. */
  readonly reason?: string;
  readonly outcome?: CorrectionOutcome;
  readonly versionBefore: number;
  readonly versionAfter: number;
  readonly deadlineRule?: string;
  readonly due?: string;
}

export interface StoredCorrection extends CorrectionParties, Disputed {
  readonly id: string;
  readonly territory: string;
  readonly filedAt: string;
  readonly state: CorrectionState;
  readonly seq: number;
  readonly due?: string;
  readonly outcome?: CorrectionOutcome;
  /** Sealed, in Base64. */
  readonly found: string;
  readonly proposed: string;
  readonly evidence: string;
  readonly reason: string;
  readonly usage?: string;
  readonly transitions: readonly CorrectionTransition[];
  /** Its place in the list, to the microsecond. */
  readonly filedInstant: string;
}

const sealed = (column: string) => `translate(encode(${column}, 'base64'), E'\\n', '')`;

export const WHOLE_CORRECTION = `json_strip_nulls(json_build_object(
  'id', c.id, 'dataset', c.dataset, 'row', c.row_id, 'field', c.field, 'territory', c.territory,
  'requester', c.requester, 'provider', c.provider, 'authority', c.authority, 'filedAt', ${instantSql("c.filed_at")},
  'filedInstant', c.filed_at::text, 'state', c.state, 'seq', c.seq, 'due', ${instantSql("c.due")}, 'outcome', c.outcome,
  'found', ${sealed("c.found")}, 'proposed', ${sealed("c.proposed")}, 'evidence', ${sealed("c.evidence")},
  'reason', ${sealed("c.reason")}, 'usage', ${sealed("c.usage")},
  'transitions', (SELECT coalesce(json_agg(json_build_object('seq', t.seq, 'at', ${instantSql("t.at")}, 'act', t.act,
      'from', t.from_state, 'to', t.to_state, 'party', t.party, 'duty', t.duty, 'actor', t.actor,
      'department', t.department, 'reason', ${sealed("t.reason")}, 'outcome', t.outcome,
      'versionBefore', t.version_before, 'versionAfter', t.version_after, 'deadlineRule', t.deadline_rule,
      'due', ${instantSql("t.due")}) ORDER BY t.seq), '[]') FROM correction_transition t WHERE t.correction = c.id)))`;

/** The correction, locked until the transaction ends: two acts on one come one after the other. */
export async function lockCorrection(client: ClientBase, id: string): Promise<StoredCorrection | undefined> {
  const { rows } = await client.query("SELECT FROM correction WHERE id = $1 FOR UPDATE", [id]);
  return rows.length > 0 ? readCorrection(client, id) : undefined;
}

export async function readCorrection(
  client: Pool | ClientBase,
  id: string,
): Promise<StoredCorrection | undefined> {
  const { rows } = await client.query<{ whole: StoredCorrection }>(
    `SELECT ${WHOLE_CORRECTION} AS whole FROM correction c WHERE c.id = $1`,
    [id],
  );
  return rows[0]?.whole;
}

export interface NewCorrection extends CorrectionParties, Disputed {
  readonly id: string;
  readonly territory: string;
  readonly filedAt: Date;
  readonly found: Buffer;
  readonly proposed: Buffer;
  readonly evidence: Buffer;
  readonly reason: Buffer;
  readonly usage?: Buffer;
}

/** Without a state of its own until its first transition. */
export async function insertCorrection(client: ClientBase, made: NewCorrection): Promise<void> {
  const { id, dataset, row, field, territory, requester, provider, authority } = made;
  const { found, proposed, evidence, reason, usage, filedAt } = made;
  await client.query(
    `INSERT INTO correction (id, dataset, row_id, field, territory, requester, provider, authority, found, proposed,
       evidence, reason, usage, filed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[id, dataset, row, field, territory, requester, provider, authority, found, proposed, evidence],
      ...[reason, usage ?? null, filedAt],
    ],
  );
}

export interface NewCorrectionTransition extends Omit<CorrectionTransition, "at" | "due" | "reason"> {
  readonly at: Date;
  readonly due?: Date;
  readonly reason?: Buffer;
}

/** Sends a statement on the connection of a transaction, whoever keeps it. */
export type Send = (text: string, values: unknown[]) => Promise<unknown>;

/** The one way a correction's state changes: the table's own trigger moves it, from where it stands and nowhere else. */
export async function insertCorrectionTransition(
  send: Send,
  correction: string,
  made: NewCorrectionTransition,
): Promise<void> {
  const { seq, at, act, from, to, party, duty, actor, department } = made;
  const { reason, outcome, versionBefore, versionAfter, deadlineRule, due } = made;
  await send(
    `INSERT INTO correction_transition (correction, seq, at, act, from_state, to_state, party, duty, actor, department,
       reason, outcome, version_before, version_after, deadline_rule, due)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      ...[correction, seq, at, act, from ?? null, to, party, duty, actor, department, reason ?? null],
      ...[outcome ?? null, versionBefore, versionAfter, deadlineRule ?? null, due ?? null],
    ],
  );
}
