// When an answer last left by a grant, as the access records tell.
import type { Pool } from "pg";
import { instantSql } from "../database/instant";

/** Footprints name the grants; records that are older than these name them themselves. */
const USES = `
  SELECT used.id, ${instantSql("max(used.at)")} AS at
    FROM (
      SELECT g.id, r.at FROM access_footprint f
        CROSS JOIN LATERAL (SELECT at FROM access_record WHERE footprint = f.hash AND outcome = 'ANSWERED'
          ORDER BY at DESC LIMIT 1) AS r
        CROSS JOIN LATERAL unnest(f.grants) AS g(id)
        WHERE f.grants <> '{}' AND f.grants && $1
      UNION ALL
      SELECT g.id, r.at FROM access_record r CROSS JOIN LATERAL unnest(r.grants) AS g(id)
        WHERE r.grants IS NOT NULL AND r.grants && $1 AND r.outcome = 'ANSWERED') AS used
    WHERE used.id = ANY ($1) GROUP BY used.id`;

/** By grant (ISO 8601); a grant that gave no answer is not among them. */
export async function lastUses(pool: Pool, grants: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (grants.length === 0) return new Map();
  const { rows } = await pool.query<{ id: string; at: string }>(USES, [grants]);
  return new Map(rows.map(({ id, at }) => [id, at]));
}

const USED_SINCE = `
  SELECT DISTINCT g.id FROM access_footprint f CROSS JOIN LATERAL unnest(f.grants) AS g(id)
    WHERE f.grants <> '{}' AND EXISTS (
      SELECT FROM access_record r WHERE r.footprint = f.hash AND r.at > $1 AND r.outcome = 'ANSWERED')
  UNION
  SELECT g.id FROM access_record r CROSS JOIN LATERAL unnest(r.grants) AS g(id)
    WHERE r.grants IS NOT NULL AND r.at > $1 AND r.outcome = 'ANSWERED'`;

/** Grants by which an answer has left after an instant. */
export async function usedSince(pool: Pool, since: Date): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(USED_SINCE, [since]);
  return rows.map(({ id }) => id);
}
