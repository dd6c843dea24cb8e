// The ready-made id of an answer: what it lacked is asked for by handing it on.
import { openTestHub, type TestHub } from "../setup/hub";
import { CITY, FINANCE, flowOn, HOUSING, Time, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

let hub: TestHub;
let flow: ReturnType<typeof flowOn>;

beforeAll(async () => {
  hub = await openTestHub({ now: new Time().now });
  flow = flowOn(hub);
});
afterAll(() => hub.close());

const WITHIN = 'where: { territory: { within: "140105" } }';
const itemsOf = async (given: object, as = HOUSING) =>
  (await flow.all(given, as)).flatMap((r: { items: object[] }) => r.items);
const byQuestion = (operation: string, variables?: object) =>
  itemsOf({ operation, variables: variables && JSON.stringify(variables) });
const sorted = (items: { dataset: string; fields: string[]; level: string; territory: string }[]) =>
  items.map((i) => `${i.dataset} ${[...i.fields].sort()} ${i.level} ${i.territory}`).sort();

const QUESTIONS: [string, string, object?][] = [
  ["a list in a district", `{ volunteers(${WITHIN}) { nodes { id name phone territory } } }`],
  ["a list in the city", "{ volunteers(first: 1) { nodes { phone } } }"],
  ["figures", `{ volunteersAggregate(${WITHIN}) { groups { sum { totalHours } } } }`],
  ["linked rows", `{ communities(${WITHIN}) { nodes { name volunteers(first: 1) { nodes { phone } } } } }`],
  [
    "two roots in two places",
    `{ a: volunteers(${WITHIN}) { nodes { phone } } b: volunteers { nodes { phone } }
       fundTransactions(where: { and: [{ territory: { in: ["140106000000", "140105000000"] } }] }, first: 1) { nodes { amount } } }`,
  ],
  [
    "a territory in a variable",
    "query ($t: String!) { volunteers(where: { territory: { within: $t } }) { nodes { name } } }",
    { t: "140106" },
  ],
  [
    "a condition in a variable",
    "query ($w: VolunteerWhere) { volunteers(where: $w) { nodes { name } } }",
    { w: { and: [{ or: [] }, { territory: { within: "140105001" } }] } },
  ],
];

describe.each(QUESTIONS)("%s", (_, operation, variables) => {
  test("is asked for by its id as by itself, however it was answered", async () => {
    // Twice: the second answer comes from the plan that the first has left.
    for (let i = 0; i < 2; i++) {
      const answer = await hub.ask(operation, HOUSING, { variables });
      const id = answer.extensions?.apply ?? answer.errors[0].extensions.apply;
      expect(sorted(await itemsOf({ missing: id }))).toEqual(sorted(await byQuestion(operation, variables)));
    }
    const beside = operation.replace("{", "{ me { subject }");
    const objects = await hub.ask(
      beside.startsWith("query") ? beside.replace("query", "query Beside") : beside,
      HOUSING,
      {
        variables,
      },
    );
    const text = await hub.ask(operation, HOUSING, { variables });
    expect(objects.extensions?.apply).toEqual(text.extensions?.apply);
    expect(objects.errors?.[0].extensions.apply).toEqual(text.errors?.[0].extensions.apply);
  });
});

test("one plan serves two territories, and each answer names its own", async () => {
  const question =
    "query ($t: String!) { volunteers(where: { territory: { within: $t } }) { nodes { name } } }";
  const idOf = async (t: string) => (await hub.ask(question, HOUSING, { variables: { t } })).extensions.apply;
  expect(await idOf("140105001")).toBe("volunteer.name:FULL@140105001000");
  expect(await idOf("140105003")).toBe("volunteer.name:FULL@140105003000");
});

test("a refused question names all that it lacks, in its error", async () => {
  const operation = `{ volunteers(where: { territory: { within: "140105" }, starRating: { gte: 3 } },
    orderBy: [{ field: TOTAL_HOURS }]) { nodes { name } } }`;
  const { errors, extensions } = await hub.ask(operation, HOUSING);
  expect(errors[0].extensions).toMatchObject({ code: "FIELD_WITHHELD", field: "starRating" });
  expect(extensions?.apply).toBeUndefined();
  const [item] = await itemsOf({ missing: errors[0].extensions.apply });
  expect([...item.fields].sort()).toEqual(["name", "starRating", "totalHours"]);
  expect(item).toMatchObject({ level: "FULL", territory: XIAODIAN });
});

test("what no request opens is in no id", async () => {
  const shown = await hub.ask("{ volunteers(first: 1) { nodes { name idNumber } } }", HOUSING);
  expect(shown.extensions.apply).toBe(`volunteer.name:FULL@${CITY}`);
  const filtered = '{ volunteers(where: { idNumber: { eq: "1" } }) { nodes { name } } }';
  const { errors } = await hub.ask(filtered, HOUSING);
  expect(errors[0].extensions).toMatchObject({ code: "FIELD_WITHHELD", field: "idNumber" });
  expect(errors[0].extensions.apply).toBeUndefined();
});

test("an answer that lacks nothing has none", async () => {
  const { extensions } = await hub.ask("{ facilities(first: 1) { nodes { name } } }", HOUSING);
  expect(extensions.access).toEqual([]);
  expect(extensions).not.toHaveProperty("apply");
});

test("a note asks for its field alone, in the territory that is named", async () => {
  const operation = `{ volunteers(${WITHIN}) { nodes { name phone idNumber } } }`;
  const { extensions } = await hub.ask(operation, "civil-affairs@140106000000");
  const of = (field: string) => extensions.access.find((n: { field?: string }) => n.field === field)?.apply;
  expect([of("name"), of("phone"), of("idNumber")]).toEqual([
    "volunteer.name:FULL",
    "volunteer.phone:FULL",
    undefined,
  ]);
  expect(await itemsOf({ missing: [of("name"), of("phone")], territory: "140105" })).toEqual([
    { dataset: "volunteer", fields: ["name", "phone"], level: "FULL", territory: XIAODIAN },
  ]);
  expect(await itemsOf({ missing: of("phone"), level: "MASKED" })).toEqual([
    { dataset: "volunteer", fields: ["phone"], level: "MASKED", territory: CITY },
  ]);
});

test("what is held by now under the purpose that is named is not asked for again", async () => {
  const { extensions } = await hub.ask(
    "{ communityWorkers(first: 1) { nodes { monthlyPay phone } } }",
    FINANCE,
  );
  expect(extensions.apply).toContain("monthlyPay");
  expect(await itemsOf({ missing: extensions.apply, purpose: "budget-review" }, FINANCE)).toMatchObject([
    { dataset: "communityWorker", fields: ["phone"] },
  ]);
});

test("the grant that came of an id opens what the answer lacked", async () => {
  const question = `{ volunteers(${WITHIN}, first: 1) { nodes { lastServedAt } } }`;
  const { extensions } = await hub.ask(question, HOUSING, { purpose: "emergency-response" });
  const { id } = await flow.filed({ missing: extensions.apply });
  await flow.approve(id);
  await flow.decide(id, "GRANT", XIAODIAN_CIVIL_AFFAIRS);
  const after = await hub.ask(question, HOUSING, { purpose: "emergency-response" });
  expect(after.data.volunteers.nodes).toHaveLength(1);
  expect(await flow.refusal(flow.file({ missing: after.extensions.apply }))).toMatchObject({
    reason: "NOTHING_MISSING",
  });
});

test.each([
  ["no id", "x", { argument: "missing" }],
  ["SQL", "volunteer.name:FULL@1' OR true --", { argument: "missing" }],
  ["no level", "volunteer.name:NONE", { argument: "missing" }],
  [
    "a dataset that is not there",
    "weather.rain:FULL@140105000000",
    { argument: "items", dataset: "weather" },
  ],
  ["a field that is not there", "volunteer.rain:FULL@140105000000", { fields: ["rain"] }],
  ["a field that is not shared", "volunteer.idNumber:FULL@140105000000", { reason: "NOT_SHARED" }],
  ["a report", "communityOverview.name:FULL", { dataset: "communityOverview" }],
  ["a place beyond the city", "volunteer.name:FULL@110000000000", { argument: "territory" }],
  ["ids without end", Array(300).fill("volunteer.name:FULL").join(";"), { argument: "missing" }],
])("an id that was written by hand is judged anew: %s", async (_, missing, told) => {
  expect(await flow.refusal(flow.file({ missing }))).toMatchObject({ code: "BAD_USER_INPUT", ...told });
});

test("explainAccess tells the same ids without asking the question", async () => {
  const explained = async (operation: string) =>
    (
      await hub.data(
        "query ($operation: String!) { explainAccess(operation: $operation) { apply refused { apply } notes { apply } } }",
        HOUSING,
        { variables: { operation } },
      )
    ).explainAccess;
  const shown = `{ volunteers(${WITHIN}) { nodes { name } } }`;
  const { extensions } = await hub.ask(shown, HOUSING);
  expect(await explained(shown)).toMatchObject({ apply: extensions.apply, refused: [] });
  const refused = `{ volunteers(where: { starRating: { gte: 3 } }) { nodes { name } } }`;
  const { errors } = await hub.ask(refused, HOUSING);
  expect((await explained(refused)).refused).toEqual([{ apply: errors[0].extensions.apply }]);
});
