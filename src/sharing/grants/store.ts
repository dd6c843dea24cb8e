/** Grants as rows with their acts: read as whole objects, and changed by inserting acts alone. */
import type { ClientBase, Pool } from "pg";
import { instantSql } from "../../database/instant";
import type { Code, Level } from "../../declare";
import type { Grant } from "../../identity";
import type { GrantAct, GrantParty, Standing } from "./steps";

/** What a grant opens and until when: the part of it that an act can narrow. */
export interface GrantTerms {
  readonly fields: readonly string[];
  readonly level: Level;
  readonly territory: Code;
  /** ISO 8601; open-ended if left out. */
  readonly until?: string;
}

/** What was disposed of, how, when, and who answers for it (B-20, B-24). */
export interface Disposal {
  readonly what: string;
  readonly how: string;
  readonly at: string;
  readonly by: string;
}

/** When the two sides talked, and what came of it (B-22). */
export interface Negotiation {
  readonly at: string;
  readonly record: string;
}

export interface RecordedAct {
  readonly seq: number;
  readonly at: string;
  readonly act: GrantAct;
  readonly party: GrantParty;
  readonly duty: string;
  readonly actor: string;
  readonly department: string;
  readonly reason?: string;
  readonly negotiation?: Negotiation;
  readonly authority?: string;
  readonly former: GrantTerms;
  readonly disposal?: Disposal;
  readonly successor?: string;
}

export interface StoredGrant extends Grant {
  /** As it is kept: what has ended by date is still ACTIVE or SUSPENDED here. */
  readonly kept: Exclude<Standing, "EXPIRED">;
  readonly seq: number;
  readonly acts: readonly RecordedAct[];
}

const ACTS = `(SELECT coalesce(json_agg(json_build_object('seq', a.seq, 'at', ${instantSql("a.at")}, 'act', a.act,
    'party', a.party, 'duty', a.duty, 'actor', a.actor, 'department', a.department, 'reason', a.reason,
    'negotiation', CASE WHEN a.negotiation IS NOT NULL
      THEN json_build_object('at', ${instantSql("a.negotiated_at")}, 'record', a.negotiation) END,
    'authority', a.authority,
    'former', a.former || jsonb_build_object('until', ${instantSql("(a.former ->> 'until')::timestamptz")}),
    'disposal', CASE WHEN a.disposed IS NOT NULL
      THEN json_build_object('what', a.disposed, 'how', a.disposal, 'at', ${instantSql("a.disposed_at")}, 'by', a.disposed_by) END,
    'successor', a.successor) ORDER BY a.seq), '[]') FROM access_grant_act a WHERE a.grant_id = g.id)`;

const WHOLE = `json_strip_nulls(json_build_object('id', g.id, 'from', ${instantSql("g.starts_at")}, 'until', ${instantSql("g.ends_at")},
  'department', g.department, 'dataset', g.dataset, 'fields', g.fields, 'level', g.level, 'territory', g.territory,
  'purpose', g.purpose, 'legalBasis', g.legal_basis, 'grantedBy', g.granted_by, 'request', g.request,
  'kept', g.state, 'seq', g.seq, 'acts', ${ACTS}))`;

/** Conditions of a look for grants; what is left to judge of them is judged after it. */
export interface Looked {
  readonly standing: boolean;
  readonly department?: string | null;
  readonly dataset?: string | null;
  /** Left out: those of all. */
  readonly sides?: Sides;
}

/** The grants that a department may have to do with: as one of their sides, or as steward of datasets. */
export interface Sides {
  readonly code: string;
  readonly datasets: readonly string[];
}

const OF_SIDES = `g.department = $5 OR g.granted_by = $5 OR g.dataset = ANY ($6)
  OR EXISTS (SELECT FROM access_grant_act a WHERE a.grant_id = g.id AND a.authority = $5)`;

const PLACE = ["department", "purpose", "dataset", "territory", "id"];
const place = (table: string) => PLACE.map((column) => `${table}.${column}`).join(", ");

/** In one order, those after the grant of this id, so many at most. */
export async function readGrants(
  pool: Pool,
  { standing, department, dataset, sides }: Looked,
  now: Date,
  { after, most }: { readonly after?: string; readonly most: number },
): Promise<StoredGrant[]> {
  const { rows } = await pool.query<{ whole: StoredGrant }>(
    `SELECT ${WHOLE} AS whole FROM access_grant g
      WHERE ($1::text IS NULL OR g.department = $1) AND ($2::text IS NULL OR g.dataset = $2)
        AND (NOT $3 OR g.state IN ('ACTIVE', 'SUSPENDED') AND (g.ends_at IS NULL OR g.ends_at > $4))
        AND ($5::text IS NULL OR ${OF_SIDES})
        AND ($7::uuid IS NULL OR (${place("g")}) > (SELECT ${place("l")} FROM access_grant l WHERE l.id = $7))
      ORDER BY ${place("g")} LIMIT $8`,
    [
      ...[department || null, dataset || null, standing, now],
      ...[sides?.code ?? null, sides?.datasets ?? [], after ?? null, most],
    ],
  );
  return rows.map(({ whole }) => whole);
}

export async function readGrant(client: Pool | ClientBase, id: string): Promise<StoredGrant | undefined> {
  const { rows } = await client.query<{ whole: StoredGrant }>(
    `SELECT ${WHOLE} AS whole FROM access_grant g WHERE g.id = $1`,
    [id],
  );
  return rows[0]?.whole;
}

/**
 * The grant, locked until the transaction ends: two acts on one grant come one after the other. The table first, as a
 * re-code takes it: who holds a row and then waits for the table would wait for who waits for the row.
 */
export async function lockGrant(client: ClientBase, id: string): Promise<StoredGrant | undefined> {
  await client.query("LOCK TABLE access_grant IN ROW EXCLUSIVE MODE");
  const { rows } = await client.query("SELECT FROM access_grant WHERE id = $1 FOR UPDATE", [id]);
  return rows.length > 0 ? readGrant(client, id) : undefined;
}

export interface NewAct extends Omit<RecordedAct, "at" | "former" | "successor"> {
  readonly at: Date;
  readonly from: Standing;
  readonly to: Standing;
  /** What the grant says from now on, where it is narrowed; without `until`, the end stays. */
  readonly terms?: GrantTerms;
}

/** The one way a grant changes: the table's trigger moves it, from where it stands, and with it the epoch. */
export async function insertAct(client: ClientBase, id: string, made: NewAct): Promise<void> {
  const { negotiation, disposal, terms } = made;
  await client.query(
    `INSERT INTO access_grant_act (grant_id, seq, at, act, from_state, to_state, party, duty, actor, department, reason,
       negotiated_at, negotiation, authority, fields, level, territory, until, disposed, disposal, disposed_at, disposed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
    [
      ...[id, made.seq, made.at, made.act, made.from, made.to, made.party, made.duty, made.actor],
      ...[made.department, made.reason, negotiation?.at, negotiation?.record, made.authority],
      ...[terms?.fields, terms?.level, terms?.territory, terms?.until],
      ...[disposal?.what, disposal?.how, disposal?.at, disposal?.by],
    ].map((value) => value ?? null),
  );
}
