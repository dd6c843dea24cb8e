// Community workers, the posts of streets into which some were hired, and how many each community should have.

import { homeOf } from "./address";
import { dayOf, dayText, TODAY, yearOf, yearsAfter } from "./calendar";
import type { City } from "./city";
import { identityNumberOf, mobileOf, type Person, personOf } from "./person";
import type { Place } from "./place";
import { type Row, row, rowId, streamOf, yuan } from "./row";
import type { Stream } from "./stream";

interface Worker {
  readonly number: number;
  readonly person: Person;
  readonly hired: number;
  readonly left?: number;
  readonly reason?: string;
}

/** Posts for community workers were opened in these years, one announcement for each street and year. */
export const POST_YEARS = [2022, 2023, 2024, 2025, 2026] as const;

export function workerOf(place: Place, number: number): Worker {
  const stream = streamOf("worker", place, number);
  const person = personOf(stream, 22, 58, 0.72);
  const adult = yearsAfter(person.birth, 20);
  const hired = stream.whole(Math.max(adult, dayOf(2008)), TODAY - 10);
  if (!stream.chance(0.14)) return { number, person, hired };
  const left = stream.whole(Math.max(hired, TODAY - 1500), TODAY);
  const reason = stream.weighted({
    RECRUITED: 0.2,
    RESIGNED: 0.4,
    TRANSFERRED: 0.15,
    RETIRED: 0.1,
    PROMOTED: 0.1,
    DISMISSED: 0.05,
  });
  return { number, person, hired, left, reason };
}

/** The year whose post of the street took the worker, where one did. */
export function recruitedIn({ left, reason }: Worker): number | undefined {
  if (left === undefined || reason !== "RECRUITED") return undefined;
  const year = yearOf(left);
  return POST_YEARS.find((known) => known === year);
}

export function* communityWorkers(city: City): Generator<Row> {
  for (const place of city.places)
    for (let number = 0; number < city.count("communityWorker", place); number++)
      yield workerRow(place, workerOf(place, number));
}

function workerRow(place: Place, worker: Worker): Row {
  const { number, person, hired, left, reason } = worker;
  const stream = streamOf("communityWorker", place, number);
  const year = recruitedIn(worker);
  const post =
    number === 0
      ? "HEAD"
      : number === 1
        ? "DEPUTY"
        : stream.pick(["MEMBER", "GENERAL", "GENERAL", "GRID", "WINDOW"]);
  const grade = Math.min(18, stream.whole(1, 6) + Math.floor((TODAY - hired) / 700));
  return row("communityWorker", place, number, {
    workerNo: `W${place.code}${String(number + 1).padStart(4, "0")}`,
    name: person.name,
    sex: person.sex,
    birthDate: dayText(person.birth),
    idNumber: identityNumberOf(stream, person),
    phone: mobileOf(stream),
    address: homeOf(place, stream),
    education: stream.weighted({
      SENIOR_SECONDARY: 0.14,
      JUNIOR_COLLEGE: 0.44,
      BACHELOR: 0.39,
      POSTGRADUATE: 0.03,
    }),
    post,
    grade,
    employmentKind: stream.weighted({
      CONTRACT: 0.74,
      DISPATCH: 0.12,
      PUBLIC_WELFARE_POST: 0.11,
      PUBLIC_INSTITUTION: 0.03,
    }),
    committeeMember: number < 2 || stream.chance(0.2),
    fullTime: stream.chance(0.94),
    hiredAt: dayText(hired),
    leftAt: left === undefined ? undefined : dayText(left),
    leaveReason: reason,
    recruitmentPostId: year === undefined ? undefined : rowId("recruitmentPost", place.street, year),
    ...certificate(stream, place, number, hired),
    monthlyPay: yuan((2_600 + grade * 190 + stream.whole(-15, 15) * 20) * 100),
    socialInsurance: stream.chance(0.96),
    housingFund: stream.chance(0.8),
    ...progress(stream, hired),
    lawfulBasis: "HUMAN_RESOURCES",
    retentionUntil: dayText(
      left === undefined ? yearsAfter(TODAY, 10) : yearsAfter(left, stream.whole(2, 5)),
    ),
  });
}

/** Registered for three years; some registrations have run out. */
function certificate(stream: Stream, place: Place, number: number, hired: number): Row {
  const kind = stream.weighted({ NONE: 0.62, ASSISTANT: 0.26, SOCIAL_WORKER: 0.115, SENIOR: 0.005 });
  if (kind === "NONE") return { certificate: kind };
  const registered = stream.whole(Math.max(hired - 400, TODAY - 1200), TODAY - 1);
  return {
    certificate: kind,
    certificateNo: `HCSW-${place.code}-${String(number + 1).padStart(4, "0")}`,
    certificateRegisteredAt: dayText(registered),
    certificateValidUntil: dayText(yearsAfter(registered, 3)),
  };
}

function progress(stream: Stream, hired: number): Row {
  const trained = stream.chance(0.85);
  const appraised = hired < dayOf(2025, 7);
  return {
    trainingHours: trained ? stream.whole(8, 96) : 0,
    lastTrainedAt: trained ? dayText(stream.whole(Math.max(hired, TODAY - 500), TODAY)) : undefined,
    appraisal: appraised
      ? stream.weighted({ EXCELLENT: 0.18, COMPETENT: 0.76, BASIC: 0.05, INCOMPETENT: 0.01 })
      : undefined,
    appraisalYear: appraised ? 2025 : undefined,
  };
}
