// The whole hub on a real database: identity, rights, planner, records and the way out, with nothing stood in.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { seedBase } from "../../seeds";
import { readConfig } from "../../src/config";
import { createAppKeys, type DemoClaims, signDemoToken } from "../../src/identity";
import { type Hub, start } from "../../src/main";
import { createLogger } from "../../src/server";
import { type TestDatabase, testDatabase } from "../setup/database";

let database: TestDatabase;
let dataDir: string;
let hub: Hub;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = mkdtempSync(path.join(tmpdir(), "community-hub-"));
  const config = readConfig({ PORT: "0", HUB_DATA: dataDir, HUB_DEMO: "1", DATABASE_URL: database.url });
  hub = await start(config, {
    databaseUrl: database.url,
    seed: (pool) => seedBase(pool, { demo: true }),
    logger: createLogger("silent"),
  });
});

afterAll(async () => {
  await hub.close();
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

async function post(
  url: string,
  query: string,
  token: string,
  more: { purpose?: string; variables?: object } = {},
) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
      ...(more.purpose && { "hub-purpose": more.purpose }),
    },
    body: JSON.stringify({ query, variables: more.variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what the tests are about
  return { response, status: response.status, body: (await response.json()) as any };
}

const tokenOf = (department: string, claims: Partial<DemoClaims> = {}) =>
  signDemoToken(dataDir, { department, duties: ["read"], ...claims });

async function ask(query: string, department: string, more: Parameters<typeof post>[3] = {}) {
  return post(hub.url, query, await tokenOf(department), more);
}

const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const FINANCE = "finance@140100000000";

test("a department reads what is shared, through the text exit", async () => {
  const query =
    '{ finance: department(code: "finance@140100000000") { name kind } departments { totalCount } }';
  const { status, body } = await ask(query, CIVIL_AFFAIRS);
  expect(status).toBe(200);
  expect(body.data.finance).toEqual({ name: "太原市财政局", kind: "FINANCE" });
  expect(body.data.departments.totalCount).toBeGreaterThan(1_000);
  expect(body.extensions).toEqual({ access: [], cost: expect.any(Number) });
});

test("both exits give the same answer", async () => {
  const fields =
    '{ __typename d: department(code: "finance@140100000000") { id n: name ... on Department { kind } } }';
  const text = await ask(fields, CIVIL_AFFAIRS);
  // A field that is not the planner's sends the operation to graphql-js.
  const objects = await ask(fields.replace("{ ", "{ __schema { queryType { name } } "), CIVIL_AFFAIRS);
  const { __schema, ...data } = objects.body.data;
  expect(data).toEqual(text.body.data);
  expect(objects.body.extensions).toEqual(text.body.extensions);
  const node = await ask(
    "query ($id: ID!) { node(id: $id) { __typename id ... on Department { name } } }",
    FINANCE,
    {
      variables: { id: data.d.id },
    },
  );
  expect(node.body.data.node).toEqual({ __typename: "Department", id: data.d.id, name: "太原市财政局" });
});

test("the fields of one operation share one limit of cost in either exit", async () => {
  const pages = Array.from(
    { length: 3 },
    (_, n) => `a${n}: divisions(first: 1000) { nodes { code children(first: 60) { nodes { name } } } }`,
  );
  const schema = "__schema { queryType { name } }";
  const { body: text } = await ask(`{ ${pages.join(" ")} }`, CIVIL_AFFAIRS);
  const { body: objects } = await ask(`{ ${schema} ${pages.join(" ")} }`, CIVIL_AFFAIRS);
  for (const { errors } of [text, objects])
    expect(errors?.map((e: { extensions: { code: string } }) => e.extensions.code)).toContain("TOO_COSTLY");
});

test("a wrong variable is told as graphql-js tells it, from either exit", async () => {
  const query = (more: string) => `query ($n: Int!) { ${more} departments(first: $n) { totalCount } }`;
  for (const more of ["", "__schema { queryType { name } }"]) {
    const { status, body } = await ask(query(more), FINANCE, { variables: { n: "many" } });
    expect([status, body.data]).toEqual([400, undefined]);
    expect(body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
    expect(body.errors[0].message).toContain("$n");
  }
});

test("a condition on a withheld field is refused, told and recorded", async () => {
  const query = 'query Find { volunteers(where: { name: { eq: "x" } }) { totalCount } }';
  const { status, body, response } = await ask(query, FINANCE);
  expect([status, body.data]).toEqual([200, null]);
  expect(body.errors[0].extensions).toMatchObject({
    code: "FIELD_WITHHELD",
    dataset: "volunteer",
    field: "name",
  });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const requestId = response.headers.get("x-request-id");
  const { rows } = await database.pool.query("SELECT * FROM access_record WHERE request_id = $1", [
    requestId,
  ]);
  expect(rows).toMatchObject([
    { operation: "Find", outcome: "REFUSED", code: "FIELD_WITHHELD", department: FINANCE },
  ]);
  const log = await post(
    hub.url,
    `{ accessLog(where: { requestId: "${requestId}" }) { nodes { outcome code datasets { dataset } } } }`,
    await tokenOf("audit@140100000000", { duties: ["audit"] }),
  );
  expect(log.body.data.accessLog.nodes).toEqual([
    { outcome: "REFUSED", code: "FIELD_WITHHELD", datasets: [{ dataset: "volunteer" }] },
  ]);
});

test("who holds no audit duty reads no log", async () => {
  const { body } = await ask("{ accessLog { nodes { id } } }", FINANCE);
  expect(body.errors[0].extensions.code).toBe("FORBIDDEN");
});

test.each([
  ["a department that is not registered", "finance@149900000000", undefined, 403, "FORBIDDEN"],
  ["a purpose that does not exist", FINANCE, "curiosity", 400, "BAD_USER_INPUT"],
])("%s does not come in", async (_, department, purpose, status, code) => {
  const answer = await ask("{ departments { totalCount } }", department, { purpose });
  expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([status, code]);
});

test("an app's key opens the hub until it is revoked", async () => {
  const keys = createAppKeys(database.pool);
  const issued = await keys.issue({
    app: "board",
    department: FINANCE,
    duties: ["read"],
    days: 1,
    issuedBy: "test",
  });
  const query = "{ departments(first: 1) { nodes { code } } }";
  expect((await post(hub.url, query, issued.key)).status).toBe(200);
  await keys.revoke(issued.id);
  expect((await post(hub.url, query, issued.key)).status).toBe(401);
});

test("the switcher's tokens are good", async () => {
  const { identities } = (await (await fetch(`${hub.url}/demo/identities`)).json()) as {
    identities: { code: string; token: string; purposes: { code: string }[] }[];
  };
  expect(identities.length).toBeGreaterThan(5);
  for (const { token } of identities) {
    const { status } = await post(hub.url, "{ departments(first: 1) { totalCount } }", token);
    expect(status).toBe(200);
  }
});

test("a migration that is missing makes the hub unready", async () => {
  expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
  const { rows } = await database.pool.query(
    "DELETE FROM migration WHERE id = (SELECT max(id) FROM migration) RETURNING *",
  );
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect((await fetch(`${hub.url}/readyz`)).status).toBe(503);
  const { timestamp, name } = rows[0];
  await database.pool.query("INSERT INTO migration (timestamp, name) VALUES ($1, $2)", [timestamp, name]);
});
