// Requests that nobody ends: the time of use passes, or a supplement never comes.
import { openTestHub, type TestHub } from "../setup/hub";
import { flowOn, HOUSING, Time, VOLUNTEERS, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

const PROVIDER = XIAODIAN_CIVIL_AFFAIRS;
const time = new Time();
let hub: TestHub;
let flow: ReturnType<typeof flowOn>;

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  flow = flowOn(hub);
});
afterAll(() => hub.close());
beforeEach(() => time.march("02T09:00"));

const SOON = { items: VOLUNTEERS, until: "2026-03-10T12:00:00+08:00" };
const LAST = { act: "LAPSE", party: "hub", duty: "system", actor: "hub", department: "system" };

test("a supplement that never comes ends the request, under the rule that says so", async () => {
  const { id } = await flow.filed();
  await flow.approve(id);
  const asked = await flow.decide(id, "ASK_SUPPLEMENT", PROVIDER, { reason: "缺少预案编号" });
  expect(asked.lapsesAt).toBe("2026-03-16T16:00:00.000Z");
  time.march("16T23:59");
  expect((await flow.seen(id, HOUSING)).state).toBe("SUPPLEMENT_ASKED");
  time.march("17T00:00");
  const lapsed = await flow.seen(id, HOUSING);
  expect(lapsed).toMatchObject({ state: "LAPSED", due: null, deadline: null, lapsesAt: null, acts: [] });
  expect(lapsed.transitions.at(-1)).toMatchObject({ ...LAST, reason: expect.stringContaining("补充") });
  const { rows } = await hub.database.pool.query("SELECT act, article FROM deadline_rule WHERE id = $1", [
    lapsed.transitions.at(-1).deadlineRule,
  ]);
  expect(rows).toEqual([{ act: "SUPPLEMENT", article: expect.stringContaining("建议") }]);
  const late = flow.step(id, "SUPPLEMENT", HOUSING, ["read"], { reason: "编号 3" });
  expect(await flow.refusal(late)).toMatchObject({ reason: "NOT_NOW", state: "LAPSED" });
});

test("one that comes in time goes on", async () => {
  const { id } = await flow.filed();
  await flow.approve(id);
  await flow.decide(id, "ASK_SUPPLEMENT", PROVIDER, { reason: "x" });
  time.march("16T23:59");
  await flow.by(id, "SUPPLEMENT", HOUSING, "read", { reason: "编号 3" });
  time.march("25T09:00");
  expect((await flow.seen(id, HOUSING)).state).toBe("RECEIVED");
});

test.each<[string, (id: string) => Promise<unknown>]>([
  ["filed", async () => undefined],
  ["received", (id) => flow.approve(id)],
  [
    "waiting for an extension",
    async (id) => {
      await flow.approve(id);
      await flow.decide(id, "ASK_EXTENSION", PROVIDER, { reason: "x" });
    },
  ],
  [
    "in dispute",
    async (id) => {
      await flow.approve(id);
      await flow.decide(id, "REFUSE", PROVIDER, { reason: "x", criterion: "TIME" });
      await flow.by(id, "DISPUTE", HOUSING, "approve", { reason: "x" });
    },
  ],
])("one that is %s lapses when its time of use has passed", async (_, lead) => {
  const { id } = await flow.filed(SOON);
  await lead(id);
  expect((await flow.seen(id, HOUSING)).lapsesAt).toBe("2026-03-10T04:00:00.000Z");
  time.march("10T11:59");
  expect((await flow.seen(id, HOUSING)).state).not.toBe("LAPSED");
  time.march("10T12:00");
  const { nodes } = await flow.list(HOUSING, ["read", "approve"], "state: LAPSED, first: 1000");
  expect(nodes).toContainEqual({ id, state: "LAPSED" });
  const waiting = await flow.list(HOUSING, ["read", "approve"], "waitingForMe: true, first: 1000");
  expect(waiting.nodes).not.toContainEqual(expect.objectContaining({ id }));
});

test("what was answered stays answered; a refusal is not disputed over a time that has passed", async () => {
  const granted = await flow.filed(SOON);
  await flow.approve(granted.id);
  await flow.decide(granted.id, "GRANT", PROVIDER);
  const refused = await flow.filed(SOON);
  await flow.approve(refused.id);
  await flow.decide(refused.id, "REFUSE", PROVIDER, { reason: "x", criterion: "TIME" });
  time.march("11T09:00");
  expect(await flow.seen(granted.id, HOUSING)).toMatchObject({ state: "GRANTED", lapsesAt: null });
  expect(await flow.seen(refused.id, HOUSING, { duties: ["approve"] })).toMatchObject({
    state: "REFUSED",
    lapsesAt: null,
    acts: [],
  });
  const dispute = flow.step(refused.id, "DISPUTE", HOUSING, ["approve"], { reason: "x" });
  expect(await flow.refusal(dispute)).toMatchObject({ reason: "UNTIL_PASSED" });
});

test("a delivery that is still owed lapses with its grant", async () => {
  const { id } = await flow.filed({ ...SOON, way: "FILE" });
  await flow.approve(id);
  await flow.decide(id, "GRANT", PROVIDER);
  time.march("10T12:00");
  expect((await flow.seen(id, HOUSING)).state).toBe("LAPSED");
});
