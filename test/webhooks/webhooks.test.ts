// Webhooks tell of changes by signed posts of ids alone, in order and at least once, for as long as their maker may see them.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { checkAddress, isClosed } from "../../src/exchange/webhooks/address";
import { post } from "../../src/exchange/webhooks/post";
import { backoff } from "../../src/exchange/webhooks/telling";
import { createAppKeys } from "../../src/identity";
import { type Asking, openTestHub, type TestHub } from "../setup/hub";
import { eventually, Receiver, verified } from "./receiver";

const READER = "science-association@140100000000";
const OTHER = "red-cross@140100000000";
const ASKING: Asking = { purpose: "volunteer-service" };
const FIELDS =
  "id department dataset url state reason failures lastFailure lastSuccess nextAttempt lag createdBy";
const HOUR = 60 * 60 * 1_000;

let hub: TestHub;
let receiver: Receiver;
let here: string;
let elsewhere: string;
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
const run = (sql: string, values: unknown[] = []) => hub.database.pool.query(sql, values);

beforeAll(async () => {
  receiver = await Receiver.open();
  hub = await openTestHub({ now, env: { HUB_WEBHOOK_HOSTS: receiver.host } });
  const { rows } = await run("SELECT territory, count(*) FROM volunteer GROUP BY 1 ORDER BY 2 DESC, 1");
  [here, elsewhere] = rows.map((r) => r.territory) as [string, string];
});
afterAll(async () => {
  await hub.close();
  await receiver.close();
});
beforeEach(async () => {
  receiver.reset();
  await run(
    `INSERT INTO access_grant (department, dataset, fields, level, territory, purpose, legal_basis, granted_by, starts_at)
     VALUES ($1, 'volunteer', '{name,starRating}', 'FULL', $2, 'volunteer-service', 'b', 'civil-affairs@140100000000', now() - interval '1 day')`,
    [READER, here],
  );
});
afterEach(async () => {
  for (const { id } of await list()) await hub.data(`mutation { deleteWebhook(id: "${id}") }`, READER);
  await run("DELETE FROM access_grant WHERE department = $1", [READER]);
});

const CREATE = `mutation ($dataset: String!, $url: String!) {
  createWebhook(dataset: $dataset, url: $url) { secret webhook { ${FIELDS} } } }`;
const url = () => `http://${receiver.host}/told`;
const create = async (asking: Asking = ASKING) =>
  (await hub.data(CREATE, READER, { ...asking, variables: { dataset: "volunteer", url: url() } }))
    .createWebhook;
const refused = async (address: string, department = READER, asking: Asking = ASKING) => {
  const variables = { dataset: "volunteer", url: address };
  return (await hub.ask(CREATE, department, { ...asking, variables })).errors?.[0];
};
const list = async (department = READER, asking: Asking = {}) =>
  (await hub.data(`{ webhooks { ${FIELDS} } }`, department, asking)).webhooks;
const only = async () => (await list())[0];

async function volunteers(count: number): Promise<string[]> {
  const { rows } = await run(
    "SELECT id FROM volunteer WHERE territory = $1 AND consent = 'GRANTED' AND birth_date < '2000-01-01' AND retired_at IS NULL ORDER BY id LIMIT $2",
    [here, count],
  );
  return rows.map((r) => r.id);
}
let times = 0;
const rename = (id: string) => run("UPDATE volunteer SET name = $2 WHERE id = $1", [id, `甲${++times}`]);
const ids = () =>
  receiver.received.flatMap(({ body }) => body.changes.map(({ kind, id }) => `${kind} ${id}`));

test("receivers that take long hold up nobody else's", async () => {
  for (let i = 0; i < 9; i++) await create();
  await run(
    `INSERT INTO access_grant (department, dataset, fields, level, territory, purpose, legal_basis, granted_by, starts_at)
     VALUES ($1, 'volunteer', '{name}', 'FULL', $2, 'volunteer-service', 'b', 'civil-affairs@140100000000', now() - interval '1 day')`,
    [OTHER, here],
  );
  const other = (
    await hub.data(CREATE, OTHER, { ...ASKING, variables: { dataset: "volunteer", url: url() } })
  ).createWebhook.webhook.id;
  let [open, most] = [0, 0];
  receiver.answer = (response, { body }) => {
    if (body.webhook === other) return void response.end();
    most = Math.max(most, ++open);
    response.once("close", () => open--);
    setTimeout(() => response.end(), 4_000);
  };
  await rename((await volunteers(1))[0] as string);
  await eventually(() => receiver.received.some(({ body }) => body.webhook === other));
  const before = new Set(receiver.received.map(({ body }) => body.webhook));
  expect(before.size).toBeLessThan(9);
  expect(most).toBeLessThanOrEqual(2);
  await hub.data(`mutation { deleteWebhook(id: "${other}") }`, OTHER);
  await run("DELETE FROM access_grant WHERE department = $1", [OTHER]);
}, 60_000);

test("changes are told by signed posts of ids alone, recorded, and in order; deleted, it ends", async () => {
  const { secret, webhook } = await create();
  expect(webhook).toMatchObject({ state: "ACTIVE", failures: 0, lag: 0, lastSuccess: null });
  const [one, two] = (await volunteers(2)) as [string, string];
  await rename(one);
  const [first] = await receiver.until(1);
  expect(first!.body).toEqual({
    webhook: webhook.id,
    dataset: "volunteer",
    after: expect.any(String),
    cursor: expect.any(String),
    changes: [{ kind: "UPSERT", id: `volunteer:${one}` }],
  });
  expect(verified(first!, secret)).toBe(true);
  expect(verified({ ...first!, text: `${first!.text} ` }, secret)).toBe(false);
  expect(verified(first!, `${secret}x`)).toBe(false);
  const { changes } = await hub.data(
    `query ($after: String) { changes(dataset: "volunteer", after: $after) { nodes { id node { ... on Volunteer { name } } } } }`,
    READER,
    { ...ASKING, variables: { after: first!.body.after } },
  );
  expect(changes.nodes).toEqual([{ id: `volunteer:${one}`, node: { name: `甲${times}` } }]);
  await run("UPDATE volunteer SET name = '乙' WHERE territory = $1", [elsewhere]);
  await rename(two);
  const [, second] = await receiver.until(2);
  expect(second!.delivery).not.toBe(first!.delivery);
  expect(ids()).toEqual([`UPSERT volunteer:${one}`, `UPSERT volunteer:${two}`]);
  await eventually(async () => (await only()).lastSuccess !== null && (await only()).lag === 0);
  const { rows } = await run("SELECT department, purpose, rows FROM access_record WHERE operation = $1", [
    `webhook ${webhook.id}`,
  ]);
  expect(rows.length).toBeGreaterThanOrEqual(2);
  expect(rows[0]).toMatchObject({ department: READER, purpose: "volunteer-service" });
  await hub.data(`mutation { deleteWebhook(id: "${webhook.id}") }`, READER);
  await rename(one);
  await wait(1_500);
  expect(receiver.received).toHaveLength(2);
  expect((await run("SELECT secret, stated_duty FROM webhook WHERE id = $1", [webhook.id])).rows).toEqual([
    { secret: null, stated_duty: "read" },
  ]);
});

test("what fails is told again under the same Hub-Delivery after its wait, and later changes after it", async () => {
  await create();
  const [one, two] = (await volunteers(2)) as [string, string];
  receiver.answer = (response) => void response.writeHead(500).end();
  await rename(one);
  await eventually(async () => (await only()).failures >= 1);
  expect(await only()).toMatchObject({
    lastFailure: "HTTP 500",
    state: "ACTIVE",
    nextAttempt: expect.any(String),
  });
  receiver.answer = (response) => void response.writeHead(302, { location: url() }).end();
  ahead += HOUR;
  await eventually(async () => (await only()).lastFailure === "HTTP 302");
  await rename(two);
  await rename(one);
  receiver.answer = (response) => void response.end();
  const failed = receiver.received.length;
  ahead += HOUR;
  await receiver.until(failed + 2);
  const told = receiver.received.slice(0, failed + 1);
  expect(new Set(told.map(({ delivery }) => delivery)).size).toBe(1);
  expect(told.every(({ body }) => body.changes.length === 1)).toBe(true);
  const later = receiver.received.slice(failed + 1);
  expect(later[0]!.body.after).toBe(told.at(-1)!.body.cursor);
  expect(later.flatMap(({ body }) => body.changes.map(({ id }) => id)).sort()).toEqual(
    [one, two].map((id) => `volunteer:${id}`).sort(),
  );
  await eventually(async () => (await only()).failures === 0);
});

test("after three days of failures it is suspended, and says so", async () => {
  await create();
  receiver.answer = (response) => void response.writeHead(503).end();
  await rename((await volunteers(1))[0]!);
  await eventually(async () => (await only()).failures >= 1);
  ahead += 72 * HOUR;
  await eventually(async () => (await only()).state === "SUSPENDED");
  expect(await only()).toMatchObject({ reason: "FAILING", lastFailure: "HTTP 503", nextAttempt: null });
  expect([1, 2, 3, 12, 13, 400].map(backoff)).toEqual([1_000, 2_000, 4_000, 2_048_000, HOUR, HOUR]);
});

test("a right that ends is told as RETRACT of every row, then the webhook is suspended", async () => {
  await create();
  const { rows } = await run("SELECT count(*)::int AS n FROM volunteer WHERE territory = $1", [here]);
  await run("UPDATE access_grant SET ends_at = clock_timestamp() WHERE department = $1", [READER]);
  await eventually(async () => (await only()).state === "SUSPENDED");
  expect(await only()).toMatchObject({ reason: "NOTHING_OPEN", failures: 0 });
  const told = receiver.received.flatMap(({ body }) => body.changes);
  expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(["RETRACT"]));
  expect(told.length).toBeGreaterThan(10);
  expect(told.length).toBeLessThanOrEqual(rows[0].n);
});

test("what may not be told any more is not told when a failed page is tried again", async () => {
  await create();
  const [one] = (await volunteers(1)) as [string];
  receiver.answer = (response) => void response.writeHead(500).end();
  await rename(one);
  await eventually(async () => (await only()).failures >= 1);
  const [first] = receiver.received;
  await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [one, elsewhere]);
  receiver.reset();
  ahead += HOUR;
  const [again] = await receiver.until(1);
  expect(again!.body.changes).toEqual([{ kind: "RETRACT", id: `volunteer:${one}` }]);
  expect(again!.delivery).not.toBe(first!.delivery);
  await run("UPDATE volunteer SET territory = $2 WHERE id = $1", [one, here]);
});

test("addresses that are not opened, are not https or hold an account are refused", async () => {
  for (const address of ["http://127.0.0.1:1/told", "https://example.com/", "ftp://x", "no address"])
    expect((await refused(address)).extensions).toMatchObject({ code: "BAD_USER_INPUT", argument: "url" });
  expect((await refused(`http://me:secret@${receiver.host}/`)).extensions.argument).toBe("url");
  const production = {
    hosts: ["mirror.example.gov.cn", "127.0.0.1", "localhost", "169.254.169.254", "10.1.2.3:8443"],
    loopback: false,
  };
  for (const open of ["https://mirror.example.gov.cn/x", "https://10.1.2.3:8443/"])
    expect(checkAddress(open, production).href).toBe(open);
  for (const shut of [
    ...["http://mirror.example.gov.cn/", "https://mirror.example.gov.cn:444/", "https://10.1.2.3/"],
    ...["https://127.0.0.1/", "http://127.0.0.1/", "https://localhost/", "https://169.254.169.254/"],
  ])
    expect(() => checkAddress(shut, production)).toThrow(expect.objectContaining({ code: "BAD_USER_INPUT" }));
  for (const own of ["::1", "::127.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "0.0.0.0", "fe80::1"])
    expect([own, isClosed(own)]).toEqual([own, true]);
  expect(isClosed("100.100.100.200")).toBe(true);
  expect(["10.1.2.3", "2001:db8::1"].map(isClosed)).toEqual([false, false]);
});

test("a name that leads to this machine, a slow receiver, and one that is not there are failures in bounded time", async () => {
  const slow = createServer(() => undefined);
  await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
  const { port } = slow.address() as AddressInfo;
  const delivery = { id: "d", body: "{}", secret: "s", at: new Date() };
  const open = { hosts: [], loopback: true };
  const to = (host: string) => new URL(`http://${host}:${port}/`);
  expect(await post(to("127.0.0.1"), delivery, { allowed: open, patience: 100 })).toBe("TIMEOUT");
  const shut = { allowed: { hosts: [], loopback: false }, patience: 5_000 };
  expect(await post(to("localhost"), delivery, shut)).toBe("NO_CONNECTION");
  slow.closeAllConnections();
  await new Promise((resolve) => slow.close(resolve));
  expect(await post(to("127.0.0.1"), delivery, { allowed: open })).toBe("ECONNREFUSED");
});

test("a webhook is its department's: duties, rights and token are asked for, others hear nothing of it", async () => {
  const { webhook } = await create();
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ webhooks { id } }" }),
  });
  expect(response.status).toBe(401);
  expect((await refused(url(), READER, { ...ASKING, duties: ["steward"] })).extensions.code).toBe(
    "FORBIDDEN",
  );
  expect((await refused(url(), OTHER)).extensions.code).toBe("FORBIDDEN");
  const remove = `mutation { deleteWebhook(id: "${webhook.id}") }`;
  expect(await hub.refusal(remove, OTHER)).toBe("NOT_FOUND");
  expect(await hub.refusal(remove, "big-data@140100000000", { duties: ["audit"] })).toBe("FORBIDDEN");
  expect(await hub.refusal("{ webhooks { id } }", READER, { duties: ["decide"] })).toBe("FORBIDDEN");
  expect(await list(OTHER)).toEqual([]);
  const seen = await list("big-data@140100000000", { duties: ["audit"] });
  expect(seen.map(({ id }: { id: string }) => id)).toEqual([webhook.id]);
  await hub.data(remove, "big-data@140100000000", { duties: ["security"] });
  expect(await list()).toEqual([]);
});

test("an app's webhook lives with its key: not beyond its end, but with one that takes its place", async () => {
  const keys = createAppKeys(hub.database.pool);
  const scope = { app: "mirror", department: READER, duties: ["read" as const], days: 1, issuedBy: "test" };
  const made = await keys.issue({ ...scope, purpose: "volunteer-service" });
  const ask = async (key: string) => {
    const response = await fetch(`${hub.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: CREATE, variables: { dataset: "volunteer", url: url() } }),
    });
    return JSON.parse(await response.text());
  };
  expect((await ask(made.key)).data.createWebhook.webhook.createdBy).toBe(`app-key:${made.id}`);
  const bound = await keys.issue({ ...scope, purpose: "volunteer-service", registeredOnly: true });
  expect((await ask(bound.key)).errors[0].extensions.code).toBe("FORBIDDEN");
  const next = await keys.rotate(made.id, 0, "test");
  const [one] = (await volunteers(1)) as [string];
  await rename(one);
  await receiver.until(1);
  await keys.revoke(next.id);
  await rename(one);
  await eventually(async () => (await only()).state === "SUSPENDED");
  expect(await only()).toMatchObject({ reason: "APP_KEY_ENDED" });
  expect(receiver.received).toHaveLength(1);
});

test("two processes of a hub tell each page once", async () => {
  const second = await openTestHub({ now, beside: hub, env: { HUB_WEBHOOK_HOSTS: receiver.host } });
  try {
    await create();
    const some = await volunteers(12);
    for (const id of some) {
      await rename(id);
      await wait(100);
    }
    await eventually(() => ids().length >= some.length);
    await wait(1_500);
    expect(ids()).toEqual(some.map((id) => `UPSERT volunteer:${id}`));
    const told = receiver.received.map(({ delivery }) => delivery);
    expect(new Set(told).size).toBe(told.length);
  } finally {
    await second.close();
  }
});

test("the table refuses that a webhook is made another, forgotten, or begun again", async () => {
  const { webhook } = await create();
  for (const sql of [
    "UPDATE webhook SET url = 'https://x' WHERE id = $1",
    "UPDATE webhook SET department = 'x' WHERE id = $1",
    "DELETE FROM webhook WHERE id = $1",
  ])
    await expect(run(sql, [webhook.id])).rejects.toThrow("a webhook stays");
  await expect(run("TRUNCATE webhook")).rejects.toThrow("a webhook stays");
});
