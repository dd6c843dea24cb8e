/** Pages of cases, newest first, as far as an identity may know of them. */
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
import { awaitedKinds } from "./reach";
import type { CaseKind, CaseState } from "./steps";
import { type StoredCase, WHOLE_CASE } from "./store";

export interface CaseFilter {
  readonly waitingForMe?: boolean | null;
  readonly state?: readonly CaseState[] | null;
  readonly kind?: readonly CaseKind[] | null;
  /** Global id of a row. */
  readonly row?: string | null;
}

/** `mayKnow` in SQL. */
function known(asker: Identity): Conditions {
  const where = new Conditions();
  if (watches(asker)) return where.add("true");
  if (!asker.duties.includes("steward") && !asker.duties.includes("decide")) return where.add("false");
  return where.add(`c.department = ${where.place(asker.department.code)}`);
}

function conditionsOf(asker: Identity, { waitingForMe, state, kind, row }: CaseFilter): Conditions {
  const where = known(asker);
  if (waitingForMe) {
    const department = where.place(asker.department.code);
    where.add(
      `c.open AND c.department = ${department} AND c.kind = ANY (${where.place(awaitedKinds(asker.duties))})`,
    );
  }
  if (state) where.add(`c.state = ANY (${where.place(state)})`);
  if (kind) where.add(`c.kind = ANY (${where.place(kind)})`);
  if (row) {
    const id = parseId(row);
    where.add(
      id ? `c.dataset = ${where.place(id.dataset)} AND c.row_id = ${where.place(id.uuid)}::uuid` : "false",
    );
  }
  return where;
}

export async function listCases(
  pool: Pool,
  asker: Identity,
  filter: CaseFilter,
  page: ForwardPage,
): Promise<Connection<StoredCase>> {
  const size = pageSize(page.first);
  const where = conditionsOf(asker, filter);
  if (page.after) {
    const [at, id] = placeIn(page.after, [INSTANT, UUID]).map((part) => where.place(part));
    where.add(`(c.opened_at, c.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await pool.query<{ whole: StoredCase }>(
    `SELECT ${WHOLE_CASE} AS whole FROM rights_case c WHERE ${where} ORDER BY c.opened_at DESC, c.id DESC LIMIT ${size + 1}`,
    where.values,
  );
  return connection(
    rows.map(({ whole }) => whole),
    { size, after: page.after },
    ({ openedInstant, id }) => cursorOf([openedInstant, id]),
    async () => {
      const all = conditionsOf(asker, filter);
      const text = `SELECT count(*)::int AS n FROM rights_case c WHERE ${all}`;
      return (await pool.query<{ n: number }>(text, all.values)).rows[0]?.n ?? 0;
    },
  );
}
