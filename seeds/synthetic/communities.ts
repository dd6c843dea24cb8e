// Communities with the facts that are invented about them, and their households as three or four bureaus count them.

import { type Day, dayOf, dayText, past } from "./calendar";
import type { City } from "./city";
import type { Place } from "./place";
import { type Row, row, streamOf, twoDecimals } from "./row";

const LIFE_CIRCLE = [
  "ELDERLY_CARE",
  "CHILDCARE",
  "MEALS",
  "MEDICAL",
  "SHOPPING",
  "CULTURE_SPORT",
  "POLICING",
];
const PUBLIC_SERVICES = [
  "EMPLOYMENT",
  "SOCIAL_SECURITY",
  "SOCIAL_ASSISTANCE",
  "PUBLIC_HEALTH",
  "CULTURE_EDUCATION_SPORT",
  "LEGAL_AID",
  "FLOATING_POPULATION",
  "PUBLIC_ORDER",
  "ENVIRONMENT",
];
const SERVICES = [
  "ELDERLY_CARE",
  "NURSING",
  "HOUSEKEEPING",
  "LEISURE",
  "FITNESS",
  "CULTURE",
  "TRAINING",
  "RECYCLING",
];
const INFRASTRUCTURE = ["TRANSPORT", "HEALTH", "ENVIRONMENT", "POST_EXPRESS"];

/** The day of the committees' own counts, which `community.households` repeats. */
const COUNTED: Day = dayOf(2026, 6, 30);

export function* communities(city: City): Generator<Row> {
  for (const place of city.places) yield communityRow(place);
}

function communityRow(place: Place): Row {
  const { code, population, households, profile } = place;
  const stream = streamOf("community facts", place, 0);
  const window = stream.chance(0.6 + profile.building * 0.4);
  const rural = place.kind === "VILLAGERS";
  return row("community", place, 0, {
    code,
    name: place.name,
    kind: place.kind,
    urbanRuralClass: place.urbanRuralClass,
    streetNode: `STATISTICS/2023/${place.street.code}`,
    areaContext: place.areaContext,
    population,
    elderlyPopulation: Math.round(population * stream.between(0.1, rural ? 0.34 : 0.26)),
    households,
    householdsKind: "COMMITTEE",
    householdsAsOf: dayText(COUNTED),
    area: twoDecimals(place.area),
    serviceRadius: twoDecimals(Math.max(0.2, Math.sqrt(place.area / Math.PI))),
    residentUnits: Math.round(stream.longTail(rural ? 4 : 18, 0.7)),
    longitude: Number(place.longitude.toFixed(4)),
    latitude: Number(place.latitude.toFixed(4)),
    ...office(place),
    plannedLand: stream.chance(profile.building) ? stream.whole(6, 30) * 100 : 0,
    ...history(place),
    lifeCircle: stream.some(LIFE_CIRCLE, rural ? 0.4 : 0.5 + profile.building * 0.4),
    serviceWindow: window,
    publicServices: window ? stream.some(PUBLIC_SERVICES, 0.7) : undefined,
    communityServices: stream.some(SERVICES, rural ? 0.3 : 0.6),
    ruralInfrastructure: rural ? stream.some(INFRASTRUCTURE, 0.5 + profile.building * 0.4) : undefined,
    grids: Math.max(1, Math.round(households / 280)),
  });
}

/** A community without an office has none, and one whose office is small does not suffice. */
export function office(place: Place): { officeArea: number; officeNeed: string } {
  const stream = streamOf("community office", place, 0);
  if (place.neglected && stream.chance(0.5)) return { officeArea: 0, officeNeed: "MISSING" };
  const officeArea = Math.round(stream.longTail(180 + 320 * place.profile.building, 0.5));
  return { officeArea, officeNeed: officeArea < 150 ? "INSUFFICIENT" : "SUFFICIENT" };
}

function history(place: Place): Row {
  const stream = streamOf("community history", place, 0);
  const established = dayOf(stream.whole(1990, 2019), stream.whole(1, 12), stream.whole(1, 28));
  const changed = stream.chance(0.2);
  const year = stream.whole(2020, 2026);
  return {
    boundaryDecision: `合成划定字〔${dayText(established).slice(0, 4)}〕${stream.whole(1, 120)}号`,
    establishedOn: dayText(established),
    changeKind: changed ? stream.pick(["ADJUST", "RENAME"]) : "ESTABLISH",
    changedOn: changed ? past(dayOf(year, stream.whole(1, 10), stream.whole(1, 28))) : dayText(established),
  };
}

const COUNTS = [
  {
    kind: "REGISTERED",
    steward: "PUBLIC_SECURITY",
    asOf: dayOf(2025, 12, 31),
    ratio: 0.92,
    method: "户籍登记汇总（合成）",
  },
  {
    kind: "FAMILY",
    steward: "STATISTICS",
    asOf: dayOf(2020, 11, 1),
    ratio: 0.96,
    method: "人口普查口径（合成）",
  },
  { kind: "COMMITTEE", steward: "CIVIL_AFFAIRS", asOf: COUNTED, ratio: 1, method: "入户登记（合成）" },
  { kind: "PLANNED", steward: "HOUSING", asOf: dayOf(2024, 12, 31), ratio: 1.08, method: "规划户数（合成）" },
];

export function* householdCounts(city: City): Generator<Row> {
  for (const place of city.places)
    for (const [number, { ratio, asOf, ...count }] of COUNTS.entries()) {
      if (count.kind === "PLANNED" && !isNew(place)) continue;
      const stream = streamOf("householdCount", place, number);
      const value = ratio === 1 ? place.households : place.households * ratio * stream.between(0.9, 1.1);
      yield row("householdCount", place, number, {
        communityCode: place.code,
        ...count,
        value: Math.round(value),
        countedOn: dayText(asOf),
      });
    }
}

/** Where dwellings are new or renewed, and so have a plan. */
export function isNew(place: Place): boolean {
  return place.areaContext === "NEW_RESIDENTIAL" || place.areaContext === "OLD_CITY_RENEWAL";
}
