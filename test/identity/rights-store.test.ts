// The rights store against the real database: what the epoch promises, and that entities are the migrated tables.
import { createSource } from "../../src/database/source";
import { createRightsStore, GrantRow, IDENTITY_ENTITIES, PurposeRow } from "../../src/identity";
import { type TestDatabase, testDatabase } from "../setup/database";

let home: TestDatabase;
const hour = 3_600_000;

beforeAll(async () => {
  home = await testDatabase();
  await home.pool.query("TRUNCATE stewardship, standing_right, access_grant, app_key, purpose CASCADE");
  await home.pool.query(
    "INSERT INTO purpose VALUES ('budget-review', '预算审核', 'Budget review', '第四十一条')",
  );
});

afterAll(() => home.drop());

const grant = (until: Date | null = null, dataset = "volunteer") =>
  home.pool.query(
    `INSERT INTO access_grant (department, dataset, fields, level, territory, purpose, legal_basis, granted_by, starts_at, ends_at)
     VALUES ('finance@140100000000', $2, '{hours}', 'MASKED', '140105000000', 'budget-review', '第四十一条',
             'civil-affairs@140100000000', '2026-01-01T00:00:00+08:00', $1) RETURNING id`,
    [until, dataset],
  );

test("rights are read as the decision wants them, without what has ended", async () => {
  const { rows } = await grant();
  await grant(new Date(Date.now() - hour));
  await home.pool.query(
    `INSERT INTO stewardship (dataset, kind, starts_at) VALUES ('volunteer', 'civil-affairs', '2026-01-01T00:00:00Z')`,
  );
  await home.pool.query(
    `INSERT INTO standing_right (kind, except_kinds, over, level, scope, starts_at)
     VALUES ('*', '{committee}', 'UNCONDITIONAL', 'FULL', 'CITY', '2026-01-01T00:00:00Z')`,
  );
  const rights = await createRightsStore(home.pool).current();
  expect(rights.grants).toEqual([
    {
      id: rows[0].id,
      from: "2026-01-01T00:00:00+08:00",
      department: "finance@140100000000",
      dataset: "volunteer",
      fields: ["hours"],
      level: "MASKED",
      territory: "140105000000",
      purpose: "budget-review",
      legalBasis: "第四十一条",
      grantedBy: "civil-affairs@140100000000",
    },
  ]);
  expect(rights.stewardships).toMatchObject([{ dataset: "volunteer", kind: "civil-affairs" }]);
  expect(rights.stewardships[0]).not.toHaveProperty("field");
  expect(rights.standings).toMatchObject([
    { kind: "*", except: ["committee"], over: "UNCONDITIONAL", level: "FULL", scope: "CITY" },
  ]);
});

test.each([
  ["a grant given", () => grant()],
  ["a grant ended", () => home.pool.query("UPDATE access_grant SET ends_at = now() WHERE ends_at IS NULL")],
  ["grants removed", () => home.pool.query("DELETE FROM access_grant")],
  ["stewardship moved", () => home.pool.query("UPDATE stewardship SET kind = 'social-work'")],
  ["a standing right withdrawn", () => home.pool.query("TRUNCATE standing_right")],
  [
    "a purpose added",
    () => home.pool.query("INSERT INTO purpose VALUES ('a-test', '试', 'A test', '第一条')"),
  ],
])("the epoch moves with %s, and is told", async (_, change) => {
  const store = createRightsStore(home.pool);
  const before = await store.current();
  const client = await home.pool.connect();
  const told = new Promise<string>((resolve) =>
    client.once("notification", ({ payload }) => resolve(payload!)),
  );
  await client.query("LISTEN grant_epoch");
  await change();
  const after = await store.refresh();
  expect(after.epoch).toBeGreaterThan(before.epoch);
  expect(Number(await told)).toBe(after.epoch);
  await client.query("UNLISTEN grant_epoch");
  client.release();
});

test("the epoch does not move with a change that is rolled back", async () => {
  const store = createRightsStore(home.pool);
  const { epoch } = await store.current();
  const client = await home.pool.connect();
  await client.query("BEGIN; DELETE FROM stewardship; ROLLBACK");
  client.release();
  expect((await store.refresh()).epoch).toBe(epoch);
});

test("trusted for a while, then looked at: current() alone also finds a change", async () => {
  const trusting = createRightsStore(home.pool, { freshFor: hour });
  const looking = createRightsStore(home.pool, { freshFor: 0 });
  const [before] = await Promise.all([trusting.current(), looking.current()]);
  await grant(null, "facility");
  expect(await trusting.current()).toBe(before);
  const now = await looking.current();
  expect(now.grants.map((g) => g.dataset)).toContain("facility");
  expect(await looking.current()).toBe(now); // unmoved: the same object, by which callers keep what they made of it
  expect(await looking.refresh()).toBe(now);
  expect((await trusting.refresh()).epoch).toBe(now.epoch);
  expect((await trusting.purposes()).get("budget-review")).toMatchObject({ zh: "预算审核" });
});

test("refresh() never gives rights from before it was called, also while another reading runs", async () => {
  const store = createRightsStore(home.pool, { freshFor: hour });
  for (let round = 0; round < 20; round++) {
    const early = store.refresh();
    await grant(null, `round-${round}`);
    const late = await Promise.all([store.refresh(), store.refresh()]);
    for (const rights of late) expect(rights.grants.some((g) => g.dataset === `round-${round}`)).toBe(true);
    await early;
  }
});

test("changes at the same time each move the epoch", async () => {
  const store = createRightsStore(home.pool);
  const { epoch } = await store.refresh();
  await Promise.all(Array.from({ length: 8 }, () => grant()));
  expect((await store.refresh()).epoch).toBe(epoch + 8);
});

test("the store writes through TypeORM, and its entities are the migrated tables", async () => {
  const source = await createSource(home.url, IDENTITY_ENTITIES).initialize();
  try {
    const purpose = await source.getRepository(PurposeRow).findOneByOrFail({ code: "budget-review" });
    expect(purpose.zh).toBe("预算审核");
    const saved = await source.getRepository(GrantRow).save({
      department: "justice@140100000000",
      dataset: "committee",
      fields: [],
      level: "FULL",
      territory: "140100000000",
      purpose: purpose.code,
      legalBasis: "第二十七条",
      grantedBy: "civil-affairs@140100000000",
      startsAt: new Date(),
    });
    const rights = await createRightsStore(home.pool).current();
    expect(rights.grants.find((g) => g.id === saved.id)).toMatchObject({ dataset: "committee", fields: [] });
    const wanted = await source.driver.createSchemaBuilder().log();
    const ours = IDENTITY_ENTITIES.map((entity) => source.getMetadata(entity).tableName);
    const differences = wanted.upQueries
      .map(({ query }) => query)
      .filter((query) => ours.some((table) => query.includes(`"${table}"`)))
      // References and checks are the migration's own.
      .filter((query) => !/DROP CONSTRAINT/.test(query));
    expect(differences).toEqual([]);
  } finally {
    await source.destroy();
  }
});
