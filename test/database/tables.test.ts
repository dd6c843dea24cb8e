// The migrations make exactly the tables that the declarations derive; versions that go are kept.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { changesOf, migrationText, newTables, standingOf } from "../../src/cli/migration";
import { catalogue } from "../../src/datasets";
import { dropTableSql, tableSql } from "../../src/declare/table";
import { type TestDatabase, testDatabase } from "../setup/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const tables = catalogue.datasets.flatMap((d) => [d.table, `${d.table}_history`]);

/** What the server knows of these tables in a schema, as comparable lines. */
const FACTS: Record<string, string> = {
  columns: `SELECT table_name || '.' || column_name AS name, concat_ws(' ', udt_name, numeric_precision, numeric_scale,
              collation_name, is_nullable, column_default) AS fact
       FROM information_schema.columns WHERE table_schema = $1 AND table_name = ANY($2)`,
  indexes: `SELECT indexname AS name, replace(indexdef, $1 || '.', '') AS fact
       FROM pg_indexes WHERE schemaname = $1 AND tablename = ANY($2)`,
  constraints: `SELECT conrelid::regclass || '.' || conname AS name, pg_get_constraintdef(c.oid) AS fact
       FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid
       WHERE t.relnamespace = $1::regnamespace AND t.relname = ANY($2)`,
  triggers: `SELECT t.tgname AS name, concat_ws(' ', r.relname, t.tgtype, t.tgenabled, p.proname, p.prosrc) AS fact
       FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
       WHERE r.relnamespace = $1::regnamespace AND r.relname = ANY($2) AND NOT t.tgisinternal`,
};

/** `search` puts the schema in front, so that names are printed without it. */
async function factsIn(schema: string): Promise<Record<string, string[]>> {
  const client = await database.pool.connect();
  try {
    await client.query(`SET search_path = ${schema}`);
    const found: Record<string, string[]> = {};
    for (const [what, sql] of Object.entries(FACTS)) {
      const { rows } = await client.query<{ name: string; fact: string }>(sql, [schema, tables]);
      found[what] = rows.map(({ name, fact }) => `${name}: ${fact}`).sort();
    }
    return found;
  } finally {
    await client.query("RESET search_path");
    client.release();
  }
}

test("the migrations make what the declarations derive", async () => {
  const client = await database.pool.connect();
  await client.query("CREATE SCHEMA derived; SET search_path = derived");
  for (const dataset of catalogue.datasets)
    for (const statement of tableSql(dataset)) await client.query(statement);
  await client.query("RESET search_path");
  client.release();
  const [migrated, derived] = [await factsIn("public"), await factsIn("derived")];
  expect(derived.columns!.length).toBeGreaterThan(tables.length * 10);
  expect(migrated).toEqual(derived);
});

test("what a declaration made can be taken back", async () => {
  const client = await database.pool.connect();
  await client.query("CREATE SCHEMA undone; SET search_path = undone");
  const dataset = catalogue.dataset("facility");
  for (const statement of [...tableSql(dataset), ...dropTableSql(dataset)]) await client.query(statement);
  const left = await client.query(
    `SELECT relname FROM pg_class WHERE relnamespace = 'undone'::regnamespace
     UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'undone'::regnamespace`,
  );
  await client.query("RESET search_path");
  client.release();
  expect(left.rows).toEqual([]);
});

test("a table is brought to its declaration, and back: columns and indexes that lack, indexes that are declared no more", async () => {
  const dataset = catalogue.dataset("committeeMember");
  const client = await database.pool.connect();
  const shape = async () => [
    (await client.query(FACTS.columns!, ["grown", [dataset.table, `${dataset.table}_history`]])).rows,
    (await client.query(FACTS.indexes!, ["grown", [dataset.table, `${dataset.table}_history`]])).rows,
  ];
  const run = async (statements: readonly string[]) => {
    for (const statement of statements) await client.query(statement);
    return shape();
  };
  await client.query("CREATE SCHEMA grown; SET search_path = grown, public");
  const whole = (await run(tableSql(dataset))).map(sorted);
  expect(changesOf(dataset, await standingOf(client, dataset))).toEqual({ up: [], down: [] });
  for (const table of [dataset.table, `${dataset.table}_history`])
    await client.query(
      `ALTER TABLE ${table} DROP phone, DROP phone_masked, DROP phone_hash, DROP cell_key, DROP name`,
    );
  const lacking = (await shape()).map(sorted);
  const { up, down } = changesOf(dataset, await standingOf(client, dataset));
  expect((await run(up)).map(sorted)).toEqual(whole);
  await client.query(`UPDATE ${dataset.table} SET source = 'x'`);
  expect((await run(down)).map(sorted)).toEqual(lacking);
  await run(up);
  await client.query(`CREATE INDEX ${dataset.table}_by_source ON ${dataset.table} (source)`);
  await client.query(`CREATE INDEX of_an_operator ON ${dataset.table} (source)`);
  const former = (await shape()).map(sorted);
  const dropped = changesOf(dataset, await standingOf(client, dataset));
  expect(dropped.up).toEqual([`DROP INDEX "${dataset.table}_by_source"`]);
  await run(dropped.up);
  expect((await run(dropped.down)).map(sorted)).toEqual(former);
  await client.query(`ALTER TABLE ${dataset.table} ADD former text`);
  const standing = await standingOf(client, dataset);
  expect(() => changesOf(dataset, standing)).toThrow(/former/);
  await client.query("RESET search_path");
  client.release();
});

function sorted(facts: { name: string }[]): { name: string }[] {
  return [...facts].sort((a, b) => (a.name < b.name ? -1 : 1));
}

test("the columns of a table and of its twin stand in the same order", async () => {
  const { rows } = await database.pool.query<{ table: string; columns: string[] }>(
    `SELECT table_name AS table, array_agg(column_name::text ORDER BY ordinal_position) AS columns
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY($1) GROUP BY 1`,
    [tables],
  );
  const columns = new Map(rows.map((r) => [r.table, r.columns]));
  for (const { table } of catalogue.datasets)
    expect(columns.get(`${table}_history`)).toEqual(["superseded_at", ...columns.get(table)!]);
});

test("every column that a link arrives at has an index that begins with it", async () => {
  const { rows } = await database.pool.query<{ place: string }>(
    `SELECT DISTINCT t.relname || '.' || a.attname AS place FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]`,
  );
  const indexed = new Set(rows.map((r) => r.place));
  const arrivals = catalogue.datasets.flatMap((d) =>
    d.links.map((link) => {
      const target = catalogue.dataset(link.target);
      return `${target.table}.${catalogue.field(target, link.there).column}`;
    }),
  );
  expect([...new Set(arrivals)].filter((place) => !indexed.has(place))).toEqual([]);
});

describe("a row's versions", () => {
  const id = "01930000-0000-7000-8000-000000000001";
  const insert = `INSERT INTO staffing_target (id, year, target, territory, created_by, changed_by)
                  VALUES ($1, 2026, 12, '140105001001', 'a', 'a')`;

  test("an update leaves the version it superseded", async () => {
    await database.pool.query(insert, [id]);
    for (const target of [13, 14])
      await database.pool.query("UPDATE staffing_target SET target = $2 WHERE id = $1", [id, target]);
    const { rows } = await database.pool.query(
      `SELECT h.version, h.target, h.superseded_at > h.changed_at AS ordered FROM staffing_target_history h ORDER BY version`,
    );
    expect(rows).toEqual([
      { version: 1, target: 12, ordered: true },
      { version: 2, target: 13, ordered: true },
    ]);
  });

  test("nobody can miscount versions or set back the time of a change", async () => {
    const { rows } = await database.pool.query(
      "UPDATE staffing_target SET version = 1, changed_at = '2000-01-01' WHERE id = $1 RETURNING version, changed_at",
      [id],
    );
    expect(rows[0].version).toBe(4);
    expect(Math.abs(Date.now() - rows[0].changed_at.getTime())).toBeLessThan(60_000);
  });

  test("a business key may return once its holder is retired", async () => {
    const other = "01930000-0000-7000-8000-000000000002";
    await expect(database.pool.query(insert, [other])).rejects.toThrow(/staffing_target_key/);
    await database.pool.query("UPDATE staffing_target SET retired_at = now() WHERE id = $1", [id]);
    await database.pool.query(insert, [other]);
  });
});

test("cell keys are spread over 32 bits", async () => {
  const insert = `INSERT INTO committee_member
      (id, member_no, name, position, term_from, territory, created_by, changed_by)
    SELECT gen_random_uuid(), n::text, 'n', 'MEMBER', '2026-01-01', '140105001001', 'a', 'a'
      FROM generate_series(1, 400) n`;
  await database.pool.query(insert);
  const { rows } = await database.pool.query<{ quarter: number; n: string }>(
    "SELECT cell_key / 1073741824 AS quarter, count(*) AS n FROM committee_member GROUP BY 1 ORDER BY 1",
  );
  expect(rows.map((r) => Number(r.quarter))).toEqual([0, 1, 2, 3]);
  // Fewer than 50 of 400 in a quarter has a chance below one in a million billion.
  for (const { n } of rows) expect(Number(n)).toBeGreaterThan(50);
});

test("hub migration writes the file of the datasets it is given", () => {
  const root = path.resolve(__dirname, "..", "..");
  const home = mkdtempSync(path.join(tmpdir(), "hub-migration-"));
  try {
    mkdirSync(path.join(home, "migrations"));
    const script = `require(${JSON.stringify(path.join(root, "test/setup/register.cjs"))});
      require(${JSON.stringify(require.resolve("reflect-metadata"))});
      require(${JSON.stringify(path.join(root, "src/cli/migration.ts"))}).migration(["facility"], { name: "add-facility" })`;
    execFileSync(process.execPath, ["-e", script], { cwd: home });
    const text = readFileSync(path.join(home, "migrations", "0001-add-facility.ts"), "utf8");
    const timestamp = /class AddFacility(\d{13}) /.exec(text)?.[1];
    const facility = [catalogue.dataset("facility")];
    expect(text).toBe(migrationText(facility, newTables(facility), "add-facility", Number(timestamp)));
  } finally {
    rmSync(home, { recursive: true });
  }
});
