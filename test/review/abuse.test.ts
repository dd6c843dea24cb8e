/** Questions made to break the hub: endless conditions, forged cursors, hidden documents, files that nobody reads. */
import { getIntrospectionQuery } from "graphql";
import { signDemoToken } from "../../src/identity";
import { openTestHub, type TestHub } from "../setup/hub";

const CIVIL_AFFAIRS = "civil-affairs@140100000000";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(() => hub.close());

const COUNT = "query ($w: FacilityWhere) { facilities(where: $w) { totalCount } }";

async function codeOf(query: string, variables?: object): Promise<string | undefined> {
  const answer = await hub.ask(query, CIVIL_AFFAIRS, { variables });
  return answer.errors?.[0]?.extensions.code;
}

test("thousands of conditions are refused, those within the limit are answered", async () => {
  const or = (n: number) => ({
    w: { or: Array.from({ length: n }, (_, i) => ({ territory: { within: String(140105001000 + i) } })) },
  });
  expect(await codeOf(COUNT, or(999))).toBeUndefined();
  expect(await codeOf(COUNT, or(20_000))).toBe("TOO_COSTLY");
});

test("conditions within conditions have a bottom, however they are sent", async () => {
  const nested = (n: number) => JSON.parse(`${'{"not":'.repeat(n)}{"name":{"eq":"x"}}${"}".repeat(n)}`);
  expect(await codeOf(COUNT, { w: nested(20) })).toBeUndefined();
  expect(await codeOf(COUNT, { w: nested(40) })).toBe("TOO_COSTLY");
  expect(await codeOf(COUNT, { w: nested(4_000) })).toBe("TOO_COSTLY");
  const inline = `{ facilities(where: ${"{ not: ".repeat(500)}{}${" }".repeat(500)}) { totalCount } }`;
  expect(await codeOf(inline)).toBe("TOO_COSTLY");
});

test("fragments that each spread the next one twice are walked once each", async () => {
  const doubled = (n: number) =>
    Array.from(
      { length: n },
      (_, i) =>
        `fragment F${i} on Query { ${i + 1 < n ? `...F${i + 1} ... { ...F${i + 1} }` : "facilities(first: 0) { totalCount }"} }`,
    );
  expect(await codeOf(`{ ...F0 } ${doubled(60).join(" ")}`)).toBeUndefined();
  const circle = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A me { subject } }";
  expect(await codeOf(circle)).toBe("GRAPHQL_VALIDATION_FAILED");
});

test("doors whose cost no plan bounds are asked a few times in one operation, the schema once", async () => {
  const times = (n: number, field: string) =>
    `{ ${Array.from({ length: n }, (_, i) => `a${i}: ${field}`).join(" ")} }`;
  const one = "purposes { code }";
  expect(await codeOf(times(10, one))).toBeUndefined();
  expect(await codeOf(times(11, one))).toBe("TOO_COSTLY");
  expect(await codeOf(`{ ...F } fragment F on Query ${times(11, one)}`)).toBe("TOO_COSTLY");
  expect(await codeOf(times(4, 'accessMatrix(dataset: "facility") { field }'))).toBe("TOO_COSTLY");
  expect(await codeOf(times(40, "facilities(first: 0) { totalCount }"))).toBeUndefined();
  expect(await codeOf(getIntrospectionQuery())).toBeUndefined();
  for (const schema of [
    times(2, "__schema { description }"),
    "{ __schema { a: types { name } b: types { name } } }",
    "{ __schema { types { fields { type { fields { name } } } } } }",
    "{ __schema { types { ...F } } } fragment F on __Type { fields { type { ...F } } interfaces { ...F } }",
  ])
    expect(await codeOf(schema)).toBe("TOO_COSTLY");
});

test("what only a forged cursor or a damaged text holds is the client's fault, not the hub's", async () => {
  const list = `query ($after: String) { facilities(first: 1, orderBy: [{ field: LAND_AREA }], after: $after) {
    pageInfo { endCursor } } }`;
  const { data } = await hub.ask(list, CIVIL_AFFAIRS);
  const [fingerprint] = data.facilities.pageInfo.endCursor.split(".");
  const forged = (place: string[]) => ({
    after: `${fingerprint}.${Buffer.from(JSON.stringify(place)).toString("base64url")}`,
  });
  const uuid = "00000000-0000-7000-8000-000000000000";
  expect(await codeOf(list, forged(["1", uuid]))).toBeUndefined();
  expect(await codeOf(list, forged(["many", uuid]))).toBe("BAD_USER_INPUT");
  expect(await codeOf(list, forged(["1", "-".repeat(36)]))).toBe("BAD_USER_INPUT");
  expect(await codeOf(COUNT, { w: { name: { eq: "a\u0000b" } } })).toBe("BAD_USER_INPUT");
});

test("long aliases that begin alike stay apart", async () => {
  const long = "a".repeat(70);
  const { data } = await hub.ask(
    `{ facilities(first: 1) { ${long}1: nodes { id } ${long}2: nodes { code } } }`,
    CIVIL_AFFAIRS,
  );
  expect(data.facilities[`${long}1`][0]).toHaveProperty("id");
  expect(data.facilities[`${long}2`][0]).toHaveProperty("code");
});

test("a document behind a second question mark is measured as a whole", async () => {
  const deep = `{ communities(first: 1) { nodes ${"{ committee { community ".repeat(10)}{ code }${" } }".repeat(10)} } }`;
  const token = await signDemoToken(hub.dataDir, { department: CIVIL_AFFAIRS, duties: ["read"] });
  const ask = async (query: string): Promise<{ errors: { extensions: object }[] }> => {
    const headers = { authorization: `Bearer ${token}`, "apollo-require-preflight": "1" };
    return (await fetch(`${hub.url}/graphql?query=${query}`, { headers })).json() as never;
  };
  const { errors } = await ask(`%23?%0A${encodeURIComponent(deep)}`);
  expect(errors[0]?.extensions).toMatchObject({ code: "TOO_COSTLY", limit: "depth" });
});

test("a file's root list has no page limit, the lists below each of its rows have", async () => {
  const file = async (query: string) => (await hub.post(query, CIVIL_AFFAIRS, { accept: "text/csv" })).text();
  const nested = (first: number) =>
    `{ communities(first: 1) { nodes { facilities(first: ${first}) { nodes { id } } } } }`;
  expect(await file(nested(1_000))).toContain("facility:");
  expect(await file(nested(1_001))).toContain("BAD_USER_INPUT");
  expect(await file("{ departments(first: -1) { nodes { id } } }")).toContain("BAD_USER_INPUT");
});

test("a file asked for without a body is refused as the client's fault", async () => {
  const token = await signDemoToken(hub.dataDir, { department: CIVIL_AFFAIRS, duties: ["read"] });
  const headers = { authorization: `Bearer ${token}`, accept: "text/csv" };
  const response = await fetch(`${hub.url}/graphql`, { method: "POST", headers });
  expect(await response.text()).toContain("BAD_USER_INPUT");
});

test("files whose readers go away give their connections back", async () => {
  const query = "{ departments { nodes { code name kind territory } } }";
  const token = await signDemoToken(hub.dataDir, { department: CIVIL_AFFAIRS, duties: ["read"] });
  const headers = {
    "content-type": "application/json",
    accept: "text/csv",
    authorization: `Bearer ${token}`,
  };
  const body = JSON.stringify({ query });
  for (let i = 0; i < 12; i++) {
    const controller = new AbortController();
    const response = await fetch(`${hub.url}/graphql`, {
      method: "POST",
      headers,
      body,
      signal: controller.signal,
    });
    if (i % 2 === 0) await response.body?.getReader().read();
    controller.abort();
  }
  const whole = await hub.post(query, CIVIL_AFFAIRS, { accept: "text/csv" });
  expect(await whole.text()).toContain("rows: ");
}, 30_000);
