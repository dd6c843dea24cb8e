/** When rights ended that are in force no more. */
import type { Pool } from "pg";

/** Ends of those among these rights that are over; a right that is not among them did not end by its date. */
export async function rightEnds(
  pool: Pick<Pool, "query">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<{ id: string; ends: Date }>(
    `SELECT id, ends_at AS ends FROM access_grant WHERE id = ANY($1::uuid[]) AND ends_at <= now()
     UNION ALL SELECT id, ends_at FROM stewardship WHERE id = ANY($1::uuid[]) AND ends_at <= now()
     UNION ALL SELECT id, ends_at FROM standing_right WHERE id = ANY($1::uuid[]) AND ends_at <= now()`,
    [ids],
  );
  // A whole millisecond more: microseconds are lost on the way.
  return new Map(rows.map(({ id, ends }) => [id, new Date(ends.getTime() + 1)]));
}
