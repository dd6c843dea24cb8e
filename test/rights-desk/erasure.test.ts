// What a person's erasure reaches, over HTTP: nothing of it is found anywhere afterwards, and nobody records it anew.
import { createCipher } from "../../src/declare/cipher";
import { Mirror } from "../changes/mirror";
import { flowOn } from "../corrections/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import { SEEDED_MASTER_KEY } from "../setup/seeded";
import { tracesOf } from "../setup/traces";
import { CITY, deskOn, HOUSING, STREET, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

const CITY_STEWARD = `civil-affairs@${CITY}`;
const OTHER_DISTRICT = "civil-affairs@140106000000";
const cipher = createCipher(SEEDED_MASTER_KEY);

interface Person {
  readonly id: string;
  readonly uuid: string;
  readonly volunteerNo: string;
  readonly idNumber: string;
  readonly records: string[];
  /** What is said of the person and of nobody else. */
  readonly said: string[];
}

let hub: TestHub;
let second: TestHub;
let desk: ReturnType<typeof deskOn>;
let people: { id: string; version: number; volunteerNo: string; records: { nodes: { id: string }[] } }[];

beforeAll(async () => {
  hub = await openTestHub();
  second = await openTestHub({ beside: hub });
  desk = deskOn(hub);
  const query = `{ volunteers(where: { territory: { within: "140105001" }, consent: { eq: GRANTED }, idNumber: { isNull: false },
      birthDate: { lt: "1990-01-01" }, records: { some: { hours: { gt: 0 } } } }, first: 20) {
    nodes { id version volunteerNo records(first: 100) { nodes { id } } } } }`;
  people = (await hub.data(query, CITY_STEWARD)).volunteers.nodes;
});
afterAll(async () => {
  await second.close();
  await hub.close();
});

const by = (duties: ("read" | "steward" | "decide" | "audit")[], variables: object = {}) => ({
  duties,
  variables,
});
let serial = 1000;

/** A volunteer of three versions, each with values of its own. */
async function somebody(): Promise<Person> {
  const { id, version, volunteerNo, records } = people.shift() as (typeof people)[number];
  serial += 1;
  const [former, present] = [1, 2].map((i) => ({
    name: `魏无痕${serial}${i}`,
    address: `太原市小店区无名路${serial}${i}号`,
    phone: `139000${serial}${i}`,
  }));
  for (const [i, input] of [former, present].entries())
    await hub.data(
      `mutation ($id: ID!, $input: VolunteerChanges!, $v: Int!) { updateVolunteer(id: $id, input: $input, expectedVersion: $v) { id } }`,
      XIAODIAN_CIVIL_AFFAIRS,
      by(["read", "steward"], { id, input, v: version + i }),
    );
  const { volunteer } = await hub.data(
    `query ($id: ID) { volunteer(id: $id) { idNumber } }`,
    CITY_STEWARD,
    by(["read"], { id }),
  );
  return {
    ...{ id, volunteerNo, idNumber: volunteer.idNumber, uuid: id.split(":")[1] as string },
    records: records.nodes.map((node) => node.id),
    said: [volunteerNo, ...[former, present].flatMap((values) => Object.values(values ?? {}))],
  };
}

const traces = (words: readonly string[]) => tracesOf(hub.database.pool, cipher, words);
const opened = (id: string) => desk.opened({ id, kind: "ERASE" }, XIAODIAN_CIVIL_AFFAIRS);
const decided = (id: string, act: string, reason?: string) =>
  desk.taken(id, act, XIAODIAN_CIVIL_AFFAIRS, "decide", reason);
async function erased(id: string): Promise<string> {
  const one = await opened(id);
  await decided(one.id, "FULFIL");
  return one.id;
}

/** What a department finds of somebody, by every way that leads to rows. */
async function found(on: TestHub, id: string, as: string): Promise<number[]> {
  const answer = await on.data(
    `query ($id: ID!, $at: DateTime) {
       now: volunteers(where: { id: { eq: $id } }, retired: INCLUDE) { totalCount }
       then: volunteers(where: { id: { eq: $id } }, asOf: $at) { totalCount }
       history: volunteerHistory(id: $id) { nodes { version } }
       records: volunteerRecords(where: { volunteerId: { eq: $id } }, retired: INCLUDE) { totalCount }
       node(id: $id) { id } }`,
    as,
    by(["read"], { id, at: new Date().toISOString() }),
  );
  const { now, then, history, records, node } = answer;
  return [now.totalCount, then.totalCount, history?.nodes.length ?? 0, records.totalCount, node ? 1 : 0];
}
const NOTHING = [0, 0, 0, 0, 0];

const IMPORT = `mutation ($csv: String!) { importVolunteers(csv: $csv) { state added changed refused
  refusals(first: 5) { nodes { line problems { field rule problem } } } } }`;
const COLUMNS =
  "volunteerNo,territory,name,birthDate,registeredAt,consent,consentAt,lawfulBasis,retentionUntil,idNumber";
const line = (volunteerNo: string, idNumber = "") =>
  `${volunteerNo},140105001001,魏无痕,1980-01-01,2020-01-01,GRANTED,2020-01-01,CONSENT,2040-01-01,${idNumber}`;
const imported = async (...lines: string[]) =>
  (
    await hub.data(
      IMPORT,
      XIAODIAN_CIVIL_AFFAIRS,
      by(["read", "steward"], { csv: [COLUMNS, ...lines].join("\n") }),
    )
  ).importVolunteers;

const ERASURES = `erasures(first: 10, row: $row) { totalCount nodes { id state cause causeId department territory acts
  rows { dataset row versions } steps { act duty department reason } } }`;
const erasuresOf = async (row: string, as: string, duties: Parameters<typeof by>[0]) =>
  (await hub.data(`query ($row: ID) { ${ERASURES} }`, as, by(duties, { row }))).erasures;
const DECIDE = `mutation ($id: String!, $act: ErasureAct!, $reason: String) {
  decideErasure(id: $id, act: $act, reason: $reason) { state acts steps { act reason } } }`;
const decide = (id: string, act: string, as: string, duties: Parameters<typeof by>[0], reason?: string) =>
  hub.ask(DECIDE, as, by(duties, { id, act, reason }));

test("what is erased is found nowhere: rows, versions, records, texts about them", async () => {
  const person = await somebody();
  const corrections = flowOn(hub);
  const { requestCorrection: asked } = await hub.data(
    `mutation ($id: ID!, $found: String!) { requestCorrection(id: $id, field: "phone", found: $found, proposed: "13999998888",
       evidence: "本人来电", reason: "号码已换") { id } }`,
    STREET,
    by(["read"], { id: person.id, found: person.said.at(-1) }),
  );
  const told = await desk.opened({ id: person.id, kind: "ACCESS" }, XIAODIAN_CIVIL_AFFAIRS);
  await desk.taken(told.id, "REFUSE", XIAODIAN_CIVIL_AFFAIRS, "decide", "魏无痕证件不符");
  const mirrors = [
    new Mirror(hub, STREET, {}, "volunteer", "Volunteer", "name"),
    new Mirror(hub, STREET, {}, "volunteerRecord", "VolunteerRecord", "hours"),
  ] as const;
  for (const mirror of mirrors) await mirror.follow();
  const cursor = await hub.data(
    `{ volunteers(where: { territory: { within: "140105001" } }, first: 1) { pageInfo { endCursor } totalCount }
       volunteersAggregate(where: { territory: { within: "140105001" } }) { groups { count } } }`,
    XIAODIAN_CIVIL_AFFAIRS,
  );
  expect((await traces(person.said)).length).toBeGreaterThan(6);
  expect(await found(second, person.id, STREET)).not.toContain(0);
  // Words of a question are not kept either.
  const byName = `{ volunteers(where: { name: { eq: "${person.said.at(-3)}" } }) { nodes { id } } }`;
  expect((await hub.data(byName, STREET)).volunteers.nodes).toEqual([{ id: person.id }]);

  const one = await erased(person.id);

  expect(await traces(person.said)).toEqual([]);
  // The number's mark, by which the person is known again; of no use without the master key.
  expect(await traces([person.idNumber])).toEqual([`public.erasure_mark: ${person.idNumber}`]);
  for (const on of [hub, second])
    for (const as of [STREET, XIAODIAN_CIVIL_AFFAIRS, CITY_STEWARD])
      expect(await found(on, person.id, as)).toEqual(NOTHING);
  const { rows: texts } = await hub.database.pool.query(
    `SELECT octet_length(found) + octet_length(proposed) + octet_length(evidence) + octet_length(reason) AS bytes
       FROM correction WHERE id = $1
     UNION ALL SELECT octet_length(verified_how) + octet_length(reason) FROM rights_case WHERE id = ANY ($2)
     UNION ALL SELECT octet_length(reason) FROM rights_case_transition WHERE rights_case = ANY ($2) AND reason IS NOT NULL
     UNION ALL SELECT octet_length(sealed) FROM erased_row WHERE row_id = $3`,
    [asked.id, [told.id, one], person.uuid],
  );
  expect(texts.map(({ bytes }) => bytes)).toEqual([0, 0, 0, 0, 0]);
  // That there was each of them stays, and can be read.
  expect(await corrections.seen(asked.id, STREET)).toMatchObject({ state: "RETIRED", content: null });
  const kept = await desk.seen(told.id, XIAODIAN_CIVIL_AFFAIRS, { duties: ["steward"] });
  expect(kept).toMatchObject({ state: "REFUSED", said: null });
  expect(kept.transitions[1]).toMatchObject({ act: "REFUSE", reason: null });
  const done = await desk.seen(one, XIAODIAN_CIVIL_AFFAIRS, { duties: ["steward"] });
  expect(done).toMatchObject({ state: "FULFILLED", said: null });
  expect(done.transitions.map((t: { rowVersion: number }) => t.rowVersion)[1]).toBeGreaterThan(2);
  // Copies are told to let go of it.
  const [rows, records] = mirrors;
  expect((await rows.follow()).map(({ kind, id }) => `${kind} ${id}`)).toEqual([`DELETE ${person.id}`]);
  expect(rows.rows.has(person.id)).toBe(false);
  for (const { kind } of await records.follow()) expect(kind).toBe("DELETE");
  expect(person.records.filter((id) => records.rows.has(id))).toEqual([]);
  const after = await hub.data(
    `query ($after: String) { volunteers(where: { territory: { within: "140105001" } }, first: 1000, after: $after) { nodes { id } totalCount }
       volunteersAggregate(where: { territory: { within: "140105001" } }) { groups { count } } }`,
    XIAODIAN_CIVIL_AFFAIRS,
    by(["read"], { after: cursor.volunteers.pageInfo.endCursor }),
  );
  expect(after.volunteers.totalCount).toBe(cursor.volunteers.totalCount - 1);
  expect(JSON.stringify(after.volunteers.nodes)).not.toContain(person.id);
  const count = (answer: typeof after) => answer.volunteersAggregate.groups[0].count;
  expect(count(after)).toBe(count(cursor) - 1);
});

test("who read what stays in the access log: fields, never values", async () => {
  const person = await somebody();
  const read = () =>
    hub.database.pool.query(
      `SELECT count(*)::int AS n FROM access_record WHERE department = $1 AND recorded_at > now() - interval '1 hour'`,
      [STREET],
    );
  await found(hub, person.id, STREET);
  await read().then(
    ({ rows }) => expect(rows[0].n).toBeGreaterThan(0),
    () => undefined,
  );
  await erased(person.id);
  const { accessLog } = await hub.data(
    `{ accessLog(where: { dataset: "volunteer" }, first: 50) { nodes { department } } }`,
    XIAODIAN_CIVIL_AFFAIRS,
    by(["read", "steward"]),
  );
  expect(JSON.stringify(accessLog)).toContain(STREET);
});

test("an import or a write of the erased is refused with what to do, until the steward lifts it", async () => {
  const person = await somebody();
  await erased(person.id);
  const fresh = `V-NEW-${serial}`;
  const job = await imported(line(person.volunteerNo), line(fresh), line(`${fresh}-B`, person.idNumber));
  expect(job).toMatchObject({ state: "DONE", added: 1, refused: 2 });
  const [first, other] = job.refusals.nodes;
  expect([first.line, other.line]).toEqual([2, 4]);
  expect(first.problems).toMatchObject([{ field: "volunteerNo", rule: "ERASED" }]);
  const [id] = first.problems[0].problem.match(/[0-9a-f-]{36}/);
  expect(first.problems[0].problem).toContain("第四十七条");
  expect(first.problems[0].problem).not.toContain(person.volunteerNo);
  expect(await found(hub, person.id, CITY_STEWARD)).toEqual(NOTHING);

  const { nodes } = await erasuresOf(person.id, XIAODIAN_CIVIL_AFFAIRS, ["decide"]);
  expect(nodes).toMatchObject([{ id, state: "ERASED", cause: "RIGHTS_CASE", acts: ["LIFT"] }]);
  expect(nodes[0].rows[0]).toEqual({ dataset: "volunteer", row: person.id, versions: 3 });
  expect(
    nodes[0].rows
      .slice(1)
      .map((r: { row: string }) => r.row)
      .sort(),
  ).toEqual([...person.records].sort());

  const refused = async (...args: Parameters<typeof decide>) =>
    (await decide(...args)).errors?.[0]?.extensions;
  expect(await refused(id, "LIFT", XIAODIAN_CIVIL_AFFAIRS, ["decide"])).toMatchObject({ argument: "reason" });
  expect(await refused(id, "LIFT", XIAODIAN_CIVIL_AFFAIRS, ["steward"], "x")).toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await refused(id, "LIFT", OTHER_DISTRICT, ["decide"], "x")).toMatchObject({ code: "NOT_FOUND" });
  expect(await refused(id, "LIFT", HOUSING, ["decide", "steward"], "x")).toMatchObject({ code: "NOT_FOUND" });
  expect(await refused(id, "RELEASE", XIAODIAN_CIVIL_AFFAIRS, ["decide"], "x")).toMatchObject({
    reason: "NOT_NOW",
  });
  const { data } = await decide(id, "LIFT", XIAODIAN_CIVIL_AFFAIRS, ["decide"], "本人重新书面同意");
  expect(data.decideErasure).toMatchObject({ state: "LIFTED", acts: [] });
  expect(await imported(line(person.volunteerNo, person.idNumber))).toMatchObject({ added: 1, refused: 0 });
});

test("frozen: no use but storage, by nobody; released it is back, erased it is gone", async () => {
  const person = await somebody();
  const before = await found(hub, person.id, STREET);
  const mirror = new Mirror(hub, STREET, {}, "volunteer", "Volunteer", "name");
  await mirror.follow();
  const one = await opened(person.id);
  const bare = desk.step(one.id, "FREEZE", XIAODIAN_CIVIL_AFFAIRS, ["decide"]);
  expect(await desk.refusal(bare)).toMatchObject({ reason: "REASON_NEEDED" });
  const frozen = await decided(one.id, "FREEZE", "诉讼未结，保存期限未满");
  expect(frozen).toMatchObject({ state: "FROZEN", acts: [] });
  expect(frozen.transitions[1].reason).toBe("诉讼未结，保存期限未满");
  for (const as of [STREET, XIAODIAN_CIVIL_AFFAIRS, CITY_STEWARD])
    expect(await found(second, person.id, as)).toEqual(NOTHING);
  expect(await traces(person.said)).toEqual([]);
  expect((await mirror.follow()).map(({ kind }) => kind)).toEqual(["DELETE"]);
  expect((await imported(line(person.volunteerNo))).refusals.nodes[0].problems).toMatchObject([
    { rule: "FROZEN" },
  ]);
  const change = await hub.refusal(
    `mutation { updateVolunteer(id: "${person.id}", input: { name: "某" }, expectedVersion: 3) { id } }`,
    XIAODIAN_CIVIL_AFFAIRS,
    by(["read", "steward"]),
  );
  expect(change).toBe("NOT_FOUND");

  const { nodes } = await erasuresOf(person.id, XIAODIAN_CIVIL_AFFAIRS, ["decide"]);
  expect(nodes).toMatchObject([{ state: "FROZEN", acts: ["ERASE", "RELEASE"] }]);
  expect(nodes[0].steps).toMatchObject([{ act: "FREEZE", duty: "decide", reason: "诉讼未结，保存期限未满" }]);
  await decide(nodes[0].id, "RELEASE", XIAODIAN_CIVIL_AFFAIRS, ["decide"], "法院调取");
  expect(await found(hub, person.id, STREET)).toEqual(before);
  expect((await mirror.follow()).map(({ kind, id }) => `${kind} ${id}`)).toEqual([`UPSERT ${person.id}`]);

  const again = await opened(person.id);
  await decided(again.id, "FREEZE", "诉讼未结");
  const [latest] = (await erasuresOf(person.id, XIAODIAN_CIVIL_AFFAIRS, ["decide"])).nodes;
  const { data } = await decide(latest.id, "ERASE", XIAODIAN_CIVIL_AFFAIRS, ["decide"]);
  expect(data.decideErasure).toMatchObject({ state: "ERASED", acts: ["LIFT"] });
  const { rows } = await hub.database.pool.query("SELECT sealed FROM erased_row WHERE row_id = $1", [
    person.uuid,
  ]);
  expect(rows.map(({ sealed }) => sealed.length)).toEqual([0, 0]);
  expect(await desk.seen(one.id, XIAODIAN_CIVIL_AFFAIRS, { duties: ["steward"] })).toMatchObject({
    said: null,
  });
});

test("what a lawsuit needs is not erased, frozen or not, before the hold is lifted", async () => {
  const person = await somebody();
  const { placeRetentionHold: hold } = await hub.data(
    `mutation ($id: ID!) { placeRetentionHold(id: $id, reason: "魏无痕诉讼未结") { id } }`,
    XIAODIAN_CIVIL_AFFAIRS,
    by(["steward"], { id: person.records[0] }),
  );
  const one = await opened(person.id);
  const step = desk.step(one.id, "FULFIL", XIAODIAN_CIVIL_AFFAIRS, ["decide"]);
  expect(await desk.refusal(step)).toMatchObject({ reason: "HELD" });
  await decided(one.id, "FREEZE", "诉讼未结");
  const [{ id }] = (await erasuresOf(person.id, XIAODIAN_CIVIL_AFFAIRS, ["decide"])).nodes;
  const held = await decide(id, "ERASE", XIAODIAN_CIVIL_AFFAIRS, ["decide"]);
  expect(held.errors[0].extensions).toMatchObject({ reason: "HELD", erasure: id });
  await hub.data(
    `mutation ($id: ID!) { liftRetentionHold(id: $id, reason: "魏无痕案已结") { id } }`,
    XIAODIAN_CIVIL_AFFAIRS,
    by(["steward"], { id: hold.id }),
  );
  const { data } = await decide(id, "ERASE", XIAODIAN_CIVIL_AFFAIRS, ["decide"]);
  expect(data.decideErasure).toMatchObject({ state: "ERASED" });
  const { rows } = await hub.database.pool.query(
    "SELECT octet_length(reason) + octet_length(lift_reason) AS bytes FROM retention_hold WHERE id = $1",
    [hold.id],
  );
  expect(rows).toEqual([{ bytes: 0 }]);
  const listed = await hub.data(
    `{ retentionHolds(lifted: true, first: 100) { nodes { id reason } } }`,
    XIAODIAN_CIVIL_AFFAIRS,
    by(["steward"]),
  );
  expect(JSON.stringify(listed)).toContain(hold.id);
});

test("a process that dies in the middle leaves all, and the next attempt takes all", async () => {
  const person = await somebody();
  const one = await opened(person.id);
  const before = await traces(person.said);
  const { pool } = hub.database;
  // Stops the transaction at its very last step, and then its connection.
  await pool.query(
    `CREATE FUNCTION stops() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$`,
  );
  await pool.query(
    `CREATE TRIGGER stops BEFORE INSERT ON rights_case_transition FOR EACH ROW EXECUTE FUNCTION stops()`,
  );
  const dying = desk.step(one.id, "FULFIL", XIAODIAN_CIVIL_AFFAIRS, ["decide"]);
  for (let killed = 0; killed === 0; )
    killed =
      (
        await pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event = 'PgSleep'`,
        )
      ).rowCount ?? 0;
  expect((await dying).errors).toBeDefined();
  await pool.query("DROP TRIGGER stops ON rights_case_transition");
  expect(await traces(person.said)).toEqual(before);
  expect(await erasuresOf(person.id, XIAODIAN_CIVIL_AFFAIRS, ["decide"])).toMatchObject({ totalCount: 0 });
  expect(await decided(one.id, "FULFIL")).toMatchObject({ state: "FULFILLED" });
  expect(await traces(person.said)).toEqual([]);
});

test("only who keeps the row decides, and a refusal gives its reason", async () => {
  const person = await somebody();
  const one = await opened(person.id);
  for (const as of [STREET, CITY_STEWARD, OTHER_DISTRICT])
    expect(await desk.refusal(desk.step(one.id, "FULFIL", as, ["decide"]))).toMatchObject({
      code: "NOT_FOUND",
    });
  const steward = desk.step(one.id, "FULFIL", XIAODIAN_CIVIL_AFFAIRS, ["steward"]);
  expect(await desk.refusal(steward)).toMatchObject({ code: "FORBIDDEN", duties: ["decide"] });
  const refused = await decided(one.id, "REFUSE", "依法须保存的服务记录");
  expect(refused).toMatchObject({ state: "REFUSED" });
  expect((await found(hub, person.id, STREET))[0]).toBe(1);
  const watched = await desk.seen(one.id, HOUSING, { duties: ["audit"] });
  expect(watched).toMatchObject({ state: "REFUSED", said: null });
});

test("who watches sees that something was erased, not why; for others there is nothing", async () => {
  const person = await somebody();
  const one = await opened(person.id);
  await decided(one.id, "FREEZE", "会计档案未到期");
  const watched = await erasuresOf(person.id, HOUSING, ["audit"]);
  expect(watched).toMatchObject({ totalCount: 1, nodes: [{ state: "FROZEN", acts: [] }] });
  expect(watched.nodes[0].steps).toMatchObject([{ act: "FREEZE", reason: null }]);
  for (const [as, duties] of [
    [HOUSING, ["steward", "decide"]],
    [OTHER_DISTRICT, ["steward", "decide"]],
    [XIAODIAN_CIVIL_AFFAIRS, ["read"]],
  ] as const)
    expect(await erasuresOf(person.id, as, [...duties])).toMatchObject({ totalCount: 0, nodes: [] });
});

test("a row that only names somebody loses the name alone, by fields", async () => {
  const { socialOrganizations } = await hub.data(
    `{ socialOrganizations(where: { territory: { within: "140105001" }, headName: { isNull: false }, contactName: { isNull: false } }, first: 1) {
       nodes { id name headName contactName version } } }`,
    CITY_STEWARD,
  );
  const [organization] = socialOrganizations.nodes;
  const one = await opened(organization.id);
  const STEP = `mutation ($id: String!, $fields: [String!]) { decideRightsCase(id: $id, act: FULFIL, fields: $fields) { state } }`;
  const step = (fields: string[]) =>
    hub.ask(STEP, XIAODIAN_CIVIL_AFFAIRS, by(["decide"], { id: one.id, fields }));
  for (const wrong of [[], ["name"], ["contactName", "creditCode"]])
    expect((await step(wrong)).errors[0].extensions).toMatchObject({
      reason: "NO_SUCH_FIELDS",
      fields: ["headName", "contactName", "contactPhone"],
    });
  await step(["contactName", "contactPhone"]);
  const { socialOrganization } = await hub.data(
    `query ($id: ID) { socialOrganization(id: $id) { name headName contactName contactPhone } }`,
    CITY_STEWARD,
    by(["read"], { id: organization.id }),
  );
  const { name, headName } = organization;
  expect(socialOrganization).toEqual({ name, headName, contactName: null, contactPhone: null });
  const person = await somebody();
  const own = await opened(person.id);
  const wrong = await hub.ask(
    STEP,
    XIAODIAN_CIVIL_AFFAIRS,
    by(["decide"], { id: own.id, fields: ["phone"] }),
  );
  expect(wrong.errors[0].extensions).toMatchObject({ reason: "NO_SUCH_FIELDS", fields: [] });
});
