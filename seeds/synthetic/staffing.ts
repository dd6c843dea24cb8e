// How many workers each community should have by the factors of Art. 46, and the posts that streets keep for workers.

import { dayOf, dayText, past, TODAY } from "./calendar";
import type { City } from "./city";
import { POST_YEARS, recruitedIn, workerOf } from "./community-workers";
import type { Place } from "./place";
import { type Row, row, streamOf, twoDecimals } from "./row";

/** Workers for 10,000 urban residents that the national plan's indicators ask for. */
const PER_TEN_THOUSAND = 18;

export function* staffingTargets(city: City): Generator<Row> {
  const years = city.scale === "city" ? [2024, 2025, 2026] : [2026];
  for (const place of city.places) for (const year of years) yield targetRow(place, year);
}

function targetRow(place: Place, year: number): Row {
  const stream = streamOf("staffingTarget", place, year);
  const urban = place.kind !== "VILLAGERS";
  const target = Math.max(
    3,
    Math.round((place.population * PER_TEN_THOUSAND * stream.between(0.9, 1.3)) / 10_000),
  );
  return row("staffingTarget", place, year, {
    year,
    target,
    size: place.households,
    population: place.population,
    density: twoDecimals(place.population / place.area),
    radius: Math.round(1000 * Math.max(0.2, Math.sqrt(place.area / Math.PI))),
    structure: twoDecimals(stream.between(18, 45)),
    units: Math.round(stream.longTail(urban ? 18 : 4, 0.7)),
    perTenThousand: urban ? PER_TEN_THOUSAND : undefined,
    reasoning: "按社区规模、人口密度、服务半径、居民结构和辖区单位数量核定（合成）",
    documentNo: `合成人社核〔${year}〕${stream.whole(1, 200)}号`,
    approvedAt: dayText(dayOf(year, 1, 10) + stream.whole(0, 80)),
  });
}

export function* recruitmentPosts(city: City): Generator<Row> {
  const streets = new Map<string, Place[]>();
  for (const place of city.places) {
    const known = streets.get(place.street.code);
    if (known) known.push(place);
    else streets.set(place.street.code, [place]);
  }
  for (const places of streets.values()) for (const year of POST_YEARS) yield postRow(city, places, year);
}

/** As many are filled as workers of the street's communities name the post. */
function postRow(city: City, places: readonly Place[], year: number): Row {
  const street = (places[0] as Place).street;
  const stream = streamOf("recruitmentPost", street, year);
  const filled = places.reduce((sum, place) => sum + hiredFrom(city, place, year), 0);
  const posts = Math.max(1, filled + stream.whole(0, 2));
  const announced = dayOf(year, 1, 10) + stream.whole(0, 40);
  const closed = dayOf(year, 12, 31) + stream.whole(-20, 20);
  return row("recruitmentPost", street, year, {
    postNo: `GW${street.code}${year}`,
    year,
    employer: `${street.name}便民服务中心（合成）`,
    title: "村（社区）工作者专门岗位",
    posts,
    filled,
    applicants: posts * stream.whole(2, 12),
    state: closed <= TODAY ? "CLOSED" : "ANNOUNCED",
    yearsRequired: stream.pick([2, 3, 5]),
    educationRequired: stream.pick(["JUNIOR_COLLEGE", "BACHELOR"]),
    announcedAt: dayText(announced),
    closedAt: past(closed),
    documentNo: `合成招〔${year}〕${stream.whole(1, 60)}号`,
  });
}

function hiredFrom(city: City, place: Place, year: number): number {
  let hired = 0;
  for (let number = 0; number < city.count("communityWorker", place); number++)
    if (recruitedIn(workerOf(place, number)) === year) hired++;
  return hired;
}
