// How an operation comes to be approved: whose step each is, what its approver sees, and that none of it changes.

import { CIVIL_AFFAIRS, FINANCE, HOUSING, XIAODIAN } from "../requests/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import { APP, grantVolunteers, issueKey, operationsOn, PURPOSE, refusal, told } from "./app";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
  await grantVolunteers(hub);
}, 120_000);
afterAll(() => hub.close());

const VOLUNTEERS = "query Volunteers { volunteers(first: 1) { nodes { volunteerNo name phone } } }";

test("the approver sees document, fields, levels, territories and quota, and is named", async () => {
  const operations = operationsOn(hub);
  const waiting = await operations.registered({
    name: "seen",
    document: `# what it is for\n${VOLUNTEERS}`,
    requestsPerDay: 7,
    rowsPerDay: 70,
  });
  expect(waiting).toMatchObject({
    ...{ app: APP, name: "seen", version: 1, state: "REGISTERED", purpose: PURPOSE, approvedBy: null },
    ...{ requestsPerDay: 7, rowsPerDay: 70, usedToday: { requests: 0, rows: 0 } },
    summary: { datasets: ["volunteer"], doors: [], personal: true, cost: 1 },
  });
  expect(waiting.document).not.toContain("#");
  const phone = waiting.summary.fields.find((f: { field: string }) => f.field === "phone");
  expect(phone.levels).toContainEqual({ territory: XIAODIAN, level: "FULL" });
  const approved = await operations.approve(waiting.id);
  expect(approved).toMatchObject({ state: "APPROVED", summary: waiting.summary });
  expect(approved.approvedBy).toBe(approved.transitions[1].actor);
  expect(approved.transitions.map((t: { act: string; duty: string }) => [t.act, t.duty])).toEqual([
    ["REGISTER", "read"],
    ["APPROVE", "approve"],
  ]);
});

test("the same again is the registration that is there; anything else is another version", async () => {
  const operations = operationsOn(hub);
  const given = { name: "again", document: VOLUNTEERS };
  const first = await operations.registered(given);
  expect((await operations.registered(given)).id).toBe(first.id);
  await operations.approve(first.id);
  expect((await operations.registered(given)).state).toBe("APPROVED");
  const larger = await operations.registered({ ...given, rowsPerDay: 5 });
  expect([larger.version, larger.state]).toEqual([2, "REGISTERED"]);
  const key = (await issueKey(hub)).key;
  expect((await told(hub, key, { documentId: first.documentId })).errors).toBeUndefined();
});

test("each step is its department's, with its duty, of a person", async () => {
  const operations = operationsOn(hub);
  const code = async (answer: Promise<{ errors?: { extensions: { code: string } }[] }>) =>
    (await answer).errors?.[0]?.extensions.code;
  const given = { name: "steps", document: VOLUNTEERS };
  expect(await code(operations.register(given, HOUSING, ["approve"]))).toBe("FORBIDDEN");
  expect(await code(operations.register(given, HOUSING, ["audit"]))).toBe("FORBIDDEN");
  expect(await code(operations.register(given, FINANCE))).toBe("BAD_USER_INPUT"); // holds no grant for it
  const { id } = await operations.registered(given);
  expect(await code(operations.step("approve", id, HOUSING, ["read", "decide"]))).toBe("FORBIDDEN");
  expect(await code(operations.step("approve", id, CIVIL_AFFAIRS, ["approve"]))).toBe("NOT_FOUND");
  expect(await code(operations.step("approve", id, CIVIL_AFFAIRS, ["approve", "security"]))).toBe(
    "FORBIDDEN",
  );
  expect(await code(operations.step("refuse", id, HOUSING, ["approve"], " "))).toBe("BAD_USER_INPUT");
  const head = (await issueKey(hub, { duties: ["approve"], registeredOnly: false })).key;
  expect(
    await refusal(hub, head, { query: `mutation { approveOperation(id: "${id}") { id } }` }),
  ).toMatchObject({
    code: "FORBIDDEN",
  });
  await operations.approve(id);
  expect(await code(operations.step("approve", id))).toBe("BAD_USER_INPUT");
  expect(await code(operations.step("retire", id, FINANCE, ["read"], "别人的"))).toBe("NOT_FOUND");
  const stopped = await operations.step("retire", id, FINANCE, ["security"], "滥用");
  expect(stopped.data.retireOperation.state).toBe("RETIRED");
  expect((await fetch(`${hub.url}/graphql`, { method: "POST", body: "{}" })).status).toBe(401);
});

test("operations are those of one's own department; who watches sees all", async () => {
  const operations = operationsOn(hub);
  await operations.registered({ name: "listed", document: VOLUNTEERS });
  const named = (list: { name: string }[]) => list.map(({ name }) => name);
  expect(named(await operations.list())).toContain("listed");
  expect(named(await operations.list(FINANCE))).toEqual([]);
  expect(named(await operations.list(FINANCE, ["audit"]))).toContain("listed");
});

test.each([
  [
    "two operations",
    { document: "query A { committees { totalCount } } query B { committees { totalCount } }" },
  ],
  ["introspection", { document: "{ __schema { types { name } } }" }],
  ["a mutation", { document: 'mutation { retireOperation(id: "1", reason: "x") { id } }' }],
  ["a feed of no fields", { document: '{ changes(dataset: "volunteer") { pageInfo { endCursor } } }' }],
  [
    "introspection by a variable",
    {
      document:
        "query ($x: Boolean = false) { __schema @include(if: $x) { description } volunteers { totalCount } }",
    },
  ],
  ["a report by its argument", { document: '{ report(id: "communityOverview") { totalCount } }' }],
  ["a fault in the document", { document: "{ committees { nope } }" }],
  [
    "a variable without an example",
    { document: "query ($n: Int!) { committees(first: $n) { totalCount } }" },
  ],
  ["an example that is no JSON", { document: "{ committees { totalCount } }", examples: ["{"] }],
  ["a name with blanks", { document: "{ committees { totalCount } }", name: "a b" }],
  ["an unknown purpose", { document: "{ committees { totalCount } }", purpose: "none" }],
  ["no requests", { document: "{ committees { totalCount } }", requestsPerDay: 0 }],
  ["an empty description", { document: "{ committees { totalCount } }", description: " " }],
])("%s is not registered", async (_what, given) => {
  const { errors } = await operationsOn(hub).register({ name: "wrong", ...given });
  expect(errors?.[0].extensions.code).toBe("BAD_USER_INPUT");
});

test("the head sees every door that some variable opens", async () => {
  const document = `query ($x: Boolean = false) { volunteers { nodes { name } } purposes @include(if: $x) { code } ...F }
    fragment F on Query { me @skip(if: true) { subject } }`;
  const operation = await operationsOn(hub).registered({ name: "doors", document, examples: ["{}"] });
  expect(operation.summary.doors).toEqual(["me", "purposes"]);
});

test("what the department may not ask is told when it is registered", async () => {
  const document = '{ volunteers(where: { idNumber: { eq: "140105199003074515" } }) { totalCount } }';
  const { errors } = await operationsOn(hub).register({ name: "withheld", document });
  expect(errors[0].extensions).toMatchObject({ code: "FIELD_WITHHELD", field: "idNumber" });
});

test("what was registered and approved is not changed behind the hub's back", async () => {
  const { id } = await operationsOn(hub).approved({ name: "kept", document: VOLUNTEERS });
  const statements = [
    `UPDATE app_operation SET bounds = '{}' WHERE id = '${id}'`,
    `UPDATE app_operation SET state = 'APPROVED' WHERE id = '${id}'`,
    `DELETE FROM app_operation WHERE id = '${id}'`,
    `UPDATE app_operation_transition SET actor = 'x' WHERE operation = '${id}'`,
    `DELETE FROM app_operation_transition WHERE operation = '${id}'`,
    "TRUNCATE app_operation CASCADE",
    `INSERT INTO app_operation_transition (operation, seq, at, act, from_state, to_state, actor, department, duty, shown)
       VALUES ('${id}', 3, now(), 'APPROVE', 'REGISTERED', 'APPROVED', 'x', 'x', 'approve', repeat('0', 64))`,
    `INSERT INTO app_operation_transition (operation, seq, at, act, from_state, to_state, actor, department, duty, shown)
       VALUES ('${id}', 3, now(), 'APPROVE', 'APPROVED', 'APPROVED', 'x', 'x', 'approve', repeat('0', 64))`,
  ];
  for (const statement of statements) await expect(hub.database.pool.query(statement)).rejects.toThrow();
});
