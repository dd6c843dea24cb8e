// Groups of an answer as figures: what is suppressed or withheld stays that, and is never 0.
import type { Figure } from "../../parts/chart";
import type { Measure } from "./measures";

export interface Group {
  key?: Record<string, string | number | null>;
  count: number | null;
  suppressed: boolean;
  [whole: string]: unknown;
}

export interface Coverage {
  territory: string;
  name: string;
  counted: boolean;
  withheld: string[];
}

export interface Grouped {
  groups: Group[];
  coverage: Coverage[];
}

/** Whether the answer says that the measure was not given at this place. */
function isWithheld(measure: Measure, coverage: readonly Coverage[], place: string): boolean {
  return coverage.some(
    ({ territory, counted, withheld }) =>
      (!counted || withheld.includes(measure.id)) && covers(territory, place),
  );
}

/** A division holds another whose code begins with its own without the zeros. */
function covers(territory: string, place: string): boolean {
  const digits = [2, 4, 6, 9].find((n) => /^0*$/.test(territory.slice(n))) ?? 12;
  return place.startsWith(territory.slice(0, digits));
}

/** Null: no row there, or none with a value. */
export function figureOf(
  measure: Measure,
  group: Group | undefined,
  grouped: Grouped | null | undefined,
  place: string,
): Figure {
  if (!grouped) return "withheld";
  if (group === undefined) return isWithheld(measure, grouped.coverage, place) ? "withheld" : null;
  const { whole, id } = measure;
  const value =
    whole === "count" || whole === "where"
      ? group.count
      : ((group[whole] as Record<string, number | string | null> | null)?.[id] ?? null);
  if (value !== null) return Number(value);
  if (group.suppressed) return "suppressed";
  return isWithheld(measure, grouped.coverage, place) ? "withheld" : null;
}

export function groupsBy(grouped: Grouped | null | undefined, key: string): Map<string, Group> {
  return new Map((grouped?.groups ?? []).map((group) => [String(group.key?.[key] ?? ""), group]));
}
