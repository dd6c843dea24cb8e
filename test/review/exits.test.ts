/** Names and values made to slip past the planner's memory, the files' way out and the requests' doors. */
import { signDemoToken } from "../../src/identity";
import { flowOn, HOUSING } from "../requests/flow";
import { openTestHub, type TestHub } from "../setup/hub";

const CIVIL_AFFAIRS = "civil-affairs@140100000000";
const UUID = "00000000-0000-7000-8000-000000000000";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(() => hub.close());

test.each([
  ["a page's size", "($toString: Int) { facilities(first: $toString) { totalCount } }"],
  ["an order", "($valueOf: [FacilityOrder!]) { facilities(first: 1, orderBy: $valueOf) { totalCount } }"],
  ["a condition", "($constructor: FacilityWhere) { facilities(where: $constructor) { totalCount } }"],
  ["a value", "($constructor: String) { facilities(where: { name: { eq: $constructor } }) { totalCount } }"],
])("a variable called as what every object inherits is not given: %s", async (_, question) => {
  const { data } = await hub.ask("{ facilities { totalCount } }", CIVIL_AFFAIRS);
  expect(await hub.ask(`query ${question}`, CIVIL_AFFAIRS)).toMatchObject({ data });
});

const LATEST = `query ($after: String) {
  facilities(first: 1, orderBy: [{ field: CHANGED_AT }], after: $after) { nodes { code } pageInfo { endCursor } } }`;

test.each(["2020-01-01 00:00:00 Foo/Bar", "2020-01-01 00:00:00+99:99", "yesterday or so"])(
  "a forged cursor is the client's fault, in a list and in a file: %s",
  async (instant) => {
    const { facilities } = await hub.data(LATEST, CIVIL_AFFAIRS);
    const [fingerprint] = facilities.pageInfo.endCursor.split(".");
    const place = Buffer.from(JSON.stringify([instant, UUID])).toString("base64url");
    const variables = { after: `${fingerprint}.${place}` };
    expect(await hub.refusal(LATEST, CIVIL_AFFAIRS, { variables })).toBe("BAD_USER_INPUT");
    for (const accept of ["text/csv", "application/x-ndjson"]) {
      const file = await hub.post(LATEST, CIVIL_AFFAIRS, { accept, variables });
      expect(await file.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    }
  },
);

test.each([
  ["no such operation", { operationName: "B" }],
  ["an operation's name that is none", { operationName: 5 }],
  ["a value of another type", { variables: { after: 5 } }],
  ["variables that are a list", { variables: [] }],
])("a file's question with %s is the client's fault", async (_, more) => {
  const token = await signDemoToken(hub.dataDir, { department: CIVIL_AFFAIRS, duties: ["read"] });
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, accept: "text/csv", "content-type": "application/json" },
    body: JSON.stringify({ query: LATEST, ...more }),
  });
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
});

test("a text that PostgreSQL cannot keep is the client's fault at the requests' doors too", async () => {
  const list = `query ($text: String) { accessRequests(purpose: $text) { totalCount } }`;
  expect(await hub.refusal(list, HOUSING, { variables: { text: "a\u0000" } })).toBe("BAD_USER_INPUT");
});

test("a condition named beside a step that needs none is not kept", async () => {
  const flow = flowOn(hub);
  const { id } = await flow.filed();
  const { transitions } = await flow.by(id, "APPROVE", HOUSING, "approve", { criterion: "a\u0000" });
  expect(transitions.at(-1)).toMatchObject({ act: "APPROVE", criterion: null });
});

test("nobody asks for no level", async () => {
  const flow = flowOn(hub);
  const operation = "{ volunteers { nodes { phone } } }";
  const refused = await flow.refusal(flow.file({ operation, items: undefined, level: "NONE" }));
  expect(refused).toMatchObject({ code: "BAD_USER_INPUT", argument: "items" });
});

const QUESTION =
  "query ($c: [String!], $w: VolunteerWhere) { volunteers(where: { territory: { in: $c }, and: [$w] }) { totalCount } }";
const TERMS = `purpose: "emergency-response", legalBasis: "a", scenario: "b", scope: "c", way: API,
  until: "2099-01-01T00:00:00+08:00"`;
const DOORS = {
  explainAccess: "query ($o: String!, $v: String) { explainAccess(operation: $o, variables: $v) { cost } }",
  requestAccess: `mutation ($o: String!, $v: String) { requestAccess(operation: $o, variables: $v, ${TERMS}) { id } }`,
};

test.each(Object.entries(DOORS))("variables as text have the limits of variables: %s", async (_, door) => {
  const refused = (w: string) =>
    hub.refusal(door, HOUSING, { variables: { o: QUESTION, v: `{"c":[],"w":${w}}` } });
  expect(await refused(`${'{"not":'.repeat(50_000)}{}${"}".repeat(50_000)}`)).toBe("TOO_COSTLY");
  expect(await refused(`{"or":[${Array(20_000).fill("{}").join()}]}`)).toBe("TOO_COSTLY");
});

test("thousands of territories in a question are refused before each is weighed against each", async () => {
  const c = Array.from({ length: 40_000 }, (_, i) => String(140105000000 + i));
  const variables = {
    o: 'query ($c: [String!]) { volunteers(where: { territory: { in: $c }, name: { eq: "x" } }) { totalCount } }',
    v: JSON.stringify({ c }),
  };
  expect(await hub.refusal(DOORS.requestAccess, HOUSING, { variables })).toBe("BAD_USER_INPUT");
});
