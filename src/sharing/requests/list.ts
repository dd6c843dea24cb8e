/** Pages of requests, newest first, as far as an identity may see them. */
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
  placeIn,
  UUID,
} from "../../read";
import { isPast } from "./course";
import { awaited, OF_AUTHORITIES } from "./reach";
import type { RequestState } from "./steps";
import { type StoredRequest, WHOLE } from "./store";

export interface RequestFilter {
  readonly waitingForMe?: boolean | null;
  readonly overdue?: boolean | null;
  readonly state?: readonly RequestState[] | null;
  readonly dataset?: string | null;
  readonly purpose?: string | null;
  readonly filing?: string | null;
}

/** The requester's department, the provider's, and the duties that watch; an authority where it has a part. */
export function mayKnow(asker: Identity, request: StoredRequest, now: Date): boolean {
  const { code } = asker.department;
  if (watches(asker) || code === request.requester || code === request.provider) return true;
  if (code !== request.authority && code !== request.superior) return false;
  return (
    OF_AUTHORITIES.includes(request.state) ||
    isPast(request.due, now) ||
    request.transitions.some((t) => t.department === code)
  );
}

/** The same in SQL. */
function known(where: Conditions, asker: Identity, now: Date): Conditions {
  if (watches(asker)) return where;
  const code = where.place(asker.department.code);
  const part = `r.state = ANY (${where.place(OF_AUTHORITIES)}) OR r.due <= ${where.place(now)}
    OR EXISTS (SELECT FROM access_request_transition t WHERE t.request = r.id AND t.department = ${code})`;
  return where.add(
    `r.requester = ${code} OR r.provider = ${code} OR ((r.authority = ${code} OR r.superior = ${code}) AND (${part}))`,
  );
}

function conditionsOf(asker: Identity, filter: RequestFilter, now: Date): Conditions {
  const where = known(new Conditions(), asker, now);
  if (filter.waitingForMe) where.add(waiting(where, asker, now));
  if (filter.overdue) where.add(`r.due <= ${where.place(now)}`);
  if (filter.state) where.add(`r.state = ANY (${where.place(filter.state)})`);
  if (filter.purpose) where.add(`r.purpose = ${where.place(filter.purpose)}`);
  if (filter.filing) where.add(`r.filing::text = ${where.place(filter.filing)}`);
  if (filter.dataset)
    where.add(
      `EXISTS (SELECT FROM access_request_item i WHERE i.request = r.id AND i.dataset = ${where.place(filter.dataset)})`,
    );
  return where;
}

/** What stands in the asker's list of things to do; for the authority also what is overdue. */
function waiting(where: Conditions, { department, duties }: Identity, now: Date): string {
  const own = (party: string) => `r.${party} = ${where.place(department.code)}`;
  const texts = [...awaited(duties)].map(
    ([party, states]) =>
      `${own(party)} AND r.state = ANY (${where.place(states)}) AND (r.state <> 'GRANTED' OR r.due IS NOT NULL)`,
  );
  if (duties.includes("decide")) texts.push(`${own("authority")} AND r.due <= ${where.place(now)}`);
  return texts.length > 0 ? texts.map((text) => `(${text})`).join(" OR ") : "false";
}

/** What waits for the asker, and how much of it is overdue. */
export interface Waiting {
  readonly requests: number;
  readonly overdue: number;
}

export async function countWaiting(pool: Pool, asker: Identity, now: Date): Promise<Waiting> {
  const where = conditionsOf(asker, { waitingForMe: true }, now);
  const { rows } = await pool.query<Waiting>(
    `SELECT count(*)::int AS requests, count(*) FILTER (WHERE r.due <= ${where.place(now)})::int AS overdue
       FROM access_request r WHERE ${where}`,
    where.values,
  );
  return rows[0] ?? { requests: 0, overdue: 0 };
}

export async function listRequests(
  pool: Pool,
  asker: Identity,
  { filter, page, now }: { readonly filter: RequestFilter; readonly page: ForwardPage; readonly now: Date },
): Promise<Connection<StoredRequest>> {
  const size = pageSize(page.first);
  const where = conditionsOf(asker, filter, now);
  if (page.after) {
    const [at, id] = placeIn(page.after, [INSTANT, UUID]).map((part) => where.place(part));
    where.add(`(r.filed_at, r.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await pool.query<{ whole: StoredRequest }>(
    `SELECT ${WHOLE} AS whole FROM access_request r WHERE ${where} ORDER BY r.filed_at DESC, r.id DESC LIMIT ${size + 1}`,
    where.values,
  );
  const count = async () => {
    const all = conditionsOf(asker, filter, now);
    const text = `SELECT count(*)::int AS n FROM access_request r WHERE ${all}`;
    return (await pool.query<{ n: number }>(text, all.values)).rows[0]?.n ?? 0;
  };
  return connection(
    rows.map(({ whole }) => whole),
    { size, after: page.after },
    ({ filedInstant, id }) => cursorOf([filedInstant, id]),
    count,
  );
}
