/** Reads the rows that clocks go by: deadline rules, and the days of the State Council's notices. */
import type { ClientBase, Pool } from "pg";
import { type Calendar, calendarOf, type Day, type DayKind } from "./calendar";
import type { DeadlineRule } from "./deadlines";

export async function readRules(client: Pool | ClientBase): Promise<DeadlineRule[]> {
  const { rows } = await client.query<{ rules: DeadlineRule[] }>(
    `SELECT coalesce(json_agg(json_strip_nulls(json_build_object('id', id, 'act', act, 'sharing', sharing,
       'workingDays', working_days, 'extensionDays', extension_days, 'territory', territory, 'article', article,
       'from', starts_at, 'until', ends_at)) ORDER BY id), '[]') AS rules FROM deadline_rule`,
  );
  return rows[0]?.rules ?? [];
}

/** All days that were entered: some thirty a year. */
export async function readCalendar(client: Pool | ClientBase): Promise<Calendar> {
  const { rows } = await client.query<{ day: Day; kind: DayKind }>(
    "SELECT to_char(day, 'YYYY-MM-DD') AS day, kind FROM calendar_day",
  );
  return calendarOf(rows.map(({ day, kind }) => [day, kind]));
}
