// The two ways in, a plain question straight to the reader and any other through Apollo, answer every byte alike.
import { type IncomingHttpHeaders, request } from "node:http";
import { signDemoToken } from "../../src/identity";
import { openTestHub, type TestHub } from "../setup/hub";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(() => hub.close());

const STREET = "street-office@140105001000";
const FINANCE = "finance@140100000000";

interface Told {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Posted {
  readonly headers?: Record<string, string>;
  readonly method?: string;
  readonly path?: string;
}

async function post(body: string | object, department: string, posted: Posted = {}): Promise<Told> {
  const token = await signDemoToken(hub.dataDir, { department, duties: ["read"] });
  const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "content-length": bytes.length,
    ...posted.headers,
  };
  return new Promise((resolve, reject) => {
    const { method = "POST", path = "/graphql" } = posted;
    const asking = request(hub.url + path, { method, headers }, async (response) => {
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
    });
    asking.on("error", reject);
    asking.end(bytes);
  });
}

/** Apollo answers this in the same media type, and the front leaves it to Apollo. */
const THROUGH_APOLLO = { headers: { accept: "application/json;q=0.9" } };

/** What of an answer is no request's own. */
function lasting({ status, headers, body }: Told) {
  const { date: _date, "x-request-id": _id, ...rest } = headers;
  return { status, body, headers: { ...rest, "x-request-id": typeof _id } };
}

const COMMITTEES = `query Committees($within: String!, $first: Int, $after: String, $kind: String) {
  committees(where: { territory: { within: $within }, name: { contains: $kind } }, orderBy: [{ field: NAME }], first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { code name director facilities(first: 2) { nodes { code } } }
  }
}`;

const QUESTIONS: [string, object][] = [
  ["a list of variables", { query: COMMITTEES, variables: { within: "140105", first: 3, kind: "社区" } }],
  ["other values of them", { query: COMMITTEES, variables: { within: "140105001", first: 3, kind: "居" } }],
  [
    "a territory beside the reader's own",
    { query: COMMITTEES, variables: { within: "140106", kind: "社区" } },
  ],
  ["wrong variables", { query: COMMITTEES, variables: { within: 5 } }],
  ["a variable left out", { query: COMMITTEES }],
  ["a division code that is none", { query: COMMITTEES, variables: { within: "14010", kind: "社区" } }],
  ["a page too large", { query: COMMITTEES, variables: { within: "1401", first: 5000, kind: "社区" } }],
  ["a cursor that is none", { query: COMMITTEES, variables: { within: "1401", after: "x", kind: "社区" } }],
  ["an unknown operation", { query: COMMITTEES, operationName: "Other", variables: { within: "1401" } }],
  ["withheld fields", { query: '{ volunteers(where: { phone: { eq: "13800000000" } }) { totalCount } }' }],
  [
    "a field of no dataset",
    { query: "{ __typename committees(first: 1) { totalCount } me { department } }" },
  ],
  ["a fault in the document", { query: "{ committees { nope } }" }],
  ["no document", { variables: {} }],
  ["a hash for a document", { query: "{ __typename }", extensions: { persistedQuery: { version: 1 } } }],
  ["variables as a list", { query: "{ __typename }", variables: [1] }],
  ["several at once", [{ query: "{ __typename }" }]],
  [
    "too many conditions",
    {
      query: "query Q($w: CommitteeWhere) { committees(where: $w) { totalCount } }",
      variables: { w: { or: Array.from({ length: 6000 }, () => ({ name: { eq: "a" } })) } },
    },
  ],
];

async function straight(): Promise<number> {
  const page = await (await fetch(`${hub.url}/metrics`)).text();
  return Number(/^hub_straight_total (\d+)/m.exec(page)?.[1]);
}

test("a question met before goes straight, and only where it asks plainly", async () => {
  const body = { query: "{ committees(first: 2) { nodes { code } } }" };
  const ways = [{}, {}, THROUGH_APOLLO, { path: "/graphql?x=1" }, { headers: { accept: "text/csv" } }];
  const counts = [];
  for (const way of ways) {
    const before = await straight();
    await post(body, FINANCE, way);
    counts.push((await straight()) - before);
  }
  expect(counts).toEqual([0, 1, 0, 0, 0]);
});

test("a body that is no JSON", async () => {
  const refused = await post("{", FINANCE);
  expect(lasting(refused)).toEqual(lasting(await post("{", FINANCE, { path: "/graphql?x=1" })));
  expect(refused.status).toBe(400);
});

test.each(QUESTIONS)("%s", async (_what, body) => {
  for (const department of [STREET, FINANCE]) {
    await post(body, department);
    const straight = await post(body, department);
    const around = await post(body, department, THROUGH_APOLLO);
    expect(lasting(straight)).toEqual(lasting(around));
  }
});

test("whoever gets no connection in time is told to come again, by either line", async () => {
  // Each a statement of its own, met once: those that are known to be quick share connections.
  const bodies = Array.from({ length: 18 }, (_, i) => ({
    query: `query Waiting { committees(first: ${i + 1}) { nodes { code } } }`,
  }));
  for (const body of bodies) await post(body, FINANCE);
  const holder = await hub.database.pool.connect();
  try {
    await holder.query("BEGIN; LOCK TABLE committee IN ACCESS EXCLUSIVE MODE");
    const ways = [{}, THROUGH_APOLLO];
    const asked = bodies.map((body, i) => post(body, FINANCE, ways[i % 2]));
    await new Promise((resolve) => setTimeout(resolve, 6_500));
    await holder.query("ROLLBACK");
    const told = await Promise.all(asked);
    const refused = told.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(2);
    for (const { status, body: text } of refused) {
      expect(status).toBe(503);
      expect(JSON.parse(text).errors[0].extensions.code).toBe("UNAVAILABLE");
    }
  } finally {
    holder.release();
  }
}, 30_000);
