/** Ids by which what an answer lacks is asked for: made beside its notes, and read again where a request is filed. */
import { CITY, type Code, contains, type Level, rangeOf, toCode } from "../declare";
import { isClosed, isHeld, levelFor, type Need } from "./needs";
import type { RootPlan } from "./plan-types";
import type { Planning } from "./planning";
import { mapped, mappedTree } from "./slot";

/** What one part of an id names; without territories, whoever files names one. */
export interface Lack {
  readonly dataset: string;
  readonly fields: readonly string[];
  readonly level: Level;
  readonly territories: readonly Code[];
}

/** Territories of a part; a question that names more is asked for with the question itself. */
const MOST_PLACES = 50;

/** Nothing of it is secret, and nothing is kept of it: whoever reads it judges it anew. */
export function partId({ dataset, fields, level }: Omit<Lack, "territories">): string {
  return `${dataset}.${fields.join(",")}:${level}`;
}

/** The parts of a root's id, one for each dataset; open where the territory stands in a variable, empty where none is told. */
export function partsOf(needs: readonly Need[], where: unknown): unknown[] {
  const parts = new Map<string, string[]>();
  for (const { dataset, field, level } of needs) {
    const place = `${dataset.name} ${level}`;
    parts.set(place, [...(parts.get(place) ?? []), field.name]);
  }
  const places = mappedTree(placesIn(where), (tree) => {
    const territories = territoriesIn(tree);
    return territories.length > MOST_PLACES ? undefined : territories.join(",");
  });
  return [...parts].map(([place, fields]) => {
    const [dataset = "", level] = place.split(" ");
    const id = partId({ dataset, fields, level: level as Level });
    return mapped(places, (at) => (at === undefined ? "" : `${id}@${at}`));
  });
}

/** What a planned root reads and does not hold in the whole city, at the level that it is read at. */
export function lackingOf(planning: Planning, root: RootPlan): Need[] {
  const level = levelFor(root);
  return [...planning.touched.values()]
    .map((one) => ({ ...one, level }))
    .filter((need) => !need.field.key && !isClosed(need) && !isHeld(planning.world, need));
}

/** One id of parts, each told once; undefined where there are none. */
export function joined(parts: Iterable<string>): string | undefined {
  return [...new Set(parts)].filter(Boolean).join(";") || undefined;
}

const PART = /^(\w{1,100})\.(\w{1,100}(?:,\w{1,100})*):(AGGREGATE|MASKED|FULL)(?:@(\d{12}(?:,\d{12})*))?$/;

/** The parts that ids name; undefined where one is none. */
export function readApply(ids: readonly string[]): Lack[] | undefined {
  const parts = ids.flatMap((id) => id.split(";")).map((part) => PART.exec(part.trim()));
  if (parts.length === 0 || parts.some((part) => part === null)) return undefined;
  return parts.map((part) => {
    const [, dataset = "", fields = "", level, places] = part as RegExpExecArray;
    return {
      dataset,
      fields: fields.split(","),
      level: level as Level,
      territories: places?.split(",") ?? [],
    };
  });
}

/** The nodes that a condition keeps its rows within, as far as it says so itself; the city where it does not. */
export function territoriesIn(where: unknown): Code[] {
  const found = namedIn(where);
  return found.length > 0 ? [...new Set(found.map(inCity))] : [CITY];
}

/** A node that holds the whole city means the city: the tree has nothing above it (semantics 8). */
export function inCity(code: Code): Code {
  return contains(rangeOf(code), CITY) ? CITY : code;
}

function namedIn(where: unknown): Code[] {
  if (where === null || typeof where !== "object") return [];
  const { territory, and } = where as { territory?: unknown; and?: unknown };
  const { within, eq, in: some } = (territory ?? {}) as { within?: unknown; eq?: unknown; in?: unknown };
  const [first] = [within, eq].flatMap((text) => (typeof text === "string" ? (toCode(text) ?? []) : []));
  if (first) return [first];
  const listed = Array.isArray(some) ? some.flatMap((text) => toCode(String(text)) ?? []) : [];
  if (listed.length > 0) return listed;
  // All of `and` hold: any one of them keeps the rows within its own.
  return Array.isArray(and) ? (and.map(namedIn).find((codes) => codes.length > 0) ?? []) : [];
}

/** The condition with nothing in it but where territories may stand: what is looked through at each answer. */
function placesIn(where: unknown): object | undefined {
  if (where === null || typeof where !== "object") return undefined;
  const { territory, and } = where as { territory?: unknown; and?: unknown };
  const below = Array.isArray(and) ? and.map(placesIn).filter((tree) => tree !== undefined) : [];
  if (!territory && below.length === 0) return undefined;
  return { territory, and: below };
}
