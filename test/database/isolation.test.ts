// Two test files, and two databases in one file, never see each other's rows.
import { type TestDatabase, testDatabase } from "../setup/database";

let one: TestDatabase;
let other: TestDatabase;

beforeAll(async () => {
  [one, other] = await Promise.all([testDatabase(), testDatabase()]);
});

afterAll(async () => {
  await Promise.all([one.drop(), other.drop()]);
});

test("what one database holds, its sibling does not", async () => {
  await one.pool.query("CREATE TABLE only_here AS SELECT 1 AS n");
  const here = await one.pool.query("SELECT to_regclass('only_here') IS NOT NULL AS found");
  const there = await other.pool.query("SELECT to_regclass('only_here') IS NOT NULL AS found");
  expect([here.rows[0].found, there.rows[0].found]).toEqual([true, false]);
});

test("both are copies of the migrated template", async () => {
  for (const { pool } of [one, other]) {
    const { rows } = await pool.query("SELECT to_regclass('migration') IS NOT NULL AS migrated");
    expect(rows[0].migrated).toBe(true);
  }
});

test("a dropped database is gone, with sessions still open on it", async () => {
  const third = await testDatabase();
  const lingering = await third.pool.connect();
  lingering.on("error", () => undefined);
  const name = new URL(third.url).pathname.slice(1);
  lingering.release();
  await third.drop();
  const { rows } = await one.pool.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  expect(rows).toEqual([]);
});
