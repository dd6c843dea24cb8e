// Quotas over two processes: requests are never more, rows stop what comes after; both are renewed at midnight.
import { dayOf } from "../../src/sharing/clock";
import { createQuotas, dayAfter } from "../../src/sharing/operations/quota";
import { HOUSING } from "../requests/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import { grantVolunteers, issueKey, LINES, operationsOn, run, told } from "./app";

let hub: TestHub;
let other: TestHub;
let key: string;
let now = new Date("2026-03-02T23:59:00+08:00");
beforeAll(async () => {
  hub = await openTestHub({ now: () => now });
  other = await openTestHub({ now: () => now, beside: hub });
  await grantVolunteers(hub);
  key = (await issueKey(hub)).key;
}, 120_000);
afterAll(async () => {
  await other.close();
  await hub.close();
});

const document = (name: string) => `query ${name} { volunteers(first: 5) { nodes { volunteerNo name } } }`;

test("requests of two processes, by both lines, never exceed the quota, and begin anew at midnight", async () => {
  const { documentId } = await operationsOn(hub).approved({
    ...{ name: "requests", document: document("Requests"), requestsPerDay: 7 },
  });
  const hubs = [hub, other];
  const ways = Object.values(LINES);
  const asked = await Promise.all(
    Array.from({ length: 20 }, (_, i) => run(hubs[i % 2]!, key, { documentId }, ways[(i >> 1) % 2])),
  );
  expect(asked.filter(({ status }) => status === 200)).toHaveLength(7);
  const refused = asked.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(13);
  for (const one of refused) {
    const { errors } = (await one.json()) as { errors: { extensions: object }[] };
    expect(errors[0]?.extensions).toMatchObject({
      ...{ code: "RATE_LIMITED", quota: "requests", most: 7 },
      ...{ renewedAt: "2026-03-02T16:00:00.000Z", retryAfter: 60 },
    });
    expect(one.headers.get("retry-after")).toBe("60");
  }
  const [shown] = (await operationsOn(hub).list()).filter((o) => o.name === "requests");
  expect(shown.usedToday.requests).toBe(7);
  now = new Date("2026-03-03T00:00:00+08:00");
  expect((await told(other, key, { documentId })).errors).toBeUndefined();
});

test("rows are counted as they leave, of files too, and stop the next request in either process", async () => {
  const operations = operationsOn(hub);
  const { documentId } = await operations.approved({
    name: "rows",
    document: document("Rows"),
    rowsPerDay: 8,
  });
  expect((await told(hub, key, { documentId })).data.volunteers.nodes).toHaveLength(5);
  expect((await told(hub, key, { documentId })).data.volunteers.nodes).toHaveLength(5); // began with rows left
  for (const one of [hub, other, hub]) {
    const { errors } = await told(one, key, { documentId });
    expect(errors?.[0].extensions).toMatchObject({ code: "RATE_LIMITED", quota: "rows", most: 8 });
  }
  const [shown] = (await operations.list()).filter((o) => o.name === "rows");
  expect(shown.usedToday.rows).toBeGreaterThanOrEqual(10);
  const file = await operations.approved({ name: "file", document: document("File"), rowsPerDay: 3 });
  await (await run(hub, key, { documentId: file.documentId }, "text/csv")).text();
  expect((await run(hub, key, { documentId: file.documentId }, "text/csv")).status).toBe(429);
});

test("who hangs up before a file's end has spent the rows that left", async () => {
  await hub.database.pool.query(
    `INSERT INTO volunteer SELECT (jsonb_populate_record(v, jsonb_build_object(
         'id', gen_random_uuid(), 'volunteer_no', v.volunteer_no || '-' || n, 'name', repeat('某', 80)))).*
       FROM volunteer v, generate_series(1, 15) n WHERE v.territory LIKE '140105%' AND v.consent = 'GRANTED'`,
  );
  const names = Array.from({ length: 40 }, (_, i) => `n${i}: name`).join(" ");
  const { documentId } = await operationsOn(hub).approved({
    ...{ name: "broken", document: `{ volunteers { nodes { volunteerNo ${names} } } }`, rowsPerDay: 100 },
  });
  const response = await run(hub, key, { documentId }, "text/csv");
  const reader = response.body!.getReader();
  await reader.read();
  await reader.cancel();
  for (let i = 0; (await run(hub, key, { documentId }, "text/csv")).status !== 429; i++)
    if (i > 3) throw new Error("the rows were not spent");
  const { rows } = await hub.database.pool.query(
    "SELECT count(*)::int AS n FROM access_record WHERE registered LIKE 'broken@%' AND code = 'EXPORTED'",
  );
  expect(rows[0].n).toBe(0);
});

test("people and unregistered texts have no quota to count", async () => {
  const text = document("Requests");
  for (let i = 0; i < 9; i++) expect((await hub.post(text, HOUSING)).status).toBe(200);
});

test("what a process leased and did not use is given back when it leaves", async () => {
  const { id } = await operationsOn(hub).approved({ name: "lease", document: document("Lease") });
  const { pool } = hub.database;
  const quota = { id, requestsPerDay: 1_000, rowsPerDay: 1_000 };
  const leaving = createQuotas(pool, () => now);
  await leaving.take(quota);
  leaving.spend(id, 25);
  const used = async () =>
    (await pool.query("SELECT requests, rows::int AS rows FROM app_operation_use WHERE operation = $1", [id]))
      .rows[0];
  expect(await used()).toEqual({ requests: 10, rows: 10 });
  await leaving.close();
  expect(await used()).toEqual({ requests: 1, rows: 25 });
});

test("a database that is away takes nothing from the lease", async () => {
  const broken = { query: async () => Promise.reject(new Error("away")) } as never;
  const quotas = createQuotas(broken, () => now);
  const quota = { id: "00000000-0000-0000-0000-000000000000", requestsPerDay: 1, rowsPerDay: 1 };
  await expect(quotas.take(quota)).rejects.toThrow("away");
  await expect(quotas.take(quota)).rejects.toThrow("away");
});

test.each([
  ["2026-03-02T15:59:59Z", "2026-03-02", "2026-03-02T16:00:00.000Z"],
  ["2026-03-02T16:00:00Z", "2026-03-03", "2026-03-03T16:00:00.000Z"],
])("days are Shanghai's: %s", (at, day, renewed) => {
  expect(dayOf(new Date(at))).toBe(day);
  expect(dayAfter(new Date(at)).toISOString()).toBe(renewed);
});
