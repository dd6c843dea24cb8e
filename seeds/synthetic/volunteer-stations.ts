// Volunteer stations of communities.
import { addressOf } from "./address";
import { dayOf, dayText, TODAY } from "./calendar";
import type { City } from "./city";
import { mobileOf, nameOf } from "./person";
import type { Place } from "./place";
import { facilityId } from "./provision";
import { type Row, row, rowId, streamOf, twoDecimals } from "./row";
import { operatorFor } from "./social-organizations";

export const SERVICE_KINDS = [
  "HOUSEKEEPING",
  "CULTURE_SPORT",
  "COUNSELLING",
  "HEALTH",
  "LEGAL",
  "TRAFFIC_SAFETY",
  "OTHER",
];

/** The id of one of the community's stations. */
export function stationIdOf(city: City, place: Place, number: number): string | undefined {
  const count = city.count("volunteerStation", place);
  return count === 0 ? undefined : rowId("volunteerStation", place, number % count);
}

export function* volunteerStations(city: City): Generator<Row> {
  for (const place of city.places)
    for (let number = 0; number < city.count("volunteerStation", place); number++)
      yield stationRow(city, place, number);
}

function stationRow(city: City, place: Place, number: number): Row {
  const stream = streamOf("volunteerStation", place, number);
  const opened = dayOf(stream.whole(2016, 2025), stream.whole(1, 12), stream.whole(1, 28));
  const operator = stream.weighted({ COMMITTEE: 0.7, STREET: 0.1, SOCIAL_ORGANIZATION: 0.2 });
  return row("volunteerStation", place, number, {
    code: `ZD${place.code}${String(number + 1).padStart(2, "0")}`,
    name: `${place.shortName}志愿服务站（合成${number + 1}）`,
    operator,
    facilityId: stream.chance(0.9) ? facilityId(city, place, number) : undefined,
    organizationId: operator === "SOCIAL_ORGANIZATION" ? operatorFor(city, place, stream)?.id : undefined,
    address: addressOf(place, stream),
    longitude: Number((place.longitude + stream.between(-0.003, 0.003)).toFixed(4)),
    latitude: Number((place.latitude + stream.between(-0.003, 0.003)).toFixed(4)),
    serviceKinds: stream.some(SERVICE_KINDS, 0.5),
    openingHours: stream.pick(["周一至周五 09:00–17:00", "周六、周日 09:00–12:00", "每日 08:30–18:30"]),
    area: twoDecimals(stream.longTail(45, 0.5)),
    capacity: stream.whole(2, 20) * 5,
    issuesCertificates: stream.chance(0.4),
    emergencyTeam: stream.chance(0.25),
    openedAt: dayText(opened),
    closedAt: stream.chance(0.03) ? dayText(stream.whole(opened + 200, TODAY)) : undefined,
    coordinatorName: nameOf(stream),
    coordinatorPhone: mobileOf(stream),
  });
}
