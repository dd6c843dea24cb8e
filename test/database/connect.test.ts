// The hub's ways to its database: limits that bite, connections that heal, and databases that are refused.
import { Client, Pool } from "pg";
import { checkDatabase, type Database, openDatabase } from "../../src/database/connect";
import { runMigrations } from "../../src/database/source";
import { type TestDatabase, testDatabase } from "../setup/database";

let home: TestDatabase;
let database: Database;
const dropped: Error[] = [];

beforeAll(async () => {
  home = await testDatabase();
  database = await openDatabase(home.url, {
    statementTimeout: 300,
    onError: (error) => dropped.push(error),
  });
});

afterAll(async () => {
  await database.close();
  await home.drop();
});

test("reads run as named statements that give arrays", async () => {
  const read = { name: "twice", text: "SELECT $1::int * 2, 'x'", rowMode: "array" };
  expect((await database.reads.query({ ...read, values: [4] })).rows).toEqual([[8, "x"]]);
  expect((await database.reads.query({ ...read, values: [5] })).rows).toEqual([[10, "x"]]);
});

test("the server gives up a statement that takes too long", async () => {
  await expect(database.reads.query("SELECT pg_sleep(5)")).rejects.toMatchObject({ code: "57014" });
});

test("times leave as +08:00, in the pools and through TypeORM", async () => {
  const text = "SELECT to_json(timestamptz '2026-01-01T00:00:00Z')::text AS at";
  const pools = [database.reads, database.writes, database.exports];
  const answers = await Promise.all(pools.map(async (pool) => (await pool.query(text)).rows));
  const viaSource = await database.source.query(text);
  for (const rows of [...answers, viaSource]) expect(rows).toEqual([{ at: '"2026-01-01T08:00:00+08:00"' }]);
});

test("connections cut in use and at rest are reported, and the pool goes on", async () => {
  const used = await database.reads.connect();
  const { rows } = await used.query("SELECT pg_backend_pid() AS pid");
  const waiting = used.query("SELECT pg_sleep(8)").catch((error: Error) => error);
  await home.pool.query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
  expect(await waiting).toBeInstanceOf(Error);
  used.release(true);

  await database.reads.query("SELECT 1");
  await home.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'community-hub reads' AND datname = current_database()",
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(dropped.length).toBeGreaterThan(0);
  expect((await database.reads.query("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
});

test("two hubs that start on one database run each migration once", async () => {
  const fresh = await sibling("TEMPLATE template0");
  const ran = await Promise.all([runMigrations(fresh.url), runMigrations(fresh.url)]);
  expect(ran.map((names) => names.length).filter((count) => count > 0).length).toBeLessThanOrEqual(1);
  const recorded = await fresh.pool.query("SELECT name, count(*)::int AS times FROM migration GROUP BY name");
  expect(recorded.rows.every((row) => row.times === 1)).toBe(true);
  expect(recorded.rowCount).toBe(ran.flat().length);
  await fresh.drop();
});

test.each([
  [
    "the encoding is another",
    "TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'",
    /encoding/,
  ],
  ["Chinese has no letters", "TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'", /character type is C/],
])("a database is refused when %s, with the statement that makes a right one", async (_, how, message) => {
  const wrong = await sibling(how);
  const failure = await checkDatabase(wrong.pool).catch((error: Error) => error);
  await wrong.drop();
  expect(String(failure)).toMatch(message);
  expect(failure).toMatchObject({ hint: expect.stringContaining("ICU_LOCALE 'zh-Hans'") });
});

test("a database without the Chinese collation is refused, and one with it is not", async () => {
  const wrong = await sibling("TEMPLATE template0");
  await checkDatabase(wrong.pool);
  await wrong.pool.query(`ALTER COLLATION "zh-Hans-x-icu" RENAME TO "elsewhere"`);
  await expect(checkDatabase(wrong.pool)).rejects.toThrow(/zh-Hans-x-icu/);
  await wrong.drop();
});

test("an unreachable database is told without its password", async () => {
  const failure = await openDatabase("postgres://hub:secret@127.0.0.1:1/hub").catch((error: Error) => error);
  expect(failure).toMatchObject({ name: "DatabaseFailure", hint: expect.stringContaining("DATABASE_URL") });
  expect(String(failure)).not.toContain("secret");
});

/** Another database on the test's server. */
async function sibling(how: string) {
  const name = `sibling_${process.env.JEST_WORKER_ID}_${Math.trunc(performance.now() * 1000)}`;
  const administer = async (statement: string) => {
    const client = new Client({ connectionString: home.url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await administer(`CREATE DATABASE ${name} ${how}`);
  const url = new URL(home.url);
  url.pathname = `/${name}`;
  const pool = new Pool({ connectionString: url.href, max: 1 });
  const drop = async () => {
    await pool.end();
    await administer(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { url: url.href, pool, drop };
}
