// What a granted request opens: in the next answer of another process, as asked and no more.
import { openTestHub, type TestHub } from "../setup/hub";
import { flowOn, HOUSING, Time, VOLUNTEERS, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

const PROVIDER = XIAODIAN_CIVIL_AFFAIRS;
const PURPOSE = "emergency-response";
const QUESTION = `{ volunteers(where: { territory: { within: "140105" } }, first: 3) { totalCount nodes { name phone birthDate } } }`;

const time = new Time();
let hub: TestHub;
let other: TestHub;
let flow: ReturnType<typeof flowOn>;

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  other = await openTestHub({ beside: hub });
  flow = flowOn(hub);
});
afterAll(async () => {
  await other.close();
  await hub.close();
});

const granted = async (given?: object) => {
  const { id } = await flow.filed(given);
  await flow.approve(id);
  return flow.decide(id, "GRANT", PROVIDER);
};

test("a grant holds in the very next answer of another process, for its purpose alone", async () => {
  const { id } = await flow.filed();
  await flow.approve(id);
  const before = await other.data(QUESTION, HOUSING, { purpose: PURPOSE });
  expect(before.volunteers).toEqual({ totalCount: 0, nodes: [] });
  const { grants } = await flow.decide(id, "GRANT", PROVIDER);
  const { data, extensions } = await other.ask(QUESTION, HOUSING, { purpose: PURPOSE });
  expect(data.volunteers.totalCount).toBeGreaterThan(0);
  for (const { name, phone, birthDate } of data.volunteers.nodes) {
    expect(name).toMatch(/^[^*]+$/);
    expect(phone === null || /^\d{11}$/.test(phone)).toBe(true);
    expect(birthDate).toBeNull();
  }
  expect(extensions.access.map((note: { field: string }) => note.field)).toContain("birthDate");
  const elsewhere = await other.data(QUESTION, HOUSING, { purpose: "facility-planning" });
  expect(elsewhere.volunteers.totalCount).toBe(0);
  const { rows } = await hub.database.pool.query(
    `SELECT id, department, dataset, fields, level, territory, purpose, legal_basis, granted_by, request, ends_at
       FROM access_grant WHERE request = $1`,
    [id],
  );
  expect(rows).toEqual([
    {
      id: grants[0],
      department: HOUSING,
      dataset: "volunteer",
      fields: ["name", "phone"],
      level: "FULL",
      territory: XIAODIAN,
      purpose: PURPOSE,
      legal_basis: "本部门职责",
      granted_by: PROVIDER,
      request: id,
      ends_at: new Date("2099-01-01T00:00:00+08:00"),
    },
  ]);
});

test("the answer's access record names the grant, and the grants' list names the request", async () => {
  const { id, grants } = await granted();
  await other.ask(QUESTION, HOUSING, { purpose: PURPOSE });
  const { accessLog } = await other.data(`{ accessLog(first: 1) { nodes { grants } } }`, HOUSING, {
    duties: ["audit"],
  });
  expect(accessLog.nodes[0].grants).toContain(grants[0]);
  const listed = await hub.data("{ grants { nodes { id request } } }", HOUSING);
  expect(listed.grants.nodes).toContainEqual({ id: grants[0], request: id });
});

test("nothing is granted where the step fails", async () => {
  const { id } = await flow.filed();
  const count = async () =>
    (await hub.database.pool.query("SELECT count(*)::int AS n FROM access_grant WHERE request = $1", [id]))
      .rows[0].n;
  for (const [act, as, duties] of [
    ["GRANT", PROVIDER, ["decide"]], // not approved by the requester's head yet
    ["APPROVE", HOUSING, ["read"]],
  ] as const)
    expect((await flow.step(id, act, as, [...duties])).errors).toHaveLength(1);
  await flow.approve(id);
  for (const [as, duties] of [
    [HOUSING, ["decide"]],
    [PROVIDER, ["read"]],
    [PROVIDER, ["steward"]],
    [PROVIDER, ["approve"]],
    ["civil-affairs@140100000000", ["decide"]],
  ] as const)
    expect((await flow.step(id, "GRANT", as, [...duties])).errors).toHaveLength(1);
  expect(await count()).toBe(0);
  expect((await flow.decide(id, "GRANT", PROVIDER)).grants).toHaveLength(1);
  expect((await flow.step(id, "GRANT", PROVIDER, ["decide"])).errors[0].extensions.reason).toBe("NOT_NOW");
  expect(await count()).toBe(1);
});

test("two who grant at once make one grant", async () => {
  const { id } = await flow.filed();
  await flow.approve(id);
  const both = await Promise.all([hub, other].map((h) => flowOn(h).step(id, "GRANT", PROVIDER, ["decide"])));
  expect(both.filter((answer) => answer.errors)).toHaveLength(1);
  expect((await flow.seen(id, PROVIDER)).grants).toHaveLength(1);
});

test("more grants at once than there are connections all go through", async () => {
  const ids: string[] = [];
  for (let i = 0; i < 12; i++) ids.push((await flow.filed()).id);
  for (const id of ids) await flow.approve(id);
  const all = await Promise.all(ids.map((id) => flow.step(id, "GRANT", PROVIDER, ["decide"])));
  expect(all.flatMap(({ errors }) => errors ?? [])).toEqual([]);
});

test("a provider that is steward no more grants nothing", async () => {
  const { id } = await flow.filed({
    items: [{ ...VOLUNTEERS[0], dataset: "volunteerStation", fields: ["organizationId"] }],
  });
  await flow.approve(id);
  const move = (kind: string) =>
    hub.database.pool.query(
      "UPDATE stewardship SET kind = $1 WHERE dataset = 'volunteerStation' AND field IS NULL",
      [kind],
    );
  await move("youth-league");
  expect(await flow.refusal(flow.step(id, "GRANT", PROVIDER, ["decide"]))).toMatchObject({
    reason: "STEWARD_MOVED",
  });
  await move("civil-affairs");
  expect((await flow.decide(id, "GRANT", PROVIDER)).grants).toHaveLength(1);
});

test("a territory that is a division no more is not granted", async () => {
  const { id } = await flow.filed({ items: [{ ...VOLUNTEERS[0], territory: "140105003" }] });
  await flow.approve(id);
  const retire = (at: string) =>
    hub.database.pool.query(
      `UPDATE division SET retired_at = ${at} WHERE code = '140105003000' AND scheme = 'STATISTICS'`,
    );
  await retire("now()");
  expect(await flow.refusal(flow.step(id, "GRANT", PROVIDER, ["decide"]))).toMatchObject({
    reason: "TERRITORY_MOVED",
  });
  await retire("NULL");
  expect((await flow.decide(id, "GRANT", PROVIDER)).grants).toHaveLength(1);
});

test("a request whose time has passed meanwhile has lapsed", async () => {
  const { id } = await flow.filed({ items: VOLUNTEERS, until: "2026-03-02T10:00:00+08:00" });
  await flow.approve(id);
  time.march("02T10:00");
  expect(await flow.refusal(flow.step(id, "GRANT", PROVIDER, ["decide"]))).toMatchObject({
    reason: "NOT_NOW",
    state: "LAPSED",
  });
});

test("a request may be asked for by the question that found it missing", async () => {
  const question = `{ volunteers(where: { territory: { within: "140105" } }, first: 1) { nodes { lastServedAt serviceTime } } }`;
  await granted({ operation: question });
  const { data, extensions } = await other.ask(question, HOUSING, { purpose: PURPOSE });
  expect(data.volunteers.nodes).toHaveLength(1);
  // What is left to tell lies outside the territory that was asked for.
  for (const note of extensions.access)
    expect(note.held).toContainEqual(expect.objectContaining({ territory: XIAODIAN, level: "FULL" }));
});
