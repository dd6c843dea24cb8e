// An app that runs registered operations alone: what it may run, in every way out, and how the rest is refused.
import { createAppKeys, signDemoToken } from "../../src/identity";
import { CIVIL_AFFAIRS, HOUSING, XIAODIAN } from "../requests/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import {
  APP,
  grantVolunteers,
  issueKey,
  LINES,
  operationsOn,
  PURPOSE,
  refusal,
  run,
  type Told,
  told,
} from "./app";

let hub: TestHub;
let key: string;
beforeAll(async () => {
  hub = await openTestHub();
  await grantVolunteers(hub);
  key = (await issueKey(hub)).key;
}, 120_000);
afterAll(() => hub.close());

const VOLUNTEERS = `query Volunteers($within: String!, $first: Int) {
  volunteers(first: $first, where: { territory: { within: $within } }) { totalCount nodes { volunteerNo name phone } } }`;
const within = (code: string) => JSON.stringify({ within: code, first: 3 });

test.each(Object.entries(LINES))(
  "an approved operation is run by its id, by the %s",
  async (_line, accept) => {
    const document = `${VOLUNTEERS} # ${accept}`;
    const operation = await operationsOn(hub).approved({
      name: "volunteers",
      document,
      examples: [within(XIAODIAN)],
    });
    expect(operation.summary).toMatchObject({ datasets: ["volunteer"], personal: true, doors: [] });
    expect(operation.summary.fields.map((f: { field: string }) => f.field).sort()).toEqual(["name", "phone"]);
    const variables = { within: "140105", first: 3 };
    const asPerson = await hub.ask(VOLUNTEERS, HOUSING, { purpose: PURPOSE, variables });
    const ways = [
      { documentId: operation.documentId },
      { documentId: operation.sourceId },
      { extensions: { persistedQuery: { version: 1, sha256Hash: operation.sourceId.slice(7) } } },
      { query: document },
      { query: operation.document, documentId: operation.documentId },
    ];
    for (const way of ways)
      for (let i = 0; i < 2; i++) {
        const answer = await told(hub, key, { ...way, variables }, accept);
        expect(answer.data).toEqual(asPerson.data);
        expect(answer.data.volunteers.nodes).toHaveLength(3);
        expect(answer.data.volunteers.nodes[0].phone).toMatch(/^1\d{10}$/);
      }
  },
);

test("everything else is refused, by both lines, with what to do", async () => {
  for (const accept of Object.values(LINES)) {
    const ask = (body: object) => refusal(hub, key, body, accept);
    const NOT_REGISTERED = { code: "FORBIDDEN", reason: "NOT_REGISTERED" };
    expect(await ask({ query: "{ committees { totalCount } }" })).toMatchObject(NOT_REGISTERED);
    expect(await ask({ query: "{ __schema { types { name } } }" })).toMatchObject(NOT_REGISTERED);
    expect(await ask({ query: "{ me { subject } committees { totalCount } }" })).toMatchObject(
      NOT_REGISTERED,
    );
    expect(
      await ask({ query: "{ me { subject } ...F } fragment F on Query { purposes { code } }" }),
    ).toMatchObject(NOT_REGISTERED);
    expect(await ask({ documentId: `sha256:${"0".repeat(64)}` })).toMatchObject(NOT_REGISTERED);
    expect(await ask({ documentId: "md5:1" })).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await ask({ query: "{ nope" })).toMatchObject(NOT_REGISTERED);
    expect(await ask({ variables: {} })).toMatchObject(NOT_REGISTERED);
    expect(await ask([{ query: "{ me { subject } }" }])).toMatchObject(NOT_REGISTERED);
  }
  const headers = { authorization: `Bearer ${key}` };
  const got = await fetch(`${hub.url}/graphql?query={committees{totalCount}}`, {
    headers: { ...headers, "apollo-require-preflight": "1" },
  });
  expect([got.status, ((await got.json()) as Told).errors[0].extensions.code]).toEqual([403, "FORBIDDEN"]);
  const imported = await fetch(`${hub.url}/imports/facility`, { method: "POST", headers, body: "code\n1" });
  expect([imported.status, ((await imported.json()) as Told).errors[0].extensions.code]).toEqual([
    403,
    "FORBIDDEN",
  ]);
});

test("an app may ask who it is and what waits, and put forward operations of its own", async () => {
  const { data } = await told(hub, key, {
    query: "{ me { app registeredOnly purpose } operations { name } }",
  });
  expect(data.me).toEqual({ app: APP, registeredOnly: true, purpose: PURPOSE });
  const put = (app: string) => ({
    query: `mutation { registerOperation(app: "${app}", name: "own", document: "{ committees { totalCount } }",
      description: "自行登记", requestsPerDay: 1, rowsPerDay: 1) { state } }`,
  });
  expect((await told(hub, key, put(APP))).data.registerOperation.state).toBe("REGISTERED");
  expect(await refusal(hub, key, put("another"))).toMatchObject({ code: "FORBIDDEN" });
});

test("what waits, was refused or is retired is not run; a document id is no person's", async () => {
  const operations = operationsOn(hub);
  const document = "{ volunteers(first: 1) { nodes { volunteerNo name } } }";
  const { id, documentId } = await operations.registered({ name: "waiting", document });
  expect(await refusal(hub, key, { documentId })).toMatchObject({
    code: "FORBIDDEN",
    reason: "NOT_APPROVED",
  });
  expect(await refusal(hub, key, { query: document })).toMatchObject({ reason: "NOT_APPROVED" });
  await operations.step("refuse", id, HOUSING, ["approve"], "目的不明");
  expect(await refusal(hub, key, { documentId })).toMatchObject({ code: "FORBIDDEN", reason: "REFUSED" });
  const again = await operations.approved({ name: "waiting", document });
  expect(again.version).toBe(2);
  expect((await told(hub, key, { documentId })).errors).toBeUndefined();
  await operations.retire(again.id);
  expect(await refusal(hub, key, { documentId })).toMatchObject({ code: "FORBIDDEN", reason: "RETIRED" });
  const person = await signDemoToken(hub.dataDir, { department: HOUSING, duties: ["read"] });
  expect(await refusal(hub, person, { documentId })).toMatchObject({ code: "FORBIDDEN", reason: "NO_APP" });
});

test("a hash that is not the document's", async () => {
  const { documentId } = await operationsOn(hub).approved({
    name: "counted",
    document: "{ volunteers { totalCount } }",
  });
  const body = { documentId, query: "{ volunteers(first: 1) { totalCount } }" };
  for (const accept of Object.values(LINES))
    expect(await refusal(hub, key, body, accept)).toMatchObject({
      code: "BAD_USER_INPUT",
      reason: "HASH_MISMATCH",
    });
});

test("keys of another app, another department and another purpose; a key without one takes the operation's", async () => {
  const { documentId } = await operationsOn(hub).approved({
    name: "keys",
    document: "query Keys { volunteers(first: 2) { nodes { volunteerNo phone } } }",
  });
  const refused = async (wanted: object) => refusal(hub, (await issueKey(hub, wanted)).key, { documentId });
  expect(await refused({ app: "another" })).toMatchObject({ code: "FORBIDDEN", reason: "NOT_REGISTERED" });
  expect(await refused({ department: CIVIL_AFFAIRS })).toMatchObject({ reason: "NOT_REGISTERED" });
  expect(await refused({ purpose: "budget-review" })).toMatchObject({
    code: "FORBIDDEN",
    reason: "OTHER_PURPOSE",
  });
  const without = (await issueKey(hub, { purpose: undefined })).key;
  const { data } = await told(hub, without, { documentId });
  expect(data.volunteers.nodes[0].phone).toMatch(/^1\d{10}$/);
});

test("a rotated key keeps the operations of its app, and runs them alone", async () => {
  const { documentId } = await operationsOn(hub).approved({
    name: "rotated",
    document: "query Rotated { volunteers { totalCount } }",
  });
  const old = await issueKey(hub);
  const next = await createAppKeys(hub.database.pool).rotate(old.id, 0, "test");
  expect((await told(hub, next.key, { documentId })).data.volunteers.totalCount).toBeGreaterThan(0);
  expect(await refusal(hub, next.key, { query: "{ committees { totalCount } }" })).toBeDefined();
  expect(next.registeredOnly).toBe(true);
});

test("variables that lead beyond what was approved are refused before a row is read", async () => {
  const document = `query Filtered($where: VolunteerWhere, $phone: Boolean = false) {
    volunteers(first: 5, where: $where) { nodes { volunteerNo name phone @include(if: $phone) } } }`;
  const examples = ['{"where":{"name":{"contains":"王"}}}'];
  const { documentId } = await operationsOn(hub).approved({ name: "filtered", document, examples });
  for (const accept of Object.values(LINES)) {
    const ask = (variables: object) => told(hub, key, { documentId, variables }, accept);
    expect((await ask({ where: { name: { contains: "张" } } })).errors).toBeUndefined();
    const beyond = [
      { where: { phone: { eq: "13800000000" } } },
      { phone: true },
      { where: { records: { some: { hours: { gt: 1 } } } } },
    ];
    for (const variables of beyond) {
      const { data, errors } = await ask(variables);
      expect(errors[0].extensions.code).toBe("FORBIDDEN");
      expect(errors[0].extensions).toMatchObject({ reason: "NOT_APPROVED_FOR" });
      expect(data?.volunteers ?? null).toBeNull();
    }
  }
});

test("files: an approved list streams, another does not", async () => {
  const document = "query File { volunteers { nodes { volunteerNo name } } }";
  const { documentId } = await operationsOn(hub).approved({ name: "file", document });
  for (const accept of ["text/csv", "application/x-ndjson"]) {
    const file = await run(hub, key, { documentId }, accept);
    expect(file.status).toBe(200);
    expect((await file.text()).split("\n").length).toBeGreaterThan(5);
    expect((await run(hub, key, { query: "{ committees { nodes { name } } }" }, accept)).status).toBe(403);
  }
  const variable = `query Open($where: VolunteerWhere) { volunteers(where: $where) { nodes { volunteerNo name } } }`;
  const open = await operationsOn(hub).approved({ name: "open", document: variable });
  const body = { documentId: open.documentId, variables: { where: { phone: { eq: "13800000000" } } } };
  expect(await refusal(hub, key, body, "text/csv")).toMatchObject({ reason: "NOT_APPROVED_FOR" });
});

test("the record names the operation, its refusals too", async () => {
  const { documentId, hash } = await operationsOn(hub)
    .approved({
      name: "recorded",
      document: "query Recorded { volunteers(first: 1) { nodes { volunteerNo } } }",
    })
    .then((o) => ({ ...o, hash: o.documentId.slice(7) }));
  await told(hub, key, { documentId });
  await told(hub, key, { documentId }, LINES.apollo);
  await (await run(hub, key, { documentId }, "text/csv")).text();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const { rows } = await hub.database.pool.query(
    "SELECT code, encode(document, 'hex') AS document FROM access_record WHERE registered = $1 AND app = $2 ORDER BY at, id",
    ["recorded@1", APP],
  );
  expect(rows.map((r) => r.code)).toEqual([null, null, "EXPORT_BEGUN", "EXPORTED"]);
  expect(new Set(rows.map((r) => r.document))).toEqual(new Set([hash]));
});

test("an app that is not bound runs what it likes, and its registered operations by their ids", async () => {
  const free = (await issueKey(hub, { registeredOnly: false })).key;
  expect((await told(hub, free, { query: "{ me { registeredOnly } }" })).data.me.registeredOnly).toBe(false);
  expect(
    (await told(hub, free, { query: "{ committees(first: 1) { totalCount } }" })).errors,
  ).toBeUndefined();
  const { documentId } = await operationsOn(hub).approved({
    name: "free",
    document: "query Free { volunteers(first: 1) { totalCount } }",
  });
  expect((await told(hub, free, { documentId })).errors).toBeUndefined();
  const people = await hub.ask("{ me { registeredOnly } }", HOUSING);
  expect(people.data.me.registeredOnly).toBeNull();
});
