/** Versions of before tell nothing of a person who has withdrawn consent since, at any door that reads as of a time. */
import { openTestHub, type TestHub } from "../setup/hub";

jest.setTimeout(60_000);

const STEWARD = "civil-affairs@140100000000";
/** Reads volunteers and their records in full in 小店区, for this purpose. */
const LEAGUE = "youth-league@140100000000";
const asking = { purpose: "volunteer-service" };
const COMMUNITY = "140105001001";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 240_000);
afterAll(() => hub?.close());

/** As the grantee reads; nothing may be refused. */
async function read(query: string, variables: object = {}, department = LEAGUE) {
  const { data, errors } = await hub.ask(query, department, { ...asking, variables });
  expect(errors).toBeUndefined();
  return data;
}

async function change(query: string, variables: object) {
  const answer = await hub.ask(query, STEWARD, { variables, duties: ["read", "steward"] });
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

let serial = 0;
async function volunteer(given: object = {}): Promise<string> {
  const input = {
    volunteerNo: `VZ${++serial}`,
    name: "合成己",
    birthDate: "1990-01-01",
    registeredAt: "2024-01-01",
    totalHours: 40,
    consent: "GRANTED",
    consentAt: "2024-01-01",
    lawfulBasis: "CONSENT",
    retentionUntil: "2030-01-01",
    territory: COMMUNITY,
    ...given,
  };
  const { made } = await change(
    "mutation ($input: VolunteerInput!) { made: createVolunteer(input: $input) { id } }",
    { input },
  );
  return made.id;
}

const update = (id: string, input: object, version = 1) =>
  change(
    "mutation ($id: ID!, $input: VolunteerChanges!, $version: Int!) { updateVolunteer(id: $id, input: $input, expectedVersion: $version) { id } }",
    { id, input, version },
  );
const withdraw = (id: string, version = 1) =>
  update(id, { consent: "WITHDRAWN", withdrawnAt: "2026-11-22" }, version);

async function record(volunteerId: string): Promise<string> {
  const input = {
    recordNo: `RZ${++serial}`,
    volunteerId,
    serviceKind: "LEGAL",
    startedAt: `2025-05-${10 + serial}T09:00:00+08:00`,
    endedAt: `2025-05-${10 + serial}T10:00:00+08:00`,
    hours: 1,
    consent: "GRANTED",
    territory: COMMUNITY,
  };
  const { made } = await change(
    "mutation ($input: VolunteerRecordInput!) { made: createVolunteerRecord(input: $input) { id } }",
    { input },
  );
  return made.id;
}

/** An instant after all that was written, and before all that will be. */
async function instant(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 20));
  const at = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 20));
  return at;
}

const VERSIONS = `query ($id: ID!, $at: DateTime) {
  before: volunteer(id: $id, asOf: $at) { version name totalHours }
  history: volunteerHistory(id: $id) { totalCount nodes { version name totalHours consent } }
  now: volunteer(id: $id) { version name } }`;
const SEEN = { version: 1, name: "合成己", totalHours: 40 };

describe("a volunteer", () => {
  test("whose consent is withdrawn is withheld as of before as well, and in history", async () => {
    const id = await volunteer();
    const at = await instant();
    expect(await read(VERSIONS, { id, at })).toMatchObject({ before: SEEN, history: { totalCount: 1 } });
    await withdraw(id);
    expect(await read(VERSIONS, { id, at })).toEqual({
      before: null,
      history: { totalCount: 0, nodes: [] },
      now: null,
    });
    expect(await read(VERSIONS, { id, at }, STEWARD)).toMatchObject({
      before: SEEN,
      history: { totalCount: 2, nodes: [{ consent: "GRANTED" }, { consent: "WITHDRAWN" }] },
      now: { version: 2 },
    });
  });

  test("stays withheld when the row is retired", async () => {
    const id = await volunteer();
    const at = await instant();
    await withdraw(id);
    await change("mutation ($id: ID!) { retireVolunteer(id: $id, expectedVersion: 2) { id } }", { id });
    expect(await read(VERSIONS, { id, at })).toMatchObject({ before: null, history: { totalCount: 0 } });
  });

  test("who still consents is read as of before, whatever else has changed", async () => {
    const id = await volunteer();
    const at = await instant();
    await update(id, { name: "合成庚" });
    expect(await read(VERSIONS, { id, at })).toMatchObject({
      before: SEEN,
      history: { totalCount: 2 },
      now: { version: 2, name: "合成庚" },
    });
  });

  test("who consents only now is not opened for the time before", async () => {
    const id = await volunteer({ consent: "NONE", consentAt: null });
    const at = await instant();
    await update(id, { consent: "GRANTED", consentAt: "2026-11-22" });
    expect(await read(VERSIONS, { id, at })).toMatchObject({
      before: null,
      history: { totalCount: 1, nodes: [{ version: 2 }] },
      now: { version: 2 },
    });
  });
});

describe("as of before", () => {
  const FOUND = `query ($no: String!, $at: DateTime) {
    byNumber: volunteers(where: { volunteerNo: { eq: $no } }, asOf: $at) { totalCount }
    byHours: volunteers(where: { volunteerNo: { eq: $no }, totalHours: { gt: 1 } }, asOf: $at) { totalCount }
    notByHours: volunteers(where: { volunteerNo: { eq: $no }, not: { totalHours: { gt: 1 } } }, asOf: $at) { totalCount }
    byLink: volunteerRecords(where: { volunteer: { volunteerNo: { eq: $no } } }, asOf: $at) { totalCount }
    figures: volunteersAggregate(where: { volunteerNo: { eq: $no } }, asOf: $at) { groups { count sum { totalHours } } } }`;

  test("no filter and no figure finds who has withdrawn since", async () => {
    const id = await volunteer();
    await record(id);
    const no = `VZ${serial - 1}`;
    const at = await instant();
    const hits = async () => {
      const { figures, ...lists } = await read(FOUND, { no, at });
      const totals = Object.values(lists as Record<string, { totalCount: number }>).map((l) => l.totalCount);
      return [...totals, ...figures.groups];
    };
    expect(await hits()).toEqual([1, 1, 0, 1, { count: 1, sum: { totalHours: 40 } }]);
    await withdraw(id);
    expect(await hits()).toEqual([0, 0, 0, 0, { count: 0, sum: { totalHours: null } }]);
  });

  test("totals and figures are those of a city without that person", async () => {
    const figures = async (at?: string) => {
      const asOf = at ? `asOf: "${at}"` : "";
      const data = await read(`{
        volunteers(${asOf || "first: 1"}) { totalCount }
        all: volunteersAggregate${asOf && `(${asOf})`} { groups { count sum { totalHours } } }
        byYear: volunteersAggregate(groupBy: [BIRTH_DATE_YEAR] ${asOf}) { groups { key { birthDateYear } count sum { totalHours } } } }`);
      return data;
    };
    const without = await figures();
    const id = await volunteer();
    const at = await instant();
    expect(await figures(at)).not.toEqual(without);
    await withdraw(id);
    expect(await figures(at)).toEqual(without);
  });
});

describe("a record of service", () => {
  const RECORD = `query ($id: ID!, $at: DateTime) {
    before: volunteerRecord(id: $id, asOf: $at) { version hours }
    history: volunteerRecordHistory(id: $id) { nodes { version } }
    now: volunteerRecord(id: $id) { version } }`;

  test("is withheld as of before with the volunteer's withdrawal", async () => {
    const person = await volunteer();
    const id = await record(person);
    const at = await instant();
    expect(await read(RECORD, { id, at })).toMatchObject({ before: { version: 1, hours: 1 } });
    await withdraw(person);
    expect(await read(RECORD, { id, at })).toEqual({ before: null, history: { nodes: [] }, now: null });
  });

  test("that was put right to another volunteer is withheld where it named who has withdrawn", async () => {
    const [first, second] = [await volunteer(), await volunteer()];
    const id = await record(first);
    const at = await instant();
    await change(
      "mutation ($id: ID!, $input: VolunteerRecordChanges!) { updateVolunteerRecord(id: $id, input: $input, expectedVersion: 1) { id } }",
      { id, input: { volunteerId: second } },
    );
    expect(await read(RECORD, { id, at })).toMatchObject({ before: { version: 1 }, now: { version: 2 } });
    await withdraw(first);
    expect(await read(RECORD, { id, at })).toEqual({
      before: null,
      history: { nodes: [{ version: 2 }] },
      now: { version: 2 },
    });
  });
});
