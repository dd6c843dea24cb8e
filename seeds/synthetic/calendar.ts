// Days as whole numbers since 1970-01-01, and the day on which the synthetic city stands still.

export type Day = number;

const MILLISECONDS = 86_400_000;

export function dayOf(year: number, month = 1, date = 1): Day {
  return Date.UTC(year, month - 1, date) / MILLISECONDS;
}

/** Nothing synthetic happens after this day, whenever the seeds are run: the same command gives the same rows. */
export const TODAY: Day = dayOf(2026, 11, 1);

/** When all synthetic rows were recorded. */
export const RECORDED_AT = "2026-11-01T08:00:00+08:00";

export const YEARS = [2021, 2022, 2023, 2024, 2025, 2026] as const;

const FIRST = dayOf(1900);
const texts: string[] = [];

/** yyyy-mm-dd. */
export function dayText(day: Day): string {
  const known = texts[day - FIRST];
  if (known) return known;
  const text = new Date(day * MILLISECONDS).toISOString().slice(0, 10);
  texts[day - FIRST] = text;
  return text;
}

/** The day as text, or nothing where it is not known or lies ahead. */
export function past(day: Day | undefined): string | undefined {
  return day === undefined || day > TODAY ? undefined : dayText(day);
}

export function yearOf(day: Day): number {
  return Number(dayText(day).slice(0, 4));
}

/** Whole years after a day; 29 February becomes 1 March. */
export function yearsAfter(day: Day, years: number): Day {
  const [year, month, date] = dayText(day).split("-").map(Number) as [number, number, number];
  return dayOf(year + years, month, date);
}

/** Whole years from birth to the day. */
export function ageAt(birth: Day, day: Day = TODAY): number {
  const from = dayText(birth);
  const to = dayText(day);
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}
