/** What stewards and auditors see of retention: what each rule makes due, and what runs did. */
import type { Pool } from "pg";
import { Conditions } from "../../database/conditions";
import type { Code } from "../../declare";
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
import { type Day, dayOf } from "../clock";
import { type Held, type StoredRun, WHOLE_RUN } from "./book";
import { countDue, dueOn } from "./due";
import { someFrozenDue } from "./frozen";
import { heldRows } from "./holds";
import { monthsDue } from "./months";
import type { RetentionParts } from "./parts";
import { type Bearing, bearingOn, declaredRules, RECORDS, type RetentionRule } from "./rules";
import { type RetentionSight, sees } from "./sight";
import { readRules } from "./store";
import { daysAfter } from "./terms";

/** What one rule makes due. */
export interface DueOfRule {
  readonly rule: RetentionRule;
  /** Now, those that are held back included; of access records months. */
  readonly due: number;
  /** More of them until the end of the days asked. */
  readonly soon: number;
  readonly held: readonly Pick<Held, "why" | "rows">[];
}

/** Rules as they bear today, those that are declared too. */
export async function standingRules({ catalogue, pool, now }: RetentionParts): Promise<RetentionRule[]> {
  const bearing = bearingOn(dayOf(now()), await readRules(pool), declaredRules(catalogue));
  return bearing.map(({ rule }) => rule);
}

/** What is due now and within so many days, rule by rule. */
export async function dueOfRules(
  parts: RetentionParts,
  days: number,
  sight: RetentionSight = { within: [] },
): Promise<DueOfRule[]> {
  const { catalogue, pool, now } = parts;
  const day = dayOf(now());
  const bearing = bearingOn(day, await readRules(pool), declaredRules(catalogue));
  const found: DueOfRule[] = [];
  for (const one of bearing.filter(({ rule }) => sees(sight, rule.dataset)))
    found.push(
      one.rule.dataset === RECORDS
        ? { rule: one.rule, due: (await monthsDue(parts, one.rule)).length, soon: 0, held: [] }
        : await dueOfRule(parts, one, day, days, sight.within),
    );
  return found;
}

async function dueOfRule(
  parts: RetentionParts,
  bearing: Bearing,
  day: Day,
  days: number,
  within: readonly Code[],
): Promise<DueOfRule> {
  const { catalogue, pool } = parts;
  const { rule } = bearing;
  const frozen = await someFrozenDue(parts, pool, bearing, day, within);
  const frozenThen = await someFrozenDue(parts, pool, bearing, daysAfter(day, days), within);
  const due = dueOn(catalogue, bearing, day, within);
  const later = dueOn(catalogue, bearing, daysAfter(day, days), within);
  if (!due || !later) return { rule, due: 0, soon: 0, held: [] };
  const now = (await countDue(catalogue, pool, due)) + frozen.length;
  const then = (await countDue(catalogue, pool, later)) + frozenThen.length;
  const held: Pick<Held, "why" | "rows">[] = [];
  const counted = new Set<string>();
  for (const [why, rows] of await heldRows(catalogue, pool, due.dataset)) {
    const fresh = [...rows].filter((uuid) => !counted.has(uuid));
    for (const uuid of fresh) counted.add(uuid);
    const inTables = fresh.length === 0 ? 0 : await countDue(catalogue, pool, due, fresh);
    const stay = inTables + (why === "HOLD" ? frozen.filter((one) => one.held).length : 0);
    if (stay > 0) held.push({ why, rows: stay });
  }
  return { rule, due: now, soon: then - now, held };
}

/** Newest first; of each run what concerns the datasets that are seen. */
export async function listRuns(
  pool: Pool,
  sight: RetentionSight,
  page: ForwardPage,
): Promise<Connection<StoredRun>> {
  const size = pageSize(page.first);
  const where = new Conditions().add("true");
  if (page.after) {
    const [at, id] = placeIn(page.after, [INSTANT, UUID]).map((part) => where.place(part));
    where.add(`(r.started_at, r.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await pool.query<{ whole: StoredRun }>(
    `SELECT ${WHOLE_RUN} AS whole FROM retention_run r WHERE ${where} ORDER BY r.started_at DESC, r.id DESC LIMIT ${size + 1}`,
    where.values,
  );
  return connection(
    rows.map(({ whole }) => ({
      ...whole,
      batches: whole.batches.filter(({ dataset }) => sees(sight, dataset)),
      held: whole.held.filter(({ dataset }) => sees(sight, dataset)),
    })),
    { size, after: page.after },
    ({ startedInstant, id }) => cursorOf([startedInstant, id]),
    async () =>
      (await pool.query<{ n: number }>("SELECT count(*)::int AS n FROM retention_run")).rows[0]?.n ?? 0,
  );
}
