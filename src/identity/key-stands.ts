/** Whether an app still stands whose key is not at hand: by the key it once showed, or one that took its place. */
import type { Pool } from "pg";

/** Not where it has come to run approved operations alone. */
export async function keyStands(pool: Pick<Pool, "query">, id: string): Promise<boolean> {
  const { rows } = await pool.query<{ stands: boolean }>(
    `WITH RECURSIVE line AS (
       SELECT * FROM app_key WHERE id = $1 UNION ALL SELECT k.* FROM app_key k JOIN line l ON k.replaces = l.id)
     SELECT EXISTS (SELECT FROM line WHERE expires_at > now() AND (revoked_at IS NULL OR revoked_at > now())
                       AND NOT registered_only AND 'read' = ANY (duties)) AS stands`,
    [id],
  );
  return rows[0]?.stands === true;
}
