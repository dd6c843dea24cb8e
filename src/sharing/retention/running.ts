/** A run of retention: rule by rule, batch by batch, each batch in a transaction with its own act record. */
import type { ClientBase, Pool, PoolClient } from "pg";
import { actOf, recordWithin } from "../../audit";
import { inTransaction } from "../../database/transaction";
import { HubError } from "../../errors";
import { dayOf } from "../clock";
import { closeRun, type Held, openRun, type Run, type RunOrigin, writeBatch } from "./book";
import { type Due, dueOn, type Found, someDue } from "./due";
import { lockFrozen, someFrozenDue } from "./frozen";
import { heldRows, keepFromOpening } from "./holds";
import { retireRecords } from "./months";
import type { RetentionParts } from "./parts";
import { type Bearing, bearingOn, declaredRules, RECORDS } from "./rules";
import { readRules } from "./store";

export interface Running {
  readonly by: string;
  readonly origin: RunOrigin;
  /** Asked between batches: what is left is done by the next run. */
  readonly stops?: () => boolean;
  /** Told after each batch. */
  readonly onBatch?: (done: { readonly dataset: string; readonly rows: number }) => void;
}

const BATCH = 200;
/** A batch that met somebody else's change is tried so often. */
const ATTEMPTS = 5;
const DEADLOCK = "40P01";

const LOCK = "hashtext('community-hub retention')";

/** Does something while no other process runs retention; undefined where one does. */
export async function alone<T>(pool: Pool, work: () => Promise<T>): Promise<T | undefined> {
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${LOCK}) AS held`);
    if (!rows[0].held) return undefined;
    try {
      return await work();
    } finally {
      await client.query(`SELECT pg_advisory_unlock(${LOCK})`);
    }
  } catch (error) {
    failed = error as Error;
    throw error;
  } finally {
    client.release(failed);
  }
}

/** To be called alone. A run that was stopped or killed is not closed: the next one goes on with what is left. */
export async function runRetention(parts: RetentionParts, running: Running): Promise<Run> {
  const { catalogue, pool, now } = parts;
  const day = dayOf(now());
  const run = await openRun(pool, { day, by: running.by, origin: running.origin, at: now() });
  const held: Held[] = [];
  for (const bearing of bearingOn(day, await readRules(pool), declaredRules(catalogue))) {
    if (running.stops?.()) return run;
    if (bearing.rule.dataset === RECORDS) held.push(...(await retireRecords(parts, run, bearing.rule)));
    else {
      const due = dueOn(catalogue, bearing, day);
      if (due && !(await carryOut(parts, running, { run, bearing, due }, held))) return run;
    }
  }
  await closeRun(pool, run, held, now());
  return run;
}

interface Task {
  readonly run: Run;
  readonly bearing: Bearing;
  readonly due: Due;
}

/** False where it was told to stop. */
async function carryOut(parts: RetentionParts, running: Running, task: Task, held: Held[]): Promise<boolean> {
  const { rule } = task.bearing;
  const counts = new Map<Held["why"], number>();
  for (let after: string | undefined; ; ) {
    const done = await oneBatch(parts, task, after);
    for (const [why, rows] of done.held) counts.set(why, (counts.get(why) ?? 0) + rows);
    if (done.rows > 0) running.onBatch?.({ dataset: rule.dataset, rows: done.rows });
    if (done.last === undefined) break;
    after = done.last;
    if (running.stops?.()) return false;
  }
  if (!(await destroyFrozen(parts, running, task, counts))) return false;
  for (const [why, rows] of counts) held.push({ rule: rule.id, dataset: rule.dataset, why, rows });
  return true;
}

/** What an earlier run froze goes for good when a later rule says so. */
async function destroyFrozen(
  parts: RetentionParts,
  running: Running,
  task: Task,
  counts: Map<Held["why"], number>,
): Promise<boolean> {
  const { pool, eraser, batch = BATCH } = parts;
  const due = await someFrozenDue(parts, pool, task.bearing, task.run.day);
  const uuids = new Map(due.map(({ erasure, uuid }) => [erasure, uuid]));
  for (let at = 0; at < due.length; at += batch) {
    if (running.stops?.()) return false;
    const batched = due.slice(at, at + batch).map(({ erasure }) => erasure);
    const rows = await inTransaction(pool, async (client) => {
      const query = queryOn(client);
      const frozen = await lockFrozen(query, batched);
      const going = frozen.filter(({ held }) => !held).map(({ id }) => id);
      for (const id of going) await eraser.destroy(query, id, byOf(task));
      const told = going.map((id) => String(uuids.get(id)));
      if (told.length > 0) await writeDown(parts, client, task, told);
      const held = frozen.length - going.length;
      if (held > 0) counts.set("HOLD", (counts.get("HOLD") ?? 0) + held);
      return going.length;
    });
    if (rows > 0) running.onBatch?.({ dataset: task.bearing.rule.dataset, rows });
  }
  return true;
}

interface Done {
  readonly rows: number;
  readonly held: ReadonlyMap<Held["why"], number>;
  /** Where the next batch begins; undefined: there is none. */
  readonly last?: string;
}

async function oneBatch(parts: RetentionParts, task: Task, after: string | undefined): Promise<Done> {
  for (let i = 1; ; i++) {
    try {
      return await inTransaction(parts.pool, (client) => within(parts, client, task, after));
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK || i === ATTEMPTS) throw error;
    }
  }
}

async function within(
  parts: RetentionParts,
  client: ClientBase,
  task: Task,
  after: string | undefined,
): Promise<Done> {
  const { catalogue, batch = BATCH } = parts;
  const query = client as PoolClient;
  const found = await someDue(catalogue, query, task.due, { first: batch, after });
  const last = found.length < batch ? undefined : found.at(-1)?.uuid;
  if (found.length === 0) return { rows: 0, held: new Map() };
  await keepFromOpening(client);
  const held = await heldRows(catalogue, query, task.due.dataset);
  const counts = new Map<Held["why"], number>();
  const going: Found[] = [];
  for (const one of found) {
    const why = [...held].find(([, rows]) => rows.has(one.uuid))?.[0];
    if (why) counts.set(why, (counts.get(why) ?? 0) + 1);
    else going.push(one);
  }
  if (going.length > 0) await takeOut(parts, client, task, going);
  return { rows: going.length, held: counts, last };
}

/** Through the one function by which anything of a person is erased or frozen. */
async function takeOut(
  parts: RetentionParts,
  client: ClientBase,
  task: Task,
  going: readonly Found[],
): Promise<void> {
  const { run, bearing, due } = task;
  const cause = { kind: "RETENTION", id: run.id } as const;
  const take = bearing.rule.act === "DELETE" ? parts.eraser.erase : parts.eraser.freeze;
  for (const { uuid } of going)
    await take(queryOn(client), { dataset: due.dataset.name, uuid, cause, by: byOf(task) });
  await writeDown(
    parts,
    client,
    task,
    going.map(({ key }) => key),
  );
}

function queryOn(client: ClientBase) {
  return async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;
}

function byOf({ run, bearing: { rule } }: Task) {
  return { actor: run.by, department: "system", duty: "system", reason: rule.basis } as const;
}

/** The act record of the batch, twice: in the book of runs, and in the access log. Of frozen rows `going` has ids, else keys. */
async function writeDown(
  { cipher, now }: RetentionParts,
  client: ClientBase,
  { run, bearing: { rule } }: Task,
  going: readonly string[],
): Promise<void> {
  const { id, basis, act, dataset } = rule;
  const keys = going.map((key) => cipher.hash(dataset, "retention", key));
  const rows = going.length;
  await writeBatch(client, run, { rule: id, basis, dataset, act, rows, keys }, now());
  const field = { field: rule.starts, level: "FULL", territories: [rule.territory] };
  const told = { by: run.by, at: new Date(), rows, datasets: [{ dataset, fields: [field] }] };
  await recordWithin(client, actOf(`hub retention ${act} ${dataset} by ${id}`, told));
}

export function busy(): HubError {
  return new HubError(
    "UNAVAILABLE",
    "保存期限正在由另一个进程处理，请稍后再试。Another process runs retention: try again later",
  );
}
