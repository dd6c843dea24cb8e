// A declaration that is not as it was published is noticed once, and its clock runs until it is published.
import { Pool } from "pg";
import { seedCatalogue, seedDepartments, seedRights } from "../../seeds";
import { seedDeadlines } from "../../seeds/deadlines";
import { catalogue } from "../../src/datasets";
import { Catalogue, type DatasetEntry, type FieldEntry } from "../../src/declare";
import { createRightsStore, type Duty, departmentOf, type Identity } from "../../src/identity";
import { createCatalogueUpdates } from "../../src/sharing";
import { reckonUpdates } from "../../src/sharing/catalogue";
import type { EntryContent } from "../../src/sharing/catalogue/content";
import { snapshotOf } from "../../src/sharing/catalogue/snapshot";
import { statedCriteria } from "../../src/sharing/catalogue/stated";
import type { SeenUpdate } from "../../src/sharing/catalogue/updates";
import { Time } from "../requests/flow";
import { type TestDatabase, testDatabase } from "../setup/database";
import { BIG_DATA, CITY, CIVIL_AFFAIRS } from "./flow";

let home: TestDatabase;
const time = new Time();

beforeAll(async () => {
  home = await testDatabase();
  await seedRights(home.pool, catalogue, { demo: false });
  await seedDeadlines(home.pool);
  await seedDepartments(home.pool, catalogue);
  await seedCatalogue(home.pool, catalogue);
});
beforeEach(() => time.march("02T09:00"));
/** What a test left open lapses where everything is declared as it was published. */
afterEach(() => build().notice());
afterAll(() => home.drop());

/** A hub of another build, in which one dataset is declared otherwise. */
function build(
  dataset = "",
  alter: (entry: DatasetEntry) => DatasetEntry = (entry) => entry,
  pool = home.pool,
) {
  const other = new Catalogue(catalogue.datasets.map((d) => (d.name === dataset ? alter(d) : d)));
  return createCatalogueUpdates({
    catalogue: other,
    pool,
    rights: createRightsStore(pool, { freshFor: 0 }),
    now: time.now,
  });
}

const field = (entry: DatasetEntry, name: string) => entry.fields.find((f) => f.name === name) as FieldEntry;
const withField =
  (change: Partial<FieldEntry>, like: string) =>
  (entry: DatasetEntry): DatasetEntry => ({
    ...entry,
    fields: [...entry.fields, { ...field(entry, like), ...change }],
  });
const altered =
  (name: string, change: Partial<FieldEntry>) =>
  (entry: DatasetEntry): DatasetEntry => ({
    ...entry,
    fields: entry.fields.map((f) => (f.name === name ? { ...f, ...change } : f)),
  });

const as = (code: string, ...duties: Duty[]): Identity => ({
  subject: "t",
  department: departmentOf(code)!,
  duties,
});
const STEWARD = as(CIVIL_AFFAIRS, "steward");
const HEAD = as(CIVIL_AFFAIRS, "approve");
const AUTHORITY = as(BIG_DATA, "decide");

const CONTENT: EntryContent = {
  responsible: { name: "某甲（虚构）", post: "x", contact: "x" },
  secrecy: { by: "某乙（虚构）", on: "2026-02-01", conclusion: "x" },
  personal: { by: "某丙（虚构）", on: "2026-02-01", conclusion: "x" },
  frequency: "DAILY",
  ways: ["SERVICE"],
  conditions: [
    { code: "SCOPE", zh: "x", fields: [] },
    { code: "PURPOSE", zh: "x", fields: [] },
  ],
  closures: [{ reason: "x", law: "x", fields: [] }],
};
const OPEN_ONLY: EntryContent = { ...CONTENT, conditions: [] };

type Hub = ReturnType<typeof build>;
async function latest(hub: Hub, dataset: string): Promise<SeenUpdate> {
  const { nodes } = await hub.list(AUTHORITY, { dataset }, { first: 1 });
  return nodes[0] as SeenUpdate;
}
const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error) => error.extensions,
  );
const end = (day: string) => `2026-03-${day}T00:00:00.000+08:00`;

test("nothing is noticed where everything is as it was published", async () => {
  expect(await build().notice()).toBe(0);
});

test("a field more, and a class that changed: noticed once, told in words, due in ten working days", async () => {
  const hub = build("facility", (entry) =>
    altered("address", { sharing: "CONDITIONAL" })(
      withField({ name: "roof", column: "roof", zh: "屋顶面积" }, "landArea")(entry),
    ),
  );
  expect(await hub.notice()).toBe(1);
  expect(await hub.notice()).toBe(0);
  const update = await latest(hub, "facility");
  expect(update).toMatchObject({ state: "OPEN", provider: CIVIL_AFFAIRS, due: end("17"), overdue: false });
  expect(update.deadline).toMatchObject({ act: "CATALOGUE_UPDATE", workingDays: 10, extensionDays: 5 });
  expect(update.transitions).toHaveLength(1);
  expect(update.transitions[0]).toMatchObject({ act: "NOTICE", party: "hub", actor: "hub", duty: "system" });
  const told = update.differences.map(({ code, field: name }) => [code, name]);
  expect(told).toEqual([
    ["CLASS_CHANGED", "address"],
    ["FIELD_ADDED", "roof"],
  ]);
  expect(update.transitions[0]?.reason).toContain("由“无条件共享”改为“有条件共享”");
  expect(update.transitions[0]?.reason).toContain("新增数据项 roof（屋顶面积）");
  const entry = (await hub.entries(as(`finance@${CITY}`, "read"), ["facility"])).get("facility");
  expect(entry?.version?.number).toBe(1);
  expect(entry?.unpublished).toEqual(update.differences);
  expect(entry?.update).toBeUndefined();
  // What was published as open, or not at all, has no conditions yet by which a request could be refused.
  const asked = { sharing: "CONDITIONAL", filedAt: time.now().toISOString() } as const;
  for (const name of ["address", "roof"])
    expect(
      await statedCriteria(home.pool, { ...asked, items: [{ dataset: "facility", fields: [name] }] }),
    ).toHaveLength(1);
  const phone = { ...asked, items: [{ dataset: "volunteer", fields: ["phone"] }] };
  const stated = (await statedCriteria(home.pool, phone)).map(({ code }) => code);
  expect(stated).toEqual(["BASIS", "PURPOSE", "SCENARIO", "SCOPE", "TIME"]);
});

test("what several hubs notice at once is one update", async () => {
  const pools = [0, 1, 2, 3].map(() => new Pool({ connectionString: home.url, max: 2 }));
  const hubs = pools.map((pool) => build("community", altered("name", { zh: "社区名" }), pool));
  const counts = await Promise.all(hubs.map((hub) => hub.notice()));
  expect(counts.sort()).toEqual([0, 0, 0, 1]);
  const { rows } = await home.pool.query(
    "SELECT state, (SELECT count(*)::int FROM catalogue_transition WHERE update_id = id) AS steps FROM catalogue_update WHERE dataset = 'community' AND number IS NULL",
  );
  expect(rows).toEqual([{ state: "OPEN", steps: 1 }]);
  await Promise.all(pools.map((pool) => pool.end()));
});

test("what is declared again as it was published lapses; its own words need no clock", async () => {
  expect(await build("volunteer", altered("phone", { sharing: "NOT_SHARED" })).notice()).toBe(1);
  const hub = build();
  expect(await hub.notice()).toBe(1);
  expect(await latest(hub, "volunteer")).toMatchObject({ state: "LAPSED", acts: [], overdue: false });
  expect((await latest(hub, "volunteer")).transitions.at(-1)).toMatchObject({ act: "LAPSE", party: "hub" });
  const own = await hub.propose(STEWARD, "volunteer", CONTENT);
  expect(own).toMatchObject({ state: "PROPOSED", differences: [] });
  expect(own.due).toBeUndefined();
  expect(await hub.notice()).toBe(0);
  await hub.review(STEWARD, own.id, "WITHDRAW");
});

test("the change is published by proposal, approval and review; then nothing is left, and the version tells it", async () => {
  const change = withField({ name: "roof", column: "roof", zh: "屋顶面积" }, "landArea");
  const hub = build("idleAsset", (entry) => ({
    ...change({
      ...entry,
      fields: [...entry.fields, { ...field(catalogue.dataset("facility"), "landArea") }],
    }),
  }));
  expect(await hub.notice()).toBe(1);
  const { id, provider } = await latest(hub, "idleAsset");
  expect(provider).toBe(`real-estate@${CITY}`);
  const own = (duty: Duty) => as(provider, duty);
  expect(await refusal(hub.propose(STEWARD, "idleAsset", OPEN_ONLY))).toMatchObject({
    code: "FORBIDDEN",
    department: provider,
  });
  const proposed = await hub.propose(own("steward"), "idleAsset", OPEN_ONLY);
  expect(proposed).toMatchObject({ id, state: "PROPOSED", due: end("17") });
  expect(await refusal(hub.review(own("steward"), id, "WITHDRAW"))).toMatchObject({ reason: "NOTICED" });
  await hub.review(own("approve"), id, "APPROVE");
  expect(await hub.review(AUTHORITY, id, "PUBLISH")).toMatchObject({
    state: "PUBLISHED",
    number: 2,
    acts: [],
  });
  const entry = (await hub.entries(undefined, ["idleAsset"])).get("idleAsset");
  expect([entry?.version?.number, entry?.unpublished]).toEqual([2, []]);
  expect(await hub.notice()).toBe(0);
  const [now, before] = await hub.versions("idleAsset");
  expect([now?.number, before?.number]).toEqual([2, 1]);
  expect(Object.keys(now?.content.declaration.fields ?? {})).toContain("roof");
  expect(Object.keys(before?.content.declaration.fields ?? {})).not.toContain("roof");
  // Taken back, it is a change as well.
  await build().notice();
  await build().propose(own("steward"), "idleAsset", OPEN_ONLY);
  const back = await latest(build(), "idleAsset");
  expect(back.differences.map(({ code }) => code)).toContain("FIELD_REMOVED");
  await build().review(own("approve"), back.id, "APPROVE");
  expect(await build().review(AUTHORITY, back.id, "PUBLISH")).toMatchObject({ number: 3 });
});

test("a proposal does not outlive the declaration it was made for", async () => {
  const first = build("committee", altered("officePhone", { zh: "电话" }));
  await first.notice();
  const { id } = await first.propose(STEWARD, "committee", CONTENT);
  const second = build("committee", altered("officePhone", { zh: "办公电话" }));
  expect(await refusal(second.review(HEAD, id, "APPROVE"))).toMatchObject({ reason: "DECLARATION_MOVED" });
  expect((await second.one(HEAD, id))?.acts).toEqual(["DISAPPROVE"]);
  await first.review(HEAD, id, "APPROVE");
  expect(await refusal(second.review(AUTHORITY, id, "PUBLISH"))).toMatchObject({
    reason: "DECLARATION_MOVED",
  });
  time.march("03T09:00");
  expect(await second.notice()).toBe(1);
  const returned = await second.one(AUTHORITY, id);
  expect(returned).toMatchObject({ state: "RETURNED" });
  expect(returned?.transitions.at(-1)).toMatchObject({ act: "NOTICE", to: "RETURNED", party: "hub" });
  // The clock of the first change goes on; the day in review does not count.
  expect(returned?.due).toBe(end("18"));
  expect((await second.propose(STEWARD, "committee", CONTENT)).id).toBe(id);
});

test("a proposal that comes before anybody looked starts the clock of the change", async () => {
  const hub = build("serviceProject", altered("name", { zh: "服务项目名称" }));
  const { transitions, due } = await hub.propose(STEWARD, "serviceProject", CONTENT);
  expect(transitions.map(({ act }) => act)).toEqual(["NOTICE", "PROPOSE"]);
  expect(due).toBe(end("17"));
});

test("a dataset without a published entry is noticed as such", async () => {
  const added = { ...catalogue.dataset("volunteerStation"), name: "kiosk", zh: "便民亭" };
  const other = new Catalogue([...catalogue.datasets, added]);
  const rights = createRightsStore(home.pool, { freshFor: 0 });
  const hub = createCatalogueUpdates({ catalogue: other, pool: home.pool, rights, now: time.now });
  expect(await hub.notice()).toBe(1);
  const update = await latest(hub, "kiosk");
  expect(update.differences.map(({ code }) => code)).toEqual(["NOT_PUBLISHED"]);
  expect((await hub.entries(undefined, ["kiosk"])).get("kiosk")?.version).toBeUndefined();
  // Declared no more, there is nothing to publish, wherever it stands.
  await hub.propose(STEWARD, "kiosk", CONTENT);
  expect(await build().notice()).toBe(1);
  const { transitions } = await latest(hub, "kiosk");
  expect(transitions.map(({ act }) => act)).toEqual(["NOTICE", "PROPOSE", "NOTICE", "LAPSE"]);
});

test("another steward is a change of the catalogue, and that department's to publish", async () => {
  await home.pool.query(
    "UPDATE stewardship SET ends_at = '2026-03-02' WHERE dataset = 'volunteerRecord' AND field IS NULL",
  );
  await home.pool.query(
    "INSERT INTO stewardship (dataset, kind, starts_at) VALUES ('volunteerRecord', 'youth-league', '2026-03-02')",
  );
  const hub = build();
  expect(await hub.notice()).toBe(1);
  const update = await latest(hub, "volunteerRecord");
  expect(update).toMatchObject({ provider: `youth-league@${CITY}`, state: "OPEN" });
  expect(update.differences.map(({ code }) => code)).toEqual(["STEWARD_CHANGED"]);
  expect(await refusal(hub.propose(STEWARD, "volunteerRecord", CONTENT))).toMatchObject({
    code: "FORBIDDEN",
  });
  // And back, while the new one's update is open: it lapses.
  await home.pool.query(
    "DELETE FROM stewardship WHERE dataset = 'volunteerRecord' AND kind = 'youth-league'",
  );
  await home.pool.query("UPDATE stewardship SET ends_at = NULL WHERE dataset = 'volunteerRecord'");
  expect(await build().notice()).toBe(1);
  expect(await latest(hub, "volunteerRecord")).toMatchObject({ state: "LAPSED" });
});

describe("the update clock", () => {
  const opened = async (hub: Hub, dataset: string) => {
    await hub.notice();
    return (await latest(hub, dataset)).id;
  };
  const change = altered("code", { zh: "编码（改）" });

  test("is extended once, with the authority's consent, by five working days from the same change", async () => {
    const hub = build("facility", change);
    const id = await opened(hub, "facility");
    expect(await refusal(hub.review(STEWARD, id, "ASK_EXTENSION"))).toMatchObject({
      reason: "REASON_NEEDED",
    });
    const asked = await hub.review(STEWARD, id, "ASK_EXTENSION", "需重新评估");
    expect(asked).toMatchObject({ state: "EXTENSION_ASKED", due: end("17") });
    for (const other of [STEWARD, HEAD, as(CIVIL_AFFAIRS, "decide"), as(BIG_DATA, "steward")])
      expect(await refusal(hub.review(other, id, "EXTEND"))).toMatchObject({
        code: "FORBIDDEN",
        department: BIG_DATA,
      });
    const extended = await hub.review(AUTHORITY, id, "EXTEND");
    expect(extended).toMatchObject({
      state: "OPEN",
      due: end("24"),
      deadline: { extended: true, extensionDays: 5 },
    });
    expect(await refusal(hub.review(STEWARD, id, "ASK_EXTENSION", "再要"))).toMatchObject({ reason: "ONCE" });
  });

  test("is not extended where the authority declines, nor after the deadline", async () => {
    const hub = build("facility", change);
    const id = await opened(hub, "facility");
    await hub.review(STEWARD, id, "ASK_EXTENSION", "需重新评估");
    expect(await refusal(hub.review(AUTHORITY, id, "DECLINE_EXTENSION"))).toMatchObject({
      reason: "REASON_NEEDED",
    });
    expect(await hub.review(AUTHORITY, id, "DECLINE_EXTENSION", "无须评估")).toMatchObject({
      state: "OPEN",
      due: end("17"),
    });
    await build().notice();
    const late = await opened(hub, "facility");
    time.march("17T00:00");
    expect(await refusal(hub.review(STEWARD, late, "ASK_EXTENSION", "x"))).toMatchObject({
      code: "DEADLINE_PASSED",
    });
    expect(await hub.propose(STEWARD, "facility", OPEN_ONLY)).toMatchObject({
      state: "PROPOSED",
      overdue: true,
    });
  });

  test("runs for changes alone: nothing is extended that nobody waits for", async () => {
    const hub = build();
    const { id } = await hub.propose(STEWARD, "facility", OPEN_ONLY);
    await hub.review(HEAD, id, "DISAPPROVE", "x");
    expect(await refusal(hub.review(STEWARD, id, "ASK_EXTENSION", "x"))).toMatchObject({
      reason: "NO_CLOCK",
    });
    await hub.review(STEWARD, id, "WITHDRAW");
  });

  test("stands still while the authority reviews, in two working days of its own", async () => {
    const hub = build("facility", change);
    const id = await opened(hub, "facility");
    time.march("03T09:00");
    await hub.propose(STEWARD, "facility", OPEN_ONLY);
    const reviewed = await hub.review(HEAD, id, "APPROVE");
    expect(reviewed).toMatchObject({ due: end("06"), deadline: { act: "CATALOGUE_REVIEW", workingDays: 2 } });
    time.march("06T00:00");
    expect(await hub.one(AUTHORITY, id)).toMatchObject({ overdue: true });
    const returned = await hub.review(AUTHORITY, id, "RETURN", "缺目的");
    // Three working days in review: the 4th, the 5th and the 6th.
    expect(returned).toMatchObject({
      state: "RETURNED",
      due: end("20"),
      deadline: { act: "CATALOGUE_UPDATE" },
    });
  });

  test("overdue, it is the authority's to urge, with words, and it stays in its list", async () => {
    const hub = build("facility", change);
    const id = await opened(hub, "facility");
    expect(await refusal(hub.review(AUTHORITY, id, "URGE", "x"))).toMatchObject({ reason: "NOT_OVERDUE" });
    time.march("17T00:00");
    expect((await hub.list(AUTHORITY, { overdue: true }, {})).nodes.map((u) => u.id)).toEqual([id]);
    expect((await hub.list(AUTHORITY, { waitingForMe: true }, {})).nodes.map((u) => u.id)).toEqual([id]);
    expect((await hub.list(as(BIG_DATA, "read"), { waitingForMe: true }, {})).nodes).toEqual([]);
    expect(await refusal(hub.review(STEWARD, id, "URGE", "x"))).toMatchObject({ code: "FORBIDDEN" });
    expect((await hub.review(AUTHORITY, id, "URGE", "请尽快")).transitions.at(-1)).toMatchObject({
      act: "URGE",
      reason: "请尽快",
    });
  });

  test("is reckoned anew when the calendar changes", async () => {
    const hub = build("facility", change);
    const id = await opened(hub, "facility");
    await home.pool.query(
      "INSERT INTO calendar_day (day, kind, name, source) VALUES ('2026-03-10', 'HOLIDAY', 'invented', 'x')",
    );
    const client = await home.pool.connect();
    expect(await reckonUpdates(client, time.now())).toBe(1);
    expect(await reckonUpdates(client, time.now())).toBe(0);
    client.release();
    const moved = await hub.one(STEWARD, id);
    expect(moved).toMatchObject({ due: end("18"), deadline: { calendarKnown: true } });
    expect(moved?.transitions.at(-1)).toMatchObject({ act: "RECKON", party: "hub" });
    await home.pool.query("DELETE FROM calendar_day");
  });

  test("is shorter where the city says so", async () => {
    await home.pool.query(
      `INSERT INTO deadline_rule (act, working_days, extension_days, territory, article, starts_at)
       VALUES ('CATALOGUE_UPDATE', 4, 0, '${CITY}', 'x', '2026-01-01')`,
    );
    const hub = build("facility", change);
    const id = await opened(hub, "facility");
    expect(await hub.one(STEWARD, id)).toMatchObject({
      due: end("07"),
      deadline: { workingDays: 4, extensionDays: 0 },
    });
    expect(await refusal(hub.review(STEWARD, id, "ASK_EXTENSION", "x"))).toMatchObject({
      reason: "NO_EXTENSION",
    });
    await expect(
      home.pool.query(
        "UPDATE deadline_rule SET working_days = 3 WHERE act = 'CATALOGUE_UPDATE' AND territory IS NOT NULL",
      ),
    ).rejects.toThrow(/only end/);
    await home.pool.query("UPDATE deadline_rule SET ends_at = '2026-03-02' WHERE territory IS NOT NULL");
  });
});

test("the same facts have the same snapshot, in whatever order they are declared", async () => {
  const rights = await createRightsStore(home.pool).current();
  const entry = catalogue.dataset("volunteer");
  const at = time.now();
  const { hash } = snapshotOf(entry, rights, at);
  const turned = { ...entry, fields: [...entry.fields].reverse(), links: [...entry.links].reverse() };
  expect(snapshotOf(turned, rights, at).hash).toBe(hash);
  for (const change of [
    altered("phone", { sharing: "NOT_SHARED" }),
    altered("phone", { personal: "SENSITIVE" }),
    altered("phone", { mask: undefined }),
    altered("phone", { stricter: undefined }),
    (e: DatasetEntry) => ({ ...e, lawfulBasis: "x" }),
    (e: DatasetEntry) => ({ ...e, links: e.links.slice(1) }),
  ])
    expect(snapshotOf(change(entry), rights, at).hash).not.toBe(hash);
});
