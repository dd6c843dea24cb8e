// What else reads and changes rows: files, nested lists, imports; and the tables of corrections themselves.
import { CORRECTION_STEPS } from "../../src/sharing/corrections/steps";
import { openTestHub, type TestHub } from "../setup/hub";
import { CITY_STEWARD, type FacilityRow, flowOn, HOUSING, PLANNING, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

let hub: TestHub;
let flow: ReturnType<typeof flowOn>;

beforeAll(async () => {
  hub = await openTestHub();
  flow = flowOn(hub);
});
afterAll(() => hub.close());

async function requested(as = HOUSING): Promise<{ id: string; facility: FacilityRow }> {
  const facility = await flow.facility();
  const draft = { id: facility.id, field: "name", found: facility.name, proposed: "更正后的名称" };
  return { ...(await flow.requested(draft, as)), facility };
}

const stateOf = async (id: string) => {
  const { state, outcome } = await flow.seen(id, HOUSING);
  return [state, outcome];
};

async function importNames(
  rows: readonly { code: string; name: string }[],
  args = "",
): Promise<{ changed: number }> {
  const csv = ["code,name", ...rows.map(({ code, name }) => `${code},${name}`)].join("\n");
  const { importFacilities } = await hub.data(
    `mutation ($csv: String!) { importFacilities(csv: $csv${args}) { state changed refused } }`,
    CITY_STEWARD,
    { duties: ["read", "steward"], variables: { csv } },
  );
  return importFacilities;
}

test.each(["ROWS", "ALL_OR_NOTHING"])("an import that changes the field closes it (%s)", async (mode) => {
  const [proposed, other, same] = [await requested(), await requested(), await requested()];
  const done = await importNames(
    [
      { code: proposed.facility.code, name: "更正后的名称" },
      { code: other.facility.code, name: "又一个名称" },
      { code: same.facility.code, name: same.facility.name },
    ],
    `, mode: ${mode}`,
  );
  expect(done).toMatchObject({ state: "DONE", changed: 2, refused: 0 });
  expect(await stateOf(proposed.id)).toEqual(["CORRECTED", "AS_PROPOSED"]);
  expect(await stateOf(other.id)).toEqual(["CORRECTED", "OTHERWISE"]);
  expect(await stateOf(same.id)).toEqual(["RECEIVED", null]);
  const { transitions } = await flow.seen(proposed.id, HOUSING);
  expect(transitions.at(-1)).toMatchObject({
    ...{ act: "CORRECT", department: CITY_STEWARD, actor: `demo.${CITY_STEWARD}`, duty: "steward" },
    ...{ versionBefore: proposed.facility.version, versionAfter: proposed.facility.version + 1 },
  });
});

test("an import that is only tried, or that is refused as a whole, closes nothing", async () => {
  const asked = await requested();
  const row = { code: asked.facility.code, name: "更正后的名称" };
  await importNames([row], ", dryRun: true");
  const refused = await importNames(
    [row, { code: "140105001001", name: "编号有误" }],
    ", mode: ALL_OR_NOTHING",
  );
  expect(refused).toMatchObject({ state: "REFUSED" });
  expect(await stateOf(asked.id)).toEqual(["RECEIVED", null]);
  expect(await flow.disputed(asked.facility.id, HOUSING)).toEqual(["name"]);
});

test("files and nested rows tell of disputes as lists do", async () => {
  const { facility } = await requested();
  const where = `where: { code: { eq: "${facility.code}" } }`;
  const files = `{ facilities(${where}) { nodes { code disputed } } }`;
  const csv = await (await hub.post(files, PLANNING, { accept: "text/csv" })).text();
  expect(csv).toContain(`${facility.code},"[""name""]"`);
  const ndjson = await (await hub.post(files, PLANNING, { accept: "application/x-ndjson" })).text();
  expect(JSON.parse(ndjson.split("\n")[0] as string)).toEqual({ code: facility.code, disputed: ["name"] });
  const nested = `{ community(code: "${facility.territory}") { disputed
    facilities(${where}) { edges { node { a: disputed b: disputed } } } } }`;
  const { community } = await hub.data(nested, PLANNING);
  expect(community.disputed).toEqual([]);
  expect(community.facilities.edges).toEqual([{ node: { a: ["name"], b: ["name"] } }]);
});

test("of former versions no dispute is told", async () => {
  const { facility } = await requested();
  const query = `query ($id: ID!, $asOf: DateTime!) { facility(id: $id, asOf: $asOf) { name disputed } }`;
  const asOf = new Date().toISOString();
  const answer = await hub.data(query, PLANNING, { variables: { id: facility.id, asOf } });
  expect(answer.facility).toEqual({ name: facility.name, disputed: null });
});

test("rows cannot be chosen or ordered by it, and reports do not have it", async () => {
  for (const question of [
    "{ facilities(where: { disputed: { isNull: false } }) { totalCount } }",
    "{ facilities(orderBy: [{ field: DISPUTED }]) { totalCount } }",
    "{ facilitiesAggregate(groupBy: [DISPUTED]) { groups { count } } }",
    "{ communityOverviews { nodes { disputed } } }",
  ])
    expect((await hub.ask(question, PLANNING)).errors[0].extensions.code).toMatch(
      /VALIDATION|BAD_USER_INPUT/,
    );
});

describe("the tables themselves", () => {
  const refuses = (sql: string, values: unknown[]) =>
    expect(hub.database.pool.query(sql, values)).rejects.toThrow(/transition|filing|TRUNCATE/);
  const step = (columns: string, values: string) =>
    `INSERT INTO correction_transition (correction, at, actor, department, version_before, version_after, ${columns})
     VALUES ($1, now(), 'x', 'x', 1, 1, ${values})`;
  const COLUMNS = "seq, act, from_state, to_state, party, duty";

  test.each([
    ["a state set by hand", "UPDATE correction SET state = 'REJECTED' WHERE id = $1"],
    ["a deadline set by hand", "UPDATE correction SET due = '2099-01-01' WHERE id = $1"],
    ["an outcome set by hand", "UPDATE correction SET outcome = 'AS_PROPOSED' WHERE id = $1"],
    ["a value that changes", "UPDATE correction SET proposed = found WHERE id = $1"],
    ["a correction that goes", "DELETE FROM correction WHERE id = $1"],
    ["a step rewritten", "UPDATE correction_transition SET actor = 'y' WHERE correction = $1"],
    ["a step taken out", "DELETE FROM correction_transition WHERE correction = $1"],
    [
      "a step from where it does not stand",
      step(COLUMNS, "2, 'REJECT', 'ACCEPTED', 'REJECTED', 'provider', 'decide'")
        .replace("duty)", "duty, reason)")
        .replace("'decide')", "'decide', 'x')"),
    ],
    ["a step that is none", step(COLUMNS, "2, 'VERIFY', 'RECEIVED', 'REJECTED', 'provider', 'decide'")],
    ["a step of another party", step(COLUMNS, "2, 'ACCEPT', 'RECEIVED', 'ACCEPTED', 'requester', 'read'")],
    [
      "a rejection without a reason",
      step(COLUMNS, "2, 'REJECT', 'RECEIVED', 'REJECTED', 'provider', 'decide'"),
    ],
    [
      "a correction without an outcome",
      step(COLUMNS, "2, 'CORRECT', 'RECEIVED', 'CORRECTED', 'provider', 'steward'"),
    ],
    [
      "a second filing",
      step("seq, act, to_state, party, duty", "2, 'REQUEST', 'RECEIVED', 'requester', 'read'"),
    ],
    ["a step out of turn", step(COLUMNS, "3, 'VERIFY', 'RECEIVED', 'VERIFYING', 'provider', 'decide'")],
  ])("refuse %s", async (_, sql) => {
    const { id } = await requested();
    await refuses(sql, [id]);
    expect(await stateOf(id)).toEqual(["RECEIVED", null]);
  });

  test("refuse to be emptied", async () => {
    await requested();
    await expect(hub.database.pool.query("TRUNCATE correction, correction_transition")).rejects.toThrow();
  });

  test("know the same steps as the program", async () => {
    const { rows } = await hub.database.pool.query<{ step: string }>(
      "SELECT concat_ws(' ', act, from_state, to_state, party, duty) AS step FROM correction_step",
    );
    const own = CORRECTION_STEPS.flatMap((s) =>
      s.from.flatMap((from) => s.duties.map((duty) => [s.act, from, s.to ?? from, s.party, duty].join(" "))),
    );
    expect(rows.map(({ step: one }) => one).sort()).toEqual(own.sort());
  });
});

test("each act leaves its access record", async () => {
  const { id } = await requested();
  const query = `mutation Reject { decideCorrection(id: "${id}", act: REJECT, reason: "无误") { state } }`;
  const asking = { duties: ["decide" as const] };
  expect((await hub.data(query, XIAODIAN_CIVIL_AFFAIRS, asking)).decideCorrection.state).toBe("REJECTED");
  const records = async () =>
    (await hub.database.pool.query("SELECT outcome FROM access_record WHERE operation = 'Reject'")).rows;
  while ((await records()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await records()).toEqual([{ outcome: "ANSWERED" }]);
});
