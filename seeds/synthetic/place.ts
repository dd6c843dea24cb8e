// Communities as the generator sees them: names, codes and kinds are real, everything else about them is invented here.
import { communitySegment } from "../../src/declare/code/division-code";
import type { Division } from "../data";
import { type DistrictProfile, profileOf } from "./district-profile";
import { type Spot, spotOf, streamOf } from "./row";
import type { Stream } from "./stream";

export interface Place extends Spot {
  readonly name: string;
  /** The name without 居委会 or 村委会, to name facilities and groups by. */
  readonly shortName: string;
  readonly kind: "RESIDENTS" | "VILLAGERS" | "SIMILAR";
  readonly street: Spot & { readonly name: string };
  readonly district: Spot & { readonly name: string };
  /** Number within its district, part of invented registration numbers. */
  readonly nth: number;
  readonly profile: DistrictProfile;
  readonly urbanRuralClass: string;
  readonly areaContext: string;
  readonly population: number;
  readonly households: number;
  /** Square kilometres. */
  readonly area: number;
  readonly longitude: number;
  readonly latitude: number;
  /** Has no facility of its own: what rules about missing facilities find. */
  readonly neglected: boolean;
}

/** All communities in the order of their codes. */
export function placesOf(divisions: readonly Division[]): Place[] {
  const spots = divisions.map(({ code, name }, index) => ({ ...spotOf(code, index), name }));
  const byCode = new Map(spots.map((spot) => [spot.code, spot]));
  const above = (code: string) => {
    const found = byCode.get(code);
    if (!found) throw new Error(`no division ${code} stands above a community`);
    return found;
  };
  const seen = new Map<string, number>();
  return divisions.flatMap(({ level, code }) => {
    if (level !== "community") return [];
    const district = above(`${code.slice(0, 6)}000000`);
    const nth = seen.get(district.code) ?? 0;
    seen.set(district.code, nth + 1);
    return [placeOf({ spot: above(code), street: above(`${code.slice(0, 9)}000`), district, nth })];
  });
}

type Named = Spot & { readonly name: string };

function placeOf(at: { spot: Named; street: Named; district: Named; nth: number }): Place {
  const { spot, street, district, nth } = at;
  const stream = streamOf("community", spot, 0);
  const kind = communitySegment(spot.code) ?? "SIMILAR";
  const profile = profileOf(district.code);
  const population = populationOf(stream, kind, profile);
  return {
    ...spot,
    shortName: spot.name.replace(/(居委会|村委会)$/, "") || spot.name,
    kind,
    street,
    district,
    nth,
    profile,
    ...areaOf(stream, kind, profile),
    population,
    households: Math.max(60, Math.round(population / stream.between(2.2, 2.9))),
    longitude: profile.longitude + stream.normal() * profile.spread,
    latitude: profile.latitude + stream.normal() * profile.spread * 0.8,
    neglected: stream.chance((1 - profile.building) * 0.08),
  };
}

const MEDIAN = { RESIDENTS: 5_000, VILLAGERS: 1_300, SIMILAR: 2_400 };

function populationOf(stream: Stream, kind: Place["kind"], profile: DistrictProfile): number {
  const crowd = kind === "VILLAGERS" ? Math.sqrt(profile.crowd) : profile.crowd;
  return Math.max(180, Math.round(Math.min(stream.longTail(MEDIAN[kind] * crowd, 0.42), 30_000)));
}

const INNER: Record<string, number> = { MAIN_URBAN: 0.85, URBAN_RURAL_FRINGE: 0.15 };
const OUTER: Record<string, number> = { TOWN_CENTRE: 0.6, TOWN_FRINGE: 0.3, SPECIAL_AREA: 0.1 };

function areaOf(stream: Stream, kind: Place["kind"], profile: DistrictProfile) {
  const area = Math.max(0.05, stream.longTail(profile.room * (kind === "VILLAGERS" ? 1.6 : 0.35), 0.5));
  if (kind === "VILLAGERS") {
    const urbanRuralClass = stream.weighted({
      MAIN_URBAN: profile.room < 3 ? 0.15 : 0,
      URBAN_RURAL_FRINGE: 0.1,
      TOWN_FRINGE: 0.1,
      TOWNSHIP_CENTRE: 0.1,
      VILLAGE: 0.55,
    });
    return { area, urbanRuralClass, areaContext: "RURAL" };
  }
  return {
    area,
    urbanRuralClass: stream.weighted(profile.room < 3 ? INNER : OUTER),
    areaContext: stream.weighted({
      NEW_RESIDENTIAL: 0.27,
      OLD_CITY_RENEWAL: 0.13,
      OLD_TOWN: 0.22,
      BUILT_UP: 0.38,
    }),
  };
}
