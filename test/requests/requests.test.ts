// Requests over HTTP through their course, with a clock that the test steers.
import { openTestHub, type TestHub } from "../setup/hub";
import {
  BIG_DATA,
  CIVIL_AFFAIRS,
  FINANCE,
  flowOn,
  HOUSING,
  Time,
  VOLUNTEERS,
  XIAODIAN,
  XIAODIAN_CIVIL_AFFAIRS,
} from "./flow";

const XIAODIAN_BIG_DATA = `big-data@${XIAODIAN}`;
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
const received = async (given?: object) => {
  const { id } = await flow.filed(given);
  return flow.approve(id);
};
const acts = (request: { transitions: { act: string }[] }) => request.transitions.map((t) => t.act);

test("a request waits for its own head, then for the nearest provider, whose ten days then run", async () => {
  const filed = await flow.filed();
  expect(filed).toMatchObject({
    requester: HOUSING,
    provider: PROVIDER,
    authority: XIAODIAN_BIG_DATA,
    superior: BIG_DATA,
    class: "CONDITIONAL",
    state: "FILED",
    due: null,
    deadline: null,
    items: [{ dataset: "volunteer", fields: ["name", "phone"], level: "FULL", territory: XIAODIAN }],
  });
  time.march("04T15:00");
  const sent = await flow.approve(filed.id);
  expect(sent).toMatchObject({ state: "RECEIVED", due: end("03-19"), overdue: false });
  expect(sent.deadline).toEqual({
    act: "ANSWER",
    workingDays: 10,
    extensionDays: 10,
    extended: false,
    paused: false,
    article: "政务数据共享条例 第二十一条第一款",
    calendarKnown: false,
  });
  expect(sent.transitions[1]).toMatchObject({
    seq: 2,
    act: "APPROVE",
    party: "requester",
    duty: "approve",
    department: HOUSING,
    actor: `demo.${HOUSING}`,
    due: end("03-19"),
  });
  const { rows } = await hub.database.pool.query(
    "SELECT working_days, article FROM deadline_rule WHERE id = $1",
    [sent.transitions[1].deadlineRule],
  );
  expect(rows).toEqual([{ working_days: 10, article: "政务数据共享条例 第二十一条第一款" }]);
});

test("a head that does not approve says why, and the provider never hears of it as its own to do", async () => {
  const { id } = await flow.filed();
  expect(await flow.refusal(flow.step(id, "DISAPPROVE", HOUSING, ["approve"]))).toMatchObject({
    code: "BAD_USER_INPUT",
    reason: "REASON_NEEDED",
  });
  expect(await flow.by(id, "DISAPPROVE", HOUSING, "approve", { reason: "不需要" })).toMatchObject({
    state: "DISAPPROVED",
    acts: [],
  });
});

test("a supplement is asked once, and stops the clock until it is given", async () => {
  const { id } = await received();
  time.march("03T10:00");
  const asked = await flow.decide(id, "ASK_SUPPLEMENT", PROVIDER, { reason: "缺少应急预案编号" });
  expect(asked).toMatchObject({ state: "SUPPLEMENT_ASKED", due: null, deadline: { paused: true } });
  time.march("11T10:00");
  expect((await flow.seen(id, HOUSING)).overdue).toBe(false);
  const given = await flow.by(id, "SUPPLEMENT", HOUSING, "read", { reason: "预案编号 3" });
  // One of ten days was used; nine are left after the Wednesday on which it was received.
  expect(given).toMatchObject({ state: "RECEIVED", due: end("03-25") });
  const again = flow.step(id, "ASK_SUPPLEMENT", PROVIDER, ["decide"], { reason: "还缺" });
  expect(await flow.refusal(again)).toMatchObject({ code: "BAD_USER_INPUT", reason: "ONCE" });
});

test("an extension needs the authority's consent, and doubles the time", async () => {
  const { id } = await received();
  time.march("12T10:00");
  await flow.decide(id, "ASK_EXTENSION", PROVIDER, { reason: "需核对名册" });
  expect(await flow.refusal(flow.step(id, "EXTEND", PROVIDER, ["decide"]))).toMatchObject({
    code: "FORBIDDEN",
  });
  const extended = await flow.decide(id, "EXTEND", XIAODIAN_BIG_DATA);
  expect(extended).toMatchObject({ state: "RECEIVED", due: end("03-31"), deadline: { extended: true } });
  expect(acts(extended)).toEqual(["FILE", "APPROVE", "ASK_EXTENSION", "EXTEND"]);
});

test("an extension that is declined leaves the deadline, and is not asked for again", async () => {
  const { id } = await received();
  await flow.decide(id, "ASK_EXTENSION", PROVIDER, { reason: "需核对名册" });
  const declined = await flow.decide(id, "DECLINE_EXTENSION", XIAODIAN_BIG_DATA, { reason: "理由不足" });
  expect(declined).toMatchObject({ state: "RECEIVED", due: end("03-17"), deadline: { extended: false } });
  const again = flow.step(id, "ASK_EXTENSION", PROVIDER, ["decide"], { reason: "再请" });
  expect(await flow.refusal(again)).toMatchObject({ reason: "ONCE" });
});

test("after the deadline the provider can only answer, and its authority urges it", async () => {
  const { id } = await received();
  expect(await flow.seen(id, XIAODIAN_BIG_DATA)).toBeNull();
  time.march("17T00:00");
  expect(await flow.seen(id, PROVIDER)).toMatchObject({ overdue: true });
  const late = flow.step(id, "ASK_EXTENSION", PROVIDER, ["decide"], { reason: "太忙" });
  expect(await flow.refusal(late)).toMatchObject({ code: "DEADLINE_PASSED" });
  const { nodes } = await flow.list(XIAODIAN_BIG_DATA, ["decide"], "waitingForMe: true, overdue: true");
  expect(nodes).toContainEqual({ id, state: "RECEIVED" });
  await flow.decide(id, "URGE", XIAODIAN_BIG_DATA, { reason: "已逾期，请尽快答复" });
  const granted = await flow.decide(id, "GRANT", PROVIDER);
  expect(granted).toMatchObject({ state: "GRANTED", overdue: false, due: null });
  expect(granted.grants).toHaveLength(1);
});

test("a refusal needs a reason and a condition that the catalogue states", async () => {
  const { id } = await received();
  const refuse = (given: object) => flow.refusal(flow.step(id, "REFUSE", PROVIDER, ["decide"], given));
  expect(await refuse({ criterion: "SCOPE" })).toMatchObject({ reason: "REASON_NEEDED" });
  expect(await refuse({ reason: "不方便" })).toMatchObject({
    reason: "CRITERION_NOT_STATED",
    criteria: ["BASIS", "PURPOSE", "SCENARIO", "SCOPE", "TIME"],
  });
  expect(await refuse({ reason: "不方便", criterion: "WE_ARE_BUSY" })).toMatchObject({
    reason: "CRITERION_NOT_STATED",
  });
  const refused = await flow.decide(id, "REFUSE", PROVIDER, { reason: "只需电话", criterion: "SCOPE" });
  expect(refused).toMatchObject({ state: "REFUSED", due: null, grants: [] });
  expect(refused.transitions.at(-1)).toMatchObject({ reason: "只需电话", criterion: "SCOPE" });
});

test("the catalogue states the conditions that refusals name", async () => {
  const { catalogue } = await hub.data(
    '{ catalogue(dataset: "volunteer") { conditions { class criteria { code zh en } } } }',
    HOUSING,
  );
  const conditional = catalogue[0].conditions.find((c: { class: string }) => c.class === "CONDITIONAL");
  expect(conditional.criteria.map((c: { code: string }) => c.code)).toContain("SCOPE");
});

test("a disputed refusal climbs the ladder, and goes back to the provider with a fresh clock", async () => {
  const { id } = await received();
  await flow.decide(id, "REFUSE", PROVIDER, { reason: "范围过大", criterion: "SCOPE" });
  await flow.by(id, "DISPUTE", HOUSING, "approve", { reason: "范围即本局辖区" });
  const escalate = () => flow.by(id, "ESCALATE", HOUSING, "approve", { reason: "协商不成" });
  expect(await escalate()).toMatchObject({ state: "AT_AUTHORITY" });
  expect(await escalate()).toMatchObject({ state: "AT_SUPERIOR" });
  expect(
    await flow.refusal(flow.step(id, "REMIT", XIAODIAN_BIG_DATA, ["decide"], { reason: "x" })),
  ).toMatchObject({
    code: "FORBIDDEN",
    department: BIG_DATA,
  });
  time.march("09T10:00");
  const remitted = await flow.decide(id, "REMIT", BIG_DATA, { reason: "请重新答复" });
  expect(remitted).toMatchObject({ state: "RECEIVED", due: end("03-24") });
  expect(await flow.decide(id, "GRANT", PROVIDER)).toMatchObject({ state: "GRANTED" });
});

test("the government's word ends a dispute", async () => {
  const { id } = await received();
  await flow.decide(id, "REFUSE", PROVIDER, { reason: "范围过大", criterion: "SCOPE" });
  await flow.by(id, "DISPUTE", HOUSING, "approve", { reason: "x" });
  for (let i = 0; i < 3; i++) await flow.by(id, "ESCALATE", HOUSING, "approve", { reason: "x" });
  const upheld = await flow.decide(id, "UPHOLD", BIG_DATA, { reason: "政府决定维持" });
  expect(upheld).toMatchObject({ state: "UPHELD", acts: [], grants: [] });
});

test("a requester may withdraw, and nothing follows", async () => {
  const { id } = await received();
  expect(await flow.by(id, "WITHDRAW", HOUSING, "read")).toMatchObject({ state: "WITHDRAWN", due: null });
  expect(await flow.refusal(flow.step(id, "GRANT", PROVIDER, ["decide"]))).toMatchObject({
    reason: "NOT_NOW",
    state: "WITHDRAWN",
    acts: [],
  });
});

test("data that leaves in batches is delivered within twenty working days of the consent", async () => {
  const { id } = await received({ items: VOLUNTEERS, way: "BATCH" });
  time.march("03T10:00");
  const granted = await flow.decide(id, "GRANT", PROVIDER);
  expect(granted).toMatchObject({
    state: "GRANTED",
    due: end("04-01"),
    deadline: { act: "DELIVER", workingDays: 20, article: "政务数据共享条例 第二十二条" },
  });
  expect(await flow.decide(id, "DELIVER", PROVIDER)).toMatchObject({
    state: "DELIVERED",
    due: null,
    acts: [],
  });
});

test("a delivery that is late is urged as well", async () => {
  const { id } = await received({ items: VOLUNTEERS, way: "FILE" });
  await flow.decide(id, "GRANT", PROVIDER);
  const urge = () => flow.step(id, "URGE", XIAODIAN_BIG_DATA, ["decide"], { reason: "请尽快提供" });
  expect((await urge()).errors[0].extensions.code).toBe("NOT_FOUND"); // no part in it yet
  time.march("31T10:00");
  expect((await urge()).data.decideAccessRequest).toMatchObject({ state: "GRANTED", overdue: true });
  expect(await flow.decide(id, "DELIVER", PROVIDER)).toMatchObject({ state: "DELIVERED", overdue: false });
});

test("a reason is something, and not endless", async () => {
  const { id } = await received();
  for (const reason of ["   ", "长".repeat(2_001), "a\u0000b"])
    expect(
      await flow.refusal(flow.step(id, "ASK_SUPPLEMENT", PROVIDER, ["decide"], { reason })),
    ).toMatchObject({
      code: "BAD_USER_INPUT",
      argument: "reason",
    });
});

test("open data that leaves as files is answered within one working day", async () => {
  const items = [{ dataset: "facility", fields: ["name", "kind"], territory: "1401" }];
  const { id, provider } = await flow.filed({ items, way: "FILE" });
  expect(provider).toBe(CIVIL_AFFAIRS);
  expect(await flow.approve(id)).toMatchObject({
    class: "UNCONDITIONAL",
    due: end("03-04"),
    deadline: { workingDays: 1, extensionDays: 0 },
  });
  const more = flow.step(id, "ASK_EXTENSION", CIVIL_AFFAIRS, ["decide"], { reason: "x" });
  expect(await flow.refusal(more)).toMatchObject({ reason: "NO_EXTENSION" });
});

test("what several provide is split by provider and class, under one filing", async () => {
  const items = [
    { dataset: "volunteer", fields: ["phone"], territory: "1401" },
    { dataset: "fundTransaction", fields: ["amount"], territory: "1401" },
    { dataset: "facility", fields: ["name"], territory: "1401" },
  ];
  const all = await flow.all({ items, way: "BATCH" });
  const facts = all.map((r: { provider: string; class: string }) => `${r.provider} ${r.class}`).sort();
  expect(facts).toEqual([
    `${CIVIL_AFFAIRS} CONDITIONAL`,
    `${CIVIL_AFFAIRS} UNCONDITIONAL`,
    `${FINANCE} CONDITIONAL`,
  ]);
  expect(new Set(all.map((r: { filing: string }) => r.filing)).size).toBe(1);
  // No provider hears what another was asked for.
  for (const { id, provider } of all)
    expect((await flow.seen(id, FINANCE)) === null).toBe(provider !== FINANCE);
  const { totalCount } = await flow.list(HOUSING, ["read"], `filing: "${all[0].filing}"`);
  expect(totalCount).toBe(3);
});
