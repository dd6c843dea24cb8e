// Social organizations: registered ones with credit codes, and groups of neighbours that are only filed or guided.
import { addressOf } from "./address";
import { dayOf, dayText, past, TODAY } from "./calendar";
import { type City, perPlace } from "./city";
import { mobileOf, nameOf } from "./person";
import type { Place } from "./place";
import { type Body, creditCode, filingNumber } from "./register-number";
import { hanzi, type Row, row, rowId, streamOf, yuan } from "./row";
import type { Stream } from "./stream";

const TYPES = ["CHARITY", "LIVING_SERVICE", "COMMUNITY_AFFAIRS", "CULTURE_SPORT"];
const CLASSES = ["LEGAL_RIGHTS", "COMMUNITY_SERVICE", "CULTURE_SPORT", "EDUCATION_TRAINING"];
const FIELDS = [
  "MEDIATION",
  "HEALTH_ELDERLY",
  "EDUCATION",
  "VOLUNTEERING",
  "CHARITY",
  "DISASTER_REDUCTION",
  "RECREATION",
  "CUSTOM_REFORM",
  "MUTUAL_AID",
  "INTEGRATION",
  "RURAL_TECH",
];
const WORDS = [
  "乐龄",
  "邻里",
  "同心",
  "暖阳",
  "书香",
  "和睦",
  "晨光",
  "守望",
  "绿荫",
  "巧手",
  "安居",
  "晋韵",
];
const FORMS: Readonly<Record<string, string>> = {
  ASSOCIATION: "协会",
  SOCIAL_SERVICE_AGENCY: "服务中心",
  FOUNDATION: "社区基金会",
  COMMUNITY_ORGANIZATION: "互助队",
};

/** What other rows need to know of an organization to name it. */
export interface Organization {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly tier: string;
  readonly creditCode: string;
}

/** All organizations of a community; kept, because many rows name one. */
export const organizationsOf = perPlace((city, place): Organization[] =>
  Array.from({ length: city.count("socialOrganization", place) }, (_, number) =>
    makeOrganization(place, number),
  ),
);

function makeOrganization(place: Place, number: number): Organization {
  const stream = streamOf("organization", place, number);
  const rural = place.kind === "VILLAGERS";
  const tier = stream.weighted(
    rural
      ? { REGISTERED: 0.15, STREET_MANAGED: 0.35, COMMITTEE_GUIDED: 0.5 }
      : { REGISTERED: 0.42, STREET_MANAGED: 0.33, COMMITTEE_GUIDED: 0.25 },
  );
  const kind =
    tier === "REGISTERED"
      ? stream.weighted({ ASSOCIATION: 0.38, SOCIAL_SERVICE_AGENCY: 0.6, FOUNDATION: 0.02 })
      : "COMMUNITY_ORGANIZATION";
  return {
    number,
    id: rowId("socialOrganization", place, number),
    name: `合成${place.shortName}${stream.pick(WORDS)}${FORMS[kind]}${hanzi(String(number + 1).padStart(2, "0"))}`,
    kind,
    tier,
    creditCode: tier === "REGISTERED" ? creditCode(kind as Body, place, number) : filingNumber(place, number),
  };
}

/** Any organization of the community, or none where it has none. */
export function operatorFor(city: City, place: Place, stream: Stream): Organization | undefined {
  const all = organizationsOf(city, place);
  return all.length === 0 ? undefined : stream.pick(all);
}

/** A registered organization of the community, the first from a chosen number on. */
export function registeredFor(city: City, place: Place, from: number): Organization | undefined {
  const registered = organizationsOf(city, place).filter(({ tier }) => tier === "REGISTERED");
  return registered[from % registered.length];
}

export function* socialOrganizations(city: City): Generator<Row> {
  for (const place of city.places)
    for (const organization of organizationsOf(city, place)) yield organizationRow(place, organization);
}

function organizationRow(place: Place, organization: Organization): Row {
  const { number, id: _id, ...known } = organization;
  const stream = streamOf("socialOrganization", place, number);
  const registered = known.tier === "REGISTERED";
  return row("socialOrganization", place, number, {
    ...known,
    type: stream.pick(TYPES),
    residentClass: registered ? undefined : stream.pick(CLASSES),
    activityFields: stream.some(FIELDS, 0.22),
    registeredWith: registrar(place, known.tier),
    supervisor: registered && stream.chance(0.6) ? `${place.district.name}民政局` : undefined,
    ...life(stream, registered),
    officeAddress: addressOf(place, stream),
    capital: yuan(capitalOf(stream, known.kind)),
    ...members(stream, known.kind),
    partyBranch: registered && stream.chance(0.35),
    charity: known.kind === "FOUNDATION" || (registered && stream.chance(0.08)),
    communityFoundation: known.kind === "FOUNDATION",
    grade: registered
      ? stream.weighted({ A5: 0.03, A4: 0.08, A3: 0.2, A2: 0.05, A1: 0.02, NONE: 0.62 })
      : "NONE",
    headName: nameOf(stream),
    contactName: nameOf(stream),
    contactPhone: mobileOf(stream),
  });
}

function registrar(place: Place, tier: string): string {
  if (tier === "REGISTERED") return `${place.district.name}民政局`;
  return tier === "STREET_MANAGED" ? `${place.street.name}（备案）` : place.name;
}

function life(stream: Stream, registered: boolean): Row {
  const founded = dayOf(stream.whole(2006, 2026), stream.whole(1, 9), stream.whole(1, 28));
  const recorded = founded + stream.whole(0, 40);
  const state = stream.weighted({ ACTIVE: 0.9, SUSPENDED: 0.05, DISSOLVED: 0.04, REVOKED: 0.01 });
  const ended = state === "DISSOLVED" || state === "REVOKED";
  return {
    state,
    foundedAt: dayText(founded),
    registeredAt: registered ? past(recorded) : undefined,
    filedAt: registered ? undefined : past(recorded),
    // Some run out without being renewed.
    certificateValidUntil: registered
      ? dayText(Math.max(recorded, TODAY + stream.whole(-200, 1400)))
      : undefined,
    dissolvedAt: ended ? dayText(stream.whole(recorded, Math.max(recorded, TODAY))) : undefined,
  };
}

function capitalOf(stream: Stream, kind: string): number {
  switch (kind) {
    case "FOUNDATION":
      return stream.whole(200, 800) * 1_000_000;
    case "ASSOCIATION":
      return stream.whole(3, 20) * 1_000_000;
    case "SOCIAL_SERVICE_AGENCY":
      return stream.whole(2, 50) * 1_000_000;
    default:
      return 0;
  }
}

function members(stream: Stream, kind: string): Row {
  const association = kind === "ASSOCIATION";
  return {
    memberCount: association ? stream.whole(42, 260) : Math.round(stream.longTail(14, 0.6)),
    unitMemberCount: association ? stream.whole(0, 24) : undefined,
    staffCount: kind === "COMMUNITY_ORGANIZATION" ? 0 : Math.round(stream.longTail(4, 0.7)),
  };
}
