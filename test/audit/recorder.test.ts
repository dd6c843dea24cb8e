// Access records are durable before their promise resolves, share commits, and are never changed afterwards.
import { createHash } from "node:crypto";
import { Pool } from "pg";
import { createRecorder, type Recorder } from "../../src/audit";
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

async function stored(requestId: string) {
  const { rows } = await database.pool.query(
    "SELECT * FROM access_record JOIN access_footprint ON hash = footprint WHERE request_id LIKE $1 ORDER BY seq",
    [requestId],
  );
  return rows;
}

test("a durable record is in the table when its promise resolves, with the document as a hash alone", async () => {
  const record = sampleRecord("one");
  await recorder.recordDurably(record);
  const [row] = await stored("one");
  expect(row).toMatchObject({
    subject: "officer-17",
    department: "finance@140100000000",
    app: null,
    purpose: "budget-review",
    operation: "Volunteers",
    datasets: record.datasets,
    rows: 20,
    grants: ["grant-1"],
    outcome: "ANSWERED",
    code: null,
  });
  expect(row.at).toEqual(record.at);
  expect(row.document).toEqual(createHash("sha256").update(record.document!).digest());
  expect(row.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});

test("records that wait together share their commits", async () => {
  await Promise.all(
    Array.from({ length: 300 }, (_, n) => recorder.recordDurably(sampleRecord(`group-${n}`))),
  );
  const { rows } = await database.pool.query(
    "SELECT count(*)::int AS records, count(DISTINCT xmin::text)::int AS commits FROM access_record WHERE request_id LIKE 'group-%'",
  );
  expect(rows[0].records).toBe(300);
  expect(rows[0].commits).toBeLessThan(10);
});

test("a record that follows another at once does not wait for the timer", async () => {
  const patient = await createRecorder(database.pool, { delay: 60_000, patience: 2_000 });
  // Each comes a few turns later after the one before, so that one of them meets the end of its commit.
  for (let turns = 0; turns < 12; turns++) {
    await patient.recordDurably(sampleRecord(`follows-${turns}`));
    for (let turn = 0; turn < turns; turn++) await undefined;
  }
  await patient.close();
  expect(await stored("follows-%")).toHaveLength(12);
});

test("a process killed right after its promise leaves its records", async () => {
  const child = startScript("test/audit/recording-process.ts", [database.url]);
  expect(await firstLine(child)).toBe("recorded");
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
  expect((await stored("killed-%")).map((row) => row.request_id).sort()).toEqual([
    "killed-1",
    "killed-2",
    "killed-3",
  ]);
});

test("a record nobody waits for is written within a second", async () => {
  recorder.record(sampleRecord("batched", { outcome: "REFUSED", code: "FIELD_WITHHELD" }));
  expect(await stored("batched")).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await stored("batched")).toMatchObject([{ outcome: "REFUSED", code: "FIELD_WITHHELD" }]);
});

test("text of any kind is recorded", async () => {
  await recorder.recordDurably(
    sampleRecord("tame", { subject: `a\u0000b${"长".repeat(500)}`, cost: Infinity }),
  );
  const [row] = await stored("tame");
  expect(row.subject).toMatch(/^ab长+$/);
  expect(row.subject).toHaveLength(200);
  expect(row.cost).toBe(2_147_483_647);
});

test("a record that the table refuses does not take its neighbours with it", async () => {
  const refused = sampleRecord("bad", { outcome: "REFUSED" }); // without a code
  const outcomes = await Promise.allSettled([
    recorder.recordDurably(sampleRecord("good-1")),
    recorder.recordDurably(refused),
    recorder.recordDurably(sampleRecord("good-2")),
  ]);
  expect(outcomes.map((o) => o.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect((await stored("good-%")).length).toBe(2);
});

test("where the record cannot be written the promise fails with UNAVAILABLE, and later ones succeed again", async () => {
  await database.pool.query("ALTER TABLE access_record RENAME TO access_record_away");
  await expect(recorder.recordDurably(sampleRecord("lost"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  recorder.record(sampleRecord("kept"));
  await recorder.flush();
  await database.pool.query("ALTER TABLE access_record_away RENAME TO access_record");
  await recorder.recordDurably(sampleRecord("again"));
  expect((await stored("kept")).length).toBe(1);
  expect(await stored("lost")).toEqual([]);
});

test("a database that does not answer is a failure after a bounded wait", async () => {
  const pool = new Pool({ connectionString: database.url, max: 1 });
  const impatient = await createRecorder(pool, { patience: 200 });
  const client = await pool.connect(); // takes the only connection
  await expect(impatient.recordDurably(sampleRecord("slow"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  client.release();
  await impatient.close();
  await pool.end();
});

test.each(["UPDATE access_record SET rows = 0", "DELETE FROM access_record", "TRUNCATE access_record"])(
  "%s is refused by the table",
  async (statement) => {
    await recorder.recordDurably(sampleRecord("there"));
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  },
);

test("partitions are made ahead, and a month without one gets its own", async () => {
  const count = "SELECT count(*)::int AS n FROM pg_inherits WHERE inhparent = 'access_record'::regclass";
  expect((await database.pool.query(count)).rows[0].n).toBeGreaterThanOrEqual(3);
  const { rows } = await database.pool.query("SELECT access_record_partition('2031-12-15') AS name");
  expect(rows[0].name).toBe("access_record_203112");
  // The month is Beijing's: this instant is still November in UTC.
  await recorder.recordDurably(sampleRecord("december", { at: new Date("2031-11-30T16:30:00Z") }));
  expect(await stored("december")).toHaveLength(1);
});

test("what was taken before the end is written by close", async () => {
  const last = await createRecorder(database.pool);
  last.record(sampleRecord("closing"));
  await last.close();
  expect(await stored("closing")).toHaveLength(1);
});
