// Records of service: none, one or two for a volunteer, on different days within the time in the register.

import { type Day, dayText, yearsAfter } from "./calendar";
import type { City } from "./city";
import type { Place } from "./place";
import { type Row, row, rowId } from "./row";
import { projectIdOf } from "./service-projects";
import type { Stream } from "./stream";
import { type Service, servicesOf, type Volunteer, volunteerOf } from "./volunteer";
import { SERVICE_KINDS, stationIdOf } from "./volunteer-stations";

export function* volunteerRecords(city: City): Generator<Row> {
  for (const place of city.places)
    for (let number = 0; number < city.count("volunteer", place); number++) {
      const volunteer = volunteerOf(place, number);
      for (const record of servicesOf(city, place, volunteer))
        yield recordRow(city, place, volunteer, record);
    }
}

function recordRow(city: City, place: Place, volunteer: Volunteer, record: Service): Row {
  const { number, day, hours, stream } = record;
  const begins = stream.whole(16, 28); // half hours after midnight
  const certified = stream.chance(0.06);
  return row("volunteerRecord", place, number, {
    recordNo: `R${place.code}${String(number + 1).padStart(6, "0")}`,
    volunteerId: rowId("volunteer", place, volunteer.number),
    projectId: stream.chance(0.4) ? projectIdOf(city, place, stream) : undefined,
    stationId: stationIdOf(city, place, number),
    serviceKind: stream.pick(SERVICE_KINDS),
    startedAt: clock(day, begins),
    endedAt: clock(day, begins + hours * 2),
    hours,
    ...outcome(stream),
    state: stream.weighted({ REGISTERED: 0.2, VERIFIED: 0.74, CORRECTED: 0.04, REJECTED: 0.02 }),
    verifiedAt: stream.chance(0.78) ? dayText(day) : undefined,
    certificateNo: certified ? `HC-${place.code}-${stream.digits(6)}` : undefined,
    certificateIssuedAt: certified ? dayText(day) : undefined,
    consent: consentFor(volunteer),
    lawfulBasis: "CONSENT",
    retentionUntil: dayText(yearsAfter(day, 5)),
  });
}

function outcome(stream: Stream): Row {
  return {
    recipientKind: stream.weighted({
      RESIDENTS: 0.35,
      ELDERLY: 0.25,
      MINORS: 0.12,
      DISABLED: 0.05,
      HARDSHIP: 0.06,
      FLOATING: 0.02,
      PUBLIC_SPACE: 0.15,
    }),
    recipientCount: Math.max(1, Math.round(stream.longTail(6, 0.9))),
    insured: stream.chance(0.5),
    evaluation: stream.chance(0.6)
      ? stream.weighted({ EXCELLENT: 0.45, GOOD: 0.42, FAIR: 0.11, POOR: 0.02 })
      : undefined,
  };
}

/** Of the volunteer, or of a child's guardian: the stricter of both. */
function consentFor({ age, consent }: Volunteer): string {
  if (age >= 14 || consent.state !== "GRANTED") return consent.state;
  return consent.guardian ?? "NONE";
}

function clock(day: Day, halfHours: number): string {
  const hour = String(Math.floor(halfHours / 2)).padStart(2, "0");
  return `${dayText(day)}T${hour}:${halfHours % 2 === 1 ? "30" : "00"}:00+08:00`;
}
