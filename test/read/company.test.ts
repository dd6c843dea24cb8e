// Quick statements that share a write: each has its own answer, its own error and its own snapshot.
import type { Pool, PoolClient } from "pg";
import { openPool } from "../../src/database/connect";
import { fromWire } from "../../src/database/wire";
import { type Company, createCompany } from "../../src/read/company";
import type { TextQuery } from "../../src/read/text-query";
import { type TestDatabase, testDatabase } from "../setup/database";

let database: TestDatabase;
let pool: Pool;
let company: Company;
/** Statements of each write of the pool's one connection. */
let writes: number[] = [];

beforeAll(async () => {
  database = await testDatabase();
  pool = openPool(
    database.url,
    { name: "company", connections: 1, statement: 5_000, answer: 6_000 },
    () => {},
  );
  pool.on("connect", (client: PoolClient) => {
    const query = client.query.bind(client) as (asked: TextQuery) => unknown;
    client.query = ((asked: TextQuery) => {
      writes.push(asked.size);
      return query(asked);
    }) as PoolClient["query"];
  });
  const isBroken = (error: unknown) => (error as { severity?: string }).severity !== "ERROR";
  company = createCompany({ pool, isBroken, isCurrent: () => true, quick: 400 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(() => {
  writes = [];
});

const DIVIDE = "SELECT (100 / $1::int)::text";
const SLOW = "SELECT coalesce(pg_sleep($1)::text, '') || 'slept'";
const TERMINATE = "SELECT pg_terminate_backend(pg_backend_pid())::text || $1::text";

const ask = (text: string, value: unknown, name = text.slice(0, 20)): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const statement = { text, values: [value], name };
    company.send({ statement, name, reject, resolve: (found) => resolve(found && fromWire(found)) });
  });

async function known(text: string, value: unknown): Promise<void> {
  for (let i = 0; i < 2; i++) await ask(text, value);
  writes = [];
}

test("statements met at one moment share a write, each with its own answer", async () => {
  await known(DIVIDE, 1);
  expect(await Promise.all([1, 2, 4, 5].map((n) => ask(DIVIDE, n)))).toEqual(["100", "50", "25", "20"]);
  expect(writes).toEqual([4]);
});

test("no more than eight wait for one another", async () => {
  await known(DIVIDE, 1);
  await Promise.all(Array.from({ length: 20 }, () => ask(DIVIDE, 1)));
  expect(writes).toEqual([8, 8, 4]);
});

test("an error is of its own statement: those before it have their answer, those behind it are asked again", async () => {
  await known(DIVIDE, 1);
  const told = await Promise.allSettled([1, 0, 4, 0, 5].map((n) => ask(DIVIDE, n)));
  expect(told.map((one) => (one.status === "fulfilled" ? one.value : one.reason.code))).toEqual([
    "100",
    "22012",
    "25",
    "22012",
    "20",
  ]);
  expect(writes).toEqual([5, 1, 1, 1]);
});

test("a statement that is not prepared here, or takes its time, goes alone", async () => {
  await known(DIVIDE, 1);
  await ask(SLOW, 0.6);
  writes = [];
  const answers = await Promise.all([
    ask(DIVIDE, 1),
    ask(SLOW, 0.6),
    ask(DIVIDE, 2),
    ask("SELECT $1::text", "新"),
  ]);
  expect(answers).toEqual(["100", "slept", "50", "新"]);
  expect(writes.sort()).toEqual([1, 1, 2]);
  // Known to be quick, but not on this new connection.
  const client = await pool.connect();
  client.release(true);
  writes = [];
  expect(await Promise.all([ask(DIVIDE, 1), ask(DIVIDE, 2)])).toEqual(["100", "50"]);
  expect(writes).toEqual([1, 1]);
});

test("a connection that ends takes with it what was on it, and nothing later", async () => {
  await known(DIVIDE, 1);
  await ask(TERMINATE, "").catch(() => undefined);
  await known(DIVIDE, 1);
  const told = await Promise.allSettled([ask(DIVIDE, 1), ask(TERMINATE, ""), ask(DIVIDE, 2)]);
  expect(told.map(({ status }) => status)).toContain("rejected");
  expect(await ask(DIVIDE, 4)).toBe("25");
});

test("a value that cannot be sent keeps no connection", async () => {
  const circle: Record<string, unknown> = {};
  circle.circle = circle;
  await expect(ask(DIVIDE, circle, "circle")).rejects.toThrow(/circular/);
  expect(await ask(DIVIDE, 4)).toBe("25");
});
