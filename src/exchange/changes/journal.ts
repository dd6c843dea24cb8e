/** Reads the journal of changes in the order of transactions, and never past one that still runs. */
import type { Pool } from "pg";
import type { Code, Range } from "../../declare";
import { HubError } from "../../errors";

/** After how much of the journal a feed stands: numbers of transaction and entry, and of the row within its entry. */
export interface Place {
  readonly xid: string;
  readonly seq: string;
  readonly row: number;
}

/** What the journal keeps of a row at one side of a change: enough to say whom it was open to. */
export interface RowState {
  readonly territory: Code;
  /** Codes of the row conditions that held. */
  readonly closed: readonly string[];
  readonly retired: boolean;
}

/** One row of one change. */
export interface Entry {
  readonly place: Place;
  readonly uuid: string;
  readonly at: Date;
  /** Since when the row had been as it was before. */
  readonly since?: Date;
  readonly before?: RowState;
  readonly after?: RowState;
  /** Names of the fields that changed; none for a row that came or went. */
  readonly fields: readonly string[];
}

export interface Read {
  readonly entries: readonly Entry[];
  /** The feed has everything before this, where it was given all that there is. */
  readonly end: Place;
  /** Of which database the places are. */
  readonly era: string;
}

/**
 * A transaction that was rolled back leaves its number free again if the database crashes before its log is on the disk:
 * a later change might bear it, and lie behind a place that was told. So the log goes to the disk first.
 */
const LOOSE = "pg_current_wal_flush_lsn() < pg_current_wal_insert_lsn() AS loose";
const FASTEN = `SELECT set_config('synchronous_commit', 'on', true), pg_logical_emit_message(true, 'community-hub', '')`;

/**
 * One statement, hence one snapshot: every transaction below its horizon has ended and is seen whole. What commits
 * later has a number at or above it, and is read next time.
 */
const ENTRIES = `
SELECT j.*, e.*, ${LOOSE} FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon, era, forgotten FROM change_journal) j
  LEFT JOIN LATERAL (
    SELECT c.xid, c.seq, u.n, u.id, u.since, c.at, c.territory_before, c.territory_after, c.closed_before,
        c.closed_after, c.retired_before, c.retired_after, c.fields
      FROM dataset_change c CROSS JOIN LATERAL unnest(c.row_ids, c.since) WITH ORDINALITY AS u(id, since, n)
     WHERE c.dataset = $1 AND c.xid < j.horizon AND (c.xid, c.seq) >= ($2::xid8, $3::bigint)
       AND ((c.xid, c.seq) > ($2::xid8, $3::bigint) OR u.n > $4)
       AND EXISTS (SELECT FROM unnest($5::text[], $6::text[]) AS r(starts, ends)
                    WHERE c.territory_before >= r.starts COLLATE "C" AND c.territory_before < r.ends COLLATE "C"
                       OR c.territory_after >= r.starts COLLATE "C" AND c.territory_after < r.ends COLLATE "C")
     ORDER BY c.xid, c.seq, u.n LIMIT $7) e ON true`;

interface Found {
  readonly loose: boolean;
  readonly horizon: string;
  readonly era: string;
  readonly forgotten: string;
  readonly xid: string | null;
  readonly seq: string;
  readonly n: string;
  readonly id: string;
  readonly since: Date | null;
  readonly at: Date;
  readonly territory_before: string | null;
  readonly territory_after: string | null;
  readonly closed_before: string[] | null;
  readonly closed_after: string[] | null;
  readonly retired_before: boolean | null;
  readonly retired_after: boolean | null;
  readonly fields: string[] | null;
}

export interface Wanted {
  readonly dataset: string;
  readonly after: Place;
  /** Where rows must have lain before or after the change. */
  readonly ranges: readonly Range[];
  readonly limit: number;
  /** No entry beyond it. */
  readonly until?: Place;
}

export async function readEntries(pool: Pick<Pool, "query">, wanted: Wanted): Promise<Read> {
  const { dataset, after, ranges, limit } = wanted;
  const { rows } = await pool.query<Found>({
    name: "changes",
    text: ENTRIES,
    values: [
      dataset,
      after.xid,
      after.seq,
      after.row,
      ranges.map((r) => r.from),
      ranges.map((r) => r.to),
      limit,
    ],
  });
  const [first] = rows;
  if (!first) throw new Error("there is no journal of changes: run the migrations");
  if (BigInt(after.xid) < BigInt(first.forgotten)) throw tooOld();
  const entries = rows.filter((row) => row.xid !== null).map(entryOf);
  const last = entries.at(-1)?.place;
  const horizon = { xid: first.horizon, seq: "0", row: 0 };
  const whole = entries.length < limit && BigInt(after.xid) < BigInt(first.horizon);
  if (whole && first.loose) await pool.query(FASTEN);
  const end = whole ? horizon : (last ?? after);
  const { until } = wanted;
  if (until && isBeyond(end, until))
    return { entries: entries.filter(({ place }) => !isBeyond(place, until)), end: until, era: first.era };
  return { entries, end, era: first.era };
}

function isBeyond(place: Place, other: Place): boolean {
  const [xid, seq] = [BigInt(place.xid) - BigInt(other.xid), BigInt(place.seq) - BigInt(other.seq)];
  return xid > 0n || (xid === 0n && (seq > 0n || (seq === 0n && place.row > other.row)));
}

export interface Present {
  /** Where a feed begins that first shows all rows as they are from now on. */
  readonly place: Place;
  readonly era: string;
  /** No transaction that a statement has seen by now has this number or a greater one. */
  readonly beyond: string;
  /** State of the rights. */
  readonly epoch: number;
}

export async function presentPlace(pool: Pick<Pool, "query">): Promise<Present> {
  const { rows } = await pool.query<{
    xid: string;
    beyond: string;
    era: string;
    epoch: string;
    loose: boolean;
  }>({
    name: "changes-present",
    text: `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid, era, epoch,
             pg_snapshot_xmax(pg_current_snapshot())::text AS beyond, ${LOOSE} FROM change_journal, grant_epoch`,
  });
  const [row] = rows;
  if (!row) throw new Error("there is no journal of changes: run the migrations");
  const { xid, era, beyond, epoch, loose } = row;
  if (loose) await pool.query(FASTEN);
  return { place: { xid, seq: "0", row: 0 }, era, beyond, epoch: Number(epoch) };
}

export function tooOld(): HubError {
  return new HubError(
    "BAD_USER_INPUT",
    "游标过旧，变更记录已不再保存：请清空本地副本，不带 after 重新开始。The journal no longer reaches back to this cursor: empty your copy and begin anew without after",
    { argument: "after", reason: "CURSOR_TOO_OLD" },
  );
}

function entryOf(found: Found): Entry {
  const { xid, seq, n, id, since, at, fields } = found;
  return {
    place: { xid: String(xid), seq, row: Number(n) },
    uuid: id,
    at,
    since: since ?? undefined,
    before: stateOf(found.territory_before, found.closed_before, found.retired_before),
    after: stateOf(found.territory_after, found.closed_after, found.retired_after),
    fields: fields ?? [],
  };
}

function stateOf(
  territory: string | null,
  closed: string[] | null,
  retired: boolean | null,
): RowState | undefined {
  return territory === null ? undefined : { territory, closed: closed ?? [], retired: retired ?? false };
}
