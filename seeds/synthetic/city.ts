// How many rows each community gets in each dataset: the three sizes in which the synthetic city is built.
import type { Division } from "../data";
import { type Place, placesOf } from "./place";

export const SCALES = ["test", "demo", "city"] as const;
/** `test`: eight communities of two streets; `demo`: a few rows in every community; `city`: as many as a city has. */
export type Scale = (typeof SCALES)[number];

/** Datasets whose sizes are chosen; the others follow from these. */
export const SIZED = [
  "facility",
  "socialOrganization",
  "volunteer",
  "communityWorker",
  "serviceProject",
  "volunteerStation",
  "donation",
] as const;
export type Sized = (typeof SIZED)[number];

/** At least so many in each community, and so many in all; `each` for the mean of a community. */
interface Size {
  readonly least: number;
  readonly total?: number;
  readonly each?: number;
}

const SIZES: Readonly<Record<Scale, Readonly<Record<Sized, Size>>>> = {
  test: {
    facility: { least: 2, each: 4 },
    socialOrganization: { least: 2, each: 4 },
    volunteer: { least: 8, each: 16 },
    communityWorker: { least: 3, each: 6 },
    serviceProject: { least: 1, each: 2 },
    volunteerStation: { least: 1, each: 1 },
    donation: { least: 1, each: 3 },
  },
  demo: {
    facility: { least: 1, each: 3 },
    socialOrganization: { least: 1, each: 2 },
    volunteer: { least: 3, each: 5 },
    communityWorker: { least: 2, each: 3 },
    serviceProject: { least: 1, each: 1 },
    volunteerStation: { least: 1, each: 1 },
    donation: { least: 0, each: 1 },
  },
  city: {
    facility: { least: 3, total: 16_000 },
    socialOrganization: { least: 1, total: 6_000 },
    volunteer: { least: 20, total: 500_000 },
    communityWorker: { least: 3, total: 15_000 },
    serviceProject: { least: 1, each: 8 },
    volunteerStation: { least: 1, each: 1.5 },
    donation: { least: 1, each: 4 },
  },
};

/** How money is cut into rows: transactions in all, or for each allocation that was paid. */
export interface MoneySize {
  readonly allocations: number;
  readonly transactions: { readonly total: number } | { readonly perAllocation: number };
  /** Every kind of budget line in every year, or the few that a small hub needs. */
  readonly everyLine: boolean;
}

export const MONEY: Readonly<Record<Scale, MoneySize>> = {
  test: { allocations: 2, transactions: { perAllocation: 2 }, everyLine: true },
  demo: { allocations: 1, transactions: { perAllocation: 1 }, everyLine: false },
  city: { allocations: 4, transactions: { total: 1_000_000 }, everyLine: true },
};

export interface City {
  readonly scale: Scale;
  readonly places: readonly Place[];
  readonly money: MoneySize;
  count(dataset: Sized, place: Place): number;
}

/** Two streets of 小店区, one of residents' and one of villagers' committees, four communities of each. */
const TEST_STREETS = ["140105001", "140105100"];

export function cityOf(scale: Scale, divisions: readonly Division[]): City {
  const all = placesOf(divisions);
  const inStreet = (street: string) => all.filter(({ code }) => code.startsWith(street)).slice(0, 4);
  const places = scale === "test" ? TEST_STREETS.flatMap(inStreet) : all;
  const counts = new Map<Sized, Map<string, number>>();
  for (const [dataset, size] of Object.entries(SIZES[scale]) as [Sized, Size][])
    counts.set(dataset, shareOut(places, dataset, size));
  return {
    scale,
    places,
    money: MONEY[scale],
    count: (dataset, { code }) => counts.get(dataset)?.get(code) ?? 0,
  };
}

function shareOut(places: readonly Place[], dataset: Sized, { least, total, each = 0 }: Size) {
  const takes = places.map((place) => !(dataset === "facility" && place.neglected));
  const minimum = takes.map((takesPart) => (takesPart ? least : 0));
  const rest = (total ?? Math.round(each * places.length)) - minimum.reduce((sum, n) => sum + n, 0);
  const extra = apportion(
    Math.max(0, rest),
    places.map((place, i) => (takes[i] ? place.population : 0)),
  );
  return new Map(places.map(({ code }, i) => [code, (minimum[i] ?? 0) + (extra[i] ?? 0)]));
}

/** Whole numbers in proportion to the weights, whose sum is exactly the total. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let weight = 0;
  let given = 0;
  return weights.map((own) => {
    weight += own;
    const due = all === 0 ? 0 : Math.floor((total * weight) / all + 1e-9);
    const share = due - given;
    given = due;
    return share;
  });
}

/** Makes something of each community once and keeps it as long as the city is in use. */
export function perPlace<T>(make: (city: City, place: Place) => T): (city: City, place: Place) => T {
  const cities = new WeakMap<City, Map<Place, T>>();
  return (city, place) => {
    let known = cities.get(city);
    if (!known) {
      known = new Map();
      cities.set(city, known);
    }
    let made = known.get(place);
    if (made === undefined) {
      made = make(city, place);
      known.set(place, made);
    }
    return made;
  };
}
