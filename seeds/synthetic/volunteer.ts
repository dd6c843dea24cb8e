// Who a volunteer is and on which days the volunteer served: what the rows of both datasets are made of.
import { ageAt, type Day, dayOf, TODAY, yearsAfter } from "./calendar";
import type { City } from "./city";
import { type Person, personOf } from "./person";
import type { Place } from "./place";
import { streamOf } from "./row";
import type { Stream } from "./stream";

/** What a record of service needs to know of its volunteer. */
export interface Volunteer {
  readonly number: number;
  readonly person: Person;
  readonly age: number;
  readonly registered: Day;
  /** Last day in the register, or the day that the city stands still. */
  readonly until: Day;
  readonly state: "ACTIVE" | "SUSPENDED" | "LEFT";
  readonly consent: Consent;
}

interface Consent {
  readonly state: "GRANTED" | "WITHDRAWN" | "NONE";
  /** Of a child's guardian; empty where nobody asked, or the volunteer is 14 or older. */
  readonly guardian?: "GRANTED" | "WITHDRAWN" | "NONE";
}

export function volunteerOf(place: Place, number: number): Volunteer {
  const stream = streamOf("volunteer", place, number);
  const [least, most] =
    AGES[stream.weighted({ child: 0.025, youth: 0.055, young: 0.34, middle: 0.33, old: 0.25 })];
  const person = personOf(stream, least, most, 0.57);
  const age = ageAt(person.birth);
  const earliest = Math.max(dayOf(2015), yearsAfter(person.birth, 8));
  const registered = earliest + Math.floor(stream.unit() ** 0.6 * (TODAY - 5 - earliest));
  const state = stream.weighted({ ACTIVE: 0.86, SUSPENDED: 0.06, LEFT: 0.08 });
  const until = state === "LEFT" ? stream.whole(registered, TODAY) : TODAY;
  const trust = place.profile.trust;
  const consent = stream.weighted({ GRANTED: trust, WITHDRAWN: 0.05, NONE: 1 - trust });
  const guardian =
    age < 14
      ? GUARDIANS[stream.weighted({ granted: 0.6, none: 0.22, withdrawn: 0.05, unasked: 0.13 })]
      : undefined;
  return { number, person, age, registered, until, state, consent: { state: consent, guardian } };
}

const AGES = { child: [9, 13], youth: [14, 17], young: [18, 35], middle: [36, 59], old: [60, 79] } as const;
const GUARDIANS = { granted: "GRANTED", none: "NONE", withdrawn: "WITHDRAWN", unasked: undefined } as const;

export interface Service {
  readonly number: number;
  readonly day: Day;
  readonly hours: number;
  readonly stream: Stream;
}

const MOST = 2;

/** In the city a fifth have two, a quarter one; in a small hub more of the few volunteers have some. */
export function servicesOf(city: City, place: Place, volunteer: Volunteer): Service[] {
  const stream = streamOf("services", place, volunteer.number);
  const chance = stream.unit();
  const often = city.scale === "city" ? 0.2 : 0.5;
  const count = chance < often ? 2 : chance < often + 0.25 ? 1 : 0;
  const days = volunteer.until - volunteer.registered;
  if (days < MOST) return [];
  return Array.from({ length: count }, (_, k) => {
    const number = volunteer.number * MOST + k;
    const own = streamOf("volunteerRecord", place, number);
    const half = Math.floor(days / MOST);
    const day = volunteer.registered + k * half + own.whole(0, half - 1);
    return {
      number,
      day,
      hours: Math.min(9, Math.max(0.5, Math.round(own.longTail(2.2, 0.5) * 2) / 2)),
      stream: own,
    };
  });
}
