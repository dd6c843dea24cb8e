// Money of communities from budget line to allocation: what is allocated never exceeds what was approved, in whole cents.

import { type Day, dayOf, TODAY, YEARS } from "./calendar";
import { type City, perPlace } from "./city";
import type { Place } from "./place";
import { rowId, streamOf } from "./row";

export const PURPOSES = [
  "OPERATION",
  "WORKER_PAY",
  "SERVICE_PURCHASE",
  "SPECIAL_FUND",
  "FACILITY",
  "TRAINING",
] as const;
export type Purpose = (typeof PURPOSES)[number];

export interface Line {
  /** Number in its place: the same at every scale. */
  readonly number: number;
  readonly id: string;
  readonly year: number;
  readonly purpose: Purpose;
  /** Cents. */
  readonly approved: number;
  readonly adjusted?: number;
  readonly allocations: readonly Allocation[];
}

export interface Allocation {
  readonly number: number;
  readonly id: string;
  readonly cents: number;
  readonly planned: Day;
  /** Empty while it is not paid. */
  readonly paid?: Day;
}

/** Yuan a household and year, and a sum that every community gets. */
const RATES: Readonly<Record<Purpose, readonly [number, number]>> = {
  OPERATION: [45, 60_000],
  WORKER_PAY: [150, 120_000],
  SERVICE_PURCHASE: [28, 20_000],
  SPECIAL_FUND: [0, 150_000],
  FACILITY: [60, 200_000],
  TRAINING: [4, 5_000],
};

const MOST_ALLOCATIONS = 8;

/** All lines of a community, each with its allocations; kept, because five datasets are made from them. */
export const linesOf = perPlace((city, place): Line[] =>
  YEARS.flatMap((year) =>
    PURPOSES.flatMap((purpose, at) =>
      isGranted(city, place, year, purpose) ? [lineOf(city, place, year, purpose, at)] : [],
    ),
  ),
);

/** Operation every year; the rest in every year of a city, in a small hub only of late. */
function isGranted(city: City, place: Place, year: number, purpose: Purpose): boolean {
  if (purpose === "OPERATION") return true;
  const stream = streamOf("granted", place, year * 10 + PURPOSES.indexOf(purpose));
  if (purpose === "FACILITY") return stream.chance(city.money.everyLine ? 0.15 : 0.03);
  if (purpose === "TRAINING") return city.money.everyLine && stream.chance(0.3);
  if (city.money.everyLine) return true;
  if (purpose === "SERVICE_PURCHASE") return year >= 2025;
  return purpose === "SPECIAL_FUND" && year === 2025;
}

function lineOf(city: City, place: Place, year: number, purpose: Purpose, at: number): Line {
  const number = (year - YEARS[0]) * 10 + at;
  const stream = streamOf("budget", place, number);
  const [perHousehold, fixed] = RATES[purpose];
  const growth = 1 + (year - YEARS[0]) * 0.04;
  const yuan = (perHousehold * place.households + fixed) * growth * stream.between(0.8, 1.25);
  const approved = Math.round(yuan / 100) * 10_000;
  const adjusted = stream.chance(0.12)
    ? Math.round((approved * stream.between(0.8, 1.2)) / 10_000) * 10_000
    : undefined;
  const granted = Math.min(approved, adjusted ?? approved);
  const share = year === 2026 ? stream.between(0.9, 1) : stream.between(0.93, 1);
  const line = { number, id: rowId("budgetLine", place, number), year, purpose, approved, adjusted };
  return { ...line, allocations: allocationsOf(city, place, line, Math.floor(granted * share)) };
}

function allocationsOf(
  city: City,
  place: Place,
  line: Omit<Line, "allocations">,
  total: number,
): Allocation[] {
  const { allocations: parts } = city.money;
  const each = Math.floor(total / parts);
  return Array.from({ length: parts }, (_, part) => {
    const number = line.number * MOST_ALLOCATIONS + part;
    const stream = streamOf("allocation", place, number);
    const planned = dayOf(line.year, Math.floor((part * 12) / parts) + 2, stream.whole(1, 28));
    return {
      number,
      id: rowId("allocation", place, number),
      cents: part === parts - 1 ? total - each * (parts - 1) : each,
      planned,
      paid: paidOn(place, line.year, planned, stream.unit(), stream.unit()),
    };
  });
}

/** Within a month where money is paid on time, months later elsewhere; what is not paid in its year is not paid. */
function paidOn(place: Place, year: number, planned: Day, luck: number, wait: number): Day | undefined {
  const late = luck > place.profile.punctuality;
  const paid = planned + Math.floor(late ? 31 + wait * 180 : wait * 30);
  return paid > Math.min(TODAY, dayOf(year, 12, 31)) ? undefined : paid;
}
