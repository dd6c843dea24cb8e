/** Keeps the journal of changes for its time, and begins a new one where the database is not the one it was. */
import type { Pool } from "pg";
import { inTransaction } from "../../database/transaction";

/** Entries that one statement gives up. */
const AT_ONCE = 20_000;
const HOUR = 60 * 60 * 1_000;

export interface Keeping {
  close(): void;
}

export async function keepJournal(
  pool: Pool,
  days: number,
  onError: (error: Error) => void,
): Promise<Keeping> {
  await beginWhereMoved(pool);
  const clean = () => forget(pool, days).catch(onError);
  const timer = setInterval(() => void clean(), HOUR);
  timer.unref();
  void clean();
  return { close: () => clearInterval(timer) };
}

/**
 * Numbers of transactions are of one server's time: another one, or the same as it was brought back from a backup or
 * promoted, counts otherwise, and places in its journal would mean something else.
 */
export async function beginWhereMoved(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ known: string; server: string }>(
      `SELECT j.server AS known, s.system_identifier || '/' || c.timeline_id AS server
         FROM change_journal j, pg_control_system() s, pg_control_checkpoint() c FOR UPDATE OF j`,
    );
    const [{ known, server }] = rows as [{ known: string; server: string }];
    if (known === server) return;
    await client.query("UPDATE change_journal SET server = $1", [server]);
    if (known === "") return;
    await client.query("TRUNCATE dataset_change");
    await client.query(
      "UPDATE change_journal SET era = left(replace(gen_random_uuid()::text, '-', ''), 12), forgotten = '0'",
    );
  });
}

/** Gives up entries older than so many days; cursors before them are told so. */
export async function forget(pool: Pick<Pool, "query">, days: number): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `WITH old AS (SELECT ctid FROM dataset_change WHERE at < now() - make_interval(days => $1) LIMIT $2),
       gone AS (DELETE FROM dataset_change d USING old WHERE d.ctid = old.ctid RETURNING d.xid),
       told AS (UPDATE change_journal j SET forgotten = (m.last::text::bigint + 1)::text::xid8
                  FROM (SELECT xid AS last FROM gone ORDER BY xid DESC LIMIT 1) m WHERE j.forgotten <= m.last)
       SELECT FROM gone`,
      [days, AT_ONCE],
    );
    if ((rowCount ?? 0) < AT_ONCE) return;
  }
}
