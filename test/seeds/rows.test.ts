// Every synthetic row is one that the hub itself would take: values, checks, rules, references, and the synthetic mark.
import { departmentSeeds } from "../../seeds";
import { readDivisions } from "../../seeds/data";
import { type City, cityOf, MAKERS, type Row, SYNTHETIC } from "../../seeds/synthetic";
import { catalogue } from "../../src/datasets";
import { checks, type DatasetEntry, type FieldEntry } from "../../src/declare";

const divisions = readDivisions();
const small = cityOf("test", divisions);
/** The city's own sizes in a few communities of all kinds. */
const full = cityOf("city", divisions);
const dense: City = {
  ...full,
  places: [
    ...full.places.slice(200, 203),
    ...full.places.filter(({ kind }) => kind === "SIMILAR").slice(0, 2),
  ],
  money: { ...full.money, transactions: { perAllocation: 7 } },
};

const made = new Map<string, Row[]>();
for (const city of [small, dense])
  for (const [name, make] of MAKERS) made.set(name, [...(made.get(name) ?? []), ...make(city)]);
const rowsOf = (name: string) => made.get(name) ?? [];
const datasets = [...MAKERS.keys()].map((name) => catalogue.dataset(name));

test("every dataset but divisions and departments has rows", () => {
  const without = catalogue.datasets.filter(({ name, from }) => !from && rowsOf(name).length === 0);
  expect(without.map(({ name }) => name)).toEqual(["division", "divisionCrosswalk", "department"]);
});

test.each(datasets.map(({ name }) => name))("%s: each value is one that its field takes", (name) => {
  const dataset = catalogue.dataset(name);
  const problems = rowsOf(name).flatMap((row) => [...valueProblems(dataset, row)]);
  expect(problems.slice(0, 5)).toEqual([]);
});

test.each(datasets.map(({ name }) => name))(
  "%s: each row keeps the rules and says that it is synthetic",
  (name) => {
    const { rules } = catalogue.dataset(name);
    const broken = rowsOf(name).flatMap((row) =>
      rules.filter((rule) => !rule.holds(row)).map(({ code }) => code),
    );
    expect(broken).toEqual([]);
    expect(new Set(rowsOf(name).map(({ source }) => source))).toEqual(new Set([SYNTHETIC]));
  },
);

test("ids are of version 7, business keys and ids are unique", () => {
  for (const dataset of datasets) {
    const rows = rowsOf(dataset.name);
    const keys = rows.map((row) => dataset.key.map((field) => row[field]).join("|"));
    const ids = rows.map(({ id }) => String(id));
    expect([dataset.name, new Set(keys).size]).toEqual([dataset.name, rows.length]);
    expect(new Set(ids).size).toBe(rows.length);
    expect(
      ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
  }
});

test("every reference and every code leads to a row", () => {
  const lost = datasets.flatMap((dataset) =>
    rowsOf(dataset.name).flatMap((row) => [...lostReferences(dataset, row)]),
  );
  expect(lost.slice(0, 5)).toEqual([]);
});

test("shares of a facility are together at most one, and nobody serves twice at a time", () => {
  for (const dataset of datasets)
    for (const rule of dataset.sharedRules ?? []) {
      const rows = rowsOf(dataset.name);
      for (const group of grouped(rows, rule.same).values())
        for (const row of group) {
          const others = group.filter((other) => other !== row);
          expect(rule.holds(row, others as never)).toBe(true);
        }
    }
});

function grouped(rows: readonly Row[], field: string): Map<unknown, Row[]> {
  const groups = new Map<unknown, Row[]>();
  for (const row of rows) {
    const group = groups.get(row[field]);
    if (group) group.push(row);
    else groups.set(row[field], [row]);
  }
  return groups;
}

function* valueProblems(dataset: DatasetEntry, row: Row): Generator<string> {
  for (const name of Object.keys(row))
    if (!dataset.fields.some((field) => field.name === name)) yield `${name} is no field`;
  for (const field of dataset.fields) {
    const value = row[field.name];
    if (value === undefined || value === null) {
      if (field.required && !field.generated) yield `${field.name} is missing`;
      continue;
    }
    const problem = problemOf(field, value);
    if (problem) yield `${field.name}: ${problem} (${String(value)})`;
  }
}

function problemOf(field: FieldEntry, value: unknown): string | undefined {
  const list = Array.isArray(value) ? value : [value];
  if (field.enum && list.some((one) => !Object.hasOwn(field.enum?.values ?? {}, one)))
    return "not in the list";
  switch (field.kind) {
    case "int":
      if (!Number.isInteger(value)) return "no whole number";
      break;
    case "float":
      if (typeof value !== "number" || !Number.isFinite(value)) return "no number";
      break;
    case "decimal":
      if (!/^\d+\.\d\d$/.test(String(value))) return "no amount";
      break;
    case "date":
      if (new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10) !== value) return "no day";
      break;
    case "boolean":
      if (typeof value !== "boolean") return "neither true nor false";
      break;
    case "enumList":
      if (list.length === 0 || new Set(list).size !== list.length) return "empty or repeated";
      break;
    default:
      if (typeof value !== "string") return "no text";
  }
  if (field.min !== undefined && Number(value) < field.min) return "too small";
  if (field.max !== undefined && Number(value) > field.max) return "too large";
  if (field.maxLength !== undefined && String(value).length > field.maxLength) return "too long";
  return field.check ? checks.get(field.check)?.(String(value)) : undefined;
}

const departments = new Set(departmentSeeds(divisions).map(({ code }) => code));
const nodes = new Set(divisions.map(({ code }) => `STATISTICS/2023/${code}`));
const values = new Map<string, Set<unknown>>();

function valuesOf(dataset: string, field: string): Set<unknown> {
  const name = `${dataset}.${field}`;
  const known = values.get(name) ?? new Set(rowsOf(dataset).map((row) => row[field]));
  values.set(name, known);
  return known;
}

function* lostReferences(dataset: DatasetEntry, row: Row): Generator<string> {
  const told = (field: string) => `${dataset.name}.${field} = ${String(row[field])}`;
  for (const { name, references, check } of dataset.fields) {
    const value = row[name];
    if (value === undefined) continue;
    if (references && name !== "id" && !valuesOf(references, "id").has(value)) yield told(name);
    if (check === "departmentCode" && !departments.has(String(value))) yield told(name);
    if (check === "division" && !nodes.has(`STATISTICS/2023/${value}`)) yield told(name);
    if (check === "divisionNode" && !nodes.has(String(value))) yield told(name);
  }
  for (const { name, target, here, there, many } of dataset.links) {
    if (many || !LED.has(`${dataset.name}.${name}`) || row[here] === undefined) continue;
    if (!valuesOf(target, there).has(row[here])) yield told(here);
  }
}

/** Links by codes that lead to a row wherever the code is given. */
const LED = new Set(["facility.project", "facility.operator", "idleAsset.facility"]);
