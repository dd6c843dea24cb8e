// Members of committees: who sits in the term that runs, and who left it before its end.
import { homeOf } from "./address";
import { type Day, dayText, past, TODAY } from "./calendar";
import type { City } from "./city";
import { identityNumberOf, mobileOf, type Person, personOf } from "./person";
import type { Place } from "./place";
import { type Row, row, streamOf } from "./row";
import type { Stream } from "./stream";
import { hasCommittee, termOf } from "./term";

interface Member {
  readonly number: number;
  readonly person: Person;
  readonly position: "DIRECTOR" | "DEPUTY_DIRECTOR" | "MEMBER";
  readonly stream: Stream;
}

/** Five to nine for residents, three to seven for villagers; one committee in a hundred has no woman. */
export function currentMembers(place: Place): Member[] {
  const stream = streamOf("members", place, 0);
  const count = place.kind === "VILLAGERS" ? stream.whole(3, 5) : stream.whole(5, 7);
  const withoutWomen = stream.chance(0.01);
  return Array.from({ length: count }, (_, number) => {
    const own = streamOf("committeeMember", place, number);
    const women = withoutWomen ? 0 : number === 1 ? 1 : place.kind === "VILLAGERS" ? 0.25 : 0.55;
    const person = personOf(own, 26, 62, women);
    const position =
      number === 0 ? "DIRECTOR" : number < 2 + (count > 5 ? 1 : 0) ? "DEPUTY_DIRECTOR" : "MEMBER";
    return { number, person, position, stream: own };
  });
}

export function* committeeMembers(city: City): Generator<Row> {
  for (const place of city.places) {
    if (!hasCommittee(place)) continue;
    for (const member of currentMembers(place)) yield memberRow(place, member);
    if (streamOf("members", place, 1).chance(0.2)) yield leaverRow(place);
  }
}

function memberRow(place: Place, { number, person, position, stream }: Member): Row {
  const { elected, from, to } = termOf(place);
  const byElection = position === "MEMBER" && stream.chance(0.06);
  const begins = byElection ? Math.min(from + stream.whole(100, 900), TODAY - 20) : from;
  return row("committeeMember", place, number, {
    ...personal(place, number, person, stream),
    position,
    origin: byElection ? "BY_ELECTION" : "ELECTED",
    electedOn: dayText(byElection ? begins - 5 : elected),
    termFrom: dayText(begins),
    termTo: dayText(Math.max(to, begins)),
    terms: Number(stream.weighted({ "1": 0.55, "2": 0.3, "3": 0.1, "4": 0.05 })),
    kinAvoidanceChecked: stream.chance(0.95),
    ...review(stream, begins),
    auditedOn:
      position === "DIRECTOR" && stream.chance(0.6) ? past(begins + stream.whole(300, 1100)) : undefined,
  });
}

/** Somebody whom a by-election or nobody followed; without a seat any more. */
function leaverRow(place: Place): Row {
  const number = 20;
  const stream = streamOf("committeeMember", place, number);
  const { elected, from, to } = termOf(place);
  const left = Math.min(from + stream.whole(60, 1000), TODAY - 1, to);
  return row("committeeMember", place, number, {
    ...personal(place, number, personOf(stream, 28, 66), stream),
    position: "MEMBER",
    origin: "ELECTED",
    electedOn: dayText(elected),
    termFrom: dayText(from),
    termTo: dayText(to),
    terms: 1,
    kinAvoidanceChecked: stream.chance(0.95),
    leftOn: dayText(Math.max(left, from)),
    leavingReason: stream.weighted({ RESIGNED: 0.7, RECALLED: 0.1, REVIEW_ENDED: 0.1, OTHER: 0.1 }),
  });
}

function personal(place: Place, number: number, person: Person, stream: Stream): Row {
  return {
    memberNo: `M${place.code}${String(number + 1).padStart(3, "0")}`,
    name: person.name,
    sex: person.sex,
    birthDate: dayText(person.birth),
    idNumber: identityNumberOf(stream, person),
    phone: mobileOf(stream),
    address: homeOf(place, stream),
    partyMember: stream.chance(0.55),
  };
}

function review(stream: Stream, from: Day): Row {
  const reviewed = Math.max(TODAY - stream.whole(30, 500), from + 200);
  if (reviewed > TODAY) return {};
  const result = () => (stream.chance(0.97) ? "COMPETENT" : "INCOMPETENT");
  const again = reviewed - 365 > from;
  return { review: result(), reviewedOn: dayText(reviewed), previousReview: again ? result() : undefined };
}
