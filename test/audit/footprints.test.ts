// What an answer touched is stored once for all records that say the same, always with them, and never altered.

import { Pool } from "pg";
import { AccessFootprints1700000000007 as Migration } from "../../migrations/0007-access-footprints";
import { createRecorder, type Recorder } from "../../src/audit";
import { createSource } from "../../src/database/source";
import { type TestDatabase, testDatabase } from "../setup/database";
import { firstLine, startScript } from "../setup/process";
import { sampleRecord } from "./sample-record";

let database: TestDatabase;
let recorder: Recorder;

beforeAll(async () => {
  database = await testDatabase();
  recorder = await createRecorder(database.pool);
});

afterAll(async () => {
  await recorder.close();
  await database.drop();
});

const touched = (dataset: string, field = "name") => [
  { dataset, fields: [{ field, level: "MASKED", territories: ["140105000000", "140106000000"] }] },
];

async function sql(text: string, values: unknown[] = []) {
  return (await database.pool.query(text, values)).rows;
}

const footprintsOf = (dataset: string) =>
  sql(
    "SELECT encode(hash, 'hex') AS hash, datasets FROM access_footprint WHERE datasets -> 0 ->> 'dataset' = $1",
    [dataset],
  );

const lacking = async () =>
  (
    await sql(
      "SELECT request_id FROM access_record LEFT JOIN access_footprint ON hash = footprint WHERE hash IS NULL",
    )
  ).length;

test("records of one plan, and of plans that touch the same, share one footprint", async () => {
  const datasets = touched("facility");
  const others = await createRecorder(database.pool);
  const record = (name: string, one: typeof datasets, by = recorder) =>
    by.recordDurably(sampleRecord(name, { datasets: one }));
  await Promise.all([1, 2, 3].map((n) => record(`same-${n}`, datasets)));
  await record("same-4", touched("facility"), others);
  // The order of members does not matter, nor what else the object may hold.
  const reversed = touched("facility").map(({ dataset, fields }) => ({ other: 1, fields, dataset }));
  await record("same-5", reversed);
  await record("different", touched("facility", "address"));
  await others.close();
  const rows = await sql(
    `SELECT count(*)::int AS records, count(DISTINCT footprint)::int AS footprints FROM access_record
      WHERE request_id LIKE 'same-%'`,
  );
  expect(rows).toEqual([{ records: 5, footprints: 1 }]);
  const kept = await footprintsOf("facility");
  expect(kept.map((row) => row.datasets)).toEqual(
    expect.arrayContaining([touched("facility"), touched("facility", "address")]),
  );
  expect(kept).toHaveLength(2);
  for (const { hash } of kept) expect(hash).toMatch(/^[0-9a-f]{32}$/);
});

test("an answer that touched nothing has a footprint too", async () => {
  await recorder.recordDurably(sampleRecord("nothing", { datasets: [] }));
  expect(await lacking()).toBe(0);
});

test("what a failed write carried is not taken for stored", async () => {
  const datasets = touched("donation");
  const bad = { datasets, outcome: "REFUSED" as const }; // without a code
  await expect(recorder.recordDurably(sampleRecord("failed", bad))).rejects.toMatchObject({
    code: "UNAVAILABLE",
  });
  expect(await footprintsOf("donation")).toEqual([]);
  await recorder.recordDurably(sampleRecord("succeeds", { datasets }));
  expect(await footprintsOf("donation")).toHaveLength(1);
  expect(await lacking()).toBe(0);
});

test("sessions that end take with them what was known, since the database may come back from a backup", async () => {
  const datasets = touched("idleAsset");
  const pool = new Pool({ connectionString: database.url, max: 1, application_name: "ended" });
  pool.on("error", () => undefined);
  const own = await createRecorder(pool);
  const standing = await lacking();
  await own.recordDurably(sampleRecord("before", { datasets }));
  await sql("ALTER TABLE access_footprint DISABLE TRIGGER USER");
  await sql("DELETE FROM access_footprint WHERE datasets -> 0 ->> 'dataset' = 'idleAsset'");
  await sql("ALTER TABLE access_footprint ENABLE TRIGGER USER");
  await own.recordDurably(sampleRecord("still", { datasets }));
  expect(await lacking()).toBe(standing + 2);
  const ended = new Promise((resolve) => pool.once("remove", resolve));
  await sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ended'");
  await ended;
  await own.recordDurably(sampleRecord("after", { datasets }));
  expect(await lacking()).toBe(standing);
  await own.close();
  await pool.end();
});

test("a process killed with a footprint on its way leaves nobody's record without one", async () => {
  const child = startScript("test/audit/killed-recording.ts", [
    database.url,
    JSON.stringify(touched("allocation")),
  ]);
  expect(await firstLine(child)).toBe("within");
  const mine = recorder.recordDurably(sampleRecord("waits", { datasets: touched("allocation") }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await footprintsOf("allocation")).toEqual([]);
  child.kill("SIGKILL");
  await mine;
  expect(
    await sql("SELECT request_id FROM access_record WHERE request_id IN ('waits', 'unfinished')"),
  ).toEqual([{ request_id: "waits" }]);
  expect(await footprintsOf("allocation")).toHaveLength(1);
  expect(await lacking()).toBe(0);
});

test.each([
  "UPDATE access_footprint SET datasets = '[]'",
  "DELETE FROM access_footprint",
  "TRUNCATE access_footprint",
  `INSERT INTO access_footprint SELECT hash, '[]' FROM access_footprint
     ON CONFLICT (hash) DO UPDATE SET datasets = excluded.datasets`,
])("%s is refused by the table", async (statement) => {
  await recorder.recordDurably(sampleRecord("there"));
  await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
});

test("stored records go over to footprints and back with all that they say", async () => {
  const fresh = await testDatabase();
  const source = createSource(fresh.url, []);
  const writer = await createRecorder(fresh.pool);
  const at = (month: string) => new Date(`${month}-15T00:00:00Z`);
  for (const month of ["2026-10", "2031-12"])
    await fresh.pool.query("SELECT access_record_partition($1)", [`${month}-15`]);
  for (const [n, month] of ["2026-10", "2026-11", "2031-12"].entries())
    await writer.recordDurably(sampleRecord(`kept-${n}`, { at: at(month), datasets: touched("facility") }));
  await writer.recordDurably(sampleRecord("kept-3", { datasets: touched("volunteer") }));
  await source.initialize();
  const runner = source.createQueryRunner();
  const step = async (way: "up" | "down") => {
    await runner.startTransaction();
    await new Migration()[way](runner);
    await runner.commitTransaction();
  };
  const all = async (from: string) =>
    (await fresh.pool.query(`SELECT to_jsonb(r) - 'footprint' - 'hash' AS r FROM ${from} r ORDER BY seq`))
      .rows;
  const shape = async () => (await fresh.pool.query(SHAPE)).rows.map((row) => row.fact);
  const joined = "(SELECT * FROM access_record JOIN access_footprint ON hash = footprint)";
  const [records, tables] = [await all(joined), await shape()];
  const hashes = await fresh.pool.query("SELECT * FROM access_footprint ORDER BY hash");
  expect(records).toHaveLength(4);

  await step("down");
  expect(await all("access_record")).toEqual(records);
  await expect(fresh.pool.query("DELETE FROM access_record")).rejects.toMatchObject({ code: "42501" });
  expect(await shape()).toContain("access_record_datasets");
  await step("up");
  expect(await all(joined)).toEqual(records);
  expect((await fresh.pool.query("SELECT * FROM access_footprint ORDER BY hash")).rows).toEqual(hashes.rows);
  expect(await shape()).toEqual(tables);
  await expect(fresh.pool.query("DELETE FROM access_record")).rejects.toMatchObject({ code: "42501" });
  await expect(fresh.pool.query("TRUNCATE access_record_202611")).rejects.toMatchObject({ code: "42501" });
  await writer.recordDurably(sampleRecord("kept-4", { datasets: touched("facility") }));
  const [{ n }] = (await fresh.pool.query("SELECT count(*)::int AS n FROM access_footprint")).rows;
  expect(n).toBe(2);

  await writer.close();
  await source.destroy();
  await fresh.drop();
}, 60_000);

const SHAPE = `
  SELECT relname AS fact FROM pg_class WHERE relname LIKE 'access_record%' OR relname LIKE 'access_footprint%'
  UNION ALL SELECT tgrelid::regclass || '.' || tgname FROM pg_trigger
    WHERE tgrelid::regclass::text LIKE 'access_record%' OR tgrelid::regclass::text LIKE 'access_footprint%'
  UNION ALL SELECT attrelid::regclass || '.' || attname || ' ' || attnum FROM pg_attribute
    WHERE attnum > 0 AND attrelid::regclass::text ~ '^access_(record|footprint)'
  ORDER BY 1`;
