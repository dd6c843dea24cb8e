// Writes access records: many in one durable commit, into partitions that are made ahead of their month.
import type { ClientBase, Pool } from "pg";
import { type AccessRecord, type RecordRow, rowOf } from "./record";

/**
 * One statement, hence one commit. The setting inside it holds whatever the database's own default is: once the
 * promise resolves the records survive a crash.
 */
const INSERT = `
  INSERT INTO access_record (id, at, request_id, subject, department, app, purpose, operation, document, datasets,
    rows, suppressed, grants, cost, outcome, code, milliseconds)
  SELECT r.* FROM set_config('synchronous_commit', 'on', true),
    jsonb_to_recordset($1::jsonb) AS r(id uuid, at timestamptz, request_id text, subject text, department text,
      app text, purpose text, operation text, document bytea, datasets jsonb, rows integer, suppressed integer,
      grants text[], cost integer, outcome text, code text, milliseconds integer)`;

const AHEAD = `
  SELECT access_record_partition((now() AT TIME ZONE 'Asia/Shanghai' + make_interval(months => n))::date)
    FROM generate_series(0, 2) AS n`;

/** This month's partition and the next two. */
export async function makePartitions(pool: Pool | ClientBase): Promise<void> {
  await pool.query(AHEAD);
}

export async function insert(pool: Pool | ClientBase, rows: readonly RecordRow[]): Promise<void> {
  try {
    await pool.query({ name: "access-record-insert", text: INSERT, values: [JSON.stringify(rows)] });
  } catch (error) {
    // No partition takes these rows: a hub that ran through several months without its timer.
    if ((error as { code?: string }).code !== "23514") throw error;
    await makePartitions(pool);
    await pool.query({ name: "access-record-insert", text: INSERT, values: [JSON.stringify(rows)] });
  }
}

/** Records an act of the hub's operators in the transaction that does it: both are there, or neither. */
export async function recordWithin(client: ClientBase, record: AccessRecord): Promise<void> {
  // A partition that is missing would be noticed by an error, and the transaction be lost.
  await makePartitions(client);
  await insert(client, [rowOf(record)]);
}

/** Whether the rows themselves are at fault (SQLSTATE classes 22 and 23), so that each is worth its own try. */
export function isFaultOfRow(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? "");
}
