// Every door that returns data asks who is there first; what a caller is told of faults says nothing of the inside.
import { getIntrospectionQuery } from "graphql";
import { HubError } from "../../src/errors";
import { type TestDatabase, testDatabase } from "../setup/database";
import { ask, NOTE, openSmallHub, type SmallHub } from "./small-hub";

interface Answer {
  errors: { extensions: Record<string, unknown> }[];
  data?: unknown;
}

let database: TestDatabase;
let hub: SmallHub;

beforeAll(async () => {
  database = await testDatabase();
  hub = await openSmallHub(database.pool, {
    demo: async () => [
      {
        code: "finance@140100000000",
        zh: "太原市财政局",
        en: "Finance",
        token: "t",
        head: "t",
        purposes: [],
      },
    ],
  });
});

afterAll(async () => {
  await hub.close(1_000);
  await database.drop();
});

test.each([
  ["POST", "/graphql", "{ hello }"],
  ["POST", "/graphql", "{ this is not graphql"],
  ["POST", "/graphql", ""],
  ["GET", "/graphql?query={hello}", undefined],
  ["GET", "/graphql", undefined],
  ["PUT", "/graphql", "{}"],
  ["POST", "/graphql/", "{ hello }"],
  ["POST", "/graphql/anything", "{ hello }"],
])("%s %s (%s) without a token is 401 UNAUTHENTICATED", async (method, path, query) => {
  for (const authorization of [undefined, "Bearer wrong", "Basic dG9rZW46bGlu"]) {
    const response = await fetch(hub.url + path, {
      method,
      headers: { "content-type": "application/json", ...(authorization && { authorization }) },
      body: query === undefined ? undefined : JSON.stringify({ query }),
    });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
    const { errors, data } = (await response.json()) as Answer;
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
    expect(data).toBeUndefined();
  }
});

test("an answer of the reader is its text, with what it touched and cost beside it", async () => {
  const { status, text, response } = await ask(hub.url, "{ persons { name } }");
  expect(status).toBe(200);
  expect(text).toBe(
    `{"data":{"persons": [{"name": "王*"}]},"extensions":{"access":${JSON.stringify([NOTE])},"cost":1}}`,
  );
  expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
});

test("an operation with another root field is executed by graphql-js", async () => {
  expect((await ask(hub.url, "{ hello __typename }")).body).toEqual({
    data: { hello: "hello", __typename: "Query" },
  });
});

test("GET answers queries, and is closed to pages of other sites", async () => {
  const get = (headers: Record<string, string>) =>
    fetch(`${hub.url}/graphql?query=${encodeURIComponent("{ hello }")}`, {
      headers: { authorization: "Bearer token-lin", ...headers },
    });
  expect(await (await get({ "apollo-require-preflight": "1" })).json()).toEqual({ data: { hello: "hello" } });
  const forged = await get({});
  expect(forged.status).toBe(400);
  expect(((await forged.json()) as Answer).errors[0]?.extensions.code).toBe("BAD_REQUEST");
});

test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
  "a form that any page may post (%s) is refused",
  async (type) => {
    const { status, body } = await ask(hub.url, "{ hello }", { headers: { "content-type": type } });
    expect(status).toBe(400);
    expect(body.errors[0].extensions.code).toBe("BAD_REQUEST");
  },
);

test("a batch of operations is refused", async () => {
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer token-lin" },
    body: JSON.stringify([{ query: "{ hello }" }, { query: "{ hello }" }]),
  });
  expect(response.status).toBe(400);
});

test("a body over a mebibyte is refused before it is read", async () => {
  const { status, body } = await ask(hub.url, "{ hello }", { variables: { x: "x".repeat(1024 * 1024) } });
  expect(status).toBe(413);
  expect(body.errors[0].extensions).toMatchObject({ code: "TOO_COSTLY", limit: "body" });
});

test("an unreadable body is refused without a word of it", async () => {
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer token-lin" },
    body: '{"query": "secret-13900001234',
  });
  expect(response.status).toBe(400);
  const text = await response.text();
  expect(text).not.toContain("secret");
  expect(JSON.parse(text).errors[0].extensions.code).toBe("BAD_USER_INPUT");
});

const nested = (depth: number) => `{ ${"persons { ".repeat(depth - 1)} name ${"}".repeat(depth)}`;

test.each([
  ["bytes", `{ hello } # ${"长".repeat(30_000)}`],
  ["tokens", `{ ${"hello ".repeat(10_001)} }`],
  ["depth", nested(16)],
  ["depth", `{ persons { ...A } } fragment A on Person ${nested(15)}`],
  ["depth", "{a".repeat(4_500)],
  ["aliases", `{ ${Array.from({ length: 51 }, (_, n) => `a${n}: hello`).join(" ")} }`],
  [
    "aliases",
    `{ ...A ...A ...A } fragment A on Query { ${Array.from({ length: 17 }, (_, n) => `a${n}: hello`).join(" ")} }`,
  ],
])("a document beyond the limit of %s is TOO_COSTLY", async (limit, document) => {
  const { body } = await ask(hub.url, document);
  expect(body.errors[0].extensions).toMatchObject({ code: "TOO_COSTLY", limit });
  expect(body.data).toBeUndefined();
});

test("fragments in fragments, doubled at each step, take no time to measure", async () => {
  const steps = Array.from({ length: 40 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`);
  const document = `{ ...F0 } ${steps.join(" ")} fragment F40 on Query { a: hello }`;
  const started = performance.now();
  const { body } = await ask(hub.url, document);
  expect(body.errors[0].extensions).toMatchObject({ code: "TOO_COSTLY", limit: "aliases" });
  expect(performance.now() - started).toBeLessThan(1_000);
});

test("fragments in a circle are a mistake, not a crash", async () => {
  const { body } = await ask(hub.url, "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }");
  expect(body.errors[0].extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
});

test("the standard introspection query passes", async () => {
  const { status, body } = await ask(
    hub.url,
    getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true }),
  );
  expect(status).toBe(200);
  expect(body.data.__schema.queryType.name).toBe("Query");
});

test("mistakes are told without suggestions", async () => {
  const { status, body } = await ask(hub.url, "{ helo }");
  expect(status).toBe(400);
  expect(body.errors[0]).toMatchObject({ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } });
  expect(body.errors[0].message).toBe('Cannot query field "helo" on type "Query".');
});

test.each(["{ broken }", "{ leaking }"])(
  "a fault behind %s is told by its request id alone",
  async (query) => {
    hub.lines.length = 0;
    const { body, text, response } = await ask(hub.url, query, {
      headers: { "x-request-id": "my-request-1" },
    });
    expect(body.errors[0].extensions).toEqual({
      code: "INTERNAL_SERVER_ERROR",
      hint: expect.any(String),
      requestId: "my-request-1",
    });
    expect(response.headers.get("x-request-id")).toBe("my-request-1");
    expect(text).not.toMatch(/13900001234|stack|node_modules|FORBIDDEN|undefined/);
    const fault = hub.lines.find((line) => line.msg === "a request failed");
    expect(fault).toMatchObject({ requestId: "my-request-1", frames: expect.any(Array) });
    expect(JSON.stringify(hub.lines)).not.toContain("13900001234");
  },
);

test("the hub's own refusals pass from either exit with what a program needs", async () => {
  const withheld = await ask(hub.url, "{ withheld }");
  expect(withheld.status).toBe(200);
  expect(withheld.body).toMatchObject({
    data: null,
    errors: [{ extensions: { code: "FIELD_WITHHELD", dataset: "fund", field: "sum" } }],
  });
  const partly = await ask(hub.url, "{ figures { name } withheld }");
  expect(partly.body).toMatchObject({
    data: { figures: [{ name: "王*" }] },
    errors: [{ extensions: { dataset: "fund" } }],
  });
  expect((await ask(hub.url, "{ refused }")).body.errors[0].extensions.code).toBe("FORBIDDEN");
});

test("every answer carries safe headers, and none says what serves it", async () => {
  for (const path of ["/healthz", "/metrics", "/nowhere", "/graphql"]) {
    const { headers } = await fetch(hub.url + path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("access-control-allow-origin")).toBeNull();
  }
});

test("a request id that could disturb a log is replaced", async () => {
  const { headers } = await fetch(`${hub.url}/healthz`, { headers: { "x-request-id": 'x" {"level":50}' } });
  expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

test("the log holds who and what, never tokens, variables or documents", async () => {
  hub.lines.length = 0;
  await ask(hub.url, "query Names($n: Int) { persons(n: $n) { name } }", { variables: { n: 424242 } });
  await ask(hub.url, "{ withheld }");
  const [names, withheld] = hub.lines.filter((line) => line.msg === "request");
  expect(names).toMatchObject({
    method: "POST",
    door: "/graphql",
    status: 200,
    department: "finance@140100000000",
    operation: "Names",
    rows: 1,
    cost: 1,
  });
  expect(withheld).toMatchObject({ codes: ["FIELD_WITHHELD"] });
  expect(JSON.stringify(hub.lines)).not.toMatch(/token-lin|424242|persons/);
});

test("metrics count, and name nobody", async () => {
  await ask(hub.url, "{ withheld }");
  const page = await (await fetch(`${hub.url}/metrics`)).text();
  expect(page).toMatch(/hub_requests_total\{door="\/graphql",status="200"\} [1-9]/);
  expect(page).toMatch(/hub_refusals_total\{code="FIELD_WITHHELD"\} [1-9]/);
  expect(page).toMatch(/hub_pool_connections\{pool="reads",state="total"\} [1-9]/);
  expect(page).toMatch(/hub_rows_total [1-9]/);
  expect(page).toMatch(/hub_statements_total\{pool="reads"\} [1-9]/);
  expect(page).toMatch(/nodejs_eventloop_lag/);
  expect(page).not.toMatch(/finance|Names|lin/);
});

test("probes and the way to the page", async () => {
  expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${hub.url}/readyz`)).json()).toEqual({ status: "ready" });
  const home = await fetch(hub.url, { redirect: "manual" });
  expect([200, 503]).toContain(home.status);
  expect(await home.text()).toContain("社区信息共享平台");
  const policy = home.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain("unsafe");
  const again = await fetch(hub.url);
  expect(again.headers.get("content-security-policy")).not.toBe(policy);
});

test("the demo's tokens are for callers by a loopback name alone", async () => {
  const { hostname, port } = new URL(hub.url);
  const { identities } = (await (await fetch(`${hub.url}/demo/identities`)).json()) as {
    identities: unknown[];
  };
  expect(identities).toHaveLength(1);
  const { request } = await import("node:http");
  const status = await new Promise((resolve) => {
    const asked = request(
      { hostname, port, path: "/demo/identities", headers: { host: "evil.example" } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    asked.end();
  });
  expect(status).toBe(403);
});

test("persisted queries are off", async () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } };
  const { body } = await ask(hub.url, "{ hello }", { extensions });
  expect(body.errors[0].extensions.code).toBe("PERSISTED_QUERY_NOT_SUPPORTED");
});

test.each([
  ["the database is away", Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), 503, "UNAVAILABLE"],
  ["it may not be asked", new HubError("FORBIDDEN", "not you"), 403, "FORBIDDEN"],
  ["the hub is at fault", new TypeError("of the inside"), 500, "INTERNAL_SERVER_ERROR"],
])("where %s before a question has its context, both lines say so", async (_why, fault, status, code) => {
  const away = await openSmallHub(database.pool, {
    rights: { current: () => Promise.reject(fault), refresh: () => Promise.reject(fault) },
  });
  // The first goes through Apollo as a document that nobody knows, GET always does.
  for (const [method, address] of [
    ["POST", "/graphql"],
    ["POST", "/graphql"],
    ["GET", "/graphql?query=%7Bhello%7D"],
  ] as const) {
    const response = await fetch(away.url + address, {
      method,
      headers: { "content-type": "application/json", authorization: "Bearer token-lin" },
      body: method === "POST" ? JSON.stringify({ query: "{ persons { name } }" }) : undefined,
    });
    expect(response.status).toBe(status);
    const { errors } = (await response.json()) as Answer;
    expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
    expect(JSON.stringify(errors)).not.toContain("of the inside");
  }
  await away.close(1_000);
});
