/** The period that figures are of: whole days of Asia/Shanghai, and the working days from its beginning until now. */
import { HubError } from "../../errors";
import { type Calendar, type Day, dayOf, isWorkday, yearOf } from "../clock";

export interface Period {
  /** First day, and the first day after it. */
  readonly from: Day;
  readonly until: Day;
}

const YEARS = 10;
const DAY = 86_400_000;

/** Throws where it is no period, or one so long ago that no deadline of it can be reckoned. */
export function checkPeriod({ from, until }: Period, now: Date): void {
  if (until <= from)
    throw refused("until 须晚于 from，截止日不含。until is a later day than from, and not in the period");
  const year = yearOf(dayOf(now));
  if (yearOf(from) < year - YEARS || yearOf(until) > year + YEARS)
    throw refused(`期间须在前后 ${YEARS} 年之内。A period lies within ${YEARS} years`);
}

export const startOf = (day: Day): Date => new Date(`${day}T00:00:00+08:00`);

/** In order, from the day after `from` on: as many lie in a stretch as fall between its first and its last day. */
export function workdays({ from }: Period, now: Date, calendar: Calendar): Day[] {
  const days: Day[] = [];
  const last = dayOf(now);
  for (let at = Date.parse(`${from}T00:00:00Z`) + DAY; ; at += DAY) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (day > last) return days;
    if (isWorkday(day, calendar)) days.push(day);
  }
}

function refused(message: string): HubError {
  return new HubError("BAD_USER_INPUT", message, { argument: "from" });
}
