// Residential projects: dwellings and their facilities step by step; some facilities come too small or too late.
import { addressOf } from "./address";
import { type Day, dayOf, dayText, past, TODAY } from "./calendar";
import type { City } from "./city";
import { isNew } from "./communities";
import type { Place } from "./place";
import { projectCode } from "./provision";
import { enterpriseOf } from "./register-number";
import { type Row, row, streamOf, twoDecimals } from "./row";
import type { Stream } from "./stream";

export function* residentialProjects(city: City): Generator<Row> {
  for (const place of city.places) if (isNew(place)) yield projectRow(place);
}

function projectRow(place: Place): Row {
  const stream = streamOf("residentialProject", place, 0);
  const developer = enterpriseOf(place, stream.whole(0, 39));
  const approved = dayOf(stream.whole(2015, 2023), stream.whole(1, 12), stream.whole(1, 28));
  const dwellings = stepsFrom(stream, approved, 0);
  const facilities = stepsFrom(stream, approved, stream.chance(0.2) ? stream.whole(60, 400) : -20);
  const households = Math.max(80, Math.round(place.households * stream.between(0.3, 0.7)));
  const planned =
    households * 0.3 * (stream.chance(0.85) ? stream.between(1, 1.6) : stream.between(0.5, 0.98));
  const state = stateOf(dwellings);
  return row("residentialProject", place, 0, {
    code: projectCode(place, 0),
    name: `${place.shortName}合成花园${stream.whole(1, 9)}期`,
    areaContext: place.areaContext,
    state,
    developer: developer.name,
    developerCreditCode: developer.creditCode,
    planningPermit: `合成建字第${place.code.slice(0, 6)}${stream.digits(8)}号`,
    households,
    plannedFacilityArea: twoDecimals(planned),
    builtFacilityArea: past(facilities.built) ? twoDecimals(planned * stream.between(0.85, 1.05)) : undefined,
    approvedOn: dayText(approved),
    facilityDesignedOn: past(facilities.designed),
    facilityBuiltOn: past(facilities.built),
    facilityAcceptedOn: past(facilities.accepted),
    facilityHandedOverOn: past(facilities.handedOver),
    dwellingsDesignedOn: past(dwellings.designed),
    dwellingsBuiltOn: past(dwellings.built),
    dwellingsAcceptedOn: past(dwellings.accepted),
    dwellingsHandedOverOn: past(dwellings.handedOver),
    acceptanceInvitees: past(facilities.accepted) ? invitees(stream) : undefined,
    handedOver: facilities.handedOver <= TODAY,
    address: addressOf(place, stream),
  });
}

interface Steps {
  readonly designed: Day;
  readonly built: Day;
  readonly accepted: Day;
  readonly handedOver: Day;
}

function stepsFrom(stream: Stream, approved: Day, delay: number): Steps {
  const designed = approved + Math.max(30, 150 + delay) + stream.whole(0, 60);
  const built = designed + stream.whole(500, 900);
  const accepted = built + stream.whole(20, 90);
  return { designed, built, accepted, handedOver: accepted + stream.whole(10, 120) };
}

function stateOf({ designed, built, accepted, handedOver }: Steps): string {
  if (handedOver <= TODAY) return "HANDED_OVER";
  if (accepted <= TODAY || built <= TODAY) return "ACCEPTED";
  return designed <= TODAY ? "UNDER_CONSTRUCTION" : "DESIGNED";
}

/** Civil affairs must be among them, and in a tenth of the projects is not. */
function invitees(stream: Stream): string[] {
  const others = stream.some(["HOUSING", "PLANNING", "STREET_OFFICE", "REAL_ESTATE"], 0.7);
  return stream.chance(0.9) ? ["CIVIL_AFFAIRS", ...others] : others;
}
