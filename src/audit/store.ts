// Writes access records: many in one durable commit, into partitions that are made ahead of their month.
import { LRUCache } from "lru-cache";
import type { ClientBase, Pool } from "pg";
import type { Footprint } from "./footprint";
import { type AccessRecord, type Entry, entryOf } from "./record";

/**
 * One statement, hence one commit. The setting inside it holds whatever the database's own default is: once the
 * promise resolves the records survive a crash.
 */
const RECORDS = `
  INSERT INTO access_record (id, at, request_id, subject, department, app, purpose, operation, document, footprint,
    rows, suppressed, cost, outcome, code, milliseconds, kind, registered)
  SELECT r.* FROM json_to_recordset($1::json) AS r(id uuid, at timestamptz, request_id text, subject text,
      department text, app text, purpose text, operation text, document bytea, footprint bytea, rows integer,
      suppressed integer, cost integer, outcome text, code text, milliseconds integer, kind text, registered text)
    WHERE (SELECT set_config('synchronous_commit', 'on', true)) = 'on'`;

const WITH_FOOTPRINTS = `
  WITH footprints AS (
    INSERT INTO access_footprint (hash, datasets, grants)
    SELECT f.* FROM json_to_recordset($2::json) AS f(hash bytea, datasets jsonb, grants text[])
    ON CONFLICT DO NOTHING)
  ${RECORDS}`;

const AHEAD = `
  SELECT access_record_partition((now() AT TIME ZONE 'Asia/Shanghai' + make_interval(months => n))::date)
    FROM generate_series(0, 2) AS n`;

/**
 * Footprints that a session knows to be committed. Told by session, because one that fails or ends takes with it what
 * was known: the database may come back from a backup without them.
 */
const stored = new WeakMap<ClientBase, LRUCache<string, true>>();
const MOST = 10_000;

/** This month's partition and the next two. */
export async function makePartitions(pool: Pool | ClientBase): Promise<void> {
  await pool.query(AHEAD);
}

/** In a commit of its own. */
export async function insert(pool: Pool, entries: readonly Entry[]): Promise<void> {
  const client = await pool.connect();
  try {
    const known = stored.get(client) ?? new LRUCache<string, true>({ max: MOST });
    await write(client, entries, (hash) => known.get(hash) === true);
    for (const { footprint } of entries) known.set(footprint.hash, true);
    stored.set(client, known);
    client.release();
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
}

async function write(
  client: ClientBase,
  entries: readonly Entry[],
  isStored: (hash: string) => boolean,
): Promise<void> {
  const send = () => client.query(statementOf(entries, isStored));
  try {
    await send();
  } catch (error) {
    // No partition takes these rows: a hub that ran through several months without its timer.
    if ((error as { code?: string }).code !== "23514") throw error;
    await makePartitions(client);
    await send();
  }
}

function statementOf(entries: readonly Entry[], isStored: (hash: string) => boolean) {
  const rows = JSON.stringify(entries.map(({ row }) => row));
  const lacking = new Map<string, Footprint>();
  for (const { footprint } of entries) if (!isStored(footprint.hash)) lacking.set(footprint.hash, footprint);
  if (lacking.size === 0) return { name: "access-record-insert", text: RECORDS, values: [rows] };
  // In one order in all processes: two that insert the same footprints wait for one another, and never in a circle.
  const footprints = [...lacking.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
  return {
    name: "access-footprint-insert",
    text: WITH_FOOTPRINTS,
    values: [rows, JSON.stringify(footprints)],
  };
}

/** Records an act of the hub's operators in the transaction that does it: both are there, or neither. */
export async function recordWithin(client: ClientBase, record: AccessRecord): Promise<void> {
  // A partition that is missing would be noticed by an error, and the transaction be lost.
  await makePartitions(client);
  await write(client, [entryOf(record)], () => false);
}

/** Records an act that has been done, in a commit of its own. */
export async function recordOnce(pool: Pool, record: AccessRecord): Promise<void> {
  await insert(pool, [entryOf(record)]);
}

/** Whether the rows themselves are at fault (SQLSTATE classes 22 and 23), so that each is worth its own try. */
export function isFaultOfRow(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? "");
}
