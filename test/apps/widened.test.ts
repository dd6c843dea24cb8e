// Rights that grow after an approval give the operation nothing more; those that shrink take from it at once.
import {
  type Bounds,
  boundedBy,
  boundsOf,
  type Decision,
  decide,
  type FieldRight,
  rangesAt,
  seal,
} from "../../src/access";
import { catalogue } from "../../src/datasets";
import { CITY as CITY_CODE } from "../../src/declare";
import { HOUSING } from "../requests/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import { grantVolunteers, issueKey, LINES, operationsOn, PURPOSE, refusal, run, told } from "./app";

let hub: TestHub;
let other: TestHub;
let key: string;
beforeAll(async () => {
  hub = await openTestHub();
  other = await openTestHub({ beside: hub });
  const { rows } = await hub.database.pool.query(
    "SELECT left(territory, 9) AS street, count(*) FROM volunteer WHERE territory LIKE '140105%' GROUP BY 1 ORDER BY 2",
  );
  expect(rows.length).toBeGreaterThan(1);
  await grantVolunteers(hub, volunteersOf(rows[0].street));
  key = (await issueKey(hub)).key;
}, 120_000);
afterAll(async () => {
  await other.close();
  await hub.close();
});

const document = `query Everywhere { volunteers(first: 1000) { totalCount nodes { volunteerNo name phone territory } }
  volunteersAggregate { groups { count } } }`;

const volunteersOf = (territory: string) => [
  { dataset: "volunteer", fields: ["name", "phone"], level: "FULL", territory },
];

test("a wider grant opens more for people and nothing for the operation, until it is approved anew", async () => {
  const operations = operationsOn(hub);
  const { documentId } = await operations.approved({ name: "wide", document });
  const list = "query Names { volunteers { nodes { volunteerNo name territory } } }";
  const names = await operations.approved({ name: "names", document: list });
  const lines = async () =>
    (await (await run(hub, key, { documentId: names.documentId }, "text/csv")).text()).trim().split("\n")
      .length;
  const free = (await issueKey(hub, { registeredOnly: false })).key;
  const before = await told(hub, key, { documentId });
  const linesBefore = await lines();
  await grantVolunteers(hub, volunteersOf("140105"));
  const person = await hub.data(document, HOUSING, { purpose: PURPOSE });
  expect(person.volunteers.totalCount).toBeGreaterThan(before.data.volunteers.totalCount);
  for (const one of [hub, other])
    for (const accept of Object.values(LINES)) {
      const answer = await told(one, key, { documentId }, accept);
      expect(answer.data).toEqual(before.data);
      // The same text by an app that is not bound: plans of one are not the other's.
      expect((await told(one, free, { query: document }, accept)).data).toEqual(person);
    }
  expect(await lines()).toBe(linesBefore);
  const anew = await operations.approved({ name: "wide", document });
  expect(anew.version).toBe(2);
  expect((await told(hub, key, { documentId })).data).toEqual(person);
});

test("a feed gives rows as they were approved, of its dataset alone", async () => {
  const feed = `query Feed($dataset: String!) { changes(dataset: $dataset, first: 1000) {
    nodes { kind node { ... on Volunteer { volunteerNo name territory } ... on Committee { code } } } } }`;
  const given = { name: "feed", document: feed, examples: ['{"dataset":"volunteer"}'] };
  const { documentId, summary } = await operationsOn(hub).approved(given);
  expect(summary).toMatchObject({ doors: ["changes"], datasets: ["volunteer"], personal: true });
  expect(summary.fields.map((f: { field: string }) => f.field)).toContain("name");
  const { data, errors } = await told(hub, key, { documentId, variables: { dataset: "volunteer" } });
  expect(errors).toBeUndefined();
  expect(data.changes.nodes.length).toBeGreaterThan(0);
  expect(await refusal(hub, key, { documentId, variables: { dataset: "committee" } })).toMatchObject({
    code: "FORBIDDEN",
    reason: "NOT_APPROVED_FOR",
  });
});

test("an ended grant takes from the operation at once, in every process", async () => {
  const operations = operationsOn(hub);
  const { documentId } = await operations.approved({
    name: "shrinking",
    document: "query Shrinking { volunteers(first: 3) { totalCount nodes { phone } } }",
  });
  expect((await told(other, key, { documentId })).data.volunteers.nodes[0].phone).toMatch(/^1\d{10}$/);
  await hub.database.pool.query(
    "UPDATE access_grant SET ends_at = now() WHERE purpose = $1 AND department = $2",
    [PURPOSE, HOUSING],
  );
  const { data } = await told(other, key, { documentId });
  expect(data.volunteers.nodes.every((n: { phone: string | null }) => !/^1\d{10}$/.test(n.phone ?? ""))).toBe(
    true,
  );
});

test("a retired operation answers nowhere, also where another process knew it a moment ago", async () => {
  const operations = operationsOn(hub);
  const { id, documentId } = await operations.approved({
    name: "retired",
    purpose: undefined,
    document: "query Retired { committees(first: 3) { totalCount } }",
  });
  const standing = (await issueKey(hub, { purpose: undefined })).key;
  // Whichever of a process's memories is the older one when it happens.
  for (const wait of [0, 700]) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    expect((await told(other, standing, { documentId })).errors).toBeUndefined();
  }
  await new Promise((resolve) => setTimeout(resolve, 400));
  await operations.retire(id);
  expect(await refusal(other, standing, { documentId })).toMatchObject({
    code: "FORBIDDEN",
    reason: "RETIRED",
  });
  expect(await refusal(hub, standing, { documentId })).toMatchObject({
    code: "FORBIDDEN",
    reason: "RETIRED",
  });
});

describe("bounds on a decision", () => {
  const volunteer = catalogue.dataset("volunteer");
  const rights = { epoch: 1, stewardships: [], standings: [], grants: [] };
  const nobody = {
    subject: "t",
    department: { code: "x@140100000000", kind: "x", territory: CITY_CODE },
    duties: [],
  };
  const empty = decide(nobody, volunteer, rights, new Date());
  const span = (from: string, to: string, level: "FULL" | "MASKED" | "AGGREGATE") => ({
    from,
    to,
    level,
    grounds: [],
  });
  const decision = (right: FieldRight): Decision => seal({ ...empty, fields: new Map([["name", right]]) });
  const bounded = (now: FieldRight, then: FieldRight) => {
    const bounds = JSON.parse(JSON.stringify(boundsOf([decision(then)], []))) as Bounds;
    return boundedBy(decision(now), bounds.volunteer!).fields.get("name")!;
  };
  const condition = {
    code: "NO_CONSENT",
    zh: "",
    en: "",
    when: { field: "consent", isNot: "GIVEN" },
    sharing: "NOT_SHARED",
  } as const;
  const wide = span("140100000000", "140200000000", "FULL");
  const narrow = span("140105000000", "140106000000", "MASKED");

  test("the lower level in the narrower place, whichever grew", () => {
    for (const [now, then] of [
      [wide, narrow],
      [narrow, wide],
    ] as const)
      expect(bounded({ spans: [now] }, { spans: [then] }).spans).toMatchObject([
        { from: "140105000000", to: "140106000000", level: "MASKED" },
      ]);
    expect(bounded({ spans: [wide] }, { spans: [] }).spans).toEqual([]);
  });

  test("a field that was not there is closed", () => {
    const bounds = boundsOf([seal({ ...empty, fields: new Map() })], []);
    expect(boundedBy(decision({ spans: [wide] }), bounds.volunteer!).fields.size).toBe(0);
  });

  test("rows that a condition closed stay closed where it is gone or means something else", () => {
    const then = { spans: [wide], strict: { condition, spans: [] } };
    expect(rangesAt(bounded({ spans: [wide] }, then).spans, "AGGREGATE")).toEqual([]);
    const changed = { ...condition, when: { field: "consent", is: "WITHDRAWN" } };
    expect(
      bounded({ spans: [wide], strict: { condition: changed, spans: [wide] } }, then).strict?.spans,
    ).toEqual([]);
    expect(bounded({ spans: [wide], strict: { condition: changed, spans: [wide] } }, then).spans).toEqual([]);
    const same = bounded({ spans: [wide], strict: { condition, spans: [wide] } }, then);
    expect([same.spans, same.strict?.spans]).toMatchObject([[wide], []]);
    const stricter = bounded(then, { spans: [narrow] });
    expect([stricter.spans, stricter.strict?.spans]).toMatchObject([[{ level: "MASKED" }], []]);
  });
});
