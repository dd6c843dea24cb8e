// Committees: terms of five years of which some have run out, seats, meetings, audits and disclosures of which some are late.
import { addressOf } from "./address";
import { dayOf, dayText, past, TODAY } from "./calendar";
import type { City } from "./city";
import { currentMembers } from "./committee-members";
import { office } from "./communities";
import { officePhoneOf } from "./person";
import type { Place } from "./place";
import { type Row, row, streamOf } from "./row";
import type { Stream } from "./stream";
import { committeeCode, committeeName, hasCommittee, termOf } from "./term";

export function* committees(city: City): Generator<Row> {
  for (const place of city.places) if (hasCommittee(place)) yield committeeRow(place);
}

function committeeRow(place: Place): Row {
  const stream = streamOf("committee", place, 0);
  const villagers = place.kind === "VILLAGERS";
  const members = currentMembers(place);
  const { elected, from, to } = termOf(place);
  return row("committee", place, 0, {
    code: place.code,
    creditCode: stream.chance(0.96) ? committeeCode(place) : undefined,
    name: committeeName(place),
    kind: place.kind,
    establishedOn: dayText(dayOf(stream.whole(1990, 2019), stream.whole(1, 12), stream.whole(1, 28))),
    establishedBy: `合成设立字〔${stream.whole(1990, 2019)}〕${stream.whole(1, 90)}号`,
    director: members.find(({ position }) => position === "DIRECTOR")?.person.name,
    partyBranch: `${place.shortName}党支部（合成）`,
    termFrom: dayText(from),
    termTo: dayText(to),
    seats: members.length + (stream.chance(0.12) ? 1 : 0),
    womenMembers: members.filter(({ person }) => person.sex === "FEMALE").length,
    voterListOn: dayText(elected - (stream.chance(0.95) ? stream.whole(20, 30) : stream.whole(8, 19))),
    electedOn: dayText(elected),
    handedOverOn: past(elected + (stream.chance(0.94) ? stream.whole(1, 10) : stream.whole(11, 40))),
    households: place.households,
    ...representatives(stream, place),
    ...oversight(stream, place),
    ...disclosures(stream, place),
    charterKind: villagers ? "VILLAGE_RULES" : "RESIDENTS_PACT",
    charterFiledOn: stream.chance(0.9) ? past(from + stream.whole(30, 300)) : undefined,
    deliberationForms: stream.some(["COUNCIL", "HEARING", "TALK"], 0.6),
    duties: stream.some(["PUBLIC_SERVICE", "PUBLIC_ADMINISTRATION", "PUBLIC_SAFETY"], 0.9),
    ...officeOf(stream, place),
  });
}

/** One of 20 to 50 households of residents, of 5 to 15 of villagers. */
function representatives(stream: Stream, place: Place): Row {
  const villagers = place.kind === "VILLAGERS";
  const count = Math.max(
    15,
    Math.round(place.households / stream.whole(villagers ? 5 : 20, villagers ? 15 : 50)),
  );
  const lateMeeting = stream.chance((1 - place.profile.openness) * 0.5);
  const interval = villagers ? 90 : 180;
  return {
    representatives: count,
    womenRepresentatives: Math.round(count * stream.between(0.3, 0.6)),
    representativesMetOn: dayText(TODAY - stream.whole(1, lateMeeting ? interval * 3 : interval - 10)),
    assemblyMetOn: villagers ? dayText(TODAY - stream.whole(20, lateMeeting ? 700 : 350)) : undefined,
  };
}

function oversight(stream: Stream, place: Place): Row {
  const exists = stream.chance(0.94);
  const villagers = place.kind === "VILLAGERS";
  const late = stream.chance((1 - place.profile.openness) * 0.5);
  return {
    hasOversight: exists,
    oversightCommittee: exists
      ? `${place.shortName}${villagers ? "村" : "居"}务监督委员会（合成）`
      : undefined,
    oversightMembers: exists ? stream.whole(3, 5) : undefined,
    reviewedOn: dayText(TODAY - stream.whole(30, late ? 800 : 350)),
    directorAuditedOn: stream.chance(0.7) ? dayText(TODAY - stream.whole(60, 1200)) : undefined,
  };
}

function disclosures(stream: Stream, place: Place): Row {
  const open = stream.chance(place.profile.openness);
  return {
    disclosedOn: dayText(TODAY - stream.whole(1, open ? 90 : 400)),
    financesDisclosedOn: dayText(TODAY - stream.whole(1, open ? 95 : 500)),
  };
}

function officeOf(stream: Stream, place: Place): Row {
  return {
    officeAddress: addressOf(place, stream),
    officeArea: office(place).officeArea,
    officePhone: officePhoneOf(stream),
    liaisonStation: stream.chance(0.25),
    legislativeContact: stream.chance(0.04),
    legalAdvisers: stream.chance(0.9) ? stream.whole(1, 2) : 0,
    mediators: stream.whole(2, 9),
    cultureFacilities: stream.some(["NOTICE_BOARD", "SCREEN"], 0.6),
    emergencyTeam: stream.chance(0.6),
  };
}
