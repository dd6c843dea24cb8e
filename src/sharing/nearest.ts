/** The department of a kind that is nearest to a place: the district's bureau for a street, the city's for the city. */
import { CITY, type Code, contains, nodesAbove, rangeOf } from "../declare";
import { departmentsAmong, type Place } from "./requests/parts";

/** Kind of the data authority of each level (数据主管部门). */
export const AUTHORITY = "big-data";

/** The nearest department of a kind at or above a place, where one is registered. */
export type NearestOf = (kind: string, territory: Code) => string | undefined;

/** Looks among the registered departments. */
export async function nearestAmong(
  where: Place,
  kinds: readonly string[],
  territories: readonly Code[],
): Promise<NearestOf> {
  const places = new Set(territories.flatMap(nodesOfCity));
  const codes = [...new Set(kinds)].flatMap((kind) => [...places].map((place) => `${kind}@${place}`));
  const known = await departmentsAmong(where, codes);
  return (kind, territory) =>
    nodesOfCity(territory)
      .map((place) => `${kind}@${place}`)
      .find((code) => known.has(code));
}

/** The node and those above it, nearest first, up to the city. */
export function nodesOfCity(territory: Code): Code[] {
  return nodesAbove(territory).filter((node) => contains(rangeOf(CITY), node));
}
