/** Webhooks as the database keeps them. */
import type { Pool } from "pg";

export const SUSPENSIONS = [
  "FAILING",
  "NOTHING_OPEN",
  "APP_KEY_ENDED",
  "DEPARTMENT_ENDED",
  "HOST_CLOSED",
  "CURSOR_TOO_OLD",
] as const;
export type Suspension = (typeof SUSPENSIONS)[number];

export interface StoredWebhook {
  readonly id: string;
  readonly department: string;
  readonly subject: string;
  readonly app?: string;
  readonly appKey?: string;
  readonly purpose?: string;
  readonly dataset: string;
  readonly url: string;
  readonly secret: Buffer;
  readonly createdAt: Date;
  readonly cursor: string;
  readonly upto?: string;
  readonly waitingSince?: Date;
  readonly failures: number;
  readonly failingSince?: Date;
  readonly nextAttempt?: Date;
  readonly lastSuccess?: Date;
  readonly lastFailure?: string;
  readonly state: "ACTIVE" | "SUSPENDED";
  readonly reason?: Suspension;
}

type Row = Record<string, never>;

function hookOf(row: Row): StoredWebhook {
  const given = Object.entries(row).filter(([, value]) => value !== null);
  const camel = (name: string) => name.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase());
  return Object.fromEntries(given.map(([name, value]) => [camel(name), value])) as unknown as StoredWebhook;
}

type Database = Pick<Pool, "query">;

export async function readWebhook(pool: Database, id: string): Promise<StoredWebhook | undefined> {
  const { rows } = await pool.query<Row>("SELECT * FROM webhook WHERE id = $1 AND state <> 'DELETED'", [id]);
  return rows[0] && hookOf(rows[0]);
}

/** Newest first; of all departments where none is named. */
export async function listWebhooks(pool: Database, department: string | null): Promise<StoredWebhook[]> {
  const { rows } = await pool.query<Row>(
    `SELECT * FROM webhook WHERE state <> 'DELETED' AND ($1::text IS NULL OR department = $1)
      ORDER BY created_at DESC, id DESC LIMIT 1000`,
    [department],
  );
  return rows.map(hookOf);
}

export interface ActiveWebhook {
  readonly id: string;
  readonly department: string;
  readonly dataset: string;
  readonly nextAttempt?: Date;
}

export async function activeWebhooks(pool: Database): Promise<ActiveWebhook[]> {
  const { rows } = await pool.query<Row>(
    "SELECT id, department, dataset, next_attempt FROM webhook WHERE state = 'ACTIVE'",
  );
  return rows.map(hookOf);
}

/** The page up to this cursor is about to be told; false where another process has gone on meanwhile. */
export async function beginPage(
  pool: Database,
  { id, cursor }: StoredWebhook,
  { upto, at }: { readonly upto: string; readonly at: Date },
): Promise<boolean> {
  const done = await pool.query(
    "UPDATE webhook SET upto = $3, waiting_since = $4 WHERE id = $1 AND cursor = $2 AND upto IS NULL AND state = 'ACTIVE'",
    [id, cursor, upto, at],
  );
  return done.rowCount === 1;
}

/** One statement: the cursor goes on and the success is noted, or neither. `at` is left out where nothing was to be told. */
export async function notePage(
  pool: Database,
  { id, cursor }: StoredWebhook,
  { end, at }: { readonly end: string; readonly at?: Date },
): Promise<boolean> {
  const done = await pool.query(
    `UPDATE webhook SET cursor = $3, upto = NULL, waiting_since = NULL, failures = 0, failing_since = NULL, next_attempt = NULL,
            last_success = coalesce($4, last_success)
      WHERE id = $1 AND cursor = $2 AND state = 'ACTIVE'`,
    [id, cursor, end, at ?? null],
  );
  return done.rowCount === 1;
}

export async function noteFailure(
  pool: Database,
  { id, cursor }: StoredWebhook,
  { failure, at, next }: { readonly failure: string; readonly at: Date; readonly next: Date },
): Promise<void> {
  await pool.query(
    `UPDATE webhook SET failures = failures + 1, failing_since = coalesce(failing_since, $4), next_attempt = $5,
            last_failure = $3
      WHERE id = $1 AND cursor = $2 AND state = 'ACTIVE'`,
    [id, cursor, failure, at, next],
  );
}

export async function suspend(pool: Database, id: string, reason: Suspension, at: Date): Promise<void> {
  await pool.query(
    `UPDATE webhook SET state = 'SUSPENDED', reason = $2, stated_at = $3, stated_by = 'hub', stated_duty = 'system',
            next_attempt = NULL WHERE id = $1 AND state = 'ACTIVE'`,
    [id, reason, at],
  );
}

export async function endWebhook(
  pool: Database,
  id: string,
  { by, duty, at }: { readonly by: string; readonly duty: string; readonly at: Date },
): Promise<void> {
  await pool.query(
    `UPDATE webhook SET state = 'DELETED', reason = NULL, secret = NULL, stated_at = $4, stated_by = $2,
            stated_duty = $3, next_attempt = NULL WHERE id = $1 AND state <> 'DELETED'`,
    [id, by, duty, at],
  );
}
