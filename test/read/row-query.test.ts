/** Rows as bytes of the wire: whole whatever their size, no faster than they are taken, and none after who took them left. */
import { setTimeout as pause } from "node:timers/promises";
import type { PoolClient } from "pg";
import { cancelStatement } from "../../src/database/cancel";
import { RowCells } from "../../src/read";
import { RowQuery } from "../../src/read/row-query";
import { type TestDatabase, testDatabase } from "../setup/database";

let database: TestDatabase;
let client: PoolClient;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

beforeEach(async () => {
  client = await database.pool.connect();
});
afterEach(() => client.release(true));

function ask(text: string, values: readonly unknown[] = []): RowQuery {
  const query = new RowQuery(text, values);
  client.query(query);
  return query;
}

async function cellsOf(rows: AsyncIterable<Buffer>): Promise<(string | null)[][]> {
  const cells = new RowCells();
  const found: (string | null)[][] = [];
  for await (const batch of rows) {
    cells.load(batch);
    while (cells.nextRow())
      found.push([cells.nextCell() ? cells.text() : null, cells.nextCell() ? "" : null]);
  }
  return found;
}

/** What PostgreSQL says of the connection; undefined where it is gone. */
async function stateOf(pid: number): Promise<{ state: string; wait: string } | undefined> {
  const { rows } = await database.pool.query(
    "SELECT state, wait_event AS wait FROM pg_stat_activity WHERE pid = $1",
    [pid],
  );
  return rows[0];
}

async function until(holds: () => Promise<boolean>): Promise<number> {
  const begin = performance.now();
  while (!(await holds())) {
    if (performance.now() - begin > 5_000) throw new Error("it did not come about");
    await pause(20);
  }
  return performance.now() - begin;
}

const pidOf = (one: PoolClient) => (one as unknown as { processID: number }).processID;

test("rows of any size come whole and in order, and the connection goes on", async () => {
  const text = "SELECT repeat('好', n * n % 200001), NULL FROM generate_series($1::int, 700) n";
  const rows = await cellsOf(ask(text, [0]));
  expect(rows.map(([first]) => first?.length)).toEqual(
    Array.from({ length: 701 }, (_, n) => (n * n) % 200_001),
  );
  expect(rows.every(([first, second]) => second === null && /^好*$/.test(first ?? ""))).toBe(true);
  await expect(client.query("SELECT 1 AS one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
});

test("no rows, and rows without a column", async () => {
  await expect(cellsOf(ask("SELECT 1, 2 WHERE FALSE"))).resolves.toEqual([]);
  const cells = new RowCells();
  let count = 0;
  for await (const batch of ask("SELECT FROM generate_series(1, 3)")) {
    cells.load(batch);
    while (cells.nextRow()) count++;
  }
  expect(count).toBe(3);
});

test.each([
  ["before the first row", "SELECT $1::uuid", ["none"], "22P02"],
  ["in the middle", "SELECT 1 / (50000 - n), n FROM generate_series(1, 60000) n", [], "22012"],
])("a fault %s is told", async (_, text, values, code) => {
  await expect(cellsOf(ask(text, values))).rejects.toMatchObject({ code });
  await expect(client.query("SELECT 1 AS one")).resolves.toMatchObject({ rows: [{ one: 1 }] });
});

test("a slow reader holds PostgreSQL back, not the rows in memory", async () => {
  const held = () => process.memoryUsage().external + process.memoryUsage().heapUsed;
  const before = held();
  const query = ask("SELECT repeat('x', 1000), NULL FROM generate_series(1, 300000)");
  const rows = query[Symbol.asyncIterator]();
  await rows.next();
  await until(async () => (await stateOf(pidOf(client)))?.wait === "ClientWrite");
  await pause(300);
  expect((await stateOf(pidOf(client)))?.wait).toBe("ClientWrite");
  expect(held() - before).toBeLessThan(30 * 2 ** 20);
  const cells = new RowCells();
  let count = 0;
  for await (const batch of { [Symbol.asyncIterator]: () => rows }) {
    cells.load(batch);
    while (cells.nextRow()) count++;
  }
  expect(count).toBeGreaterThan(290_000);
  expect(held() - before).toBeLessThan(100 * 2 ** 20);
});

test.each([
  ["sends rows", "SELECT repeat('x', 1000) FROM generate_series(1, 3000000)", "ClientWrite"],
  ["is at work without a row", "SELECT pg_sleep(60)", "PgSleep"],
])("who leaves while PostgreSQL %s stops it", async (_, text, wait) => {
  const pid = pidOf(client);
  const query = ask(text);
  const taken = query[Symbol.asyncIterator]()
    .next()
    .catch(() => undefined);
  await until(async () => (await stateOf(pid))?.wait === wait);
  expect(query.isRunning).toBe(true);
  cancelStatement(client);
  query.destroy();
  client.release(true);
  await taken;
  const milliseconds = await until(async () => (await stateOf(pid)) === undefined);
  expect(milliseconds).toBeLessThan(2_000);
  client = await database.pool.connect();
});
