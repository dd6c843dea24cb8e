// Seals access records behind the requests: one batch after the other, one hub process at a time.
import type { Pool, PoolClient } from "pg";
import { FORM, type FootprintDigests, type Leaf, Leaves, type Queryable, rememberDigests } from "./leaves";
import {
  BEGINNING,
  type Before,
  contentOf,
  epochOf,
  headOf,
  insertSeal,
  lastSeal,
  marksOf,
  type Seal,
} from "./seal";
import { parseSpans, printSpans, type Span, type Spans, spansOf, without } from "./spans";

export interface SealerParts {
  readonly pool: Pool;
  readonly now: () => Date;
  /** Milliseconds for which a seal waits for transactions that are about to end. */
  readonly patience?: number;
  /** Records in a seal at most. */
  readonly most?: number;
}

/** Seals all that has come; false where another process is at it, whose seals hold the same. */
export type SealAll = () => Promise<boolean>;

export function createSealer(parts: SealerParts): SealAll {
  const digests = rememberDigests();
  return async () => {
    for (;;) {
      const done = await sealOne(parts, digests);
      if (done !== "more") return done === "all";
    }
  };
}

/** A process that stops in the middle must not keep the others from sealing. */
const LOCK = `SELECT set_config('idle_in_transaction_session_timeout', '10s', true),
  set_config('synchronous_commit', 'on', true),
  pg_try_advisory_xact_lock(hashtext('community-hub access seal')) AS mine`;
/** The last seq that was given out. */
export async function drawnIn(client: Queryable): Promise<number> {
  const { rows } = await client.query(
    "SELECT CASE WHEN is_called THEN last_value ELSE 0 END::text AS drawn FROM access_record_seq",
  );
  return Number(rows[0].drawn);
}

async function sealOne(parts: SealerParts, digests: FootprintDigests): Promise<"all" | "more" | "busy"> {
  const client = await parts.pool.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL READ COMMITTED");
    const mine = (await client.query(LOCK)).rows[0].mine as boolean;
    const done = mine ? await seal(client, parts, digests) : "busy";
    await client.query("COMMIT");
    client.release();
    return done;
  } catch (error) {
    client.release(error as Error); // its transaction ends with it
    throw error;
  }
}

async function seal(
  client: PoolClient,
  { now, patience = 1_000, most = 10_000 }: SealerParts,
  digests: FootprintDigests,
) {
  // After the lock: the seal of the process that held it before is seen.
  const last = (await lastSeal(client)) ?? BEGINNING;
  const sealedAt = epochOf(now());
  const drawn = await drawnIn(client);
  if (!Number.isSafeInteger(drawn))
    throw new Error("access_record_seq has been moved beyond what can be sealed");
  const { leaves, upto, open } = await settled(client, last, { drawn, patience, most, digests });
  const before = { upto: last.upto, open: last.open };
  if (leaves.length === 0 && upto === before.upto && open === before.open) return "all";
  await insertSeal(client, sealOf(last, leaves, { upto, open, sealedAt }));
  return upto < drawn ? "more" : "all";
}

function sealOf(last: Before, leaves: readonly Leaf[], of: Pick<Seal, "upto" | "open" | "sealedAt">): Seal {
  const seal = {
    ...of,
    number: last.number + 1,
    form: FORM,
    present: printSpans(spansOf(leaves.map(({ seq }) => seq))),
    records: leaves.length,
    total: last.total + leaves.length,
    marks: marksOf(leaves),
    content: contentOf(leaves),
    previous: last.head,
  };
  return { ...seal, head: headOf(seal) };
}

interface Bounds {
  readonly drawn: number;
  readonly patience: number;
  readonly most: number;
  readonly digests: FootprintDigests;
}

/**
 * The records that no transaction can add to any more. Whoever inserts a record locks the table before it draws a seq,
 * and lets go of the lock when its transaction has ended and what it wrote is seen. So a seq up to `drawn` that has no
 * record, and is drawn by none of those who hold the lock after `drawn` was read, never gets one. A transaction that does
 * not end within the patience holds up nobody: what may be its seq stays open, for the next seal.
 */
async function settled(client: PoolClient, last: Before, { drawn, patience, most, digests }: Bounds) {
  const records = new Leaves(client, digests);
  const first = await records.between(last.number === 0 ? undefined : last.upto, drawn, most);
  const upto = first.length === most ? (first.at(-1) as Leaf).seq : Math.max(drawn, last.upto);
  const before = parseSpans(last.open);
  const wanted: Spans = upto > last.upto ? [...before, [last.upto + 1, upto + 1]] : before;
  const found = onceEach([...(await within(records, before)), ...first]);
  const missing = without(wanted, spansOf(found.map(({ seq }) => seq)));
  if (missing.length === 0) return { leaves: found, upto, open: "{}" };
  const ended = await untilEnded(client, await inserting(client), patience);
  const late = await within(records, missing);
  const leaves = onceEach([...found, ...late].sort((a, b) => a.seq - b.seq));
  const open = ended ? [] : without(missing, spansOf(late.map(({ seq }) => seq)));
  return { leaves, upto, open: printSpans(open) };
}

/** A seq that stands twice is none that the hub drew: the second is left out, and verification names it as inserted. */
function onceEach(leaves: readonly Leaf[]): Leaf[] {
  return leaves.filter(({ seq }, i) => seq !== leaves[i - 1]?.seq);
}

export async function within(records: Leaves, spans: Spans): Promise<Leaf[]> {
  const found: Leaf[] = [];
  for (const [from, until] of spans) found.push(...(await inSpan(records, [from, until])));
  return found;
}

/** No more than its numbers, were each to stand twice. */
const inSpan = (records: Leaves, [from, until]: Span) =>
  records.between(from - 1, until - 1, 2 * (until - from));

const TABLES = `SELECT 'access_record'::regclass::oid
  UNION ALL SELECT inhrelid FROM pg_inherits WHERE inhparent = 'access_record'::regclass`;

/** Transactions that may have inserted records: those who hold the lock that an insert takes. */
async function inserting(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ of: string }>(
    `SELECT DISTINCT virtualtransaction AS of FROM pg_locks
       WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND relation IN (${TABLES})
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows.map(({ of }) => of);
}

/** False where one of them still runs after so many milliseconds. */
async function untilEnded(
  client: PoolClient,
  running: readonly string[],
  patience: number,
): Promise<boolean> {
  const until = performance.now() + patience;
  for (let left = running; left.length > 0; ) {
    if (performance.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
    const now = new Set(await inserting(client));
    left = left.filter((one) => now.has(one));
  }
  return true;
}
