/** The doors of figures: every group key, every measure, the nested aggregate's cells, and what coverage tells. */
import type { DatasetEntry, FieldEntry } from "../../src/declare";
import type { Ask } from "./doors";
import { groupOf } from "./figures";
import type { Row, Value } from "./rows";
import { anywhere, atLeast, factsOf, type Level, levelAt, nonKeys, PLACES, rightsTo } from "./rules";
import type { View } from "./view";

export function figureDoors(view: View, dataset: DatasetEntry, fields: readonly FieldEntry[]): Ask[] {
  return [
    measureDoor(view, dataset),
    ...fieldKeys(dataset, fields).map((key) => groupDoor(view, dataset, key)),
    ...LEVELS.map((level) => territoryDoor(view, dataset, level)),
  ];
}

interface Key {
  readonly field: FieldEntry;
  readonly name: string;
  readonly coded: boolean;
  readonly of: (value: Value) => unknown;
}

/** Dates give years and months, everything else itself; ids, encrypted values and lists are no keys. */
function fieldKeys(dataset: DatasetEntry, fields: readonly FieldEntry[]): Key[] {
  return fields.flatMap((field): Key[] => {
    if (field.name === "id" || field.encrypted || field.kind === "enumList") return [];
    const { coded } = factsOf(dataset.name, field.name);
    if (field.kind !== "date" && field.kind !== "datetime")
      return [{ field, name: field.name, coded, of: (value) => value }];
    return [
      { field, name: `${field.name}Year`, coded: true, of: (value) => Number(String(value).slice(0, 4)) },
      { field, name: `${field.name}Month`, coded, of: (value) => String(value).slice(0, 7) },
    ];
  });
}

function groupDoor(view: View, dataset: DatasetEntry, { field, name, coded, of }: Key): Ask {
  const text = `${dataset.plural}Aggregate(groupBy: [${scream(name)}]) { groups { key { ${name} } count suppressed } }`;
  const door = `group ${name}`;
  if (!mayCut(view, dataset, field.name, coded)) return { door, text, expected: { refused: field.name } };
  const rows = view.figured(dataset.name).filter((row) => view.cuts(row, field.name, coded));
  const keyOf = (row: Row) =>
    (row.values[field.name] ?? null) === null ? null : of(row.values[field.name] as Value);
  const cutBy = factsOf(dataset.name, field.name).key ? undefined : field.name;
  return { door, text, expected: { value: { groups: grouped(view, dataset, rows, name, keyOf, cutBy) } } };
}

/** A coded dimension at AGGREGATE, another field at FULL; a key that is none, where any row is visible at all. */
export function mayCut(view: View, dataset: DatasetEntry, field: string, coded: boolean): boolean {
  if (!factsOf(dataset.name, field).key)
    return anywhere(view.asker, dataset.name, field, coded ? "AGGREGATE" : "FULL");
  return coded || nonKeys(dataset.name).some((name) => anywhere(view.asker, dataset.name, name, "MASKED"));
}

function grouped(
  view: View,
  dataset: DatasetEntry,
  rows: readonly Row[],
  name: string,
  keyOf: (row: Row) => unknown,
  cutBy?: string,
): unknown[] {
  const groups = new Map<unknown, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups]
    .sort(([a], [b]) => ascending(a, b))
    .map(([key, members]) => {
      const { count, suppressed } = groupOf(view, dataset, members, { sum: [], min: [] }, cutBy);
      return { key: { [name]: key }, count, suppressed };
    });
}

function ascending(a: unknown, b: unknown): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const [x, y] = [comparable(a), comparable(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function comparable(value: unknown): number | string {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" || /^\d{10}\.\d\d$/.test(String(value)) ? Number(value) : String(value);
}

const LEVELS = [
  { name: "City", digits: 4 },
  { name: "District", digits: 6 },
  { name: "Street", digits: 9 },
  { name: "Community", digits: 12 },
] as const;

function territoryDoor(view: View, dataset: DatasetEntry, level: (typeof LEVELS)[number]): Ask {
  const name = `territory${level.name}`;
  const keyOf = (row: Row) => ancestor(row.place, level.digits);
  return {
    door: `group ${name}`,
    text: `${dataset.plural}Aggregate(groupBy: [${scream(name)}]) { groups { key { ${name} } count suppressed } }`,
    expected: { value: { groups: grouped(view, dataset, view.figured(dataset.name), name, keyOf) } },
  };
}

/** Rows above the level have no key there. */
function ancestor(place: string, digits: number): string | null {
  const own = place === PLACES.city ? 4 : place.replace(/^(\d{6}|\d{9}|\d{12})0*$/, "$1").length;
  return own < digits ? null : place.slice(0, digits).padEnd(12, "0");
}

function measureDoor(view: View, dataset: DatasetEntry): Ask {
  const plain = dataset.fields.filter((f) => !factsOf(dataset.name, f.name).key && !f.encrypted);
  const sum = plain.filter((f) => ["int", "decimal", "float"].includes(f.kind));
  const min = plain.filter((f) => sum.includes(f) || f.kind === "date" || f.kind === "datetime");
  const asked = [
    ...(["sum", "avg"] as const).map((kind) => [kind, sum] as const),
    ...(["min", "max"] as const).map((kind) => [kind, min] as const),
  ].filter(([, fields]) => fields.length > 0);
  const figures = asked
    .map(([kind, fields]) => `${kind} { ${fields.map((f) => f.name).join(" ")} }`)
    .join(" ");
  const group = groupOf(view, dataset, view.figured(dataset.name), { sum, min });
  const value = Object.fromEntries([
    ["count", group.count],
    ...asked.map(([kind]) => [kind, group[kind]]),
    ["suppressed", group.suppressed],
  ]);
  return {
    door: "figures and coverage",
    text: `${dataset.plural}Aggregate { groups { count ${figures} suppressed } coverage { territory counted withheld } }`,
    expected: { value: { groups: [value], coverage: coverage(view, dataset, min) } },
  };
}

/** The city and every node that a right names: counted where a row may be, withheld what may not be figured there. */
function coverage(view: View, dataset: DatasetEntry, asked: readonly FieldEntry[]): unknown[] {
  const { asker } = view;
  const fields = nonKeys(dataset.name);
  const rights = fields.flatMap((f) => [
    ...rightsTo(asker, dataset.name, f, false),
    ...rightsTo(asker, dataset.name, f, true),
  ]);
  const nodes = [...new Set([PLACES.city as string, ...rights.map((r) => r.node)])].sort();
  const reaches = (node: string, field: string, level: Level) =>
    atLeast(levelAt(asker, dataset.name, field, node, false), level);
  return nodes.map((territory) => ({
    territory,
    counted: fields.some((f) => reaches(territory, f, "AGGREGATE")),
    withheld: measuresFirst(asked).filter((f) => !reaches(territory, f, "AGGREGATE")),
  }));
}

/** In the order in which the question names them: sums before the dates that only have extremes. */
function measuresFirst(asked: readonly FieldEntry[]): string[] {
  const numbers = asked.filter((f) => f.kind !== "date" && f.kind !== "datetime");
  return [...new Set([...numbers, ...asked])].map((f) => f.name);
}

function scream(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase();
}
