// Volunteers: many young and many old, few with many hours; some do not consent, and some children's guardians do not.

import { homeOf } from "./address";
import { dayText, TODAY, yearsAfter } from "./calendar";
import type { City } from "./city";
import { identityNumberOf, mobileOf, nameOf } from "./person";
import type { Place } from "./place";
import { type Row, row, streamOf, twoDecimals } from "./row";
import type { Stream } from "./stream";
import { type Service, servicesOf, type Volunteer, volunteerOf } from "./volunteer";
import { SERVICE_KINDS, stationIdOf } from "./volunteer-stations";

const SKILLS = [
  "MEDICAL",
  "LEGAL",
  "COUNSELLING",
  "TEACHING",
  "ARTS",
  "SPORT",
  "REPAIR",
  "HAIRDRESSING",
  "COOKING",
  "DRIVING",
  "IT",
  "LANGUAGE",
  "RESCUE",
  "ELDER_CARE",
];

export function* volunteers(city: City): Generator<Row> {
  for (const place of city.places)
    for (let number = 0; number < city.count("volunteer", place); number++)
      yield volunteerRow(city, place, volunteerOf(place, number));
}

export function volunteerNo(place: Place, number: number): string {
  return `V${place.code}${String(number + 1).padStart(5, "0")}`;
}

function volunteerRow(city: City, place: Place, volunteer: Volunteer): Row {
  const { number, person, age, registered, until, state } = volunteer;
  const stream = streamOf("volunteer facts", place, number);
  const left = state === "LEFT";
  return row("volunteer", place, number, {
    volunteerNo: volunteerNo(place, number),
    name: person.name,
    sex: person.sex,
    birthDate: dayText(person.birth),
    idNumber: identityNumberOf(stream, person),
    phone: mobileOf(stream),
    address: homeOf(place, stream),
    skills: stream.chance(0.4) ? stream.some(SKILLS, 0.12) : ["GENERAL"],
    qualification: stream.chance(0.04) ? "合成专业资格证书" : undefined,
    serviceWishes: stream.some(SERVICE_KINDS, 0.25),
    serviceTime: stream.pick(["工作日晚间", "周末", "周末上午", "工作日白天", "随时"]),
    emergencyTeam: age >= 18 ? stream.chance(0.05) : stream.chance(0.004),
    registeredAt: dayText(registered),
    state,
    leftAt: left ? dayText(until) : undefined,
    stationId: stream.chance(0.8) ? stationIdOf(city, place, number) : undefined,
    ...service(stream, servicesOf(city, place, volunteer), volunteer),
    ...training(stream, volunteer),
    ...consentOf(stream, volunteer),
    ...guardianOf(stream, volunteer),
    lawfulBasis: "CONSENT",
    retentionUntil: dayText(
      left ? yearsAfter(until, stream.whole(0, 3)) : yearsAfter(TODAY, stream.whole(1, 5)),
    ),
  });
}

/** Hours are long-tailed, and never less than what the records say. */
function service(stream: Stream, records: readonly Service[], { registered, until }: Volunteer): Row {
  const recorded = records.reduce((sum, { hours }) => sum + hours, 0);
  const years = Math.max(0.1, (until - registered) / 365);
  const idle = records.length === 0 && stream.chance(0.3);
  const before = idle ? 0 : Math.min(stream.longTail(9 * years, 1.1), 400 * years);
  const hours = twoDecimals(recorded + Math.round(before * 2) / 2);
  const latest = records.reduce((day, record) => Math.max(day, record.day), 0);
  const insured = stream.chance(0.45);
  return {
    totalHours: hours,
    serviceCount: hours === 0 ? 0 : Math.max(records.length, Math.ceil(hours / stream.between(2, 4))),
    lastServedAt: hours === 0 ? undefined : dayText(latest || stream.whole(registered, until)),
    starRating: STARS.filter((least) => hours >= least).length,
    insured,
    insuranceNo: insured ? `HCBX${stream.digits(10)}` : undefined,
    insuredUntil: insured ? dayText(TODAY + stream.whole(-120, 420)) : undefined,
  };
}

const STARS = [100, 300, 600, 1000, 1500];

function training(stream: Stream, { registered, until }: Volunteer): Row {
  const trained = stream.chance(0.55);
  const rated = stream.chance(0.5);
  const awarded = stream.chance(0.07);
  return {
    trainingHours: trained ? Math.round(stream.longTail(6, 0.7)) : 0,
    lastTrainedAt: trained ? dayText(stream.whole(registered, until)) : undefined,
    trainingSummary: trained && stream.chance(0.3) ? "合成：参加志愿者基础培训" : undefined,
    awardCount: awarded ? stream.whole(1, 3) : 0,
    awardSummary: awarded ? "合成：社区优秀志愿者" : undefined,
    evaluationScore: rated ? Math.min(5, Math.round((4.5 + stream.normal() * 0.4) * 10) / 10) : undefined,
    evaluationCount: rated ? stream.whole(1, 12) : 0,
    evaluationSummary: rated && stream.chance(0.2) ? "合成：服务认真" : undefined,
  };
}

function consentOf(stream: Stream, { consent, registered, until }: Volunteer): Row {
  const asked = consent.state !== "NONE";
  const given = stream.whole(registered, Math.min(registered + 60, until));
  return {
    consent: consent.state,
    consentAt: asked ? dayText(given) : undefined,
    withdrawnAt: consent.state === "WITHDRAWN" ? dayText(stream.whole(given, TODAY)) : undefined,
    consentScope: asked ? "姓名、联系方式、服务技能和服务时间" : undefined,
    consentPurposes: asked ? "志愿服务组织和匹配" : undefined,
  };
}

function guardianOf(stream: Stream, { age, consent, registered }: Volunteer): Row {
  if (age >= 18) return {};
  return {
    guardianName: nameOf(stream),
    guardianPhone: mobileOf(stream),
    guardianRelation: stream.weighted({ PARENT: 0.86, GRANDPARENT: 0.12, OTHER: 0.02 }),
    guardianConsent: consent.guardian,
    guardianConsentAt:
      consent.guardian === "GRANTED" || consent.guardian === "WITHDRAWN" ? dayText(registered) : undefined,
  };
}
