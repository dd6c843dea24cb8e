// What is asked for: only what the asker sees in full, as the row says it, as the field may say it, once at a time.
import { openTestHub, type TestHub } from "../setup/hub";
import { CITY_STEWARD, flowOn, HOUSING, PLANNING, STREET, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

let hub: TestHub;
let flow: ReturnType<typeof flowOn>;

beforeAll(async () => {
  hub = await openTestHub();
  flow = flowOn(hub);
});
afterAll(() => hub.close());

const refused = (draft: object, as = HOUSING) => flow.refusal(flow.ask(draft, as));

async function draftOf(change: object = {}) {
  const { id, name } = await flow.facility();
  return { id, field: "name", found: name, proposed: "更正后的名称", ...change };
}

test("without a token there is no such door", async () => {
  const post = (query: string) =>
    fetch(`${hub.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
  for (const query of [
    "{ corrections { totalCount } }",
    '{ correction(id: "x") { id } }',
    'mutation { decideCorrection(id: "x", act: ACCEPT) { id } }',
    'mutation { requestCorrection(id: "x", field: "x", evidence: "x", reason: "x") { id } }',
  ])
    expect((await post(query)).status).toBe(401);
});

test("the duty read is needed", async () => {
  const answer = await flow.ask(await draftOf(), HOUSING, { duties: ["decide"] });
  expect(answer.errors[0].extensions).toMatchObject({ code: "FORBIDDEN", duty: "read" });
});

test("what the asker saw must be what the row says", async () => {
  const draft = await draftOf({ found: "另一个名称" });
  expect(await refused(draft)).toMatchObject({
    code: "BAD_USER_INPUT",
    reason: "NOT_WHAT_IT_SAYS",
    argument: "found",
  });
  expect(await flow.disputed(draft.id, HOUSING)).toEqual([]);
});

test("what is proposed must be another value, and one of the field", async () => {
  const { name: found, id } = await flow.facility();
  const propose = (field: string, change: object) => refused({ id, field, found, ...change });
  expect(await propose("name", { proposed: ` ${found} ` })).toMatchObject({ reason: "SAME_VALUE" });
  expect(await propose("name", { proposed: null })).toMatchObject({ reason: "NO_VALUE", rule: "REQUIRED" });
  const { facility } = await hub.data("query ($id: ID!) { facility(id: $id) { kind openedAt } }", HOUSING, {
    variables: { id },
  });
  expect(await propose("kind", { found: facility.kind, proposed: "CASTLE" })).toMatchObject({
    reason: "NO_VALUE",
    rule: "ENUM",
  });
  expect(await propose("openedAt", { found: facility.openedAt, proposed: "昨天" })).toMatchObject({
    rule: "DATE",
  });
});

test("evidence and reason are something, and not endless", async () => {
  for (const argument of ["evidence", "reason"])
    for (const text of ["  ", "长".repeat(2_001), "a\u0000b"])
      expect(await refused(await draftOf({ [argument]: text }))).toMatchObject({
        code: "BAD_USER_INPUT",
        argument,
      });
});

test("fields that the hub sets have no correction, nor have fields that follow another row, nor reports", async () => {
  const { id } = await flow.facility();
  for (const field of ["version", "changedAt", "nonsense"])
    expect(await refused({ id, field, found: "1", proposed: "2" })).toMatchObject({
      reason: "NOT_CORRECTABLE",
    });
  const { volunteerRecords } = await hub.data(
    "{ volunteerRecords(first: 1) { nodes { id } } }",
    CITY_STEWARD,
  );
  const record = { id: volunteerRecords.nodes[0].id, field: "consent", found: "true", proposed: "false" };
  expect(await refused(record, STREET)).toMatchObject({ reason: "FOLLOWS", through: "volunteerId" });
});

test("a department that is the source itself changes the row instead", async () => {
  expect(await refused(await draftOf(), XIAODIAN_CIVIL_AFFAIRS)).toMatchObject({ reason: "OWN_FIELD" });
});

test("one department has one open correction of a field, two departments have two", async () => {
  const draft = await draftOf();
  const first = await flow.requested(draft, HOUSING);
  expect(await refused(draft)).toMatchObject({ reason: "ALREADY_OPEN", correction: first.id });
  const second = await flow.requested({ ...draft, proposed: "别的名称" }, PLANNING);
  expect(await flow.disputed(draft.id, HOUSING)).toEqual(["name"]);
  const version = (await flow.seen(first.id, HOUSING)).content.version;
  await flow.rename({ ...draft, version, name: "", code: "", territory: "" }, "别的名称", CITY_STEWARD);
  expect(await flow.seen(first.id, HOUSING)).toMatchObject({ state: "CORRECTED", outcome: "OTHERWISE" });
  expect(await flow.seen(second.id, PLANNING)).toMatchObject({ state: "CORRECTED", outcome: "AS_PROPOSED" });
});

test("of two that come at once from one department one is filed", async () => {
  const draft = await draftOf();
  const answers = await Promise.all([1, 2, 3, 4].map(() => flow.ask(draft, HOUSING)));
  expect(answers.filter(({ data }) => data?.requestCorrection)).toHaveLength(1);
  for (const { errors } of answers.filter((a) => a.errors))
    expect(errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", reason: "ALREADY_OPEN" });
});

test("a correction that meets a change under way is either closed by it or never filed", async () => {
  for (let i = 0; i < 10; i++) {
    const row = await flow.facility();
    const draft = { id: row.id, field: "name", found: row.name, proposed: "更正后的名称" };
    const [asked] = await Promise.all([
      flow.ask(draft, HOUSING),
      flow.rename(row, `改名 ${i}`, CITY_STEWARD),
    ]);
    if (asked.errors) expect(asked.errors[0].extensions).toMatchObject({ reason: "NOT_WHAT_IT_SAYS" });
    else
      expect(await flow.seen(asked.data.requestCorrection.id, HOUSING)).toMatchObject({ state: "CORRECTED" });
    expect(await flow.disputed(row.id, HOUSING)).toEqual([]);
  }
});

test("a correction waits for a change that holds the row, and then finds what it says", async () => {
  const row = await flow.facility();
  const holder = await hub.database.pool.connect();
  await holder.query("BEGIN");
  await holder.query("UPDATE facility SET name = '改名' WHERE id = $1", [row.id.split(":")[1]]);
  const asking = flow.ask({ id: row.id, field: "name", found: row.name, proposed: "更正后的名称" }, HOUSING);
  for (let waits = 0; waits === 0; )
    waits = (await hub.database.pool.query("SELECT FROM pg_locks WHERE NOT granted")).rowCount ?? 0;
  await holder.query("COMMIT");
  holder.release();
  expect(await flow.refusal(asking)).toMatchObject({ reason: "NOT_WHAT_IT_SAYS" });
});

test.each([
  ["landArea", "float"],
  ["openedAt", "date"],
  ["kind", "enum"],
  ["code", "code"],
])("a value of %s (%s) is asked for as it is shown, and closed as proposed", async (field) => {
  const proposals: Record<string, unknown> = {
    landArea: 77.5,
    openedAt: "2025-05-06",
    kind: "OFFICE",
  };
  const { id } = await flow.facility();
  const { facility } = await hub.data(
    `query ($id: ID!) { facility(id: $id) { value: ${field} version } }`,
    HOUSING,
    {
      variables: { id },
    },
  );
  let proposed = proposals[field] ?? `${facility.value.slice(0, 12)}9998`;
  if (proposed === facility.value) proposed = field === "kind" ? "SERVICE_STATION" : "140105001001";
  const found = facility.value === null ? null : String(facility.value);
  const asked = await flow.requested({ id, field, found, proposed: String(proposed) }, HOUSING);
  await hub.data(
    `mutation ($id: ID!, $version: Int!, $input: FacilityChanges!) {
      updateFacility(id: $id, input: $input, expectedVersion: $version) { id } }`,
    CITY_STEWARD,
    { duties: ["steward"], variables: { id, version: facility.version, input: { [field]: proposed } } },
  );
  expect(await flow.seen(asked.id, HOUSING)).toMatchObject({ state: "CORRECTED", outcome: "AS_PROPOSED" });
});
