// A withdrawal of consent holds in the very next answer, of the person's row and of the rows that follow it.
import { Mirror } from "../changes/mirror";
import { openTestHub, type TestHub } from "../setup/hub";
import { CITY, deskOn, STREET, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

const CITY_STEWARD = `civil-affairs@${CITY}`;

let hub: TestHub;
let second: TestHub;
let desk: ReturnType<typeof deskOn>;
let adults: string[];

beforeAll(async () => {
  hub = await openTestHub();
  second = await openTestHub({ beside: hub });
  desk = deskOn(hub);
  adults = await volunteersWhere(
    `birthDate: { lt: "1990-01-01" }, records: { some: { territory: { within: "140105001" } } }`,
  );
});
afterAll(async () => {
  await second.close();
  await hub.close();
});

async function volunteersWhere(more: string): Promise<string[]> {
  const query = `{ volunteers(where: { territory: { within: "140105001" }, consent: { eq: GRANTED }, ${more} }, first: 20) {
    nodes { id } } }`;
  return (await hub.data(query, CITY_STEWARD)).volunteers.nodes.map(({ id }: { id: string }) => id);
}

const next = () => adults.shift() as string;
const withdrawal = (id: string, askedBy = "PERSON") => ({ id, kind: "WITHDRAW_CONSENT", askedBy });

/** What the street office reads of a person: the row, records, figures. */
async function told(on: TestHub, id: string) {
  const { volunteers, volunteerRecords } = await on.data(
    `{ volunteers(where: { id: { eq: "${id}" } }) { totalCount }
       volunteerRecords(where: { volunteerId: { eq: "${id}" } }, retired: INCLUDE) { totalCount } }`,
    STREET,
  );
  return [volunteers.totalCount, volunteerRecords.totalCount];
}

test("a withdrawal needs no decision and holds in the next answer of every process", async () => {
  const id = next();
  const [row, records] = await told(second, id);
  expect(row).toBe(1);
  expect(records).toBeGreaterThan(0);
  const one = await desk.opened(withdrawal(id), XIAODIAN_CIVIL_AFFAIRS);
  expect(one).toMatchObject({ state: "FULFILLED", acts: [] });
  expect(one.transitions.map((t: { act: string; duty: string }) => [t.act, t.duty])).toEqual([
    ["OPEN", "steward"],
    ["FULFIL", "steward"],
  ]);
  expect(one.transitions[1].rowVersion).toBe(one.transitions[0].rowVersion + 1);
  expect(await told(second, id)).toEqual([0, 0]);
  expect(await told(hub, id)).toEqual([0, 0]);
  const { volunteers } = await hub.data(
    `{ volunteers(where: { id: { eq: "${id}" } }) { nodes { consent withdrawnAt records { nodes { consent } } } } }`,
    XIAODIAN_CIVIL_AFFAIRS,
  );
  expect(volunteers.nodes[0]).toMatchObject({ consent: "WITHDRAWN", withdrawnAt: expect.any(String) });
  expect(volunteers.nodes[0].records.nodes.every((r: { consent: string }) => r.consent === "WITHDRAWN")).toBe(
    true,
  );
});

test("a feed of changes takes back what it has told: the person's row and records", async () => {
  const id = next();
  const copies = [
    new Mirror(hub, STREET, {}, "volunteer", "Volunteer", "territory"),
    new Mirror(hub, STREET, {}, "volunteerRecord", "VolunteerRecord", "volunteerId"),
  ] as const;
  for (const copy of copies) await copy.follow();
  const [rows, records] = copies;
  const own = [...records.rows].filter(([, row]) => row.volunteerId === id).map(([record]) => record);
  expect(rows.rows.has(id)).toBe(true);
  expect(own.length).toBeGreaterThan(0);
  await desk.opened(withdrawal(id), XIAODIAN_CIVIL_AFFAIRS);
  const taken = async (copy: Mirror) =>
    (await copy.follow()).map(({ kind, id: row, node }) => `${kind} ${row} ${node}`).sort();
  expect(await taken(rows)).toEqual([`RETRACT ${id} null`]);
  expect(await taken(records)).toEqual(own.map((record) => `RETRACT ${record} null`).sort());
});

test("the journal of changes tells readers that the rows were closed, without what they say", async () => {
  const id = next();
  await desk.opened(withdrawal(id), XIAODIAN_CIVIL_AFFAIRS);
  const { rows } = await hub.database.pool.query(
    `SELECT dataset, closed_before, closed_after FROM dataset_change
      WHERE 'consent' = ANY (fields) AND (row_ids @> ARRAY[$1::uuid] OR dataset = 'volunteerRecord')
      ORDER BY xid DESC, seq DESC LIMIT 2`,
    [id.split(":")[1]],
  );
  expect(rows.map((r) => [r.dataset, r.closed_before, r.closed_after]).sort()).toEqual([
    ["volunteer", [], ["VOLUNTEER_WITHOUT_CONSENT"]],
    ["volunteerRecord", [], ["RECORD_WITHOUT_CONSENT"]],
  ]);
});

test("a guardian withdraws for a child; both words no longer count", async () => {
  const id = next();
  await hub.database.pool.query(
    `UPDATE volunteer SET birth_date = current_date - 3650, guardian_consent = 'GRANTED', guardian_consent_at = current_date - 1
      WHERE id = $1`,
    [id.split(":")[1]],
  );
  expect((await told(hub, id))[0]).toBe(1);
  await desk.opened(withdrawal(id, "GUARDIAN"), XIAODIAN_CIVIL_AFFAIRS);
  expect((await told(hub, id))[0]).toBe(0);
  const { volunteers } = await hub.data(
    `{ volunteers(where: { id: { eq: "${id}" } }) { nodes { consent guardianConsent } } }`,
    XIAODIAN_CIVIL_AFFAIRS,
  );
  expect(volunteers.nodes).toEqual([{ consent: "WITHDRAWN", guardianConsent: "WITHDRAWN" }]);
});

test("a retired row takes a withdrawal, and nothing else", async () => {
  const id = next();
  const as = { duties: ["read" as const, "steward" as const] };
  const retired = async (on: TestHub) =>
    (await on.data(`{ volunteers(where: { id: { eq: "${id}" } }, retired: INCLUDE) { totalCount } }`, STREET))
      .volunteers;
  await hub.data(`mutation { retireVolunteer(id: "${id}") { id } }`, XIAODIAN_CIVIL_AFFAIRS, as);
  expect(await retired(second)).toEqual({ totalCount: 1 });
  const { node } = await hub.data(
    `{ node(id: "${id}", retired: INCLUDE) { ... on Volunteer { version } } }`,
    XIAODIAN_CIVIL_AFFAIRS,
  );
  const change = (input: string) =>
    hub.ask(
      `mutation { updateVolunteer(id: "${id}", input: { ${input} }, expectedVersion: ${node.version}) { id } }`,
      XIAODIAN_CIVIL_AFFAIRS,
      as,
    );
  for (const input of [
    `name: "甲"`,
    `consent: NONE`,
    `withdrawnAt: "2026-01-01"`,
    `consent: WITHDRAWN, name: "甲"`,
  ])
    expect(JSON.stringify((await change(input)).errors)).toContain("RETIRED");
  expect(await desk.opened(withdrawal(id), XIAODIAN_CIVIL_AFFAIRS)).toMatchObject({ state: "FULFILLED" });
  expect(await retired(second)).toEqual({ totalCount: 0 });
});

test("where nothing can be withdrawn no case is opened", async () => {
  const id = next();
  const attempt = (draft: object, duties: ("steward" | "decide")[] = ["steward"]) =>
    desk.refusal(desk.open(draft, XIAODIAN_CIVIL_AFFAIRS, duties));
  expect(await attempt(withdrawal(id, "HEIR"))).toMatchObject({ reason: "NOT_AN_HEIRS" });
  expect(await attempt(withdrawal(id), ["decide"])).toMatchObject({ code: "FORBIDDEN" });
  await desk.opened(withdrawal(id), XIAODIAN_CIVIL_AFFAIRS);
  expect(await attempt(withdrawal(id))).toMatchObject({ reason: "NOTHING_GIVEN" });
  const { volunteerRecords } = await hub.data(
    `{ volunteerRecords(where: { volunteerId: { eq: "${id}" } }) { nodes { id } } }`,
    XIAODIAN_CIVIL_AFFAIRS,
  );
  expect(await attempt(withdrawal(volunteerRecords.nodes[0].id))).toMatchObject({
    reason: "NO_CONSENT",
    consentIn: ["volunteer"],
  });
  const { rows } = await hub.database.pool.query("SELECT state FROM rights_case WHERE row_id = $1", [
    id.split(":")[1],
  ]);
  expect(rows).toEqual([{ state: "FULFILLED" }]);
});

test("a withdrawal that was interrupted is carried out by FULFIL, and cannot be refused", async () => {
  const id = next();
  const { pool } = hub.database;
  await pool.query(`CREATE FUNCTION interrupted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'interrupted'; END $$`);
  await pool.query(
    `CREATE TRIGGER interrupted BEFORE INSERT ON rights_case_transition FOR EACH ROW WHEN (NEW.seq = 2)
       EXECUTE FUNCTION interrupted()`,
  );
  const broken = await desk.refusal(desk.open(withdrawal(id), XIAODIAN_CIVIL_AFFAIRS));
  expect(broken).toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
  await pool.query("DROP TRIGGER interrupted ON rights_case_transition");
  // The consent went first: what is late is the record, never the effect.
  expect(await told(hub, id)).toEqual([0, 0]);
  const open = await desk.list(XIAODIAN_CIVIL_AFFAIRS, `row: "${id}", waitingForMe: true`, ["steward"]);
  expect(open.nodes).toEqual([{ id: expect.any(String), state: "OPEN" }]);
  const refuse = desk.step(open.nodes[0].id, "REFUSE", XIAODIAN_CIVIL_AFFAIRS, ["decide"], "不同意");
  expect(await desk.refusal(refuse)).toMatchObject({ reason: "NOT_NOW" });
  const done = await desk.taken(open.nodes[0].id, "FULFIL", XIAODIAN_CIVIL_AFFAIRS, "steward");
  expect(done).toMatchObject({ state: "FULFILLED" });
});
