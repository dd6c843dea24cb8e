// Stored records go over to footprints, and their grants to those, and back with all that they say.
import { Pool } from "pg";
import type { MigrationInterface, QueryRunner } from "typeorm";
import { AccessFootprints1700000000007 as Footprints } from "../../migrations/0007-access-footprints";
import { GrantsInFootprints1795368044828 as Grants } from "../../migrations/0009-grants-in-footprints";
import { SealedAccessLog1795371000000 as Sealed } from "../../migrations/0011-sealed-access-log";
import { createAccessLog, createRecorder, type Recorder } from "../../src/audit";
import { createSource } from "../../src/database/source";
import { departmentOf } from "../../src/identity";
import { type TestDatabase, testDatabase } from "../setup/database";
import { sampleRecord } from "./sample-record";

let database: TestDatabase;
let writer: Recorder;
let source: ReturnType<typeof createSource>;
let runner: QueryRunner;

beforeEach(async () => {
  database = await testDatabase();
  for (const month of ["2026-10", "2026-11", "2031-12"])
    await sql("SELECT access_record_partition($1)", [`${month}-15`]);
  writer = await createRecorder(database.pool);
  source = createSource(database.url, []);
  await source.initialize();
  runner = source.createQueryRunner();
});

afterEach(async () => {
  await writer.close();
  await source.destroy();
  await database.drop();
});

async function sql(text: string, values: unknown[] = []) {
  return (await database.pool.query(text, values)).rows;
}

async function step(migration: MigrationInterface, way: "up" | "down") {
  await runner.startTransaction();
  await migration[way](runner);
  await runner.commitTransaction();
}

const touched = (dataset: string) => [
  { dataset, fields: [{ field: "name", level: "MASKED", territories: ["140105000000", "140106000000"] }] },
];

/** Records of three months and two plans; of one of these under other grants, and under none. */
async function fill() {
  const at = (month: string) => new Date(`${month}-15T00:00:00Z`);
  for (const [n, month] of ["2026-10", "2026-11", "2031-12"].entries())
    await writer.recordDurably(sampleRecord(`kept-${n}`, { at: at(month), datasets: touched("facility") }));
  const more = { volunteer: ["grant-1"], facility: ["grant-2", "grant-3"], donation: [] };
  for (const [dataset, grants] of Object.entries(more))
    await writer.recordDurably(sampleRecord(`of-${dataset}`, { datasets: touched(dataset), grants }));
  await writer.recordDurably(sampleRecord("ungranted", { datasets: touched("facility"), grants: [] }));
  // These tables were made before those that lean on them.
  await step(new Sealed(), "down");
  await sql("DROP INDEX access_footprint_grants, access_record_own_grants");
}

/** All that the records say, from wherever the tables of the time have it. */
const all = (more: string, from: string) =>
  sql(`SELECT to_jsonb(r) - 'footprint' ${more} AS r ${from} ORDER BY seq`);
const JOINED = "FROM access_record r JOIN access_footprint f ON hash = footprint";
const now = () =>
  all("|| jsonb_build_object('datasets', datasets, 'grants', coalesce(r.grants, f.grants))", JOINED);
const withOwnGrants = () => all("|| jsonb_build_object('datasets', datasets)", JOINED);
const withoutFootprints = () => all("", "FROM access_record r");

const footprints = () => sql("SELECT * FROM access_footprint ORDER BY hash");
const shape = async () => (await sql(SHAPE)).map((row) => row.fact);

const SHAPE = `
  SELECT relname AS fact FROM pg_class WHERE relname LIKE 'access_record%' OR relname LIKE 'access_footprint%'
  UNION ALL SELECT concat_ws(' ', tgrelid::regclass || '.' || tgname, tgenabled) FROM pg_trigger
    WHERE tgrelid::regclass::text LIKE 'access_record%' OR tgrelid::regclass::text LIKE 'access_footprint%'
  UNION ALL SELECT concat_ws(' ', attrelid::regclass || '.' || attname, attnum, attnotnull) FROM pg_attribute
    WHERE attnum > 0 AND NOT attisdropped AND attrelid::regclass::text ~ '^access_(record|footprint)'
  ORDER BY 1`;

async function expectKept() {
  for (const statement of [
    "UPDATE access_record SET rows = 0",
    "UPDATE access_record_202611 SET rows = 0",
    "DELETE FROM access_record",
    "TRUNCATE access_record_202611",
  ])
    await expect(sql(statement)).rejects.toMatchObject({ code: "42501" });
}

test("records go over to footprints and back", async () => {
  await fill();
  const records = await now();
  expect(records).toHaveLength(7);
  await step(new Grants(), "down");
  const [tables, names] = [await shape(), await footprints()];

  await step(new Footprints(), "down");
  expect(await withoutFootprints()).toEqual(records);
  await expectKept();
  expect(await shape()).toContain("access_record_datasets");
  await step(new Footprints(), "up");
  expect(await withOwnGrants()).toEqual(records);
  expect(await footprints()).toEqual(names);
  expect(await shape()).toEqual(tables);
  await expectKept();

  await step(new Grants(), "up");
  expect(await now()).toEqual(records);
  await step(new Sealed(), "up");
  await writer.recordDurably(sampleRecord("next", { datasets: touched("facility"), grants: [] }));
  expect(await footprints()).toHaveLength(names.length);
}, 60_000);

test("grants go over to footprints and back", async () => {
  await fill();
  const records = await now();
  const tables = await shape();
  expect((await footprints()).map((f) => f.grants.length).sort()).toEqual([0, 0, 1, 1, 2]);

  await step(new Grants(), "down");
  expect(await withOwnGrants()).toEqual(records);
  // As the former version names them: one for each that was touched, whatever the grants.
  expect((await footprints()).map((f) => f.datasets[0].dataset).sort()).toEqual([
    "donation",
    "facility",
    "volunteer",
  ]);
  await expectKept();
  await expect(sql("DELETE FROM access_footprint")).rejects.toMatchObject({ code: "42501" });

  await step(new Grants(), "up");
  expect(await now()).toEqual(records);
  expect((await shape()).filter((fact) => !fact.includes("access_footprint.grants"))).toEqual(
    tables.filter((fact) => !fact.includes("access_footprint.grants")),
  );
}, 60_000);

test("the log tells the grants of records from before and after", async () => {
  await fill();
  await step(new Grants(), "down");
  await step(new Grants(), "up");
  await step(new Sealed(), "up");
  // Another hub: one that ran meanwhile would take the footprints that went for stored.
  const pool = new Pool({ connectionString: database.url, max: 1 });
  const next = await createRecorder(pool);
  const after = { datasets: touched("facility"), grants: ["grant-2", "grant-3"] };
  await next.recordDurably(sampleRecord("after", after));
  await next.close();
  await pool.end();
  const log = createAccessLog(database.pool, {
    current: async () => ({ epoch: 1, stewardships: [], standings: [], grants: [] }),
  });
  const auditor = {
    subject: "w",
    department: departmentOf("audit@140100000000")!,
    duties: ["audit" as const],
  };
  const { nodes } = await log.read(auditor, {}, {});
  expect(Object.fromEntries(nodes.map((n) => [n.requestId, n.grants]))).toEqual({
    "kept-0": ["grant-1"],
    "kept-1": ["grant-1"],
    "kept-2": ["grant-1"],
    "of-volunteer": ["grant-1"],
    "of-facility": ["grant-2", "grant-3"],
    "of-donation": [],
    ungranted: [],
    after: ["grant-2", "grant-3"],
  });
}, 60_000);
