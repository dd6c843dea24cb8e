/** How long a row is kept, as pure arithmetic over days: it stays up to and with its last day, and is due on the next. */
import type { Day } from "../clock";

const DAY = 24 * 60 * 60 * 1000;

export function daysAfter(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The same day of another month, or that month's last one: a month from 31 January ends with February. */
export function monthsAfter(day: Day, months: number): Day {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The latest day on which a clock can have started that has run out before this day. */
export function lastStart(today: Day, months: number): Day {
  // Months differ by three days at most.
  let start = daysAfter(monthsAfter(today, -months), 3);
  while (monthsAfter(start, months) >= today) start = daysAfter(start, -1);
  return start;
}

/** First day of the first month whose records are not all older than so many months. */
export function firstKeptMonth(today: Day, months: number): Day {
  return `${monthsAfter(today, -months).slice(0, 7)}-01`;
}
