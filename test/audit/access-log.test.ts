// Who reads which access records: auditors by department, stewards the use of their own datasets, nobody else.
import { type GraphQLSchema, graphql } from "graphql";
import { buildSchema } from "type-graphql";
import {
  type AccessLog,
  AccessLogResolver,
  type AccessRecord,
  createAccessLog,
  createRecorder,
} from "../../src/audit";
import { type Duty, departmentOf, type Rights } from "../../src/identity";
import { type TestDatabase, testDatabase } from "../setup/database";
import { sampleRecord } from "./sample-record";

const SINCE = "2020-01-01T00:00:00Z";
const RIGHTS: Rights = {
  epoch: 1,
  stewardships: [
    { id: "s1", dataset: "volunteer", kind: "civil-affairs", from: SINCE },
    {
      id: "s2",
      dataset: "committee",
      kind: "civil-affairs",
      from: "2020-01-01T00:00:00Z",
      until: "2021-01-01T00:00:00Z",
    },
  ],
  standings: [],
  grants: [],
};

let database: TestDatabase;
let schema: GraphQLSchema;
let accessLog: AccessLog;

const used = (dataset: string, territory: string, level = "FULL") => ({
  dataset,
  fields: [{ field: "name", level, territories: [territory] }],
});

const RECORDS: Record<string, Partial<AccessRecord>> = {
  "city-finance": {
    department: "finance@140100000000",
    datasets: [used("volunteer", "140100000000"), used("budgetLine", "140100000000")],
  },
  "district-finance": { department: "finance@140105000000", datasets: [used("volunteer", "140105000000")] },
  "other-district": { department: "health@140106000000", datasets: [used("volunteer", "140106001000")] },
  "street-none": { department: "health@140105000000", datasets: [used("volunteer", "140105001000", "NONE")] },
  "committee-use": { department: "health@140105000000", datasets: [used("committee", "140105000000")] },
  refused: { department: "finance@140105000000", outcome: "REFUSED", code: "FIELD_WITHHELD", datasets: [] },
};

beforeAll(async () => {
  database = await testDatabase();
  const recorder = await createRecorder(database.pool);
  const start = Date.parse("2026-11-22T00:00:00Z");
  const names = Object.entries(RECORDS);
  for (const [n, [name, given]] of names.entries())
    recorder.record(sampleRecord(name, { ...given, at: new Date(start + n) }));
  await recorder.close();
  accessLog = createAccessLog(database.pool, { current: async () => RIGHTS });
  schema = await buildSchema({ resolvers: [AccessLogResolver], validate: false });
});

afterAll(() => database.drop());

interface As {
  as: string;
  duty?: Duty;
  variables?: Record<string, unknown>;
}

interface Page {
  readonly nodes: { readonly requestId: string }[];
  readonly edges: { readonly cursor: string; readonly node: { readonly requestId: string } }[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const QUERY = `query ($where: AccessLogWhere, $first: Int, $after: String) {
  accessLog(where: $where, first: $first, after: $after) {
    nodes { requestId subject operation documentHash datasets { dataset fields { field level territories } } }
    edges { cursor node { requestId } } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

async function read({ as, duty = "audit", variables }: As) {
  const identity = { subject: "w", department: departmentOf(as)!, duties: [duty] };
  const { data, errors } = await graphql({
    schema,
    source: QUERY,
    variableValues: variables,
    contextValue: { identity, accessLog },
  });
  if (errors) throw errors[0];
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what the test is about
  return (data as any).accessLog;
}

const names = async (asked: As): Promise<string[]> =>
  (await read(asked)).nodes.map((n: { requestId: string }) => n.requestId);

test("the audit bureau's and the data authority's auditors see all departments of their territory", async () => {
  expect(await names({ as: "audit@140100000000" })).toEqual(Object.keys(RECORDS).reverse());
  expect(await names({ as: "big-data@140105000000" })).toEqual([
    "refused",
    "committee-use",
    "street-none",
    "district-finance",
  ]);
});

test("another department's auditor sees that department alone", async () => {
  expect(await names({ as: "finance@140105000000" })).toEqual(["refused", "district-finance"]);
});

test("a steward's filter does not tell which other datasets a record names", async () => {
  const asking = (dataset: string) =>
    names({ as: "civil-affairs@140105000000", duty: "steward", variables: { where: { dataset } } });
  expect(await asking("volunteer")).toEqual(["district-finance", "city-finance"]);
  expect(await asking("budgetLine")).toEqual([]);
});

test("a steward sees how its own datasets were used in its own territory, and not who by name", async () => {
  const { nodes } = await read({ as: "civil-affairs@140105000000", duty: "steward" });
  expect(nodes).toEqual([
    {
      requestId: "district-finance",
      subject: null,
      operation: null,
      documentHash: null,
      datasets: [used("volunteer", "140105000000")],
    },
    {
      requestId: "city-finance",
      subject: null,
      operation: null,
      documentHash: null,
      datasets: [used("volunteer", "140100000000")],
    },
  ]);
});

test("a city steward sees its datasets' use everywhere", async () => {
  const asked = { as: "civil-affairs@140100000000", duty: "steward" as const };
  expect(await names(asked)).toEqual(["other-district", "district-finance", "city-finance"]);
});

test.each(["read", "decide", "approve", "admin", "security"] as const)(
  "the duty %s reads no records",
  async (duty) => {
    await expect(read({ as: "audit@140100000000", duty })).rejects.toMatchObject({
      extensions: { code: "FORBIDDEN" },
    });
  },
);

test("a steward of nothing reads no records", async () => {
  await expect(read({ as: "justice@140100000000", duty: "steward" })).rejects.toMatchObject({
    extensions: { code: "FORBIDDEN" },
  });
});

test("conditions narrow, and never widen", async () => {
  const as = "audit@140100000000";
  const where = (condition: Record<string, unknown>) => names({ as, variables: { where: condition } });
  expect(await where({ dataset: "committee" })).toEqual(["committee-use"]);
  expect(await where({ department: "health@140106000000" })).toEqual(["other-district"]);
  expect(await where({ code: "FIELD_WITHHELD", outcome: "REFUSED" })).toEqual(["refused"]);
  expect(await where({ from: "2026-11-22T08:00:00.004+08:00" })).toEqual(["refused", "committee-use"]);
  expect(await where({ requestId: "' OR true --" })).toEqual([]);
  const outside = { where: { department: "finance@140100000000" } };
  expect(await names({ as: "finance@140105000000", variables: outside })).toEqual([]);
});

test("pages follow one another without gap or overlap", async () => {
  const as = "audit@140100000000";
  const all = Object.keys(RECORDS).reverse();
  const seen: string[] = [];
  let after: string | null = null;
  for (let more = true; more; ) {
    const page: Page = await read({ as, variables: { first: 4, after } });
    const { pageInfo, edges, nodes, totalCount } = page;
    expect(edges.map((e) => e.node.requestId)).toEqual(nodes.map((n) => n.requestId));
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor, edges.at(-1)?.cursor]);
    expect([pageInfo.hasPreviousPage, totalCount]).toEqual([after !== null, all.length]);
    seen.push(...nodes.map((n) => n.requestId));
    [more, after] = [pageInfo.hasNextPage, pageInfo.endCursor];
  }
  expect(seen).toEqual(all);
});

test("the count is of what one may read and asked for, and an empty page has no cursor", async () => {
  const steward = { as: "civil-affairs@140105000000", duty: "steward" as const };
  expect(await read({ ...steward, variables: { first: 1 } })).toMatchObject({ totalCount: 2 });
  const where = { department: "finance@140105000000" };
  const none = await read({ as: "audit@140100000000", variables: { where, first: 0 } });
  const pageInfo = { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null };
  expect(none).toMatchObject({ nodes: [], edges: [], totalCount: 2, pageInfo });
});

test.each([{ first: 1001 }, { first: -1 }, { after: "bm9uc2Vuc2U" }])(
  "%j is BAD_USER_INPUT",
  async (variables) => {
    await expect(read({ as: "audit@140100000000", variables })).rejects.toMatchObject({
      extensions: { code: "BAD_USER_INPUT" },
    });
  },
);
