// Drops months of records whose years are over: their seals stay, and of seals that cover other records too, the digests.
import type { Pool, PoolClient } from "pg";
import { HubError } from "../../errors";
import { actOf } from "../act";
import { recordWithin } from "../store";
import type { Finding } from "./findings";
import type { Leaf } from "./leaves";
import { endOfKeeping } from "./retired";
import { dateOf, type Seal } from "./seal";
import { printSpans, spansOf } from "./spans";
import { verify } from "./verify";

export interface Retiring {
  readonly pool: Pool;
  /** First day of the first month that stays: 2026-11-01. */
  readonly before: string;
  /** File of published heads, which must cover all that goes. */
  readonly heads: string;
  readonly by: string;
  readonly now: Date;
  /** Done in the transaction of each month that goes. */
  readonly also?: (client: PoolClient, gone: RetiredMonth) => Promise<void>;
}

export interface RetiredMonth {
  readonly month: string;
  readonly records: number;
  readonly lastSeal: number;
}

interface Partition {
  readonly oid: string;
  readonly name: string;
  /** First day. */
  readonly month: string;
}

/** Oldest first; each month in a transaction of its own, so that a later one that is refused leaves the former done. */
export async function retire(asked: Retiring): Promise<RetiredMonth[]> {
  const gone: RetiredMonth[] = [];
  for (const partition of await partitionsBefore(asked.pool, asked.before))
    gone.push(await retireOne(asked, partition));
  return gone;
}

/** Months of which there are records still, oldest first: 2023-08. */
export async function monthsBefore(pool: Pool, before: string): Promise<string[]> {
  return (await partitionsBefore(pool, before)).map(({ month }) => month.slice(0, 7));
}

async function partitionsBefore(pool: Pool, before: string): Promise<Partition[]> {
  const { rows } = await pool.query<Partition>(
    `SELECT c.oid::text, c.relname AS name, to_char(to_date(substr(relname, 15), 'YYYYMM'), 'YYYY-MM-DD') AS month
       FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
       WHERE inhparent = 'access_record'::regclass AND relname ~ '^access_record_[0-9]{6}$'
         AND to_date(substr(relname, 15), 'YYYYMM') < $1::date ORDER BY relname`,
    [before],
  );
  return rows;
}

async function retireOne(asked: Retiring, partition: Partition): Promise<RetiredMonth> {
  const { pool } = asked;
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    // Nothing comes into a month that is looked at; those that are written today are others.
    await client.query(`LOCK TABLE ${partition.name} IN SHARE MODE`);
    const going = await lookAt(client, asked, partition);
    await write(client, going, asked, partition);
    const { records, last } = going;
    const gone = { month: partition.month.slice(0, 7), records, lastSeal: last?.number ?? 0 };
    await asked.also?.(client, gone);
    await recordWithin(
      client,
      actOf(`hub audit retire ${partition.name}`, { by: asked.by, at: new Date(), rows: records }),
    );
    // Whoever reads the log at length holds it up: better refused than all records waiting behind.
    await client.query("SET LOCAL lock_timeout = '5s'");
    await client.query(`DROP TABLE ${partition.name}`);
    await client.query("COMMIT");
    client.release();
    return gone;
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
}

interface Going {
  readonly records: number;
  readonly emptied: readonly number[];
  readonly leaves: readonly { readonly seal: number; readonly seq: number; readonly leaf: string }[];
  readonly last?: Seal;
}

/** Nothing goes that was tampered with, that is too young, or that no published head covers. */
async function lookAt(
  client: PoolClient,
  { heads, now }: Retiring,
  { oid, name, month }: Partition,
): Promise<Going> {
  const refuse = (why: string) => new HubError("BAD_USER_INPUT", `${month.slice(0, 7)}: ${why}`);
  const { rows } = await client.query(
    `SELECT count(*)::int AS records, min(seq)::text AS first, max(seq)::text AS last, ($1::date + interval '1 month')::date::text AS ends FROM ${name}`,
    [month],
  );
  const [{ records, first: firstSeq, last: lastSeq, ends }] = rows;
  const since = endOfKeeping(now);
  if (new Date(`${ends}T00:00:00+08:00`) > since)
    throw refuse("未满三年，不得删除。Its three years are not over.");
  const findings: Finding[] = [];
  const going: { emptied: number[]; leaves: { seal: number; seq: number; leaf: string }[]; last?: Seal } = {
    emptied: [],
    leaves: [],
  };
  let seen = 0;
  const onSeal = (seal: Seal, members: readonly Leaf[]) => {
    const own = members.filter(({ partition }) => partition === oid);
    if (own.length === 0) return;
    seen += own.length;
    going.last = seal;
    if (own.length === members.length) going.emptied.push(seal.number);
    else
      for (const { seq, digest } of own)
        going.leaves.push({ seal: seal.number, seq, leaf: `\\x${digest.toString("hex")}` });
  };
  const range = await sealsOf(client, firstSeq, lastSeq);
  const verified = await verify({
    client,
    now,
    ...range,
    heads,
    onSeal,
    onFinding: (one) => findings.push(one),
  });
  if (findings.length > 0)
    throw refuse("核验未通过，先查明原因。The log does not verify; find out why first: hub audit verify.");
  if (seen !== records) throw refuse("尚有未封存的记录。Some of its records are not sealed yet.");
  if (going.last && dateOf(going.last) > since)
    throw refuse("封存未满三年。Sealed less than three years ago.");
  if (going.last && going.last.number > (verified.published?.seal ?? 0))
    throw refuse("链首尚未对外公布。No published head covers it yet.");
  return { ...going, records };
}

/** The seals among which these seq are settled: the last one leaves none of them open. */
async function sealsOf(client: PoolClient, first: string | null, last: string | null) {
  if (first === null) return { from: 1, upto: 0 };
  const { rows } = await client.query(
    `SELECT (SELECT min(number)::text FROM access_seal WHERE upto >= $1) AS from,
       (SELECT min(number)::text FROM access_seal WHERE upto >= $2 AND open = '{}') AS upto`,
    [first, last],
  );
  const [{ from, upto }] = rows;
  return { from: Number(from ?? 1), upto: upto === null ? undefined : Number(upto) };
}

async function write(
  client: PoolClient,
  going: Going,
  { by, now }: Retiring,
  { month }: Partition,
): Promise<void> {
  await client.query(
    `INSERT INTO access_retirement (month, records, emptied, last_seal, last_head, retired_by, retired_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      month,
      going.records,
      printSpans(spansOf(going.emptied)),
      going.last?.number ?? 0,
      going.last?.head ?? Buffer.alloc(32),
      by,
      now,
    ],
  );
  await client.query(
    `INSERT INTO access_retired_leaf (seal, seq, leaf)
       SELECT l.* FROM json_to_recordset($1::json) AS l(seal bigint, seq bigint, leaf bytea)`,
    [JSON.stringify(going.leaves)],
  );
}
