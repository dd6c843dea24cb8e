/** Pages of updates, newest first, as far as an identity may see them. */
import type { Pool } from "pg";
import { type Duty, type Identity, watches } from "../../identity";
import { type Connection, connection, cursorOf, INSTANT, pageSize, placeIn, UUID } from "../../read";
import { UPDATE_STEPS, type UpdateParty, type UpdateState } from "./steps";
import { type StoredUpdate, WHOLE } from "./store";

export interface UpdateFilter {
  readonly waitingForMe?: boolean | null;
  readonly overdue?: boolean | null;
  readonly state?: readonly UpdateState[] | null;
  readonly dataset?: string | null;
}

export interface UpdatePage {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface Asked {
  readonly filter: UpdateFilter;
  readonly page: UpdatePage;
  readonly now: Date;
}

function conditionsOf(asker: Identity, { filter, now }: Asked) {
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;
  const texts = ["true"];
  if (!watches(asker)) {
    const code = place(asker.department.code);
    texts.push(`u.provider = ${code} OR u.authority = ${code} OR u.state = 'PUBLISHED'`);
  }
  if (filter.waitingForMe) texts.push(waiting(asker, now, place));
  if (filter.overdue) texts.push(`u.due <= ${place(now)}`);
  if (filter.state) texts.push(`u.state = ANY (${place(filter.state)})`);
  if (filter.dataset) texts.push(`u.dataset = ${place(filter.dataset)}`);
  return { values, place, texts };
}

/** What stands in the asker's list of things to do; for the authority also what is overdue. */
function waiting({ department, duties }: Identity, now: Date, place: (value: unknown) => string): string {
  const own = (party: UpdateParty) => `u.${party} = ${place(department.code)}`;
  const texts = UPDATE_STEPS.filter((s) => s.awaited && duties.includes(s.duty as Duty)).map(
    ({ party, from }) => `${own(party)} AND u.state = ANY (${place(from)})`,
  );
  if (duties.includes("decide")) texts.push(`${own("authority")} AND u.due <= ${place(now)}`);
  return texts.map((text) => `(${text})`).join(" OR ") || "false";
}

const joined = (texts: readonly string[]) => texts.map((text) => `(${text})`).join(" AND ");

export async function listUpdates(
  pool: Pool,
  asker: Identity,
  asked: Asked,
): Promise<Connection<StoredUpdate>> {
  const { page } = asked;
  const size = pageSize(page.first);
  const { values, place, texts } = conditionsOf(asker, asked);
  if (page.after) {
    const [at, id] = placeIn(page.after, [INSTANT, UUID]).map(place);
    texts.push(`(u.opened_at, u.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await pool.query<{ whole: StoredUpdate }>(
    `SELECT ${WHOLE} AS whole FROM catalogue_update u WHERE ${joined(texts)}
      ORDER BY u.opened_at DESC, u.id DESC LIMIT ${size + 1}`,
    values,
  );
  const count = async () => {
    const all = conditionsOf(asker, asked);
    const text = `SELECT count(*)::int AS n FROM catalogue_update u WHERE ${joined(all.texts)}`;
    return (await pool.query<{ n: number }>(text, all.values)).rows[0]?.n ?? 0;
  };
  return connection(
    rows.map(({ whole }) => whole),
    { size, after: page.after },
    ({ openedInstant, id }) => cursorOf([openedInstant, id]),
    count,
  );
}
