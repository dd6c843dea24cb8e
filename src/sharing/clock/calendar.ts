/** Working days, as pure functions over a calendar of holidays and make-up workdays; days are those of Asia/Shanghai. */

/** A calendar day, `2026-11-23`. */
export type Day = string;

/** What the State Council's yearly notice says of a day: off, or worked although it is a Saturday or Sunday (调休). */
export type DayKind = "HOLIDAY" | "WORKDAY";

export interface Calendar {
  /** Undefined where no notice names the day: then weekends are off and other days are worked. */
  kindOf(day: Day): DayKind | undefined;
  /** Whether a notice of this year was entered. */
  knows(year: number): boolean;
}

/** A stretch in which a clock stands still; without `until` it still does. */
export interface Pause {
  readonly from: Date;
  readonly until?: Date;
}

export interface Term {
  /** The day of receipt is day 0: the next one is the first that can count. */
  readonly receivedAt: Date;
  readonly workingDays: number;
  readonly pauses?: readonly Pause[];
}

/** China keeps one time zone without summer time, so that a fixed offset serves. */
const OFFSET_MILLISECONDS = 8 * 60 * 60 * 1000;
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** A notice that never comes must not make a loop without end. */
const MOST_DAYS = 3_660;

export function calendarOf(days: Iterable<readonly [Day, DayKind]>): Calendar {
  const kinds = new Map(days);
  const years = new Set([...kinds.keys()].map(yearOf));
  return { kindOf: (day) => kinds.get(day), knows: (year) => years.has(year) };
}

export function dayOf(instant: Date): Day {
  return new Date(instant.getTime() + OFFSET_MILLISECONDS).toISOString().slice(0, 10);
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

function nextDay(day: Day): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MILLISECONDS).toISOString().slice(0, 10);
}

export function isWorkday(day: Day, calendar: Calendar): boolean {
  const kind = calendar.kindOf(day);
  if (kind) return kind === "WORKDAY";
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/**
 * The instant at which a term has passed: the end of its last day. Undefined while the clock stands still. Days after the
 * one on which a pause begins, up to and with the one on which it ends, do not count: what ends it is received on day 0.
 */
export function dueAt({ receivedAt, workingDays, pauses = [] }: Term, calendar: Calendar): Date | undefined {
  if (pauses.some((p) => p.until === undefined)) return undefined;
  const still = pauses.map((p) => ({ from: dayOf(p.from), until: dayOf(p.until as Date) }));
  const counts = (day: Day) => isWorkday(day, calendar) && !still.some((p) => p.from < day && day <= p.until);
  return endOf(lastDay(dayOf(receivedAt), workingDays, counts));
}

/** Whether notices were entered for every year that a term touches. */
export function knowsTerm(calendar: Calendar, from: Date, until: Date): boolean {
  const last = yearOf(dayOf(new Date(until.getTime() - 1)));
  for (let year = yearOf(dayOf(from)); year <= last; year++) if (!calendar.knows(year)) return false;
  return true;
}

/** The day on which the last of so many days after `from` falls; that day itself where there are none. */
function lastDay(from: Day, count: number, counts: (day: Day) => boolean): Day {
  let [day, left] = [from, count];
  for (let i = 0; left > 0; i++) {
    if (i > MOST_DAYS) throw new Error("no working day follows within ten years");
    day = nextDay(day);
    if (counts(day)) left--;
  }
  return day;
}

/** The first instant of the following day. */
function endOf(day: Day): Date {
  return new Date(`${nextDay(day)}T00:00:00+08:00`);
}
