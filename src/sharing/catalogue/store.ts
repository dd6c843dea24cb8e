/** Updates of the catalogue as rows: read as whole objects, begun once, and from then on moved by inserting transitions alone. */
import type { ClientBase, Pool } from "pg";
import { instantSql } from "../../database/instant";
import type { EntryContent } from "./content";
import type { Declared, Snapshot } from "./snapshot";
import { OPEN_STATES, type UpdateAct, type UpdateParty, type UpdateState } from "./steps";

export interface UpdateTransition {
  readonly seq: number;
  readonly at: string;
  readonly act: UpdateAct;
  readonly from?: UpdateState;
  readonly to: UpdateState;
  readonly party: UpdateParty;
  readonly duty: string;
  readonly actor: string;
  readonly department: string;
  readonly reason?: string;
  readonly deadlineRule?: string;
  readonly due?: string;
}

/** What was noticed or proposed last. */
export interface UpdateContent {
  readonly seq: number;
  readonly declaration: Declared;
  readonly hash: string;
  /** Left out: noticed by the hub, and not yet proposed. */
  readonly entry?: EntryContent;
}

export interface StoredUpdate {
  readonly id: string;
  readonly dataset: string;
  readonly provider: string;
  readonly authority: string;
  readonly openedAt: string;
  /** Its place in the list, to the microsecond. */
  readonly openedInstant: string;
  readonly state: UpdateState;
  readonly seq: number;
  readonly due?: string;
  readonly number?: number;
  readonly publishedAt?: string;
  readonly content: UpdateContent;
  readonly transitions: readonly UpdateTransition[];
}

/** A published version: an update that has come to its end. */
export interface Version extends StoredUpdate {
  readonly number: number;
  readonly publishedAt: string;
  readonly content: UpdateContent & { readonly entry: EntryContent };
}

export const WHOLE = `json_strip_nulls(json_build_object(
  'id', u.id, 'dataset', u.dataset, 'provider', u.provider, 'authority', u.authority,
  'openedAt', ${instantSql("u.opened_at")}, 'openedInstant', u.opened_at::text, 'state', u.state, 'seq', u.seq,
  'due', ${instantSql("u.due")}, 'number', u.number, 'publishedAt', ${instantSql("u.published_at")},
  'content', (SELECT json_build_object('seq', c.seq, 'declaration', c.declaration, 'hash', c.hash, 'entry', c.entry)
      FROM catalogue_content c WHERE c.update_id = u.id ORDER BY c.seq DESC LIMIT 1),
  'transitions', (SELECT coalesce(json_agg(json_build_object('seq', t.seq, 'at', ${instantSql("t.at")}, 'act', t.act,
      'from', t.from_state, 'to', t.to_state, 'party', t.party, 'duty', t.duty, 'actor', t.actor,
      'department', t.department, 'reason', t.reason, 'deadlineRule', t.deadline_rule,
      'due', ${instantSql("t.due")}) ORDER BY t.seq), '[]') FROM catalogue_transition t WHERE t.update_id = u.id)))`;

type Client = Pool | ClientBase;

export async function readUpdate(client: Client, id: string): Promise<StoredUpdate | undefined> {
  const { rows } = await client.query<{ whole: StoredUpdate }>(
    `SELECT ${WHOLE} AS whole FROM catalogue_update u WHERE u.id = $1`,
    [id],
  );
  return rows[0]?.whole;
}

/** Updates that have not come to their end, of these datasets or of all; at most one of each. */
export async function openUpdates(client: Client, datasets?: readonly string[]): Promise<StoredUpdate[]> {
  const { rows } = await client.query<{ whole: StoredUpdate }>(
    `SELECT ${WHOLE} AS whole FROM catalogue_update u
      WHERE ($1::text[] IS NULL OR u.dataset = ANY ($1)) AND u.state = ANY ($2)`,
    [datasets ?? null, OPEN_STATES],
  );
  return rows.map(({ whole }) => whole);
}

/** The version of each dataset that was published last, at a time in the past where one is given. */
export async function publishedVersions(
  client: Client,
  datasets: readonly string[],
  at?: Date,
): Promise<ReadonlyMap<string, Version>> {
  const { rows } = await client.query<{ whole: Version }>(
    `SELECT DISTINCT ON (u.dataset) ${WHOLE} AS whole FROM catalogue_update u
      WHERE u.dataset = ANY ($1) AND u.state = 'PUBLISHED' AND ($2::timestamptz IS NULL OR u.published_at <= $2)
      ORDER BY u.dataset, u.number DESC`,
    [datasets, at ?? null],
  );
  return new Map(rows.map(({ whole }) => [whole.dataset, whole]));
}

/** Every published version of a dataset, the latest first. */
export async function versionsOf(client: Client, dataset: string): Promise<Version[]> {
  const { rows } = await client.query<{ whole: Version }>(
    `SELECT ${WHOLE} AS whole FROM catalogue_update u WHERE u.dataset = $1 AND u.state = 'PUBLISHED'
      ORDER BY u.number DESC`,
    [dataset],
  );
  return rows.map(({ whole }) => whole);
}

/** One act on a dataset's entry after the other, in however many processes; until the transaction ends. */
export async function lockDataset(client: ClientBase, dataset: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('catalogue ' || $1, 0))", [dataset]);
}

/** Without a state of its own until its first transition. */
export async function insertUpdate(
  client: ClientBase,
  {
    id,
    dataset,
    provider,
    authority,
    openedAt,
  }: Pick<StoredUpdate, "id" | "dataset" | "provider" | "authority"> & { readonly openedAt: Date },
): Promise<void> {
  await client.query(
    "INSERT INTO catalogue_update (id, dataset, provider, authority, opened_at) VALUES ($1, $2, $3, $4, $5)",
    [id, dataset, provider, authority, openedAt],
  );
}

export interface NewTransition {
  readonly seq: number;
  readonly at: Date;
  readonly act: UpdateAct;
  readonly from?: UpdateState;
  readonly to: UpdateState;
  readonly party: UpdateParty;
  readonly duty: string;
  readonly actor: string;
  readonly department: string;
  readonly reason?: string;
  readonly deadlineRule?: string;
  readonly due?: Date;
}

/** The one way an update's state changes: the table's own trigger moves it, from where it stands and nowhere else. */
export async function insertTransition(client: ClientBase, id: string, made: NewTransition): Promise<void> {
  const { seq, at, act, from, to, party, duty, actor, department, reason, deadlineRule, due } = made;
  await client.query(
    `INSERT INTO catalogue_transition (update_id, seq, at, act, from_state, to_state, party, duty, actor, department,
       reason, deadline_rule, due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [id, seq, at, act, from, to, party, duty, actor, department, reason, deadlineRule, due],
  );
}

/** What the transition brings with it. */
export async function insertContent(
  client: ClientBase,
  id: string,
  seq: number,
  { declared, hash }: Snapshot,
  entry?: EntryContent,
): Promise<void> {
  await client.query(
    "INSERT INTO catalogue_content (update_id, seq, declaration, hash, entry) VALUES ($1, $2, $3, $4, $5)",
    [id, seq, JSON.stringify(declared), hash, entry ? JSON.stringify(entry) : null],
  );
}
