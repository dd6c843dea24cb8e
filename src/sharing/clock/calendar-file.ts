/** A file of holidays and make-up workdays, as someone typed it from the State Council's yearly notice. */
import { parse } from "csv-parse/sync";
import type { ClientBase } from "pg";
import { DateScalar } from "../../declare";
import { HubError } from "../../errors";
import { type Day, type DayKind, yearOf } from "./calendar";

export interface CalendarDay {
  readonly day: Day;
  readonly kind: DayKind;
  readonly name: string;
  /** The notice: its name and number. */
  readonly source: string;
}

export interface CalendarImport {
  readonly days: number;
  readonly years: readonly number[];
  /** Days of these years that stood there and are not in the file. */
  readonly removed: number;
}

const COLUMNS = ["day", "kind", "name", "source"] as const;
const KINDS: readonly string[] = ["HOLIDAY", "WORKDAY"];

/** Days of the file in order; every fault is told with its line. */
export function readCalendarFile(text: string): CalendarDay[] {
  const lines = linesOf(text);
  const [header = [], ...rows] = lines;
  if (header.join() !== COLUMNS.join())
    throw refused([`1: ${COLUMNS.join(",")}`], "首行须为列名。The first line names the columns");
  const faults: string[] = [];
  const days = new Map<Day, CalendarDay>();
  rows.forEach((row, i) => {
    const [day = "", kind = "", name = "", source = ""] = row;
    const fault = faultOf(day, kind, name, source) ?? (days.has(day) ? "day: named twice" : undefined);
    if (fault) faults.push(`${i + 2}: ${fault}`);
    else days.set(day, { day, kind: kind as DayKind, name, source });
  });
  if (faults.length > 0) throw refused(faults, "日历文件有误。The calendar file has faults");
  if (days.size === 0) throw refused([], "日历文件没有日期。The calendar file names no day");
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

function linesOf(text: string): string[][] {
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch {
    throw refused([], "不是 CSV 文件。This is no CSV file");
  }
}

function faultOf(day: string, kind: string, name: string, source: string): string | undefined {
  if (!isDay(day)) return "day: expects yyyy-mm-dd";
  if (!KINDS.includes(kind)) return "kind: expects HOLIDAY or WORKDAY";
  if (!name) return "name: what the day is called";
  return source ? undefined : "source: the notice that says so";
}

function isDay(text: string): boolean {
  try {
    return DateScalar.parseValue(text) === text;
  } catch {
    return false;
  }
}

function refused(faults: readonly string[], message: string): HubError {
  const told = faults.slice(0, 20).join("; ");
  return new HubError("BAD_USER_INPUT", told ? `${message}: ${told}` : message, { argument: "file", faults });
}

/** Makes the years that the file names what it says of them; other years stay. In the caller's transaction. */
export async function storeCalendar(
  client: ClientBase,
  days: readonly CalendarDay[],
): Promise<CalendarImport> {
  const years = [...new Set(days.map((d) => yearOf(d.day)))].sort();
  const gone = await client.query(
    "DELETE FROM calendar_day WHERE date_part('year', day)::int = ANY ($1) AND day <> ALL ($2::date[])",
    [years, days.map((d) => d.day)],
  );
  await client.query(
    `INSERT INTO calendar_day (day, kind, name, source)
     SELECT day, kind, name, source FROM jsonb_to_recordset($1::jsonb) AS d(day date, kind text, name text, source text)
     ON CONFLICT (day) DO UPDATE SET kind = EXCLUDED.kind, name = EXCLUDED.name, source = EXCLUDED.source,
       recorded_at = now()`,
    [JSON.stringify(days)],
  );
  return { days: days.length, years, removed: gone.rowCount ?? 0 };
}
