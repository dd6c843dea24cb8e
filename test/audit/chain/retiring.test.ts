// Months whose years are over go, their seals stay, and the rest of the log verifies; nothing else may go.
import { writeFileSync } from "node:fs";
import { retire } from "../../../src/audit";
import { type ChainedLog, chainedLog, findingsOf } from "./chained";

let log: ChainedLog;
const NOW = new Date("2026-11-22T04:00:00Z");

const march = { at: new Date("2022-03-15T04:00:00Z") };
const april = { at: new Date("2022-04-15T04:00:00Z") };
const recent = { at: new Date("2026-11-20T04:00:00Z") };

beforeEach(async () => {
  log = await chainedLog();
  for (const day of ["2022-03-01", "2022-04-01", "2023-11-01", "2026-11-01"])
    await log.pool.query("SELECT access_record_partition($1)", [day]);
});

afterEach(() => log.close());

/** March alone, March with April as at the turn of a month, April alone, the present. */
async function fill() {
  await log.record(march, march, march);
  await log.seal(new Date("2022-03-20T04:00:00Z"));
  await log.record(march, april, march, april);
  await log.seal(new Date("2022-03-31T16:00:02Z"));
  await log.record(april);
  await log.seal(new Date("2022-04-20T04:00:00Z"));
  await log.record(recent, recent);
  await log.seal(new Date("2026-11-20T04:00:00Z"));
}

const retireBefore = (before: string, now = NOW) =>
  retire({ pool: log.pool, before, heads: log.heads, by: "cli:operator", now });
const check = () => findingsOf(log.pool, log.heads, { now: NOW });
const months = async () =>
  (
    await log.pool.query(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'access_record'::regclass",
    )
  ).rows.map(({ name }) => name);

/** As a superuser; for good. */
async function tamper(statement: string) {
  const client = await log.pool.connect();
  await client.query("SET session_replication_role = replica");
  await client.query(statement);
  await client.query("RESET session_replication_role");
  client.release();
}

test("a month goes with its records, and what stays verifies", async () => {
  await fill();
  expect(await check()).toEqual([]);
  expect(await retireBefore("2022-04-01")).toEqual([{ month: "2022-03", records: 5, lastSeal: 2 }]);
  expect(await months()).not.toContain("access_record_202203");
  expect(await check()).toEqual([]);
  const { rows } = await log.pool.query(
    "SELECT operation, kind, subject FROM access_record WHERE kind = 'COMMAND'",
  );
  expect(rows).toEqual([
    { operation: "hub audit retire access_record_202203", kind: "COMMAND", subject: "cli:operator" },
  ]);
  await log.seal();
  expect(await retireBefore("2022-05-01")).toEqual([{ month: "2022-04", records: 3, lastSeal: 3 }]);
  expect(await retireBefore("2022-05-01")).toEqual([]);
  expect(await check()).toEqual([]);
  await log.record(recent);
  await log.seal();
  expect(await check()).toEqual([]);
  expect(await findingsOf(log.pool, log.heads, { from: 4, now: NOW })).toEqual([]);
});

test("what stays of a seal that lost records is still covered, and nothing comes into one that lost all", async () => {
  await fill();
  await retireBefore("2022-04-01");
  await tamper("UPDATE access_record SET rows = rows + 1 WHERE seq = 5");
  expect(await check()).toMatchObject([{ what: "EDITED", seal: 2, seq: 5 }]);
  await tamper("UPDATE access_record SET rows = rows - 1 WHERE seq = 5");
  await tamper("UPDATE access_retired_leaf SET leaf = sha256(leaf) WHERE seq = 4");
  expect(await check()).toMatchObject([{ what: "EDITED", seal: 2, seq: 4 }]);
  await tamper("DELETE FROM access_retired_leaf WHERE seq = 4");
  expect(await check()).toMatchObject([{ what: "DELETED", seal: 2, seq: 4 }]);
  await tamper("UPDATE access_record SET seq = 2 WHERE seq = 7");
  expect((await check()).map(({ what, seal }) => `${what} ${seal}`)).toContain("INSERTED 1");
});

test("records that are younger than three years cannot be said to be retired", async () => {
  await fill();
  await tamper("DELETE FROM access_record WHERE seq IN (8, 9, 10)");
  await tamper("INSERT INTO access_retirement VALUES ('2022-04-01', 3, '{[4,5)}', 4, '', 'x', now())");
  expect((await check()).map(({ what, seal }) => `${what} ${seal}`)).toEqual(["DELETED 3", "DELETED 4"]);
});

test("a month whose three years are not over stays", async () => {
  await fill();
  await log.record({ at: new Date("2023-11-15T04:00:00Z") });
  await log.seal(new Date("2023-11-20T04:00:00Z"));
  await expect(retireBefore("2026-12-01")).rejects.toThrow(/2023-11.*three years/);
  expect(await months()).not.toContain("access_record_202204"); // the older ones went before
  expect(await months()).toContain("access_record_202311");
});

test("old records that were sealed lately stay for three years from their seal", async () => {
  await log.record(march);
  await log.seal(NOW);
  await expect(retireBefore("2022-04-01")).rejects.toThrow(/Sealed less than three years/);
});

test("what is not sealed, or under no published head, stays", async () => {
  await log.record(march);
  writeFileSync(log.heads, "");
  await expect(retireBefore("2022-04-01")).rejects.toThrow(/not sealed/);
  await log.seal(new Date("2022-04-20T04:00:00Z"));
  writeFileSync(log.heads, "");
  await expect(retireBefore("2022-04-01")).rejects.toThrow(/No published head/);
  await log.seal();
  expect(await retireBefore("2022-04-01")).toMatchObject([{ records: 1 }]);
});

test("what was tampered with stays as evidence", async () => {
  await fill();
  await tamper("DELETE FROM access_record WHERE seq = 2");
  await expect(retireBefore("2022-04-01")).rejects.toThrow(/does not verify/);
  expect(await months()).toContain("access_record_202203");
});
