// Corrections over HTTP through their course, with a clock that the test steers.
import { openTestHub, type TestHub } from "../setup/hub";
import { CITY_STEWARD, flowOn, HOUSING, PLANNING, Time, XIAODIAN, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

const AUTHORITY = `big-data@${XIAODIAN}`;
const PROVIDER = XIAODIAN_CIVIL_AFFAIRS;

let hub: TestHub;
let flow: ReturnType<typeof flowOn>;
const time = new Time();

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  flow = flowOn(hub);
});
afterAll(() => hub.close());
beforeEach(() => time.march("02T09:00"));

const end = (day: string) => `2026-${day}T00:00:00.000+08:00`;
const acts = (correction: { transitions: { act: string }[] }) => correction.transitions.map((t) => t.act);

async function requested(as = HOUSING, proposed = "更正后的名称") {
  const row = await flow.facility();
  const draft = { id: row.id, field: "name", found: row.name, proposed };
  return { ...(await flow.requested(draft, as)), facility: row, draft };
}

test("a correction goes to the nearest source of the field, whose ten working days run from the same day", async () => {
  const row = await flow.facility();
  const asked = await flow.requested(
    { id: row.id, field: "name", found: row.name, proposed: "新名称", usage: "核对物业用房时发现" },
    HOUSING,
  );
  expect(asked).toMatchObject({
    dataset: "facility",
    row: row.id,
    field: "name",
    territory: row.territory,
    requester: HOUSING,
    provider: PROVIDER,
    authority: AUTHORITY,
    state: "RECEIVED",
    outcome: null,
    due: end("03-17"),
    overdue: false,
    deadline: {
      workingDays: 10,
      article: "政务数据共享条例 第二十六条",
      territory: null,
      calendarKnown: false,
    },
    acts: ["WITHDRAW"],
    content: {
      found: row.name,
      proposed: "新名称",
      present: row.name,
      version: row.version,
      evidence: "现场照片 3 张",
      reason: "与门牌不符",
      usage: "核对物业用房时发现",
    },
  });
  expect(asked.transitions).toEqual([
    expect.objectContaining({
      ...{ seq: 1, act: "REQUEST", party: "requester", duty: "read", department: HOUSING },
      ...{ versionBefore: row.version, versionAfter: row.version, due: end("03-17") },
    }),
  ]);
});

test("the row shows the field as disputed until its source changes it, and its story names the versions", async () => {
  const asked = await requested();
  expect(await flow.disputed(asked.facility.id, PLANNING)).toEqual(["name"]);
  await flow.by(asked.id, "VERIFY", PROVIDER, "steward");
  const accepted = await flow.by(asked.id, "ACCEPT", PROVIDER, "decide");
  expect(accepted).toMatchObject({ state: "ACCEPTED", due: end("03-17"), outcome: null });
  expect(await flow.disputed(asked.facility.id, PLANNING)).toEqual(["name"]);
  const { facility } = await flow.rename(asked.facility, "更正后的名称", PROVIDER);
  expect(facility).toEqual({ version: asked.facility.version + 1, disputed: [] });
  const ended = await flow.seen(asked.id, HOUSING);
  expect(ended).toMatchObject({
    state: "CORRECTED",
    outcome: "AS_PROPOSED",
    due: null,
    deadline: null,
    acts: [],
  });
  expect(acts(ended)).toEqual(["REQUEST", "VERIFY", "ACCEPT", "CORRECT"]);
  expect(ended.transitions.map((t: { duty: string }) => t.duty)).toEqual([
    "read",
    "steward",
    "decide",
    "steward",
  ]);
  expect(ended.transitions.at(-1)).toMatchObject({
    ...{ party: "provider", department: PROVIDER, actor: `demo.${PROVIDER}` },
    ...{ versionBefore: asked.facility.version, versionAfter: asked.facility.version + 1 },
  });
  const { facilityHistory } = await hub.data(
    "query ($id: ID!) { facilityHistory(id: $id) { nodes { version name disputed } } }",
    HOUSING,
    { variables: { id: asked.facility.id } },
  );
  expect(facilityHistory.nodes.slice(-2)).toEqual([
    { version: asked.facility.version, name: asked.facility.name, disputed: null },
    { version: asked.facility.version + 1, name: "更正后的名称", disputed: null },
  ]);
});

test("a source that corrects otherwise says so by the value it writes, without a step before it", async () => {
  const asked = await requested();
  await flow.rename(asked.facility, "又一个名称", CITY_STEWARD);
  expect(await flow.seen(asked.id, HOUSING)).toMatchObject({
    state: "CORRECTED",
    outcome: "OTHERWISE",
    content: { found: asked.facility.name, proposed: "更正后的名称", present: "又一个名称" },
  });
});

test("a change of another field leaves it open", async () => {
  const asked = await requested();
  const change = `mutation ($id: ID!, $version: Int!) {
    updateFacility(id: $id, input: { landArea: 12.5 }, expectedVersion: $version) { facility { disputed } } }`;
  const { updateFacility } = await hub.data(change, PROVIDER, {
    duties: ["read", "steward"],
    variables: { id: asked.facility.id, version: asked.facility.version },
  });
  expect(updateFacility.facility.disputed).toEqual(["name"]);
  expect(await flow.seen(asked.id, HOUSING)).toMatchObject({ state: "RECEIVED" });
});

test("a change that does not reach the row closes nothing", async () => {
  const asked = await requested();
  const stale = { ...asked.facility, version: asked.facility.version + 5 };
  await expect(flow.rename(stale, "更正后的名称", PROVIDER)).rejects.toThrow("VERSION_CONFLICT");
  expect(await flow.seen(asked.id, HOUSING)).toMatchObject({ state: "RECEIVED" });
});

test("a row that is taken out of use ends its corrections", async () => {
  const asked = await requested();
  await hub.data("mutation ($id: ID!) { retireFacility(id: $id) { id } }", PROVIDER, {
    duties: ["steward"],
    variables: { id: asked.facility.id },
  });
  const ended = await flow.seen(asked.id, HOUSING);
  expect(ended).toMatchObject({ state: "RETIRED", outcome: null, due: null, acts: [] });
  expect(ended.transitions.at(-1)).toMatchObject({ act: "RETIRE", versionAfter: asked.facility.version + 1 });
  expect(await flow.disputed(asked.facility.id, HOUSING)).toEqual([]);
  expect(await flow.refusal(flow.ask(asked.draft, PLANNING))).toMatchObject({ code: "NOT_FOUND" });
});

test("a rejection says why, and the requester may ask anew", async () => {
  const asked = await requested();
  expect(await flow.refusal(flow.step(asked.id, "REJECT", PROVIDER, ["decide"]))).toMatchObject({
    code: "BAD_USER_INPUT",
    reason: "REASON_NEEDED",
  });
  const rejected = await flow.by(asked.id, "REJECT", PROVIDER, "decide", "经核实名称无误");
  expect(rejected).toMatchObject({ state: "REJECTED", outcome: "REJECTED", due: null, acts: [] });
  expect((await flow.seen(asked.id, HOUSING)).transitions.at(-1)).toMatchObject({ reason: "经核实名称无误" });
  expect(await flow.disputed(asked.facility.id, HOUSING)).toEqual([]);
  expect(await flow.requested(asked.draft, HOUSING)).toMatchObject({ state: "RECEIVED" });
});

test("a requester withdraws, and nobody else does", async () => {
  const asked = await requested();
  expect(await flow.refusal(flow.step(asked.id, "WITHDRAW", PROVIDER, ["read", "steward"]))).toMatchObject({
    code: "FORBIDDEN",
    department: HOUSING,
  });
  expect(await flow.by(asked.id, "WITHDRAW", HOUSING, "read")).toMatchObject({
    state: "WITHDRAWN",
    outcome: null,
  });
  expect(await flow.refusal(flow.step(asked.id, "ACCEPT", PROVIDER, ["decide"]))).toMatchObject({
    reason: "NOT_NOW",
    state: "WITHDRAWN",
    acts: [],
  });
});

test("steps are the provider's, by the duty steward or decide", async () => {
  const asked = await requested();
  for (const [as, duties] of [
    [HOUSING, ["steward", "decide"]],
    [AUTHORITY, ["steward", "decide"]],
    [PROVIDER, ["read", "approve"]],
  ] as const)
    expect(await flow.refusal(flow.step(asked.id, "ACCEPT", as, [...duties]))).toMatchObject({
      code: "FORBIDDEN",
      department: PROVIDER,
    });
  expect(await flow.by(asked.id, "ACCEPT", PROVIDER, "steward")).toMatchObject({ state: "ACCEPTED" });
});

test("after the deadline it is overdue, waits for the authority too, and is urged", async () => {
  const asked = await requested();
  const urge = (reason?: string) => flow.step(asked.id, "URGE", AUTHORITY, ["decide"], reason);
  expect(await flow.refusal(urge("请尽快答复"))).toMatchObject({ reason: "NOT_OVERDUE" });
  time.march("16T23:59");
  expect(await flow.seen(asked.id, PROVIDER)).toMatchObject({ overdue: false });
  time.march("17T00:00");
  expect(await flow.seen(asked.id, PROVIDER)).toMatchObject({ overdue: true });
  const waiting = await flow.list(AUTHORITY, "waitingForMe: true, overdue: true", { duties: ["decide"] });
  expect(waiting.nodes).toContainEqual({ id: asked.id, state: "RECEIVED" });
  expect(await flow.refusal(urge())).toMatchObject({ reason: "REASON_NEEDED" });
  const urged = await flow.done(urge("请尽快答复"));
  expect(urged).toMatchObject({ state: "RECEIVED", overdue: true, due: end("03-17") });
  const rejected = await flow.by(asked.id, "REJECT", PROVIDER, "steward", "无误");
  expect(rejected).toMatchObject({ state: "REJECTED", overdue: false });
  expect((await flow.list(AUTHORITY, "overdue: true", { duties: ["decide"] })).nodes).not.toContainEqual(
    expect.objectContaining({ id: asked.id }),
  );
});

test("a district's shorter deadline bears", async () => {
  await hub.database.pool.query(
    `INSERT INTO deadline_rule (act, working_days, territory, article, starts_at)
     VALUES ('CORRECT', 4, '${XIAODIAN}', '区规定', '2026-03-20T00:00:00+08:00')`,
  );
  expect((await requested()).due).toBe(end("03-17"));
  time.march("20T09:00");
  const asked = await requested();
  expect(asked).toMatchObject({
    due: end("03-27"),
    deadline: { workingDays: 4, article: "区规定", territory: XIAODIAN },
  });
  await expect(
    hub.database.pool.query("UPDATE deadline_rule SET working_days = 3 WHERE article = '区规定'"),
  ).rejects.toThrow("may only end");
});

test("what waits for the provider leaves its list with the answer", async () => {
  const asked = await requested();
  const waits = async (duties: ("read" | "steward" | "decide")[]) =>
    (await flow.list(PROVIDER, `waitingForMe: true, row: "${asked.facility.id}"`, { duties })).totalCount;
  expect(await waits(["steward"])).toBe(1);
  expect(await waits(["read"])).toBe(0);
  expect((await flow.list(HOUSING, `waitingForMe: true, row: "${asked.facility.id}"`)).totalCount).toBe(0);
  await flow.by(asked.id, "REJECT", PROVIDER, "steward", "无误");
  expect(await waits(["steward"])).toBe(0);
  expect(
    (await flow.list(PROVIDER, `state: [REJECTED], field: "name", row: "${asked.facility.id}"`)).totalCount,
  ).toBe(1);
});

test("lists go on page by page, newest first", async () => {
  const all = await flow.list(HOUSING, "first: 1000");
  const first = await flow.list(HOUSING, "first: 2");
  expect(first.nodes).toEqual(all.nodes.slice(0, 2));
  expect(first.pageInfo.hasNextPage).toBe(true);
  const next = await flow.list(HOUSING, `first: 2, after: "${first.pageInfo.endCursor}"`);
  expect(next.nodes).toEqual(all.nodes.slice(2, 4));
  expect(all.totalCount).toBe(all.nodes.length);
});
