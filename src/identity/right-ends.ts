/** When rights ended, or became narrower, that were in force. */
import type { Pool } from "pg";

/** Milliseconds from what a change of rights says of its time to its commit, until when answers are given under it. */
const SLACK = 250;

/** The last loss that each of these rights has seen; a right that is not among them has seen none. */
export async function rightEnds(
  pool: Pick<Pool, "query">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<{ id: string; ends: Date | null }>(
    `SELECT id, CASE WHEN ends_at <= now() THEN ends_at
         ELSE (SELECT max(recorded_at) FROM access_grant_act WHERE grant_id = id) END AS ends
       FROM access_grant WHERE id = ANY($1::uuid[])
     UNION ALL SELECT id, ends_at FROM stewardship WHERE id = ANY($1::uuid[]) AND ends_at <= now()
     UNION ALL SELECT id, ends_at FROM standing_right WHERE id = ANY($1::uuid[]) AND ends_at <= now()`,
    [ids],
  );
  return new Map(rows.flatMap(({ id, ends }) => (ends ? [[id, new Date(ends.getTime() + SLACK)]] : [])));
}
