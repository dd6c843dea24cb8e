// Seeding a real database: what is loaded, twice the same, only into an empty hub, and going on after a stop.
import { seedBase, seedCity } from "../../seeds";
import { readDivisions } from "../../seeds/data";
import { cityOf, MAKERS, SYNTHETIC } from "../../seeds/synthetic";
import { catalogue } from "../../src/datasets";
import { columnsOf, type DatasetEntry, masked } from "../../src/declare";
import { createCipher } from "../../src/declare/cipher";
import { seededDatabase, type TestDatabase, testDatabase } from "../setup/database";
import { SEEDED_MASTER_KEY as masterKey } from "../setup/seeded";

let seeded: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  seeded = await seededDatabase();
  empty = await testDatabase();
});
afterAll(async () => {
  await seeded?.drop();
  await empty?.drop();
});

const datasets = [...MAKERS.keys()].map((name) => catalogue.dataset(name));

/** One hash of all business values in a table; sealed bytes and cell keys are random on purpose. */
async function hashOf({ pool }: TestDatabase, { table, fields }: DatasetEntry): Promise<string> {
  const columns = fields.flatMap((field) =>
    field.name === "id"
      ? ["id"]
      : columnsOf(field).flatMap(([name, { name: column }]) =>
          field.encrypted && name === field.name ? [] : [String(column)],
        ),
  );
  const list = columns.map((column) => `"${column}"`).join(", ");
  const { rows } = await pool.query(
    `SELECT count(*)::int AS rows, md5(string_agg(md5(row(${list})::text), '' ORDER BY id)) AS hash FROM "${table}"`,
  );
  return JSON.stringify(rows[0]);
}

test("the divisions of both schemes and their crosswalk came through the import", async () => {
  const { rows } = await seeded.pool.query(
    `SELECT scheme, count(*)::int, count(DISTINCT territory)::int AS places, min(created_by) AS by FROM division GROUP BY 1 ORDER BY 1`,
  );
  expect(rows).toEqual([
    { scheme: "CIVIL_AFFAIRS", count: 114, places: 111, by: "system/seed" },
    { scheme: "STATISTICS", count: 1521, places: 1521, by: "system/seed" },
  ]);
  const jobs = await seeded.pool.query(
    "SELECT dataset, state, rows_new::int FROM import_job ORDER BY started_at",
  );
  expect(jobs.rows).toEqual([
    { dataset: "division", state: "DONE", rows_new: 1521 },
    { dataset: "division", state: "DONE", rows_new: 114 },
    { dataset: "divisionCrosswalk", state: "DONE", rows_new: 111 },
  ]);
  const moved = await seeded.pool.query(
    "SELECT name, territory FROM division WHERE node = 'CIVIL_AFFAIRS/2025/140109009000'",
  );
  expect(moved.rows).toEqual([{ name: "西铭街道", territory: "140109012000" }]);
});

test("every synthetic row is loaded, marked, and signed by the seeds", async () => {
  const city = cityOf("test", readDivisions());
  for (const { name, table } of datasets) {
    const expected = [...(MAKERS.get(name)?.(city) ?? [])].length;
    const { rows } = await seeded.pool.query(
      `SELECT count(*)::int AS n FROM "${table}" WHERE source = $1 AND created_by = 'system/seed' AND version = 1`,
      [SYNTHETIC],
    );
    expect([name, rows[0].n]).toEqual([name, expected]);
  }
});

test("a second hub gets the same values, row by row", async () => {
  const options = { url: empty.url, catalogue, masterKey, scale: "test" } as const;
  expect(await seedCity(options)).toBe(true);
  for (const dataset of datasets)
    expect([dataset.name, await hashOf(empty, dataset)]).toEqual([
      dataset.name,
      await hashOf(seeded, dataset),
    ]);
});

test("sealed fields open with the master key, and their masked forms and hashes are beside them", async () => {
  const cipher = createCipher(masterKey);
  const { rows } = await seeded.pool.query(
    "SELECT phone, phone_masked, phone_hash, id_number, id_number_masked, address, address_masked FROM volunteer LIMIT 20",
  );
  for (const row of rows) {
    const phone = cipher.open("volunteer", "phone", row.phone);
    expect(phone).toMatch(/^1540\d{7}$/);
    expect(row.phone_masked).toBe(masked("PHONE", phone));
    expect(row.phone_hash).toEqual(cipher.hash("volunteer", "phone", phone));
    expect(row.id_number_masked).toBe(
      masked("ID_NUMBER", cipher.open("volunteer", "idNumber", row.id_number)),
    );
    expect(row.address_masked).toMatch(/^太原市.*(社区|村委会)\*\*\*$/);
  }
});

test("run again, nothing is done; at another scale, or beside a steward's own rows, it is refused", async () => {
  const options = { url: seeded.url, catalogue, masterKey };
  expect(await seedCity({ ...options, scale: "test" })).toBe(false);
  await expect(seedCity({ ...options, scale: "demo" })).rejects.toThrow(/another scale/);
  expect(await seedCity({ ...options, scale: "demo", leaveOthers: true })).toBe(false);
  await seeded.pool.query("UPDATE facility SET created_by = 'civil-affairs@140100000000/somebody'");
  await expect(seedCity({ ...options, scale: "test" })).rejects.toThrow(/not synthetic/);
});

test("a load that was stopped in the middle goes on with the datasets that are missing", async () => {
  const tables = ["fund_transaction", "fund_audit", "donation"];
  const before = await Promise.all(tables.map((table) => hashOfTable(table)));
  for (const table of tables) await empty.pool.query(`TRUNCATE "${table}"`);
  expect(await seedCity({ url: empty.url, catalogue, masterKey, scale: "test" })).toBe(true);
  expect(await Promise.all(tables.map((table) => hashOfTable(table)))).toEqual(before);
});

function hashOfTable(table: string): Promise<string> {
  return hashOf(empty, datasets.find((dataset) => dataset.table === table) as DatasetEntry);
}

test("base seeds run at every start and add nothing twice", async () => {
  const count = async () =>
    (
      await seeded.pool.query(
        "SELECT (SELECT count(*) FROM division) + (SELECT count(*) FROM department) AS n",
      )
    ).rows[0].n;
  const before = await count();
  await seedBase(seeded.pool, { demo: true });
  expect(await count()).toBe(before);
});
