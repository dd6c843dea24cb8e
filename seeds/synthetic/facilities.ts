// Facilities: kinds, ways of provision, land and floor area; some fall below what Art. 17 asks for, so that rules find them.
import { addressOf } from "./address";
import { dayOf, dayText, past, TODAY } from "./calendar";
import type { City } from "./city";
import type { Place } from "./place";
import { facilityCode, projectCode, provisionMode } from "./provision";
import { creditCode, enterpriseOf } from "./register-number";
import { type Row, row, streamOf, twoDecimals } from "./row";
import { operatorFor } from "./social-organizations";
import type { Stream } from "./stream";

const NAMES: Readonly<Record<string, string>> = {
  OFFICE: "办公用房",
  ACTIVITY_VENUE: "居民活动站",
  PARTY_MASS_SERVICE_CENTER: "党群服务中心",
  HEALTH_CENTER: "卫生服务中心",
  HEALTH_STATION: "卫生服务站",
  ELDERLY_CARE_CENTER: "养老服务中心",
  OTHER_MULTIFUNCTIONAL: "邻里综合服务站",
};
/** The kinds that a community has first; the rest come as they may. */
const FIRST_KINDS = ["PARTY_MASS_SERVICE_CENTER", "ACTIVITY_VENUE", "ELDERLY_CARE_CENTER", "HEALTH_STATION"];
const FLOOR: Readonly<Record<string, number>> = {
  OFFICE: 220,
  ACTIVITY_VENUE: 420,
  PARTY_MASS_SERVICE_CENTER: 650,
  HEALTH_CENTER: 1500,
  HEALTH_STATION: 260,
  ELDERLY_CARE_CENTER: 900,
  OTHER_MULTIFUNCTIONAL: 500,
};
const SERVICES = ["CULTURE", "EDUCATION", "SCIENCE", "SPORT", "HEALTH", "ENVIRONMENT", "LEGAL", "SAFETY"];
const LIFE_CIRCLE = [
  "ELDERLY_CARE",
  "CHILDCARE",
  "MEALS",
  "MEDICAL",
  "SHOPPING",
  "CULTURE_SPORT",
  "POLICING",
];
const BUILT = ["NEW_BUILD", "RECONSTRUCTION", "EXPANSION"];

export function* facilities(city: City): Generator<Row> {
  for (const place of city.places)
    for (let number = 0; number < city.count("facility", place); number++)
      yield facilityRow(city, place, number);
}

export function facilityRow(city: City, place: Place, number: number): Row {
  const stream = streamOf("facility", place, number);
  const kind = FIRST_KINDS[number] ?? stream.pick(Object.keys(NAMES));
  const mode = provisionMode(place, number);
  return row("facility", place, number, {
    code: facilityCode(place, number),
    name: `${place.shortName}${NAMES[kind]}（合成${number + 1}）`,
    kind,
    provisionMode: mode,
    areaContext: place.areaContext,
    services: stream.some(SERVICES, 0.4),
    lifeCircle: stream.some(LIFE_CIRCLE, 0.3),
    ...areas(stream, place, kind, mode),
    ...ownership(stream, place),
    ...life(stream, mode),
    projectCode: mode === "PROJECT_ANCILLARY" ? projectCode(place, 0) : undefined,
    ...operation(stream, city, place),
    capacity: stream.whole(2, 40) * 10,
    openingHours: stream.pick(["周一至周日 08:00–20:00", "周一至周五 08:30–18:00", "周一至周六 09:00–21:00"]),
    address: addressOf(place, stream),
    longitude: Number((place.longitude + stream.between(-0.004, 0.004)).toFixed(4)),
    latitude: Number((place.latitude + stream.between(-0.004, 0.004)).toFixed(4)),
  });
}

/** What was built should stand on 1,000 m² of land; where a district builds less well, more of it does not. */
function areas(stream: Stream, place: Place, kind: string, mode: string): Row {
  const buildingArea = twoDecimals(
    stream.longTail((FLOOR[kind] ?? 400) * (0.6 + place.profile.building), 0.4),
  );
  const short = stream.chance((1 - place.profile.building) * 0.4);
  const landArea = BUILT.includes(mode)
    ? short
      ? stream.between(300, 990)
      : stream.between(1000, 3200)
    : buildingArea * stream.between(0.4, 1.1);
  return {
    landArea: twoDecimals(landArea),
    buildingArea,
    activityArea: twoDecimals(buildingArea * stream.between(0.35, 0.85)),
  };
}

function ownership(stream: Stream, place: Place): Row {
  const rural = place.kind === "VILLAGERS";
  const owner = stream.weighted(
    rural
      ? { COLLECTIVE: 0.8, STATE: 0.12, UNIT: 0, PRIVATE: 0.03, UNCLEAR: 0.05 }
      : { STATE: 0.66, COLLECTIVE: 0.04, UNIT: 0.12, PRIVATE: 0.1, UNCLEAR: 0.08 },
  );
  const investor = stream.weighted(
    rural
      ? { GOVERNMENT: 0.5, COLLECTIVE_ECONOMY: 0.4, SOCIAL_CAPITAL: 0.1, DEVELOPER: 0, RESIDENT_UNIT: 0 }
      : { GOVERNMENT: 0.6, COLLECTIVE_ECONOMY: 0, SOCIAL_CAPITAL: 0.08, DEVELOPER: 0.22, RESIDENT_UNIT: 0.1 },
  );
  const enterprise = enterpriseOf(place, stream.whole(0, 39));
  return {
    ownership: owner,
    ownerName: owner === "COLLECTIVE" ? `${place.shortName}股份经济合作社（合成）` : undefined,
    ownerCreditCode: owner === "COLLECTIVE" ? creditCode("COLLECTIVE", place, 0) : undefined,
    titleNo: stream.chance(0.7)
      ? `合成晋（${stream.whole(2008, 2026)}）不动产权第${stream.digits(7)}号`
      : undefined,
    inSpatialPlan: stream.chance(0.55 + place.profile.building * 0.4),
    investor,
    investorName: investor === "DEVELOPER" || investor === "SOCIAL_CAPITAL" ? enterprise.name : undefined,
  };
}

/** Approval, opening, closing; a lease or loan has its own dates, of which some have run out. */
function life(stream: Stream, mode: string): Row {
  const approved = dayOf(stream.whole(2008, 2026), stream.whole(1, 9), stream.whole(1, 28));
  const opened = approved + stream.whole(30, 900);
  const closes = opened < TODAY - 400 && stream.chance(0.02);
  const status = closes
    ? "CLOSED"
    : opened > TODAY
      ? stream.pick(["PLANNED", "UNDER_CONSTRUCTION"])
      : stream.chance(0.02)
        ? "SUSPENDED"
        : "IN_USE";
  const lent = mode === "LEASE" || mode === "BORROWING";
  const lentFrom = Math.min(opened - 10, TODAY - 30);
  return {
    status,
    approvedOn: past(approved),
    openedAt: past(opened),
    closedAt: closes ? dayText(stream.whole(opened + 300, TODAY - 10)) : undefined,
    occupiedFrom: lent ? dayText(lentFrom) : undefined,
    occupiedTo: lent ? dayText(lentFrom + 365 * stream.whole(1, 15)) : undefined,
  };
}

function operation(stream: Stream, city: City, place: Place): Row {
  const supplyMode = stream.weighted({
    PUBLIC_BUILT_PRIVATE_RUN: 0.2,
    PRIVATE_RUN_PUBLIC_AIDED: 0.08,
    GOVERNMENT_PURCHASE: 0.3,
    PPP: 0.02,
    RESIDENT_VOLUNTEERING: 0.3,
    DONATION: 0.1,
  });
  const operator = stream.chance(0.35) ? operatorFor(city, place, stream) : undefined;
  return {
    supplyMode,
    operatorName: operator?.name,
    operatorCreditCode: operator?.creditCode,
    freeForOrganizations: stream.chance(0.4),
  };
}
