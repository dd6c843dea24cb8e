/** Parquet and CSV as DuckDB reads them: every cell of every dataset beside the value that a list answers, and its type. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parse } from "graphql";
import { catalogue } from "../../src/datasets";
import type { DatasetEntry, FieldEntry } from "../../src/declare";
import { FORMATS, type Format } from "../../src/exchange";
import { parquet } from "../../src/exchange/parquet";
import { Hub } from "../permission/hub";
import { makeRows } from "../permission/rows";
import { type Asker, askers, GRANTS, PLACES } from "../permission/rules";
import { hostile, selectionOf } from "./hostile";

type Node = Record<string, unknown>;
type Duck = Awaited<ReturnType<DuckDBInstance["connect"]>>;

const PARQUET = FORMATS.get("application/vnd.apache.parquet") as Format;
const CSV = FORMATS.get("text/csv") as Format;
const folder = mkdtempSync(path.join(tmpdir(), "hub-parquet-"));

let hub: Hub;
let duck: Duck;
beforeAll(async () => {
  hub = await Hub.open(catalogue, hostile(catalogue, makeRows(catalogue)), GRANTS);
  duck = await (await DuckDBInstance.create(":memory:")).connect();
}, 120_000);
afterAll(async () => {
  duck?.closeSync();
  rmSync(folder, { recursive: true });
  await hub?.close();
});

async function saved(name: string, query: string, asker: Asker, format: Format): Promise<string> {
  const file = path.join(folder, name);
  writeFileSync(file, await hub.whole(parse(query), hub.decisions(asker), format));
  return file;
}

async function rowsOf(sql: string): Promise<Node[]> {
  return (await duck.runAndReadAll(sql)).getRowObjectsJson() as Node[];
}

function stewardOf(dataset: DatasetEntry): Asker {
  const kind = dataset.from ? catalogue.dataset(dataset.from).steward : dataset.steward;
  return { name: "steward", kind, territory: PLACES.city, purpose: undefined } as Asker;
}

const TYPES: Partial<Record<FieldEntry["kind"], string>> = {
  int: "INTEGER",
  float: "DOUBLE",
  decimal: "DECIMAL(18,2)",
  boolean: "BOOLEAN",
  date: "DATE",
  datetime: "TIMESTAMP WITH TIME ZONE",
};

function typeOf(field: FieldEntry | undefined): string {
  return (field && !field.mask && !field.unchecked && TYPES[field.kind]) || "VARCHAR";
}

/** A list's value as DuckDB tells one of the type. */
function expected(value: unknown, type: string): unknown {
  if (value === null || value === undefined) return null;
  switch (type) {
    case "VARCHAR":
      return typeof value === "object" ? JSON.stringify(value) : String(value);
    case "TIMESTAMP WITH TIME ZONE":
      return String(Date.parse(String(value)));
    default:
      return value;
  }
}

test.each(catalogue.readable.map((d) => [d.name, d] as const))(
  "DuckDB reads %s, cell by cell",
  async (name, dataset) => {
    const { selected, paths } = selectionOf(dataset);
    const own = catalogue.datasets.includes(dataset) ? askers(name) : [];
    const wrong: unknown[] = [];
    for (const asker of [stewardOf(dataset), ...own.filter((one) => one.name === "granted district")]) {
      const file = await saved(
        `${name}.parquet`,
        `{ ${dataset.plural} { nodes { ${selected} } } }`,
        asker,
        PARQUET,
      );
      const document = parse(`{ ${dataset.plural}(first: 1000) { nodes { ${selected} } } }`);
      const { data, access } = await hub.text(document, hub.decisions(asker));
      const { nodes } = (data as Record<string, { nodes: Node[] }>)[dataset.plural] as { nodes: Node[] };
      const columns = await rowsOf(`DESCRIBE SELECT * FROM '${file}'`);
      const types = new Map(
        columns.map(({ column_name, column_type }) => [column_name, String(column_type)]),
      );
      expect([...types.keys()]).toEqual(paths.map((keys) => keys.join(".")));
      const told = [...types].map(([column, type]) =>
        type.startsWith("TIMESTAMP") ? `epoch_ms("${column}") AS "${column}"` : `"${column}"`,
      );
      const rows = await rowsOf(`SELECT ${told.join(", ")} FROM '${file}'`);
      expect(rows).toHaveLength(nodes.length);
      nodes.forEach((node, i) => {
        for (const keys of paths) {
          const column = keys.join(".");
          const type = types.get(column) as string;
          const value = keys.reduce((at: unknown, key) => (at as Node | null)?.[key], node);
          const wanted = expected(value, type);
          if (rows[i]?.[column] !== wanted)
            wrong.push([asker.name, i, column, type, rows[i]?.[column], wanted]);
        }
      });
      for (const field of dataset.fields)
        expect([field.name, types.get(field.name)]).toEqual([field.name, typeOf(field)]);
      const [notes] = await rowsOf(
        `SELECT decode(value) AS notes FROM parquet_kv_metadata('${file}') WHERE decode(key) = 'hub.notes'`,
      );
      expect(JSON.parse(String(notes?.notes))).toMatchObject({
        rows: nodes.length,
        access: JSON.parse(JSON.stringify(access)),
      });
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  },
  120_000,
);

test("groups of rows follow one another", async () => {
  const asker = stewardOf(catalogue.dataset("facility"));
  const file = await saved("groups.parquet", "{ facilities { nodes { id code } } }", asker, parquet(6));
  const { data } = await hub.text(
    parse("{ facilities(first: 1000) { nodes { id code } } }"),
    hub.decisions(asker),
  );
  const { nodes } = (data as Record<string, { nodes: Node[] }>).facilities as { nodes: Node[] };
  expect(nodes.length).toBeGreaterThan(6);
  expect(await rowsOf(`SELECT id, code FROM '${file}'`)).toEqual(nodes);
  const [{ groups } = {}] = await rowsOf(
    `SELECT count(DISTINCT row_group_id)::INT AS groups FROM parquet_metadata('${file}')`,
  );
  expect(groups).toBe(Math.ceil(nodes.length / 3));
});

test("a file without rows keeps its columns and their types", async () => {
  const dataset = catalogue.dataset("fundTransaction");
  const query = "{ fundTransactions(where: { year: { eq: 1 } }) { nodes { transactionNo amount } } }";
  const file = await saved("none.parquet", query, stewardOf(dataset), PARQUET);
  expect(await rowsOf(`SELECT * FROM '${file}'`)).toEqual([]);
  const columns = await rowsOf(`DESCRIBE SELECT * FROM '${file}'`);
  expect(columns.map(({ column_type }) => column_type)).toEqual(["VARCHAR", "DECIMAL(18,2)"]);
});

test("DuckDB reads a CSV of any text without being told how: numbers below zero are numbers, a formula is text", async () => {
  const dataset = catalogue.dataset("fundTransaction");
  const fields = "transactionNo amount year summary occurredAt";
  const asker = stewardOf(dataset);
  const file = await saved("money.csv", `{ fundTransactions { nodes { ${fields} } } }`, asker, CSV);
  const { data } = await hub.text(
    parse(`{ fundTransactions(first: 1000) { nodes { ${fields} } } }`),
    hub.decisions(asker),
  );
  const { nodes } = (data as Record<string, { nodes: Node[] }>).fundTransactions as { nodes: Node[] };
  const rows = await rowsOf(
    `SELECT * FROM read_csv('${file}', auto_detect = false, header = true, delim = ',', escape = '"', quote = '"', columns = {transactionNo: 'VARCHAR', amount: 'DECIMAL(18,2)', year: 'INT', summary: 'VARCHAR', occurredAt: 'DATE'}) WHERE year IS NOT NULL`,
  );
  const [sniffed] = await rowsOf(`SELECT count(*)::INT AS rows, sum(amount) < 1e18 AS summed FROM '${file}'`);
  expect(sniffed).toEqual({ rows: nodes.length + 1, summed: true });
  expect(rows).toHaveLength(nodes.length);
  expect(nodes.some(({ amount }) => String(amount).startsWith("-"))).toBe(true);
  rows.forEach((row, i) => {
    const { summary, ...rest } = nodes[i] as Node;
    expect(row).toMatchObject(rest);
    expect(String(row.summary ?? "").replace(/^'(?=[=+\-@\t\r＝＋－＠])/, "")).toBe(summary ?? "");
    expect(String(row.summary)).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
  });
});
