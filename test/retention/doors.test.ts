// The doors of retention: who decides rules and who sees what, empty states, errors that say what to do.
import { openTestHub, type TestHub } from "../setup/hub";
import { AUDITOR, DISTRICT_STEWARD, noon, retentionOn, type Shown, STEWARD } from "./flow";

let hub: TestHub;
let today = "2031-01-01";
let retention: ReturnType<typeof retentionOn>;

beforeAll(async () => {
  hub = await openTestHub({ now: () => noon(today) });
  retention = retentionOn(hub);
  await retention.settleAll();
});
afterAll(() => hub.close());

const RULE = "id dataset starts months act territory basis from until department decidedBy endReason";
const DECIDE = `mutation ($dataset: String!, $starts: String!, $months: Int!, $act: RetentionAct!, $basis: String!, $territory: String, $from: Date) {
  decideRetentionRule(dataset: $dataset, starts: $starts, months: $months, act: $act, basis: $basis, territory: $territory, from: $from) { ${RULE} } }`;
const DUE = `{ retentionDue(within: 30) { day rules { rule { id dataset act basis } due soon held { why rows } } } }`;
const RUNS = `{ retentionRuns { totalCount nodes { day origin startedBy endedAt batches { rule basis dataset act rows }
  held { dataset why rows } } pageInfo { hasNextPage } } }`;

const draft = (more: object = {}) => ({
  ...{ dataset: "volunteer", starts: "leftAt", months: 24, act: "DELETE", basis: "市民政局〔2031〕1号" },
  ...more,
});
const decide = (variables: object, as = DISTRICT_STEWARD, duties: Shown = ["decide"]) =>
  hub.ask(DECIDE, as, { duties, variables });
const refusal = async (answer: Promise<Shown>) => (await answer).errors?.[0]?.extensions;
const dueOf = async (as: string, duties: Shown, dataset = "volunteer") =>
  (await hub.data(DUE, as, { duties })).retentionDue.rules.filter((r: Shown) => r.rule.dataset === dataset);

test("nothing is said to whom it is none of: a token, and a steward's or an auditor's duty", async () => {
  const bare = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: DUE }),
  });
  expect(bare.status).toBe(401);
  for (const query of [DUE, RUNS, `{ retentionRules { id } }`, `{ retentionHolds { totalCount } }`]) {
    expect(await hub.refusal(query, STEWARD)).toBe("FORBIDDEN");
    expect(await hub.refusal(query, "finance@140100000000", { duties: ["read"] })).toBe("FORBIDDEN");
    expect(await hub.refusal(query, STEWARD, { duties: ["steward"] })).toBeUndefined();
    expect(await hub.refusal(query, AUDITOR, { duties: ["audit"] })).toBeUndefined();
  }
});

test("before anything happened lists are empty, and declared rules stand with their basis", async () => {
  const { retentionRuns } = await hub.data(RUNS, AUDITOR, { duties: ["audit"] });
  expect(retentionRuns).toMatchObject({ totalCount: 0, nodes: [], pageInfo: { hasNextPage: false } });
  const { retentionHolds } = await hub.data("{ retentionHolds { totalCount nodes { id } } }", STEWARD, {
    duties: ["steward"],
  });
  expect(retentionHolds).toEqual({ totalCount: 0, nodes: [] });
  const { retentionRules } = await hub.data(`{ retentionRules { ${RULE} } }`, AUDITOR, { duties: ["audit"] });
  expect(retentionRules.map((r: Shown) => r.id)).toEqual([
    "declared:volunteer",
    "declared:volunteerRecord",
    "declared:communityWorker",
    "declared:donation",
    "declared:accessRecord",
  ]);
  const own = await hub.data("{ retentionRules { id } }", "human-resources@140100000000", {
    duties: ["steward"],
  });
  expect(own.retentionRules).toEqual([{ id: "declared:communityWorker" }]);
});

test("what is due and soon due is counted in one's own territory, and by auditors everywhere", async () => {
  const [here] = await retention.keptUntil("2030-12-31", 1, "territory LIKE '140105%'");
  const [there] = await retention.keptUntil("2030-12-31", 1, "territory NOT LIKE '140105%'");
  await retention.keptUntil("2031-01-30", 2, "territory LIKE '140105%'");
  await retention.keptUntil("2031-01-31", 4, "territory LIKE '140105%'");
  const declared = { rule: { id: "declared:volunteer" }, soon: 2, held: [] };
  expect(await dueOf(DISTRICT_STEWARD, ["steward"])).toMatchObject([{ ...declared, due: 1 }]);
  expect(await dueOf(AUDITOR, ["audit"])).toMatchObject([{ ...declared, due: there ? 2 : 1 }]);
  await hub.data(
    `mutation { placeRetentionHold(id: "volunteer:${here}", reason: "检查") { id } }`,
    DISTRICT_STEWARD,
    {
      duties: ["steward"],
    },
  );
  expect(await dueOf(DISTRICT_STEWARD, ["steward"])).toMatchObject([
    { ...declared, due: 1, held: [{ why: "HOLD", rows: 1 }] },
  ]);
  expect(await hub.refusal("{ retentionDue(within: -1) { day } }", STEWARD, { duties: ["steward"] })).toBe(
    "BAD_USER_INPUT",
  );
});

test("a hold is the source's, its reason its own, and it is placed once", async () => {
  const [id] = await retention.keptUntil("2050-01-01", 1, "territory LIKE '140105%'");
  const place = `mutation { placeRetentionHold(id: "volunteer:${id}", reason: "王某诉讼") { id department reason } }`;
  expect(await hub.refusal(place, DISTRICT_STEWARD)).toBe("FORBIDDEN");
  expect(await hub.refusal(place, "civil-affairs@140106000000", { duties: ["steward"] })).toBe("FORBIDDEN");
  expect(await hub.refusal(place, "finance@140105000000", { duties: ["steward"] })).toBe("FORBIDDEN");
  const { placeRetentionHold: hold } = await hub.data(place, DISTRICT_STEWARD, { duties: ["steward"] });
  expect(hold).toMatchObject({ department: DISTRICT_STEWARD, reason: "王某诉讼" });
  expect(await refusal(hub.ask(place, DISTRICT_STEWARD, { duties: ["steward"] }))).toMatchObject({
    reason: "ALREADY_HELD",
  });
  const list = "{ retentionHolds(first: 1) { nodes { id row reason } } }";
  const seen = async (as: string, duties: Shown) =>
    (await hub.data(list, as, { duties })).retentionHolds.nodes;
  expect(await seen(AUDITOR, ["audit"])).toEqual([{ id: hold.id, row: `volunteer:${id}`, reason: null }]);
  expect(await seen(DISTRICT_STEWARD, ["decide"])).toMatchObject([{ reason: "王某诉讼" }]);
  expect(await seen(STEWARD, ["decide"])).toEqual([]);
  const { rows } = await hub.database.pool.query("SELECT reason::text FROM retention_hold WHERE id = $1", [
    hold.id,
  ]);
  expect(Buffer.from(rows[0].reason.slice(2), "hex").toString()).not.toContain("王某");
  const lift = `mutation { liftRetentionHold(id: "${hold.id}", reason: "已结") { liftedAt liftedBy } }`;
  expect(await hub.refusal(lift, STEWARD, { duties: ["decide"] })).toBe("NOT_FOUND");
  expect(await hub.refusal(lift, AUDITOR, { duties: ["audit"] })).toBe("FORBIDDEN");
  expect(await hub.refusal(lift, DISTRICT_STEWARD, { duties: ["steward"] })).toBeUndefined();
  expect(await refusal(hub.ask(lift, DISTRICT_STEWARD, { duties: ["steward"] }))).toMatchObject({
    reason: "NOT_NOW",
  });
  await expect(hub.database.pool.query("UPDATE retention_hold SET territory = territory")).rejects.toThrow(
    /closed once/,
  );
});

test("a rule is decided by the head of the source, for its own territory, and on a basis", async () => {
  expect(await refusal(decide(draft(), DISTRICT_STEWARD, ["steward"]))).toMatchObject({ code: "FORBIDDEN" });
  expect(await refusal(decide(draft(), "finance@140100000000"))).toMatchObject({ code: "FORBIDDEN" });
  expect(await refusal(decide(draft({ territory: "140106" })))).toMatchObject({ code: "FORBIDDEN" });
  expect(await refusal(decide(draft({ basis: " " })))).toMatchObject({ argument: "basis" });
  expect(await refusal(decide(draft({ starts: "name" })))).toMatchObject({
    reason: "RULE_FAULTY",
    argument: "starts",
  });
  expect(await refusal(decide(draft({ from: "2030-12-31" })))).toMatchObject({ argument: "from" });
  const { data } = await decide(draft());
  const made = data.decideRetentionRule;
  expect(made).toMatchObject({ territory: "140105000000", from: "2031-01-01", department: DISTRICT_STEWARD });
  const rules = (await dueOf(AUDITOR, ["audit"])).map((r: Shown) => r.rule.id);
  expect(rules).toEqual([made.id, "declared:volunteer"]);
  const end = `mutation ($id: ID!) { endRetentionRule(id: $id, reason: "决定已废止") { until endReason } }`;
  const asked = { duties: ["decide" as const], variables: { id: made.id } };
  expect((await hub.ask(end, "civil-affairs@140106000000", asked)).errors[0].extensions.code).toBe(
    "FORBIDDEN",
  );
  expect((await hub.data(end, STEWARD, asked)).endRetentionRule).toEqual({
    until: "2031-01-01",
    endReason: "决定已废止",
  });
  expect(await refusal(hub.ask(end, STEWARD, asked))).toMatchObject({ reason: "NOT_NOW" });
  expect((await dueOf(AUDITOR, ["audit"])).map((r: Shown) => r.rule.id)).toEqual(["declared:volunteer"]);
  await expect(hub.database.pool.query("DELETE FROM retention_rule")).rejects.toThrow(/closed once/);
});

test("a rule freezes instead of deleting, and the run says by which rule and on which basis", async () => {
  today = "2031-02-01";
  const ids = await retention.keptUntil("2031-01-15", 2, "territory LIKE '140106%'");
  if (ids.length === 0) ids.push(...(await retention.keptUntil("2031-01-15", 2, "territory LIKE '140105%'")));
  await hub.database.pool.query(
    "UPDATE volunteer SET retention_until = '2090-01-01' WHERE retention_until < '2031-02-01' AND NOT id = ANY ($1::uuid[])",
    [ids],
  );
  const basis = "会计档案管理办法之类的法定期限";
  const { data } = await decide(
    draft({ starts: "retentionUntil", months: 0, act: "FREEZE", basis }),
    STEWARD,
  );
  const { id } = data.decideRetentionRule;
  await retention.run(today);
  const { retentionRuns } = await hub.data(RUNS, STEWARD, { duties: ["steward"] });
  expect(retentionRuns.nodes[0]).toMatchObject({
    ...{ day: today, origin: "COMMAND", startedBy: "cli:operator", endedAt: expect.any(String) },
    batches: [{ rule: id, basis, dataset: "volunteer", act: "FREEZE", rows: ids.length }],
  });
  expect(await retention.left(ids)).toEqual([]);
  const { rows } = await hub.database.pool.query(
    "SELECT count(*)::int AS n FROM erasure WHERE state = 'FROZEN' AND cause = 'RETENTION' AND row_id = ANY ($1::uuid[])",
    [ids],
  );
  expect(rows).toEqual([{ n: ids.length }]);
  const others = await hub.data(RUNS, "human-resources@140100000000", { duties: ["steward"] });
  expect(others.retentionRuns.nodes[0].batches).toEqual([]);
});

test("a donation stays when the names in it go, and is not due again", async () => {
  const { rows } = await hub.database.pool.query<{ id: string }>(
    `UPDATE donation SET retention_until = '2031-03-01' WHERE id = (
       SELECT id FROM donation WHERE donor_name IS NOT NULL ORDER BY id LIMIT 1) RETURNING id`,
  );
  const { id: run } = await retention.run("2031-03-02");
  expect(await retention.batches(run)).toMatchObject([{ dataset: "donation", act: "DELETE", rows: 1 }]);
  const { rows: after } = await hub.database.pool.query(
    "SELECT donor_name, amount IS NULL AND goods IS NULL AS emptied FROM donation WHERE id = $1",
    [rows[0]!.id],
  );
  expect(after).toEqual([{ donor_name: null, emptied: false }]);
  const { id: next } = await retention.run("2031-03-03");
  expect(await retention.batches(next)).toEqual([]);
});
