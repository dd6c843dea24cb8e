// Shares in facilities that serve several communities: their own and the next one of the same street.

import { dayOf, dayText } from "./calendar";
import type { City } from "./city";
import { facilityRow } from "./facilities";
import type { Place } from "./place";
import { provisionMode } from "./provision";
import { type Row, row, rowId, streamOf } from "./row";

export function* facilityShares(city: City): Generator<Row> {
  for (const [at, place] of city.places.entries()) {
    const neighbour = city.places[at + 1];
    if (neighbour?.street.code !== place.street.code) continue;
    for (let number = 0; number < city.count("facility", place); number++)
      if (provisionMode(place, number) === "INTEGRATED_SHARING")
        yield* sharesOf(city, place, neighbour, number);
  }
}

/** Together at most 1; the rest, where there is one, is kept for the street. */
function* sharesOf(city: City, place: Place, neighbour: Place, number: number): Generator<Row> {
  const { status, buildingArea } = facilityRow(city, place, number);
  const stream = streamOf("facilityShare", place, number);
  const own = stream.whole(40, 70) / 100;
  const agreed = dayOf(stream.whole(2021, 2025), stream.whole(1, 12), stream.whole(1, 28));
  const common = {
    facilityId: rowId("facility", place, number),
    servedArea: status === "IN_USE" ? buildingArea : 0,
    agreement: `合成共享协议〔${dayText(agreed).slice(0, 4)}〕${stream.whole(1, 300)}号`,
    agreedOn: dayText(agreed),
    usedFrom: dayText(agreed + stream.whole(0, 120)),
  };
  yield row("facilityShare", place, number * 2, { ...common, communityCode: place.code, share: own });
  // The id is of the facility's place; the row stands in the community that is served.
  yield row("facilityShare", place, number * 2 + 1, {
    ...common,
    territory: neighbour.code,
    communityCode: neighbour.code,
    share: Math.round((1 - own - (stream.chance(0.3) ? 0.1 : 0)) * 100) / 100,
  });
}
