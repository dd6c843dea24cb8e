// An entry of the catalogue from proposal to publication, each step by each party and duty, allowed and refused.

import { Time } from "../requests/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import { BIG_DATA, CIVIL_AFFAIRS, catalogueOn, ENTRY, FINANCE, XIAODIAN_CIVIL_AFFAIRS } from "./flow";

const time = new Time();
let hub: TestHub;
let on: ReturnType<typeof catalogueOn>;

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  on = catalogueOn(hub);
});
beforeEach(() => time.march("02T09:00"));
afterAll(() => hub.close());

/** Ends what a test left open, so that the next one may begin. */
afterEach(async () => {
  const open = await hub.data(
    "{ catalogueUpdates(state: [PROPOSED, IN_REVIEW, RETURNED]) { nodes { id state } } }",
    CIVIL_AFFAIRS,
  );
  for (const { id, state } of open.catalogueUpdates.nodes) {
    if (state === "IN_REVIEW") await on.taken(id, "RETURN", BIG_DATA, "decide", "测试结束");
    await on.taken(id, "WITHDRAW", CIVIL_AFFAIRS, "steward");
  }
});

test("a new hub has a published entry for every dataset, by the steps of the law", async () => {
  const { catalogue } = await hub.data(
    `{ catalogue { name from unpublished { code } openUpdate { id }
       version { number publishedAt provider approved { actor department } published { department }
         content { responsible { name } } } versions { number } } }`,
    FINANCE,
  );
  for (const entry of catalogue) {
    if (entry.from) expect([entry.version, entry.unpublished, entry.versions]).toEqual([null, [], []]);
    else {
      expect(entry).toMatchObject({ unpublished: [], openUpdate: null, versions: [{ number: 1 }] });
      expect(entry.version).toMatchObject({
        number: 1,
        publishedAt: "2026-01-07T10:00:00.000+08:00",
        approved: { department: entry.version.provider },
        published: { department: BIG_DATA },
      });
      expect(entry.version.content.responsible.name).toContain("虚构");
    }
  }
});

test("department, head, authority: then it is published, with its number, and everybody sees it", async () => {
  const proposed = await on.proposed();
  expect(proposed).toMatchObject({
    state: "PROPOSED",
    provider: CIVIL_AFFAIRS,
    authority: BIG_DATA,
    due: null,
  });
  expect((await on.entry("volunteer", "version { number }")).version.number).toBe(1);
  const approved = await on.approve(proposed.id);
  expect(approved).toMatchObject({
    state: "IN_REVIEW",
    deadline: { act: "CATALOGUE_REVIEW", workingDays: 2 },
  });
  expect(approved.deadline.article).toContain("第十七条");
  expect(new Date(approved.due)).toEqual(new Date("2026-03-05T00:00:00+08:00"));
  const published = await on.publish(proposed.id);
  expect(published).toMatchObject({ state: "PUBLISHED", number: 2, due: null, overdue: false, acts: [] });
  expect(published.transitions.map((t: { act: string }) => t.act)).toEqual(["PROPOSE", "APPROVE", "PUBLISH"]);
  for (const { actor, department, duty } of published.transitions)
    expect([actor, department, duty].every((word) => word.length > 0)).toBe(true);

  const entry = await on.entry(
    "volunteer",
    `update ways version { number publishedAt approved { actor department at } published { actor department at }
       content { frequency secrecyAssessment { by on } personalAssessment { by on } responsible { name post contact } } }
     versions { number content { responsible { name } } }
     conditions { class criteria { code zh } closures { reason law } }
     fields { name class criteria { code zh } closure { reason law } }`,
  );
  expect(entry).toMatchObject({ update: "每周", ways: ["SERVICE", "FILE"] });
  expect(entry.version).toMatchObject({
    number: 2,
    publishedAt: "2026-03-02T09:00:00.000+08:00",
    approved: { department: CIVIL_AFFAIRS },
    published: { department: BIG_DATA },
    content: {
      secrecyAssessment: { by: "李四（虚构）", on: "2026-02-20" },
      responsible: { name: "张三（虚构）" },
    },
  });
  expect(entry.versions.map((v: { number: number }) => v.number)).toEqual([2, 1]);
  expect(entry.versions[1].content.responsible.name).toContain("演示人员甲");
  const conditional = entry.conditions.find((c: { class: string }) => c.class === "CONDITIONAL");
  expect(conditional.criteria.map((c: { code: string }) => c.code)).toEqual(["BASIS", "PURPOSE", "SCOPE"]);
  expect(conditional.criteria[2].zh).toBe("共享范围：仅限本市各部门");
  const field = (name: string) => entry.fields.find((f: { name: string }) => f.name === name);
  expect(field("idNumber").closure).toEqual({ reason: "仅用于实名核验", law: "个人信息保护法 第二十八条" });
  expect(field("phone").closure).toBeNull();
  expect(field("code")?.criteria ?? []).toEqual([]);
});

test("only the source department's steward proposes", async () => {
  const refusals = [
    on.propose({}, FINANCE),
    on.propose({}, XIAODIAN_CIVIL_AFFAIRS),
    on.propose({}, BIG_DATA),
    on.propose({}, CIVIL_AFFAIRS, "read"),
    on.propose({}, CIVIL_AFFAIRS, "approve"),
  ];
  for (const answer of refusals)
    expect(await on.refusal(answer)).toMatchObject({
      code: "FORBIDDEN",
      department: CIVIL_AFFAIRS,
      duty: "steward",
    });
  expect(await on.refusal(on.propose({}, CIVIL_AFFAIRS, "steward", "nothing"))).toMatchObject({
    code: "BAD_USER_INPUT",
    argument: "dataset",
  });
  expect(await on.refusal(on.propose({}, CIVIL_AFFAIRS, "steward", "communityOverview"))).toMatchObject({
    argument: "dataset",
  });
});

test("each step is its party's and its duty's alone", async () => {
  const { id } = await on.proposed();
  for (const [as, duty] of [
    [CIVIL_AFFAIRS, "steward"],
    [CIVIL_AFFAIRS, "decide"],
    [BIG_DATA, "approve"],
    [BIG_DATA, "decide"],
  ] as const)
    expect(await on.refusal(on.review(id, "APPROVE", as, duty))).toMatchObject({
      code: "FORBIDDEN",
      department: CIVIL_AFFAIRS,
      duty: "approve",
    });
  expect(await on.refusal(on.review(id, "PUBLISH", BIG_DATA, "decide"))).toMatchObject({
    reason: "NOT_NOW",
    state: "PROPOSED",
  });
  await on.approve(id);
  for (const [as, duty] of [
    [CIVIL_AFFAIRS, "approve"],
    [CIVIL_AFFAIRS, "decide"],
    [BIG_DATA, "steward"],
    [BIG_DATA, "approve"],
  ] as const)
    for (const act of ["PUBLISH", "RETURN"])
      expect(await on.refusal(on.review(id, act, as, duty, "理由"))).toMatchObject({
        code: "FORBIDDEN",
        department: BIG_DATA,
        duty: "decide",
      });
  expect((await on.seen(id, BIG_DATA, { duties: ["decide"] })).acts).toEqual(["PUBLISH", "RETURN"]);
  expect((await on.seen(id, CIVIL_AFFAIRS, { duties: ["steward", "approve"] })).acts).toEqual([]);
});

test("nobody without a token proposes or reads updates", async () => {
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ catalogueUpdates { totalCount } }" }),
  });
  expect(response.status).toBe(401);
});

test("the head may not approve it, and says why", async () => {
  const { id } = await on.proposed();
  expect(await on.refusal(on.review(id, "DISAPPROVE", CIVIL_AFFAIRS, "approve"))).toMatchObject({
    reason: "REASON_NEEDED",
  });
  const returned = await on.taken(id, "DISAPPROVE", CIVIL_AFFAIRS, "approve", "评估结论过于简单");
  expect(returned).toMatchObject({ state: "RETURNED", due: null });
  expect(returned.transitions.at(-1)).toMatchObject({ duty: "approve", reason: "评估结论过于简单" });
  expect((await on.proposed()).id).toBe(id);
});

test("the authority returns it with a reason, the department proposes anew, and one update has it all", async () => {
  const { id } = await on.proposed({ frequency: "DAILY" });
  await on.approve(id);
  expect(await on.refusal(on.review(id, "RETURN", BIG_DATA, "decide", " "))).toMatchObject({
    reason: "REASON_NEEDED",
  });
  expect(await on.taken(id, "RETURN", BIG_DATA, "decide", "频率与实际不符")).toMatchObject({
    state: "RETURNED",
  });
  const again = await on.proposed({ frequency: "MONTHLY" });
  expect([again.id, again.state]).toEqual([id, "PROPOSED"]);
  await on.approve(id);
  const { number } = await on.publish(id);
  const { version, update } = await on.entry("volunteer", "update version { number content { frequency } }");
  expect([version.number, version.content.frequency, update]).toEqual([number, "MONTHLY", "每月"]);
  const { rows } = await hub.database.pool.query(
    "SELECT count(*)::int AS n FROM catalogue_content WHERE update_id = $1",
    [id],
  );
  expect(rows[0].n).toBe(2);
});

test("what was proposed of its own accord may be withdrawn, by the department", async () => {
  const { id } = await on.proposed();
  expect(await on.refusal(on.review(id, "WITHDRAW", BIG_DATA, "decide"))).toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await on.taken(id, "WITHDRAW", CIVIL_AFFAIRS, "steward")).toMatchObject({ state: "WITHDRAWN" });
  expect(await on.refusal(on.review(id, "APPROVE", CIVIL_AFFAIRS, "approve"))).toMatchObject({
    reason: "NOT_NOW",
  });
});

test("an update is known to both sides and to those who watch, what is published to all", async () => {
  const { id } = await on.proposed();
  const knows = async (as: string, duties?: ("security" | "audit" | "admin")[]) => [
    (await on.seen(id, as, { duties }))?.id === id,
    (await on.entry("volunteer", "openUpdate { id }", as, { duties })).openUpdate?.id === id,
  ];
  expect(await knows(CIVIL_AFFAIRS)).toEqual([true, true]);
  expect(await knows(BIG_DATA)).toEqual([true, true]);
  expect(await knows(FINANCE, ["audit"])).toEqual([true, true]);
  expect(await knows(FINANCE)).toEqual([false, false]);
  expect(await knows(XIAODIAN_CIVIL_AFFAIRS)).toEqual([false, false]);
  expect(await on.refusal(on.review(id, "APPROVE", FINANCE, "approve"))).toMatchObject({ code: "NOT_FOUND" });
  expect(await on.refusal(on.review("no id", "APPROVE", CIVIL_AFFAIRS, "approve"))).toMatchObject({
    code: "NOT_FOUND",
  });
  await on.approve(id);
  await on.publish(id);
  expect(await on.seen(id, FINANCE)).toMatchObject({ state: "PUBLISHED" });
});

test("each sees what waits for it", async () => {
  const waiting = async (as: string, duty: "steward" | "approve" | "decide") =>
    (await on.list(as, [duty], "waitingForMe: true")).totalCount;
  const { id } = await on.proposed();
  expect([await waiting(CIVIL_AFFAIRS, "approve"), await waiting(BIG_DATA, "decide")]).toEqual([1, 0]);
  await on.approve(id);
  expect([await waiting(CIVIL_AFFAIRS, "approve"), await waiting(BIG_DATA, "decide")]).toEqual([0, 1]);
  time.march("06T09:00");
  expect(await on.list(BIG_DATA, ["decide"], "overdue: true")).toMatchObject({ totalCount: 1 });
  expect((await on.seen(id, BIG_DATA)).overdue).toBe(true);
  await on.taken(id, "RETURN", BIG_DATA, "decide", "待补");
  expect(await waiting(CIVIL_AFFAIRS, "steward")).toBe(1);
  expect((await on.list(FINANCE, ["read"], "state: [RETURNED]")).totalCount).toBe(0);
});

describe("an item without what the law wants is rejected", () => {
  const problems = async (entry: object) => (await on.refusal(on.propose(entry))) ?? {};

  test("shared on condition: without scope, without purpose", async () => {
    const scope = await problems({ conditions: [ENTRY.conditions[1]] });
    expect(scope).toMatchObject({ code: "BAD_USER_INPUT", reason: "INCOMPLETE", argument: "entry" });
    expect(scope.problems).toContainEqual({
      field: "phone",
      zh: "联系电话",
      class: "CONDITIONAL",
      missing: "共享范围",
    });
    expect(scope.problems.some((p: { missing: string }) => p.missing === "使用用途")).toBe(false);
    const none = await problems({ conditions: [] });
    expect(none.problems.filter((p: { field: string }) => p.field === "phone")).toHaveLength(2);
  });

  test("scope and purpose of one field do not serve another", async () => {
    const conditions = ENTRY.conditions.map((c) => ({ ...c, fields: ["phone"] }));
    const { problems: missing } = await problems({ conditions });
    const fields = missing.map((p: { field: string }) => p.field);
    expect(fields).not.toContain("phone");
    expect(fields).toContain("address");
  });

  test("not shared: without the reason and the law", async () => {
    const { problems: missing } = await problems({ closures: [] });
    expect(missing).toContainEqual({
      field: "idNumber",
      zh: "公民身份号码，仅用于实名核验",
      class: "NOT_SHARED",
      missing: "不予共享的理由和依据",
    });
    for (const closure of [
      { reason: " ", law: "法" },
      { reason: "理由", law: "" },
    ])
      expect(await problems({ closures: [closure] })).toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test("assessments and the responsible person", async () => {
    for (const entry of [
      { secrecyAssessment: { ...ENTRY.secrecyAssessment, by: "" } },
      { personalAssessment: { ...ENTRY.personalAssessment, conclusion: "  " } },
      { responsible: { ...ENTRY.responsible, name: "" } },
      { ways: [] },
    ])
      expect(await problems(entry)).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(
      await problems({ secrecyAssessment: { ...ENTRY.secrecyAssessment, on: "2026-03-03" } }),
    ).toMatchObject({
      argument: "secrecyAssessment.on",
    });
    expect((await on.propose({ secrecyAssessment: undefined })).errors).toHaveLength(1);
  });

  test("fields that are not there, or of another class, or stated twice", async () => {
    const [scope, purpose] = ENTRY.conditions;
    for (const entry of [
      { conditions: [scope, purpose, { code: "TIME", zh: "一年", fields: ["nothing"] }] },
      { closures: [{ ...ENTRY.closures[0], fields: ["code"] }] },
      { conditions: [scope, purpose, scope] },
    ])
      expect(await problems(entry)).toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test("and where nothing is missing it is taken", async () => {
    const [scope, purpose] = ENTRY.conditions;
    const { content } = await on.proposed({
      conditions: [scope, purpose, { code: "TIME", zh: "一年", fields: ["phone"] }],
    });
    expect(content.conditions).toHaveLength(3);
  });
});
