// Requests that name a question: the hub works out which fields, levels and territories it lacks.
import { openTestHub, type TestHub } from "../setup/hub";
import { CITY, FINANCE, flowOn, HOUSING, Time, VOLUNTEERS, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

let hub: TestHub;
let flow: ReturnType<typeof flowOn>;

beforeAll(async () => {
  hub = await openTestHub({ now: new Time().now });
  flow = flowOn(hub);
});
afterAll(() => hub.close());

const XIAODIAN_ROWS = 'where: { territory: { within: "140105" } }';
const itemsOf = async (operation: string, given: object = {}, as = HOUSING) =>
  (await flow.all({ operation, ...given }, as)).flatMap((r: { items: object[] }) => r.items);
const problem = async (given: object, as = HOUSING) => flow.refusal(flow.file(given, as));

test("asks for the fields that are withheld, in the territory that the question keeps to", async () => {
  const operation = `{ volunteers(${XIAODIAN_ROWS}) { nodes { id name phone territory } } }`;
  expect(await itemsOf(operation)).toEqual([
    { dataset: "volunteer", fields: ["name", "phone"], level: "FULL", territory: XIAODIAN },
  ]);
});

test("a question without a condition on territory is about the city; a territory that is named says otherwise", async () => {
  const operation = "{ volunteers { nodes { phone } } }";
  expect(await itemsOf(operation)).toMatchObject([{ territory: CITY }]);
  expect(await itemsOf(operation, { territory: "140105" })).toMatchObject([{ territory: XIAODIAN }]);
});

test("conditions and orders that are refused are lacked in full, beside what is shown", async () => {
  const operation = `{ volunteers(where: { territory: { within: "140105" }, starRating: { gte: 3 } },
    orderBy: [{ field: TOTAL_HOURS }]) { nodes { name } } }`;
  const [item] = await itemsOf(operation);
  expect([...item.fields].sort()).toEqual(["name", "starRating", "totalHours"]);
});

test("figures are asked for as figures", async () => {
  const operation = `{ volunteersAggregate(${XIAODIAN_ROWS}) { groups { sum { totalHours } } } }`;
  expect(await itemsOf(operation)).toMatchObject([{ fields: ["totalHours"], level: "AGGREGATE" }]);
});

test("linked rows are lacked as well", async () => {
  const operation = `{ communities(${XIAODIAN_ROWS}) { nodes { name volunteers(first: 1) { nodes { phone } } } } }`;
  expect(await itemsOf(operation)).toEqual([
    { dataset: "volunteer", fields: ["phone"], level: "FULL", territory: XIAODIAN },
  ]);
});

test("each root is asked of the department that provides it, open data of nobody", async () => {
  const operation = `{ facilities(${XIAODIAN_ROWS}) { nodes { name } }
    budgetLines(${XIAODIAN_ROWS}) { nodes { documentNo } } }`;
  const all = await flow.all({ operation });
  expect(all).toHaveLength(1);
  expect(all[0]).toMatchObject({ provider: `finance@${XIAODIAN}`, items: [{ fields: ["documentNo"] }] });
});

test("what the purpose's own grants open already is not asked for again", async () => {
  const operation = "{ communityWorkers { nodes { monthlyPay phone } } }";
  const items = await itemsOf(operation, { purpose: "budget-review" }, FINANCE);
  expect(items).toMatchObject([{ dataset: "communityWorker", fields: ["phone"] }]);
});

test("open data beyond a committee's own place is asked for as such", async () => {
  const committee = "committee@140105001001";
  const items = [{ dataset: "facility", fields: ["name"], territory: "140105001" }];
  const { id, provider, ...filed } = await flow.filed({ items }, committee);
  expect([provider, filed.class, filed.way]).toEqual([XIAODIAN_CIVIL_AFFAIRS, "UNCONDITIONAL", "API"]);
  expect((await flow.approve(id, committee)).deadline.workingDays).toBe(1);
});

test("what holds the whole city means the city", async () => {
  const operation = '{ volunteers(where: { territory: { within: "14" } }) { nodes { phone } } }';
  expect(await itemsOf(operation)).toMatchObject([{ territory: CITY }]);
  expect(await flow.filed({ items: [{ ...VOLUNTEERS[0], territory: "14" }] })).toMatchObject({
    provider: `civil-affairs@${CITY}`,
    items: [{ territory: CITY }],
  });
});

test("a level that is named is asked for instead of what the question needs", async () => {
  const operation = `{ volunteers(${XIAODIAN_ROWS}) { nodes { phone } } }`;
  expect(await itemsOf(operation, { level: "MASKED" })).toMatchObject([{ level: "MASKED" }]);
});

test("nothing is filed where nothing is missing", async () => {
  expect(await problem({ operation: "{ facilities { nodes { name } } }" })).toMatchObject({
    code: "BAD_USER_INPUT",
    reason: "NOTHING_MISSING",
  });
});

describe("what is not shared has no request", () => {
  const NOT_SHARED = {
    code: "BAD_USER_INPUT",
    reason: "NOT_SHARED",
    dataset: "volunteer",
    field: "idNumber",
  };

  test.each([
    ["shown", { operation: "{ volunteers { nodes { name idNumber } } }" }],
    ["filtered by", { operation: '{ volunteers(where: { idNumber: { eq: "1" } }) { nodes { name } } }' }],
    ["listed", { items: [{ dataset: "volunteer", fields: ["name", "idNumber"] }] }],
  ])("where it is %s", async (_, given) => expect(await problem(given)).toMatchObject(NOT_SHARED));

  test("and the refusal says why", async () => {
    const count = async () => (await flow.list(HOUSING, ["read"], "first: 0")).totalCount;
    const before = await count();
    const { errors } = await flow.file({ items: [{ dataset: "volunteer", fields: ["idNumber"] }] });
    expect(errors[0].message).toMatch(/不予共享.*第十五条/);
    expect(await count()).toBe(before);
  });
});

test.each([
  [
    "a dataset that is not there",
    { items: [{ dataset: "weather", fields: ["rain"] }] },
    { argument: "items" },
  ],
  [
    "a field that is not there",
    { items: [{ dataset: "volunteer", fields: ["rain"] }] },
    { fields: ["rain"] },
  ],
  ["a key field", { items: [{ dataset: "volunteer", fields: ["id"] }] }, { fields: ["id"] }],
  [
    "a report",
    { items: [{ dataset: "communityOverview", fields: ["name"] }] },
    { dataset: "communityOverview" },
  ],
  ["a place beyond the city", { items: [{ ...VOLUNTEERS[0], territory: "11" }] }, { argument: "territory" }],
  [
    "a district that is none",
    { operation: '{ volunteers(where: { territory: { within: "140199" } }) { nodes { phone } } }' },
    { argument: "territory" },
  ],
  ["neither a question nor items", {}, { argument: "operation" }],
  ["both", { items: VOLUNTEERS, operation: "{ volunteers { nodes { phone } } }" }, { argument: "operation" }],
  ["a mutation", { operation: 'mutation { retireFacility(id: "x") { id } }' }, { argument: "operation" }],
  ["no dataset at all", { operation: "{ me { subject } }" }, { argument: "operation" }],
  ["an unknown purpose", { items: VOLUNTEERS, purpose: "curiosity" }, { argument: "purpose" }],
  [
    "a time that has passed",
    { items: VOLUNTEERS, until: "2026-03-01T00:00:00+08:00" },
    { argument: "until" },
  ],
  ["no basis", { items: VOLUNTEERS, legalBasis: "  " }, { argument: "legalBasis" }],
  [
    "a territory that is none",
    { items: [{ ...VOLUNTEERS[0], territory: "14010" }] },
    { argument: "territory" },
  ],
])("refuses %s", async (_, given, told) =>
  expect(await problem(given)).toMatchObject({ code: "BAD_USER_INPUT", ...told }),
);

test("who only approves or only watches does not file", async () => {
  for (const duty of ["approve", "audit", "security", "admin"] as const)
    expect(await flow.refusal(flow.file(undefined, HOUSING, [duty]))).toMatchObject({ code: "FORBIDDEN" });
});

test("a question that is refused as it would be when asked is refused here", async () => {
  expect(await problem({ operation: "{ volunteers { nodes { name } }" })).toMatchObject({
    code: "BAD_USER_INPUT",
  });
  const costly = "{ facilities(first: 1000) { nodes { shares(first: 1000) { nodes { id } } } } }";
  expect(await problem({ operation: costly })).toMatchObject({ code: "TOO_COSTLY" });
});

test("the nearest registered department answers: a street's data is the district bureau's", async () => {
  const { provider } = await flow.filed({ items: [{ ...VOLUNTEERS[0], territory: "140105001001" }] });
  expect(provider).toBe(XIAODIAN_CIVIL_AFFAIRS);
});
