// A hub that leaves says so, finishes what it began, writes its records, and waits no longer than it may.
import { once } from "node:events";
import { type TestDatabase, testDatabase } from "../setup/database";
import { ask, openSmallHub } from "./small-hub";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await database.drop();
});

test("a request that runs is finished, a new one finds nobody, and its record is written", async () => {
  const hub = await openSmallHub(database.pool);
  const running = once(hub.events, "running");
  const answer = ask(hub.url, "query Slow { slow }");
  await running;
  const closing = hub.close(5_000);
  await expect(fetch(`${hub.url}/healthz`)).rejects.toThrow();
  hub.events.emit("go");
  const { status, body, response } = await answer;
  expect([status, body]).toEqual([200, { data: { slow: "done" } }]);
  await closing;
  const { rows } = await database.pool.query("SELECT operation FROM access_record WHERE request_id = $1", [
    response.headers.get("x-request-id"),
  ]);
  expect(rows).toEqual([{ operation: "Slow" }]);
});

test("a request that does not end is cut off after the time given", async () => {
  const hub = await openSmallHub(database.pool);
  const running = once(hub.events, "running");
  const answer = ask(hub.url, "{ slow }").catch((error: Error) => error);
  await running;
  const started = performance.now();
  const closing = hub.close(300);
  expect(await answer).toMatchObject({ message: "fetch failed" });
  hub.events.emit("go");
  await closing;
  expect(performance.now() - started).toBeGreaterThan(250);
  expect(performance.now() - started).toBeLessThan(3_000);
});

test("connections kept alive by idle clients do not hold the hub back", async () => {
  const hub = await openSmallHub(database.pool);
  await Promise.all([1, 2, 3].map(() => ask(hub.url, "{ hello }")));
  const started = performance.now();
  await hub.close(5_000);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test("readiness follows the database", async () => {
  let reachable = true;
  const lookIfReady = async () => {
    if (!reachable) throw new Error("no");
  };
  const hub = await openSmallHub(database.pool, { lookIfReady });
  const probe = async () => (await fetch(`${hub.url}/readyz`)).status;
  expect(await probe()).toBe(200);
  reachable = false;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(await probe()).toBe(503);
  reachable = true;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(await probe()).toBe(200);
  await hub.close(1_000);
});
