// Mutations over HTTP on the whole hub: what is written comes back as its reader may see it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { seedBase } from "../../seeds";
import { readConfig } from "../../src/config";
import { catalogue } from "../../src/datasets";
import { signDemoToken } from "../../src/identity";
import { type Hub, start } from "../../src/main";
import { createLogger, hubSchema } from "../../src/server";
import { type TestDatabase, testDatabase } from "../setup/database";
import { addDivisions, FIRST } from "./small-city";

let database: TestDatabase;
let dataDir: string;
let hub: Hub;
const community = FIRST;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = mkdtempSync(path.join(tmpdir(), "community-hub-"));
  const config = readConfig({ PORT: "0", HUB_DATA: dataDir, HUB_DEMO: "1", DATABASE_URL: database.url });
  hub = await start(config, {
    databaseUrl: database.url,
    seed: (pool) => seedBase(pool, { demo: true }),
    logger: createLogger("silent"),
  });
  await addDivisions(database.pool);
});

afterAll(async () => {
  await hub.close();
  await database.drop();
  rmSync(dataDir, { recursive: true });
});

const CIVIL_AFFAIRS = "civil-affairs@140100000000";

/** Asks as a data steward of the department. */
async function ask(
  query: string,
  variables: object,
  department = CIVIL_AFFAIRS,
  duties = ["read", "steward"],
) {
  const token = await signDemoToken(dataDir, { department, duties: duties as ["read"] });
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what the tests are about
  return (await response.json()) as any;
}

const CREATE = `mutation ($input: FacilityInput!, $key: String) { made: createFacility(input: $input, idempotencyKey: $key) {
  id facility { id c: code version changedBy territory titleNo } } }`;
const UPDATE = `mutation ($id: ID!, $input: FacilityChanges!, $version: Int!) {
  updateFacility(id: $id, input: $input, expectedVersion: $version) { facility { version titleNo capacity } } }`;

let serial = 0;
function facility(given: object = {}) {
  serial += 1;
  const code = `${community}${String(9000 + serial)}`;
  return { code, name: "合成设施", kind: "OFFICE", status: "IN_USE", territory: community, ...given };
}

test("every dataset that is declared has its three mutations", () => {
  const fields = Object.keys(hubSchema().getMutationType()!.getFields());
  const expected = catalogue.datasets.flatMap((d) =>
    ["create", "update", "retire"].map((verb) => verb + d.type),
  );
  expect(expected.filter((name) => !fields.includes(name))).toEqual([]);
});

test("no input offers what the hub sets itself", () => {
  for (const dataset of catalogue.datasets)
    for (const suffix of ["Input", "Changes"]) {
      const type = hubSchema().getType(dataset.type + suffix) as unknown as { getFields(): object };
      const fields = Object.keys(type.getFields());
      expect(fields).not.toEqual(expect.arrayContaining(["id"]));
      for (const generated of dataset.fields.filter((f) => f.generated))
        expect(fields).not.toContain(generated.name);
    }
});

test("a row is created, read back, changed, and taken out of use", async () => {
  const input = facility();
  const { data, errors, extensions } = await ask(CREATE, { input });
  expect(errors).toBeUndefined();
  const { id } = data.made;
  expect(data.made.facility).toEqual({
    id,
    c: input.code,
    version: 1,
    changedBy: expect.stringMatching(/^civil-affairs@140100000000\//),
    territory: community,
    titleNo: null,
  });
  expect(extensions.cost).toBeGreaterThan(0);
  const changed = await ask(UPDATE, { id, input: { capacity: 30 }, version: 1 });
  expect(changed.data.updateFacility.facility).toEqual({ version: 2, titleNo: null, capacity: 30 });
  const late = await ask(UPDATE, { id, input: { capacity: 40 }, version: 1 });
  expect(late.errors[0].extensions).toMatchObject({ code: "VERSION_CONFLICT", currentVersion: 2 });
  const retired = await ask("mutation ($id: ID!) { retireFacility(id: $id) { id facility { retiredAt } } }", {
    id,
  });
  expect(retired.data.retireFacility).toEqual({ id, facility: { retiredAt: expect.any(String) } });
  expect((await ask("query ($id: ID!) { facility(id: $id) { id } }", { id })).data.facility).toBeNull();
});

test("a field's own steward gets the row it wrote back", async () => {
  const { id } = (await ask(CREATE, { input: facility() })).data.made;
  const { data } = await ask(
    UPDATE,
    { id, input: { titleNo: "晋（2024）1号" }, version: 1 },
    "real-estate@140100000000",
  );
  expect(data.updateFacility.facility.titleNo).toBe("晋（2024）1号");
});

test("what is sent again is stored once", async () => {
  const input = facility();
  const [first, second] = [
    await ask(CREATE, { input, key: "again-1" }),
    await ask(CREATE, { input, key: "again-1" }),
  ];
  expect(second.data.made.id).toBe(first.data.made.id);
});

test("problems come together, in both languages, without values", async () => {
  const { errors } = await ask(CREATE, {
    input: facility({ territory: "140105999999", openedAt: "2024-02-02", closedAt: "2024-02-01" }),
  });
  expect(errors[0].extensions.code).toBe("INVALID_ROW");
  const found = errors[0].extensions.problems.map((p: { rule: string }) => p.rule);
  expect(found).toEqual(
    expect.arrayContaining(["CODE_OUTSIDE_TERRITORY", "CLOSED_AT_BEFORE_OPENED_AT", "NO_SUCH_DIVISION"]),
  );
  for (const { problem } of errors[0].extensions.problems) expect(problem).toMatch(/[一-龥].*[A-Za-z]/);
  expect(JSON.stringify(errors)).not.toContain("140105999999");
});

test("personal data comes back in full to its steward alone, and is recorded", async () => {
  const create = `mutation ($input: CommitteeMemberInput!) { createCommitteeMember(input: $input) { committeeMember { name phone } } }`;
  const input = {
    memberNo: "M-1",
    name: "合成甲",
    position: "MEMBER",
    termFrom: "2025-01-01",
    phone: "13900001234",
    territory: community,
  };
  const { data } = await ask(create, { input });
  expect(data.createCommitteeMember.committeeMember).toEqual({ name: "合成甲", phone: "13900001234" });
  const { rows } = await database.pool.query(
    `SELECT outcome, rows FROM access_record JOIN access_footprint ON hash = footprint
       WHERE datasets @> '[{"dataset": "committeeMember"}]'`,
  );
  expect(rows).toEqual([{ outcome: "ANSWERED", rows: 1 }]);
});

test.each([
  ["without the duty", CIVIL_AFFAIRS, ["read"]],
  ["of another kind", "finance@140100000000", ["read", "steward"]],
  ["of another place", "civil-affairs@140106000000", ["read", "steward"]],
])("a department %s is refused", async (_, department, duties) => {
  const { data, errors } = await ask(CREATE, { input: facility() }, department, duties);
  expect(data).toBeNull();
  expect(errors[0].extensions).toMatchObject({ code: "FORBIDDEN", dataset: "facility" });
});
