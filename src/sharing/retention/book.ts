/** The book of runs: each is opened, says batch by batch what it did, and is closed with what it held back. */
import type { ClientBase, Pool } from "pg";
import { v7 } from "uuid";
import { instantSql } from "../../database/instant";
import type { Day } from "../clock";
import type { HeldBy } from "./holds";
import type { RetentionAct } from "./rules";

export type RunOrigin = "TIMER" | "COMMAND";

/** Why rows stay although they are due; of access records what the log says. */
export type StaysBy = HeldBy | "RECORDS";

export interface Run {
  readonly id: string;
  readonly day: Day;
  readonly by: string;
  readonly at: Date;
  readonly origin: RunOrigin;
}

export interface Batch {
  readonly seq: number;
  readonly at: string;
  readonly rule: string;
  readonly basis: string;
  readonly dataset: string;
  readonly act: RetentionAct;
  readonly rows: number;
  readonly month?: string;
}

export interface Held {
  readonly rule: string;
  readonly dataset: string;
  readonly why: StaysBy;
  readonly rows: number;
  readonly note?: string;
}

export interface StoredRun {
  readonly id: string;
  readonly day: Day;
  readonly origin: RunOrigin;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly batches: readonly Batch[];
  readonly held: readonly Held[];
  readonly startedInstant: string;
}

export async function openRun(pool: Pool, run: Omit<Run, "id">): Promise<Run> {
  const id = v7();
  await pool.query(
    "INSERT INTO retention_run (id, day, origin, started_by, started_at) VALUES ($1, $2, $3, $4, $5)",
    [id, run.day, run.origin, run.by, run.at],
  );
  return { id, ...run };
}

export async function closeRun(pool: Pool, { id }: Run, held: readonly Held[], at: Date): Promise<void> {
  await pool.query(
    `WITH held AS (
       INSERT INTO retention_held (run, rule, dataset, why, rows, note)
       SELECT $1, h.* FROM jsonb_to_recordset($2::jsonb) AS h(rule text, dataset text, why text, rows int, note text))
     UPDATE retention_run SET ended_at = greatest($3, started_at) WHERE id = $1`,
    [id, JSON.stringify(held), at],
  );
}

export interface NewBatch extends Omit<Batch, "seq" | "at"> {
  readonly keys: readonly Buffer[];
}

/** In the transaction of what it tells. */
export async function writeBatch(client: ClientBase, { id }: Run, made: NewBatch, at: Date): Promise<void> {
  const { rule, basis, dataset, act, rows, keys, month } = made;
  await client.query(
    `INSERT INTO retention_batch (run, seq, at, rule, basis, dataset, act, rows, keys, month)
     VALUES ($1, (SELECT coalesce(max(seq), 0) + 1 FROM retention_batch WHERE run = $1), $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, at, rule, basis, dataset, act, rows, keys, month ?? null],
  );
}

/** Whether a run of this day came to its end. */
export async function ranOn(pool: Pool, day: Day): Promise<boolean> {
  const { rows } = await pool.query(
    "SELECT EXISTS (SELECT FROM retention_run WHERE day = $1 AND ended_at IS NOT NULL) AS ran",
    [day],
  );
  return rows[0].ran;
}

/** Neighbouring batches of one rule are told as one. */
export const WHOLE_RUN = `json_strip_nulls(json_build_object('id', r.id, 'day', r.day, 'origin', r.origin,
  'startedBy', r.started_by, 'startedAt', ${instantSql("r.started_at")}, 'endedAt', ${instantSql("r.ended_at")},
  'startedInstant', r.started_at::text,
  'batches', (SELECT coalesce(json_agg(json_build_object('seq', b.seq, 'at', ${instantSql("b.at")}, 'rule', b.rule,
      'basis', b.basis, 'dataset', b.dataset, 'act', b.act, 'rows', b.rows, 'month', to_char(b.month, 'YYYY-MM'))
      ORDER BY b.seq), '[]') FROM (
        SELECT min(seq) AS seq, max(at) AS at, rule, basis, dataset, act, sum(rows)::int AS rows, month
          FROM retention_batch WHERE run = r.id GROUP BY rule, basis, dataset, act, month) b),
  'held', (SELECT coalesce(json_agg(json_build_object('rule', h.rule, 'dataset', h.dataset, 'why', h.why,
      'rows', h.rows, 'note', h.note) ORDER BY h.dataset, h.rule, h.why), '[]')
    FROM retention_held h WHERE h.run = r.id)))`;
