/** Pages of corrections, newest first, as far as an identity may know of them. */
import type { Pool } from "pg";
import { Conditions } from "../../database/conditions";
import { type Identity, watches } from "../../identity";
import {
  type Connection,
  connection,
  cursorOf,
  type ForwardPage,
  INSTANT,
  pageSize,
  parseId,
  placeIn,
  UUID,
} from "../../read";
import { awaitedStates } from "./reach";
import type { CorrectionState } from "./steps";
import { type StoredCorrection, WHOLE_CORRECTION } from "./store";

export interface CorrectionFilter {
  readonly waitingForMe?: boolean | null;
  readonly overdue?: boolean | null;
  readonly state?: readonly CorrectionState[] | null;
  readonly dataset?: string | null;
  readonly field?: string | null;
  /** Global id of a row. */
  readonly row?: string | null;
}

/** `mayKnow` in SQL. */
function known(asker: Identity): Conditions {
  const where = new Conditions();
  if (watches(asker)) return where;
  return where.add(`${where.place(asker.department.code)} IN (c.requester, c.provider, c.authority)`);
}

function conditionsOf(asker: Identity, filter: CorrectionFilter, now: Date): Conditions {
  const where = known(asker);
  if (filter.waitingForMe) where.add(waiting(where, asker, now));
  if (filter.overdue) where.add(`c.open AND c.due <= ${where.place(now)}`);
  if (filter.state) where.add(`c.state = ANY (${where.place(filter.state)})`);
  if (filter.dataset) where.add(`c.dataset = ${where.place(filter.dataset)}`);
  if (filter.field) where.add(`c.field = ${where.place(filter.field)}`);
  if (filter.row) {
    const id = parseId(filter.row);
    where.add(
      id ? `c.dataset = ${where.place(id.dataset)} AND c.row_id = ${where.place(id.uuid)}::uuid` : "false",
    );
  }
  return where;
}

/** What stands in the asker's list of things to do: for the provider what is open, for the authority what is overdue. */
function waiting(where: Conditions, { department, duties }: Identity, now: Date): string {
  const code = where.place(department.code);
  const texts = [`c.provider = ${code} AND c.state = ANY (${where.place(awaitedStates(duties))})`];
  if (duties.includes("decide"))
    texts.push(`c.authority = ${code} AND c.open AND c.due <= ${where.place(now)}`);
  return texts.map((text) => `(${text})`).join(" OR ");
}

export async function listCorrections(
  pool: Pool,
  asker: Identity,
  {
    filter,
    page,
    now,
  }: { readonly filter: CorrectionFilter; readonly page: ForwardPage; readonly now: Date },
): Promise<Connection<StoredCorrection>> {
  const size = pageSize(page.first);
  const where = conditionsOf(asker, filter, now);
  if (page.after) {
    const [at, id] = placeIn(page.after, [INSTANT, UUID]).map((part) => where.place(part));
    where.add(`(c.filed_at, c.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await pool.query<{ whole: StoredCorrection }>(
    `SELECT ${WHOLE_CORRECTION} AS whole FROM correction c WHERE ${where} ORDER BY c.filed_at DESC, c.id DESC LIMIT ${size + 1}`,
    where.values,
  );
  return connection(
    rows.map(({ whole }) => whole),
    { size, after: page.after },
    ({ filedInstant, id }) => cursorOf([filedInstant, id]),
    () => countCorrections(pool, asker, filter, now),
  );
}

export async function countCorrections(
  pool: Pool,
  asker: Identity,
  filter: CorrectionFilter,
  now: Date,
): Promise<number> {
  const where = conditionsOf(asker, filter, now);
  const text = `SELECT count(*)::int AS n FROM correction c WHERE ${where}`;
  return (await pool.query<{ n: number }>(text, where.values)).rows[0]?.n ?? 0;
}
