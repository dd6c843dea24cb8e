/** The jobs of imports as they stand in the database: what was asked, how far it came, what was refused. */
import type { ClientBase, Pool } from "pg";
import { v7 } from "uuid";
import type { Problem } from "../problem";
import type { Refusal } from "./judge";

export const IMPORT_MODES = ["ROWS", "ALL_OR_NOTHING"] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/**
 * RUNNING while rows are read; STOPPED after a request to stop or a kill: the same file goes on; DONE; REFUSED: all or
 * nothing, and nothing was written; FAILED: cannot go on as it is.
 */
export const IMPORT_STATES = ["RUNNING", "STOPPED", "DONE", "REFUSED", "FAILED"] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export interface Counts {
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
}

export interface ImportJob extends Counts {
  readonly id: string;
  readonly dataset: string;
  readonly fileHash: string;
  readonly mode: ImportMode;
  readonly dryRun: boolean;
  readonly state: ImportState;
  /** Why it failed or stopped. */
  readonly reason: string | null;
  readonly department: string;
  readonly startedBy: string;
  /** Line of the file up to which rows are dealt with. */
  readonly lastLine: number;
  /** From 0 to 1. */
  readonly progress: number;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly endedAt: string | null;
}

export interface NewJob {
  readonly dataset: string;
  readonly fileHash: string;
  readonly fileBytes: number;
  readonly mode: ImportMode;
  readonly dryRun: boolean;
  readonly department: string;
  readonly startedBy: string;
}

type Connection = ClientBase | Pool;

const instant = (column: string) =>
  `to_char(${column} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"')`;

/** The lock of a dataset's import, as a number; whoever holds it runs the dataset's one job that says RUNNING. */
export const importLock = (dataset: string) => `hashtextextended('community-hub import ' || ${dataset}, 0)`;

const HELD = `EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
  WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.objsubid = 1
    AND (l.classid::bigint << 32 | l.objid::bigint) = ${importLock("dataset")})`;

/** A job whose process was killed cannot say so itself. */
const STATE = `CASE WHEN state = 'RUNNING' AND NOT ${HELD} THEN 'STOPPED' ELSE state END AS state`;

const SELECT = `SELECT id, dataset, file_hash AS "fileHash", mode, dry_run AS "dryRun", ${STATE}, reason, department,
  started_by AS "startedBy", rows_read AS read, rows_new AS added, rows_changed AS changed,
  rows_unchanged AS unchanged, rows_refused AS refused, last_line AS "lastLine", progress,
  ${instant("started_at")} AS "startedAt", ${instant("updated_at")} AS "updatedAt", ${instant("ended_at")} AS "endedAt"
  FROM import_job`;

export async function findJob(connection: Connection, id: string): Promise<ImportJob | undefined> {
  const { rows } = await connection.query<ImportJob>(`${SELECT} WHERE id = $1`, [id]);
  return rows[0];
}

/** The unfinished job of this department with this very file, row by row: the one that a new start goes on with. */
export async function unfinishedJob(connection: Connection, job: NewJob): Promise<ImportJob | undefined> {
  const { rows } = await connection.query<ImportJob>(
    `${SELECT} WHERE dataset = $1 AND file_hash = $2 AND department = $3 AND mode = 'ROWS' AND NOT dry_run
       AND state IN ('RUNNING', 'STOPPED') ORDER BY started_at DESC LIMIT 1`,
    [job.dataset, job.fileHash, job.department],
  );
  return rows[0];
}

/** Asks the process that runs the job, whichever that is, to stop after its batch. */
export async function requestStop(connection: Connection, id: string): Promise<void> {
  await connection.query("UPDATE import_job SET stop_requested = true WHERE id = $1 AND state = 'RUNNING'", [
    id,
  ]);
}

/** Says that the job runs again. */
export async function goOn(connection: Connection, job: ImportJob): Promise<ImportJob> {
  await connection.query(
    `UPDATE import_job SET state = 'RUNNING', stop_requested = false, reason = NULL, ended_at = NULL,
       updated_at = clock_timestamp()
      WHERE id = $1`,
    [job.id],
  );
  return { ...job, state: "RUNNING", reason: null, endedAt: null };
}

export async function createJob(connection: Connection, job: NewJob): Promise<ImportJob> {
  const id = v7();
  await connection.query(
    `INSERT INTO import_job (id, dataset, file_hash, file_bytes, mode, dry_run, state, department, started_by)
     VALUES ($1, $2, $3, $4, $5, $6, 'RUNNING', $7, $8)`,
    [id, job.dataset, job.fileHash, job.fileBytes, job.mode, job.dryRun, job.department, job.startedBy],
  );
  return (await findJob(connection, id)) as ImportJob;
}

/** To be called under the dataset's lock: jobs that still say RUNNING were left by a process that is gone. */
export async function stopAbandoned(connection: Connection, dataset: string): Promise<void> {
  await connection.query(
    `UPDATE import_job SET state = 'STOPPED', reason = 'the process ended', updated_at = clock_timestamp()
      WHERE dataset = $1 AND state = 'RUNNING'`,
    [dataset],
  );
}

export interface Advance extends Counts {
  readonly lastLine: number;
  readonly progress: number;
}

/**
 * Writes how far the job came, with the rows refused on the way; in the transaction that wrote the others. True where
 * somebody asked it to stop.
 */
export async function advanceJob(
  connection: Connection,
  id: string,
  to: Advance,
  refused: readonly Refusal[],
): Promise<boolean> {
  if (refused.length > 0)
    await connection.query(
      `INSERT INTO import_refusal (job, line, problems)
       SELECT $1, line, problems::jsonb FROM unnest($2::integer[], $3::text[]) AS r(line, problems)`,
      [id, refused.map((r) => r.line), refused.map((r) => JSON.stringify(r.problems))],
    );
  const { rows } = await connection.query<{ stop_requested: boolean }>(
    `UPDATE import_job SET state = 'RUNNING', reason = NULL, ended_at = NULL, updated_at = clock_timestamp(),
       rows_read = $2, rows_new = $3, rows_changed = $4, rows_unchanged = $5, rows_refused = $6, last_line = $7, progress = $8
     WHERE id = $1 RETURNING stop_requested`,
    [id, to.read, to.added, to.changed, to.unchanged, to.refused, to.lastLine, to.progress],
  );
  return rows[0]?.stop_requested ?? false;
}

export async function endJob(
  connection: Connection,
  id: string,
  state: Exclude<ImportState, "RUNNING">,
  reason?: string,
): Promise<void> {
  await connection.query(
    `UPDATE import_job SET state = $2, reason = $3, updated_at = clock_timestamp(), ended_at = clock_timestamp(),
       progress = CASE WHEN $2 IN ('DONE', 'REFUSED') THEN 1 ELSE progress END
     WHERE id = $1`,
    [id, state, reason ?? null],
  );
}

export interface StoredRefusal {
  readonly line: number;
  readonly problems: readonly Problem[];
}

/** Refused rows after a line, in the order of the file. */
export async function refusalsOf(
  connection: Connection,
  job: string,
  afterLine: number,
  first: number,
): Promise<StoredRefusal[]> {
  const { rows } = await connection.query<StoredRefusal>(
    "SELECT line, problems FROM import_refusal WHERE job = $1 AND line > $2 ORDER BY line LIMIT $3",
    [job, afterLine, first],
  );
  return rows;
}
