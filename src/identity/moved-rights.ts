/** Brings rights to the codes that a division change gave: each as wide as before, or ended. */
import type { ClientBase } from "pg";
import type { Code } from "../declare";

export interface Move {
  readonly from: Code;
  readonly to: Code;
  /** The new code stands for more than the old one did: a right to it would be wider than what was granted. */
  readonly merged: boolean;
}

export interface Moved {
  /** Grants that go on under the new code. */
  readonly grants: number;
  /** Grants that ended, for the provider to decide anew. */
  readonly grantsEnded: number;
  /** App keys of departments that have a new code. */
  readonly keys: number;
  readonly keysRevoked: number;
}

const MOVES = "unnest($1::text[], $2::text[], $3::boolean[]) AS m(old, new, merged)";

/** A grant that names the place others merge into would grow as well. What a grant said stays, because records name it: it ends, and one with the same terms takes its place, by an act that names it. */
const GRANTS = `
WITH moves AS (SELECT * FROM ${MOVES}),
hit AS (
  SELECT g.*, gen_random_uuid() AS successor, coalesce(t.new, g.territory) AS there,
    CASE WHEN d.old IS NULL THEN g.department ELSE split_part(g.department, '@', 1) || '@' || d.new END AS whose,
    coalesce(t.merged, false) OR coalesce(d.merged, false) AS widened
    FROM access_grant g LEFT JOIN moves t ON t.old = g.territory OR (t.merged AND t.new = g.territory)
    LEFT JOIN moves d ON d.old = split_part(g.department, '@', 2)
   WHERE (t.old IS NOT NULL OR d.old IS NOT NULL) AND (g.ends_at IS NULL OR g.ends_at > now())
     AND g.state IN ('ACTIVE', 'SUSPENDED')),
made AS (
  INSERT INTO access_grant (id, department, dataset, fields, level, territory, purpose, legal_basis, granted_by, request,
    starts_at, ends_at)
  SELECT successor, whose, dataset, fields, level, there, purpose, legal_basis, granted_by, request, starts_at, ends_at
    FROM hit WHERE NOT widened RETURNING id),
recoded AS (
  INSERT INTO access_grant_act (grant_id, seq, at, act, from_state, to_state, party, duty, actor, department, successor)
  SELECT id, seq + 1, now(), 'RECODE', state, 'RECODED', 'hub', 'system', 'hub', 'system', successor
    FROM hit WHERE NOT widened),
ended AS (
  UPDATE access_grant g SET ends_at = greatest(now(), g.starts_at + interval '1 microsecond')
    FROM hit WHERE hit.id = g.id AND hit.widened RETURNING g.id)
SELECT (SELECT count(*) FROM made)::int AS grants, (SELECT count(*) FROM ended)::int AS "grantsEnded"`;

/** What was suspended stays so under its new code. */
const SUSPENDED = `
INSERT INTO access_grant_act (grant_id, seq, at, act, from_state, to_state, party, duty, actor, department, reason)
SELECT g.id, 1, a.at, 'SUSPEND', 'ACTIVE', 'SUSPENDED', 'hub', 'system', 'hub', 'system',
    '区划变更前已暂停。suspended before the division change'
  FROM access_grant_act a JOIN access_grant g ON g.id = a.successor
 WHERE a.act = 'RECODE' AND a.from_state = 'SUSPENDED' AND a.at = now() AND g.seq = 0`;

const KEYS = `
WITH moves AS (SELECT * FROM ${MOVES}),
moved AS (
  UPDATE app_key k SET department = CASE WHEN merged THEN department ELSE split_part(department, '@', 1) || '@' || m.new END,
    revoked_at = CASE WHEN merged THEN now() ELSE revoked_at END
    FROM moves m WHERE m.old = split_part(k.department, '@', 2) AND expires_at > now()
     AND (revoked_at IS NULL OR revoked_at > now()) RETURNING m.merged)
SELECT count(*) FILTER (WHERE NOT merged)::int AS keys, count(*) FILTER (WHERE merged)::int AS "keysRevoked" FROM moved`;

/** In the caller's transaction; stewardship and standing rights name kinds of departments and no place. */
export async function moveRights(client: ClientBase, moves: readonly Move[]): Promise<Moved> {
  const values = [moves.map((m) => m.from), moves.map((m) => m.to), moves.map((m) => m.merged)];
  const grants = await client.query<Pick<Moved, "grants" | "grantsEnded">>(GRANTS, values);
  await client.query(SUSPENDED);
  const keys = await client.query<Pick<Moved, "keys" | "keysRevoked">>(KEYS, values);
  return { ...grants.rows[0], ...keys.rows[0] } as Moved;
}
