// Months of access records go under the same run once their years are over, and never before; the chain still verifies.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { runRetention } from "../../src/sharing/retention";
import { type ChainedLog, chainedLog, findingsOf } from "../audit/chain/chained";
import { startScript } from "../setup/process";
import { noon, partsOn } from "./flow";

let log: ChainedLog;
const march = { at: new Date("2022-03-15T04:00:00Z") };
const april = { at: new Date("2022-04-15T04:00:00Z") };
const young = { at: new Date("2023-12-15T04:00:00Z") };

beforeEach(async () => {
  log = await chainedLog();
  for (const day of ["2022-03-01", "2022-04-01", "2023-12-01", "2026-11-01"])
    await log.pool.query("SELECT access_record_partition($1)", [day]);
  await log.record(march, march, march);
  await log.seal(new Date("2022-03-20T04:00:00Z"));
  await log.record(april, april);
  await log.seal(new Date("2022-04-20T04:00:00Z"));
  await log.record(young);
  await log.seal(new Date("2023-12-20T04:00:00Z"));
});
afterEach(() => log.close());

const run = (day: string, heads = log.heads) =>
  runRetention(
    partsOn(log.pool, () => noon(day), { heads }),
    { by: "cli:operator", origin: "COMMAND" },
  );
const batches = async () =>
  (
    await log.pool.query(
      "SELECT to_char(month, 'YYYY-MM') AS month, rows, basis FROM retention_batch ORDER BY month",
    )
  ).rows;
const held = async (id: string) =>
  (await log.pool.query("SELECT why, rows, note FROM retention_held WHERE run = $1", [id])).rows;
const months = async () =>
  (
    await log.pool.query(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'access_record'::regclass ORDER BY 1",
    )
  ).rows.map(({ name }) => name.slice(-6));

test("months older than three years go, and verification names them as lawfully dropped", async () => {
  await run("2026-11-22");
  expect(await months()).not.toContain("202203");
  expect(await months()).not.toContain("202204");
  expect(await months()).toContain("202312");
  const basis = expect.stringContaining("B-32");
  expect(await batches()).toEqual([
    { month: "2022-03", rows: 3, basis },
    { month: "2022-04", rows: 2, basis },
  ]);
  expect(await findingsOf(log.pool, log.heads, { now: noon("2026-11-22") })).toEqual([]);
  const env = {
    HUB_DATA: mkdtempSync(path.join(tmpdir(), "community-hub-")),
    DATABASE_URL: log.database.url,
    HUB_DEMO: "",
  };
  const child = startScript("src/cli/hub.ts", ["audit", "verify", "--heads", log.heads], env);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const said = await text(child.stdout!);
  expect(await ended).toBe(0);
  expect(said).toMatch(/Intact/);
  expect(said).toMatch(/2022-03 .*lawfully dropped: 3 .*up to 1\n2022-04 .*lawfully dropped: 2 .*up to 2/);
});

test("younger months stay, whatever a rule says", async () => {
  const insert = (months: number) =>
    log.pool.query(
      `INSERT INTO retention_rule (id, dataset, starts, months, act, territory, basis, in_force_from, department, decided_by, decided_at)
       VALUES (gen_random_uuid(), 'accessRecord', 'at', $1, 'DELETE', '140100000000', '某决定', '2020-01-01', 'system', 'x', now())`,
      [months],
    );
  await expect(insert(35)).rejects.toThrow(/retention_rule_of_records/);
  // Even where the database's owner takes the rule's own floor away.
  await log.pool.query("ALTER TABLE retention_rule DROP CONSTRAINT retention_rule_of_records");
  await insert(1);
  await run("2026-11-22");
  expect(await months()).toContain("202312");
  expect(await batches()).toHaveLength(2);
});

test("an office may keep them for longer", async () => {
  await log.pool.query(
    `INSERT INTO retention_rule (id, dataset, starts, months, act, territory, basis, in_force_from, department, decided_by, decided_at)
     VALUES (gen_random_uuid(), 'accessRecord', 'at', 60, 'DELETE', '140100000000', '某决定', '2020-01-01', 'system', 'x', now())`,
  );
  await run("2027-03-31");
  expect(await months()).toContain("202203");
  await run("2027-04-01");
  expect(await months()).not.toContain("202203");
  expect(await months()).toContain("202204");
});

test("what no published head covers stays, and the run says so", async () => {
  const { id } = await run("2026-11-22", path.join(tmpdir(), "no-such-heads.jsonl"));
  expect(await months()).toContain("202203");
  expect(await held(id)).toEqual([
    { why: "RECORDS", rows: 2, note: expect.stringContaining("published heads") },
  ]);
  await log.pool.query(
    "SET session_replication_role = replica; DELETE FROM access_record WHERE seq = 4; RESET session_replication_role",
  );
  const { id: next } = await run("2026-11-22");
  expect(await months()).not.toContain("202203");
  expect(await held(next)).toEqual([
    { why: "RECORDS", rows: 1, note: expect.stringContaining("does not verify") },
  ]);
});
