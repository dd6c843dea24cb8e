// Cases of persons: who opens, decides and sees them, what is told to the person, and what lies in the tables.
import type { QueryRunner } from "typeorm";
import { RightsDesk1795379000000 } from "../../migrations/0019-rights-desk";
import { testDatabase } from "../setup/database";
import { openTestHub, type TestHub } from "../setup/hub";
import { CITY, deskOn, HOUSING, SAID, STREET, Time, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

const CITY_STEWARD = `civil-affairs@${CITY}`;
const COPY = "copy { withheld rows { row dataset values { field value } } }";

interface Volunteer {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly version: number;
  readonly records: { readonly totalCount: number; readonly nodes: { id: string; hours: number }[] };
}

const time = new Time();
let hub: TestHub;
let desk: ReturnType<typeof deskOn>;
let volunteers: Volunteer[];

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  desk = deskOn(hub);
  const query = `{ volunteers(where: { territory: { within: "140105001" }, consent: { eq: GRANTED },
      birthDate: { lt: "1990-01-01" }, records: { some: { hours: { gt: 0 } } } }, first: 30) {
    nodes { id name phone version records(first: 100) { totalCount nodes { id hours } } } } }`;
  volunteers = (await hub.data(query, CITY_STEWARD)).volunteers.nodes;
});
afterAll(() => hub.close());

const next = () => volunteers.shift() as Volunteer;

test("a copy is opened by the steward, agreed to by who decides, and holds the person's rows", async () => {
  const person = next();
  const one = await desk.opened({ id: person.id, kind: "COPY" }, XIAODIAN_CIVIL_AFFAIRS);
  expect(one).toMatchObject({
    state: "OPEN",
    kind: "COPY",
    department: XIAODIAN_CIVIL_AFFAIRS,
    acts: ["TAKE_BACK"],
  });
  expect(one.said).toEqual(SAID);
  const before = await desk.seen(
    one.id,
    XIAODIAN_CIVIL_AFFAIRS,
    { duties: ["steward"] },
    `${COPY} readers { department }`,
  );
  expect(before).toEqual({ copy: null, readers: null });
  const fulfilled = await desk.taken(one.id, "FULFIL", XIAODIAN_CIVIL_AFFAIRS, "decide");
  expect(fulfilled).toMatchObject({ state: "FULFILLED", acts: [] });
  expect(fulfilled.transitions.map((t: { act: string; duty: string }) => [t.act, t.duty])).toEqual([
    ["OPEN", "steward"],
    ["FULFIL", "decide"],
  ]);
  const { copy } = await desk.seen(one.id, XIAODIAN_CIVIL_AFFAIRS, { duties: ["steward"] }, COPY);
  const [own, ...linked] = copy.rows;
  const values = Object.fromEntries(
    own.values.map((v: { field: string; value: string }) => [v.field, v.value]),
  );
  expect(values).toMatchObject({ name: person.name, phone: person.phone, version: String(person.version) });
  expect(linked.map((r: { row: string }) => r.row).sort()).toEqual(
    person.records.nodes.map((r) => r.id).sort(),
  );
  expect(linked.every((r: { dataset: string }) => r.dataset === "volunteerRecord")).toBe(true);
  expect(copy.withheld).toEqual([]);
});

test("reading the copy is in the access record, and is told among those who read", async () => {
  const person = next();
  await hub.data(`{ volunteers(where: { id: { eq: "${person.id}" } }) { nodes { name } } }`, STREET);
  const one = await desk.opened({ id: person.id, kind: "ACCESS" }, XIAODIAN_CIVIL_AFFAIRS);
  await desk.taken(one.id, "FULFIL", XIAODIAN_CIVIL_AFFAIRS, "decide");
  const response = await hub.post(`{ rightsCase(id: "${one.id}") { ${COPY} } }`, XIAODIAN_CIVIL_AFFAIRS, {
    duties: ["steward"],
  });
  await response.text();
  const { rows } = await hub.database.pool.query(
    `SELECT f.datasets FROM access_record r JOIN access_footprint f ON f.hash = r.footprint WHERE r.request_id = $1`,
    [response.headers.get("x-request-id")],
  );
  expect(JSON.stringify(rows)).toMatch(/"phone"[\s\S]*"volunteerRecord"|"volunteerRecord"[\s\S]*"phone"/);
  const told = "readers { department name purpose times last }";
  const { readers } = await desk.seen(one.id, XIAODIAN_CIVIL_AFFAIRS, { duties: ["steward"] }, told);
  const departments = readers.map((r: { department: string }) => r.department);
  expect(departments).toEqual(expect.arrayContaining([STREET, XIAODIAN_CIVIL_AFFAIRS]));
  expect(departments).not.toContain(HOUSING);
  expect(new Set(departments).size).toBe(departments.length);
});

test("a person is told who may receive the data now: department, purpose, kinds, and nobody once consent is gone", async () => {
  const person = next();
  const RECEIVERS = "receivers { department name contact purpose legalBasis way until steward full masked }";
  const told = async () => {
    const one = await desk.opened({ id: person.id, kind: "ACCESS" }, XIAODIAN_CIVIL_AFFAIRS);
    const asking = { duties: ["steward" as const] };
    expect(await desk.seen(one.id, XIAODIAN_CIVIL_AFFAIRS, asking, RECEIVERS)).toEqual({ receivers: null });
    await desk.taken(one.id, "FULFIL", XIAODIAN_CIVIL_AFFAIRS, "decide");
    return (await desk.seen(one.id, XIAODIAN_CIVIL_AFFAIRS, asking, RECEIVERS)).receivers;
  };
  const before: {
    department: string;
    full: string[];
    masked: string[];
    steward: boolean;
    purpose: string;
  }[] = await told();
  const of = (department: string) => before.filter((one) => one.department === department);
  expect(of(STREET)).toMatchObject([{ steward: false, purpose: null, legalBasis: null, masked: [] }]);
  expect(of(STREET)[0]?.full).toEqual(expect.arrayContaining(["姓名", "联系电话"]));
  expect(of(STREET)[0]?.full).not.toContain("公民身份号码，仅用于实名核验");
  expect(of(XIAODIAN_CIVIL_AFFAIRS)[0]).toMatchObject({ steward: true });
  expect(of("street-office@140105002000")).toEqual([]);
  // Each as its own decision has it: what the list says of a granted purpose is what an answer shows.
  const granted = before.filter(({ purpose }) => purpose);
  expect(granted.length).toBeGreaterThan(0);
  for (const { department, purpose, full, masked } of granted) {
    const { volunteers } = await hub.data(
      `{ volunteers(where: { territory: { within: "140105001" } }, first: 1000) { nodes { id name phone } } }`,
      department,
      { purpose },
    );
    const row = volunteers.nodes.find(({ id }: { id: string }) => id === person.id);
    if (full.includes("姓名")) expect(row.name).toBe(person.name);
    else if (masked.includes("姓名")) expect(row.name).toContain("*");
  }
  await desk.opened({ id: person.id, kind: "WITHDRAW_CONSENT" }, XIAODIAN_CIVIL_AFFAIRS);
  expect((await told()).filter((one: { steward: boolean }) => !one.steward)).toEqual([]);
});

test("a refusal needs a reason, and leaves nothing to read", async () => {
  const one = await desk.opened({ id: next().id, kind: "ACCESS" }, XIAODIAN_CIVIL_AFFAIRS);
  const refuse = (duty: "steward" | "decide", reason?: string) =>
    desk.refusal(desk.step(one.id, "REFUSE", XIAODIAN_CIVIL_AFFAIRS, [duty], reason));
  expect(await refuse("decide")).toMatchObject({ code: "BAD_USER_INPUT", reason: "REASON_NEEDED" });
  expect(await refuse("steward", "查无此人")).toMatchObject({ code: "FORBIDDEN", duties: ["decide"] });
  const refused = await desk.taken(one.id, "REFUSE", XIAODIAN_CIVIL_AFFAIRS, "decide", "委托书不全");
  expect(refused).toMatchObject({ state: "REFUSED" });
  expect(refused.transitions[1].reason).toBe("委托书不全");
  const { copy } = await desk.seen(one.id, XIAODIAN_CIVIL_AFFAIRS, { duties: ["steward"] }, COPY);
  expect(copy).toBeNull();
  expect(await refuse("decide", "再次")).toMatchObject({ reason: "NOT_NOW" });
});

test("a correction is fulfilled only after the row was changed", async () => {
  const person = next();
  const one = await desk.opened({ id: person.id, kind: "CORRECT", askedBy: "HEIR" }, XIAODIAN_CIVIL_AFFAIRS);
  const early = desk.step(one.id, "FULFIL", XIAODIAN_CIVIL_AFFAIRS, ["decide"]);
  expect(await desk.refusal(early)).toMatchObject({ code: "BAD_USER_INPUT", reason: "NOT_CORRECTED" });
  await hub.data(
    `mutation ($id: ID!, $version: Int!) { updateVolunteer(id: $id, input: { name: "王晓明" }, expectedVersion: $version) { id } }`,
    XIAODIAN_CIVIL_AFFAIRS,
    { duties: ["read", "steward"], variables: { id: person.id, version: person.version } },
  );
  const done = await desk.taken(one.id, "FULFIL", XIAODIAN_CIVIL_AFFAIRS, "decide");
  expect(done.transitions.map((t: { rowVersion: number }) => t.rowVersion)).toEqual([
    person.version,
    person.version + 1,
  ]);
});

test("only the steward of the row opens a case, one of a kind at a time", async () => {
  const { id } = next();
  const nowhere = "volunteer:01900000-0000-7000-8000-000000000000";
  const attempt = (as: string, given = id, duties: ("steward" | "decide" | "read")[] = ["steward"]) =>
    desk.refusal(desk.open({ id: given, kind: "ACCESS" }, as, duties));
  expect(await attempt(XIAODIAN_CIVIL_AFFAIRS, id, ["decide", "read"])).toMatchObject({ code: "FORBIDDEN" });
  expect(await attempt(HOUSING)).toMatchObject({ code: "FORBIDDEN" });
  expect(await attempt("civil-affairs@140106000000")).toEqual(
    await attempt("civil-affairs@140106000000", nowhere),
  );
  expect(await attempt(XIAODIAN_CIVIL_AFFAIRS, nowhere)).toMatchObject({ code: "NOT_FOUND" });
  const { communities } = await hub.data("{ communities(first: 1) { nodes { id } } }", CITY_STEWARD);
  expect(await attempt(CITY_STEWARD, communities.nodes[0].id)).toMatchObject({ reason: "NO_PERSON" });
  const one = await desk.opened({ id, kind: "ACCESS" }, XIAODIAN_CIVIL_AFFAIRS);
  expect(await attempt(XIAODIAN_CIVIL_AFFAIRS)).toMatchObject({ reason: "ALREADY_OPEN", rightsCase: one.id });
  await desk.taken(one.id, "TAKE_BACK", XIAODIAN_CIVIL_AFFAIRS, "steward");
  expect(await attempt(XIAODIAN_CIVIL_AFFAIRS)).toBeUndefined();
});

test("for all others there is no such case; who watches sees that there is one, not what was said", async () => {
  const person = next();
  const one = await desk.opened({ id: person.id, kind: "COPY" }, XIAODIAN_CIVIL_AFFAIRS);
  await desk.taken(one.id, "FULFIL", XIAODIAN_CIVIL_AFFAIRS, "decide");
  for (const [as, duties] of [
    [XIAODIAN_CIVIL_AFFAIRS, ["read"]],
    [CITY_STEWARD, ["steward", "decide"]],
    [STREET, ["steward", "decide"]],
  ] as const) {
    expect(await desk.seen(one.id, as, { duties: [...duties] })).toBeNull();
    expect((await desk.list(as, `row: "${person.id}"`, [...duties])).totalCount).toBe(0);
    const step = desk.step(one.id, "FULFIL", as, [...duties]);
    expect(await desk.refusal(step)).toMatchObject({ code: "NOT_FOUND" });
  }
  const watched = await desk.seen(one.id, HOUSING, { duties: ["audit"] }, `${SHOWN_TO_WATCH} ${COPY}`);
  expect(watched).toEqual({
    state: "FULFILLED",
    said: null,
    transitions: [{ reason: null }, { reason: null }],
    copy: null,
  });
  for (const id of ["1", "' OR true --"])
    expect(await desk.seen(id, XIAODIAN_CIVIL_AFFAIRS, { duties: ["steward"] })).toBeNull();
});
const SHOWN_TO_WATCH = "state said { reason } transitions { reason }";

test("what waits, and pages of what there is", async () => {
  const person = next();
  const one = await desk.opened({ id: person.id, kind: "ACCESS" }, XIAODIAN_CIVIL_AFFAIRS);
  const ids = async (args: string, duty: "steward" | "decide") =>
    (await desk.list(XIAODIAN_CIVIL_AFFAIRS, args, [duty])).nodes.map((n: { id: string }) => n.id);
  expect(await ids("waitingForMe: true", "decide")).toContain(one.id);
  expect(await ids("waitingForMe: true", "steward")).not.toContain(one.id);
  const first = await desk.list(XIAODIAN_CIVIL_AFFAIRS, "first: 1", ["steward"]);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = await ids(`first: 100, after: "${first.pageInfo.endCursor}"`, "steward");
  expect(rest).toHaveLength(first.totalCount - 1);
  expect(rest).not.toContain(first.nodes[0].id);
});

test("who asked and why lies nowhere in plain text", async () => {
  const one = await desk.opened({ id: next().id, kind: "ACCESS" }, XIAODIAN_CIVIL_AFFAIRS);
  await desk.taken(one.id, "REFUSE", XIAODIAN_CIVIL_AFFAIRS, "decide", "王小明不在册");
  const { rows } = await hub.database.pool.query(
    `SELECT c::text || (SELECT string_agg(t::text, '') FROM rights_case_transition t WHERE t.rights_case = c.id) AS text
       FROM rights_case c WHERE c.id = $1`,
    [one.id],
  );
  for (const text of ["王小明", "140105199001011234"]) {
    expect(rows[0].text).not.toContain(text);
    expect(rows[0].text).not.toContain(Buffer.from(text).toString("hex"));
  }
});

test("the database takes no step that the table does not have, and changes none that was taken", async () => {
  const one = await desk.opened({ id: next().id, kind: "ACCESS" }, XIAODIAN_CIVIL_AFFAIRS);
  const insert = (act: string, from: string, to: string, duty: string, department = XIAODIAN_CIVIL_AFFAIRS) =>
    hub.database.pool.query(
      `INSERT INTO rights_case_transition (rights_case, kind, seq, at, act, from_state, to_state, duty, actor, department, row_version)
       VALUES ($1, 'ACCESS', 2, now(), $2, $3, $4, $5, 'a', $6, 1)`,
      [one.id, act, from, to, duty, department],
    );
  await expect(insert("FULFIL", "OPEN", "FULFILLED", "steward")).rejects.toThrow(
    "rights_case_transition_step",
  );
  await expect(insert("REFUSE", "OPEN", "REFUSED", "decide")).rejects.toThrow(
    "rights_case_transition_reason",
  );
  await expect(insert("FULFIL", "OPEN", "FULFILLED", "decide", HOUSING)).rejects.toThrow("does not start");
  for (const text of [
    "UPDATE rights_case SET state = 'FULFILLED'",
    "DELETE FROM rights_case_transition",
    "TRUNCATE rights_case CASCADE",
  ])
    await expect(hub.database.pool.query(text)).rejects.toThrow(/transitions alone/);
});

test("nobody without a token comes to the desk", async () => {
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ rightsCases { totalCount } }" }),
  });
  expect(response.status).toBe(401);
});

test("a list does not multiply copies", async () => {
  const { id } = next();
  for (let i = 0; i < 6; i++) {
    const one = await desk.opened({ id, kind: "ACCESS" }, XIAODIAN_CIVIL_AFFAIRS);
    await desk.taken(one.id, "FULFIL", XIAODIAN_CIVIL_AFFAIRS, "decide");
  }
  const ask = (first: number) =>
    hub.ask(
      `{ rightsCases(row: "${id}", first: ${first}) { nodes { copy { withheld } readers { times } } } }`,
      XIAODIAN_CIVIL_AFFAIRS,
      { duties: ["steward"] },
    );
  const { data } = await ask(5);
  expect(data.rightsCases.nodes).toHaveLength(5);
  expect(data.rightsCases.nodes[4].copy).toEqual({ withheld: [] });
  expect((await ask(6)).errors[0].extensions).toMatchObject({ code: "TOO_COSTLY", most: 10 });
});

test("the migration is undone where there are no cases, and only there", async () => {
  const runnerOn = (database: TestHub["database"]) =>
    ({
      query: async (text: string, values?: unknown[]) => (await database.pool.query(text, values)).rows,
    }) as unknown as QueryRunner;
  const migration = new RightsDesk1795379000000();
  await expect(migration.down(runnerOn(hub.database))).rejects.toThrow("must be kept");
  const empty = await testDatabase();
  try {
    await migration.down(runnerOn(empty));
    await migration.up(runnerOn(empty));
    const { rows } = await empty.pool.query("SELECT count(*)::int AS n FROM rights_case_step");
    expect(rows).toEqual([{ n: 10 }]);
  } finally {
    await empty.drop();
  }
});
