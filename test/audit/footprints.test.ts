// What an answer touched is stored once for all records that say the same, always with them, and never altered.

import { parse } from "graphql";
import { Pool } from "pg";
import { type Decisions, decide } from "../../src/access";
import { createRecorder, type Recorder } from "../../src/audit";
import { footprintOf } from "../../src/audit/footprint";
import { catalogue } from "../../src/datasets";
import { createCipher } from "../../src/declare/cipher";
import { createRightsStore, departmentOf } from "../../src/identity";
import { Reader, schemaOf } from "../../src/read";
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

test("grants are part of a footprint, and a record holds none of its own", async () => {
  const datasets = touched("committee");
  const record = (name: string, grants: string[]) =>
    recorder.recordDurably(sampleRecord(name, { datasets, grants }));
  await record("one", ["grant-1"]);
  await record("two", ["grant-1", "grant-2"]);
  await record("two again", ["grant-1", "grant-2"]);
  await record("none", []);
  const rows = await sql(
    `SELECT request_id, r.grants AS own, f.grants FROM access_record r JOIN access_footprint f ON hash = footprint
      WHERE datasets -> 0 ->> 'dataset' = 'committee' ORDER BY seq`,
  );
  expect(rows).toEqual([
    { request_id: "one", own: null, grants: ["grant-1"] },
    { request_id: "two", own: null, grants: ["grant-1", "grant-2"] },
    { request_id: "two again", own: null, grants: ["grant-1", "grant-2"] },
    { request_id: "none", own: null, grants: [] },
  ]);
  expect(await footprintsOf("committee")).toHaveLength(3);
});

test("a remembered plan's footprint is made once, and anew where either of its lists is another", () => {
  const [datasets, grants] = [touched("budgetLine"), ["grant-1"]];
  const first = footprintOf(datasets, grants);
  expect(footprintOf(datasets, grants)).toBe(first);
  expect(footprintOf(datasets, ["grant-2"]).hash).not.toBe(first.hash);
  expect(footprintOf(datasets, grants)).toEqual(first);
  expect(footprintOf(touched("budgetLine"), ["grant-1"]).hash).toBe(first.hash);
});

test("a question asked again hands out the lists of its remembered plan", async () => {
  const limits = { cost: 1_000, defaultFirst: 20, maxFirst: 20 };
  const parts = { catalogue, pool: database.pool, cipher: createCipher(Buffer.alloc(32)), limits };
  const reader = new Reader({ ...parts, nameOf: () => undefined }, schemaOf(catalogue));
  const department = departmentOf("finance@140100000000")!;
  const identity = { subject: "w", department, duties: ["read" as const], purpose: "review" };
  await sql("INSERT INTO purpose VALUES ('review', '复核', 'Review', 'a test')");
  await sql(
    `INSERT INTO access_grant (department, dataset, level, territory, purpose, legal_basis, granted_by, starts_at)
     VALUES ($1, 'community', 'FULL', '140100000000', 'review', 'a test', $1, '2026-01-01T00:00:00Z')`,
    [department.code],
  );
  const rights = await createRightsStore(database.pool).current();
  const decisions: Decisions = {
    epoch: rights.epoch,
    decide: (name) => decide(identity, catalogue.dataset(name), rights, new Date()),
    purposesFor: () => [],
    refresh: async () => decisions,
    alike: "finance",
  };
  const document = parse("query ($code: String!) { community(code: $code) { name } }");
  const ask = async (code: string) =>
    (await reader.answer({ document, variables: { code } }, decisions)).prepared;
  const [one, other] = [await ask("140105001001"), await ask("140106001001")];
  expect(one.grants).toEqual(rights.grants.map((g) => g.id));
  expect(other.touched).toBe(one.touched);
  expect(other.grants).toBe(one.grants);
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
  "UPDATE access_footprint SET grants = '{}'",
  "DELETE FROM access_footprint",
  "TRUNCATE access_footprint",
  `INSERT INTO access_footprint SELECT hash, '[]' FROM access_footprint
     ON CONFLICT (hash) DO UPDATE SET datasets = excluded.datasets`,
])("%s is refused by the table", async (statement) => {
  await recorder.recordDurably(sampleRecord("there"));
  await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
});
