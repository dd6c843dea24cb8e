/** Random rows: small alphabets, so that ties, nulls and equal values are common, and marked values that are unique. */
import type { Catalogue, DatasetEntry, FieldEntry } from "../../../src/declare";
import type { Row, Rows, Value } from "../reference/rows";
import { CITY, COMMUNITIES, DISTRICTS, NODES, STREETS } from "../world";
import type { Choose } from "./choose";

const TEXTS = ["甲", "乙", "张三", "a", "B", "b", "é", "", "文 b", "%_", "𠮷野", "甲乙", "a\\_"];
const CODES = ["A1", "a1", "B2", "10", "9"];
const DECIMALS = ["0.00", "10.50", "100.00", "100.00", "2500.75", "12.34", "900000.00"];
const FLOATS = [0, 1.5, 1.5, 20, 33.3333, 0.0001, 5000];
/** In order of time. */
export const INSTANTS = [
  "2023-12-31T16:30:00Z",
  "2024-06-01T00:00:00Z",
  "2024-06-30T17:00:00.250Z",
  "2025-01-15T08:00:01Z",
];
const DAYS = ["1980-02-29", "2024-01-01", "2024-12-31", "2025-06-15"];

/** Rows of all datasets; ids are made first, so that references can point anywhere. */
export function dataOf(choose: Choose, catalogue: Catalogue, now: Date): Rows {
  const crowded = choose.some(COMMUNITIES, 1, 3);
  const ids = new Map(
    catalogue.datasets.map((d) => [d.name, choose.times(sizeOf(choose), () => choose.uuid())]),
  );
  const make = { choose, ids, crowded, now, marks: 0 };
  return Object.fromEntries(
    catalogue.datasets.map((d) => [
      d.name,
      unique(
        d,
        (ids.get(d.name) ?? []).map((id, i) => withPast(make, d, rowOf(make, d, id, i), i)),
      ),
    ]),
  );
}

interface Make {
  readonly choose: Choose;
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly crowded: readonly string[];
  readonly now: Date;
  marks: number;
}

function sizeOf(choose: Choose): number {
  return choose.maybe(75) ? choose.between(12, 40) : choose.upTo(12);
}

function rowOf(make: Make, dataset: DatasetEntry, id: string, index: number): Row {
  const values: Record<string, Value> = {};
  const masked: Record<string, string | null> = {};
  for (const field of dataset.fields) {
    if (field.name === "id") continue;
    values[field.name] = dataset.key.includes(field.name)
      ? keyValue(make, field, index)
      : valueFor(make, field);
    const value = values[field.name];
    if (field.encrypted)
      masked[field.name] =
        value == null ? null : `${String(value).slice(0, 3)}****${String(value).slice(-4)}`;
    else if (field.mask === "ADDRESS")
      masked[field.name] = value == null ? null : `${String(value).slice(0, 2)}***`;
  }
  const { choose } = make;
  const cellKey = choose.upTo(0xffff) * 0x10000 + choose.upTo(0xffff);
  const writable = dataset.fields.filter((f) => !f.generated).map((f) => f.name);
  return { id, cellKey, values, masked, disputed: choose.maybe(25) ? choose.some(writable, 1, 4) : [] };
}

/** Some rows were otherwise once, and elsewhere; their key is the same. */
function withPast(make: Make, dataset: DatasetEntry, row: Row, index: number): Row {
  const { choose } = make;
  const changed = INSTANTS.indexOf(String(row.values.changedAt));
  const version = Number(row.values.version);
  if (version < 2 || changed < 1 || choose.maybe(30)) return row;
  const before = rowOf(make, dataset, row.id, index);
  const same = Object.fromEntries(dataset.key.map((k) => [k, row.values[k] ?? null]));
  const since = { version: version - 1, changedAt: INSTANTS[choose.upTo(changed - 1)] as string };
  return { ...row, past: [{ ...before, values: { ...before.values, ...same, ...since } }] };
}

function keyValue(make: Make, field: FieldEntry, index: number): Value {
  if (field.kind === "int") return make.choose.between(2023, 2026);
  if (field.maxLength === 12)
    return NODES[NODES.length - 1 - index] ?? `1401070010${String(index).padStart(2, "0")}`;
  return `${make.choose.of(CODES)}-${index}`;
}

function valueFor(make: Make, field: FieldEntry): Value {
  const { choose } = make;
  if (field.name === "territory") return territoryOf(make);
  if (field.name === "retiredAt") return choose.maybe(8) ? choose.of(INSTANTS) : null;
  if (field.name === "consented" || field.name === "agreed")
    return choose.maybe(75) ? true : choose.of([false, null]);
  if (field.name === "version") return choose.between(1, 3);
  if (!field.required && !field.generated && choose.maybe(15)) return null;
  return plainValue(make, field);
}

function territoryOf({ choose, crowded }: Make): string {
  if (choose.maybe(60)) return choose.of(crowded);
  return choose.maybe(75) ? choose.of(COMMUNITIES) : choose.of([...STREETS, ...DISTRICTS, CITY]);
}

function plainValue(make: Make, field: FieldEntry): Value {
  const { choose } = make;
  const marked = choose.maybe(35) ? ++make.marks : undefined;
  switch (field.kind) {
    case "text":
      if (field.encrypted)
        return field.mask === "PHONE"
          ? `138${choose.between(10_000_000, 10_000_007)}`
          : `14010519800101${choose.between(1000, 1007)}`;
      return marked ? `zq${field.name}${marked}qz` : choose.of(TEXTS);
    case "code":
      if (field.maxLength === 12) return choose.of(NODES);
      return marked ? `zq${field.name}${marked}qz` : choose.of(CODES);
    case "enum":
      return choose.of(Object.keys(field.enum?.values ?? {}));
    case "enumList":
      return choose.some(Object.keys(field.enum?.values ?? {}), 0, 3);
    case "int":
      return field.name === "grade" || field.coded
        ? choose.between(1, 3)
        : field.min && field.min < 0
          ? choose.between(-5, 5)
          : choose.upTo(7);
    case "decimal":
      return marked
        ? `${10_000 + marked}.${10 + (marked % 89)}`
        : choose.of(field.min && field.min < 0 ? [...DECIMALS, "-3.25"] : DECIMALS);
    case "float":
      return choose.of(FLOATS);
    case "boolean":
      return choose.maybe(50);
    case "date":
      return field.name === "bornOn" ? birthday(make) : choose.of(DAYS);
    case "datetime":
      return choose.of(INSTANTS);
    case "reference":
      return referenceTo(make, field.references as string);
  }
}

/** Near the fourteenth birthday, to the day. */
function birthday({ choose, now }: Make): string {
  if (choose.maybe(70)) return choose.of(["1980-01-01", "1990-12-31", "1990-05-05"]);
  const today = new Date(now.getTime() + 8 * 3_600_000);
  today.setUTCFullYear(today.getUTCFullYear() - 14);
  today.setUTCDate(today.getUTCDate() + choose.of([0, 1, -1]));
  return today.toISOString().slice(0, 10);
}

function referenceTo({ choose, ids }: Make, dataset: string): Value {
  const known = ids.get(dataset) ?? [];
  if (known.length === 0 || choose.maybe(6)) return `${dataset}:${choose.uuid()}`;
  return `${dataset}:${choose.of(choose.maybe(50) ? known.slice(0, 4) : known)}`;
}

/** Business keys are unique together; of two rows with one key the first stays. */
function unique(dataset: DatasetEntry, rows: Row[]): Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = JSON.stringify(dataset.key.map((k) => row.values[k]));
    const isNew = !seen.has(key) && !seen.has(row.id);
    seen.add(key).add(row.id);
    return isNew;
  });
}
