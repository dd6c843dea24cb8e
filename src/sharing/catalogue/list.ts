/** Pages of updates, newest first, as far as an identity may see them. */
import type { Pool } from "pg";
import { Conditions } from "../../database/conditions";
import { type Duty, type Identity, watches } from "../../identity";
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
import { UPDATE_STEPS, type UpdateParty, type UpdateState } from "./steps";
import { type StoredUpdate, WHOLE } from "./store";

export interface UpdateFilter {
  readonly waitingForMe?: boolean | null;
  readonly overdue?: boolean | null;
  readonly state?: readonly UpdateState[] | null;
  readonly dataset?: string | null;
}

interface Asked {
  readonly filter: UpdateFilter;
  readonly page: ForwardPage;
  readonly now: Date;
}

function conditionsOf(asker: Identity, { filter, now }: Asked): Conditions {
  const where = new Conditions();
  if (!watches(asker)) {
    const code = where.place(asker.department.code);
    where.add(`u.provider = ${code} OR u.authority = ${code} OR u.state = 'PUBLISHED'`);
  }
  if (filter.waitingForMe) where.add(waiting(where, asker, now));
  if (filter.overdue) where.add(`u.due <= ${where.place(now)}`);
  if (filter.state) where.add(`u.state = ANY (${where.place(filter.state)})`);
  if (filter.dataset) where.add(`u.dataset = ${where.place(filter.dataset)}`);
  return where;
}

/** What stands in the asker's list of things to do; for the authority also what is overdue. */
function waiting(where: Conditions, { department, duties }: Identity, now: Date): string {
  const own = (party: UpdateParty) => `u.${party} = ${where.place(department.code)}`;
  const texts = UPDATE_STEPS.filter((s) => s.awaited && duties.includes(s.duty as Duty)).map(
    ({ party, from }) => `${own(party)} AND u.state = ANY (${where.place(from)})`,
  );
  if (duties.includes("decide")) texts.push(`${own("authority")} AND u.due <= ${where.place(now)}`);
  return texts.map((text) => `(${text})`).join(" OR ") || "false";
}

export async function listUpdates(
  pool: Pool,
  asker: Identity,
  asked: Asked,
): Promise<Connection<StoredUpdate>> {
  const { page } = asked;
  const size = pageSize(page.first);
  const where = conditionsOf(asker, asked);
  if (page.after) {
    const [at, id] = placeIn(page.after, [INSTANT, UUID]).map((part) => where.place(part));
    where.add(`(u.opened_at, u.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await pool.query<{ whole: StoredUpdate }>(
    `SELECT ${WHOLE} AS whole FROM catalogue_update u WHERE ${where}
      ORDER BY u.opened_at DESC, u.id DESC LIMIT ${size + 1}`,
    where.values,
  );
  const count = async () => {
    const all = conditionsOf(asker, asked);
    const text = `SELECT count(*)::int AS n FROM catalogue_update u WHERE ${all}`;
    return (await pool.query<{ n: number }>(text, all.values)).rows[0]?.n ?? 0;
  };
  return connection(
    rows.map(({ whole }) => whole),
    { size, after: page.after },
    ({ openedInstant, id }) => cursorOf([openedInstant, id]),
    count,
  );
}
