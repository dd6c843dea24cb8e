// Deadline rules on the real database: those of the law, and local ones that may only be shorter.
import { Requests1795370000000 } from "../../migrations/0010-requests";
import { PartialGrants1795373000000 } from "../../migrations/0013-partial-grants";
import { Corrections1795375000000 } from "../../migrations/0015-corrections";
import { Catalogue1795377000000 } from "../../migrations/0017-catalogue";
import { DEADLINES } from "../../seeds";
import { seedDeadlines } from "../../seeds/deadlines";
import { createSource } from "../../src/database/source";
import {
  type DeadlineRule,
  readCalendar,
  readCalendarFile,
  readRules,
  ruleFor,
  storeCalendar,
} from "../../src/sharing/clock";
import { type TestDatabase, testDatabase } from "../setup/database";

let home: TestDatabase;
beforeAll(async () => {
  home = await testDatabase();
  await seedDeadlines(home.pool);
});
afterAll(() => home.drop());

const XIAODIAN = "140105000000";
const at = new Date("2026-03-02T09:00:00+08:00");

const local = (days: number, territory: string, extension = 0, sharing: string | null = "CONDITIONAL") =>
  home.pool.query(
    `INSERT INTO deadline_rule (act, sharing, working_days, extension_days, territory, article, starts_at)
     VALUES ('ANSWER', $1, $2, $3, $4, 'invented for the test', '2026-01-01')`,
    [sharing, days, extension, territory],
  );
const answer = async (territory: string, sharing: DeadlineRule["sharing"] = "CONDITIONAL") =>
  ruleFor(await readRules(home.pool), { act: "ANSWER", sharing, territory, at });

test("the seeds hold the law's deadlines with their articles, and seeding twice adds nothing", async () => {
  await seedDeadlines(home.pool);
  const rules = await readRules(home.pool);
  expect(rules).toHaveLength(DEADLINES.length);
  expect(await answer(XIAODIAN)).toMatchObject({ workingDays: 10, extensionDays: 10 });
  expect(await answer(XIAODIAN, "UNCONDITIONAL")).toMatchObject({ workingDays: 1, extensionDays: 0 });
  expect((await answer(XIAODIAN))?.article).toBe("政务数据共享条例 第二十一条第一款");
});

test("a rule bears from its day on", async () => {
  const rules = await readRules(home.pool);
  const before = new Date("2025-07-31T23:59:59+08:00");
  expect(
    ruleFor(rules, { act: "ANSWER", sharing: "CONDITIONAL", territory: XIAODIAN, at: before }),
  ).toBeUndefined();
});

test("a city or district may shorten, and may not lengthen", async () => {
  await expect(local(11, "140100000000")).rejects.toThrow(/only be shorter/);
  await expect(local(10, "140100000000", 11)).rejects.toThrow(/only be shorter/);
  await local(8, "140100000000", 5);
  await expect(local(9, XIAODIAN)).rejects.toThrow(/only be shorter/);
  await local(5, XIAODIAN);
  expect(await answer("140105001000")).toMatchObject({ workingDays: 5, territory: XIAODIAN });
  expect(await answer("140106000000")).toMatchObject({ workingDays: 8, territory: "140100000000" });
  await expect(
    home.pool.query("UPDATE deadline_rule SET working_days = 4 WHERE territory = '140100000000'"),
  ).rejects.toThrow(/only be shorter/);
  await expect(home.pool.query("DELETE FROM deadline_rule WHERE territory IS NULL")).rejects.toThrow();
});

test("the migrations can be taken back, and not where there are requests", async () => {
  const own = await testDatabase();
  const source = createSource(own.url, []);
  await source.initialize();
  const runner = source.createQueryRunner();
  const step = new Requests1795370000000();
  const tables = async () =>
    (
      await own.pool.query(
        "SELECT FROM pg_class WHERE relname LIKE 'access_request%' OR relname = 'deadline_rule'",
      )
    ).rowCount;
  const later = new PartialGrants1795373000000();
  // Deadlines of the catalogue and of corrections name the rules too.
  await new Catalogue1795377000000().down(runner);
  await new Corrections1795375000000().down(runner);
  await later.down(runner);
  await step.down(runner);
  expect(await tables()).toBe(0);
  await step.up(runner);
  await later.up(runner);
  await own.pool.query(
    `INSERT INTO access_request (id, filing, requester, provider, authority, superior, sharing, purpose, legal_basis,
       scenario, scope, way, until, filed_at)
     VALUES (gen_random_uuid(), gen_random_uuid(), 'x', 'x', 'x', 'x', 'CONDITIONAL', 'x', 'x', 'x', 'x', 'API',
       '2099-01-01', '2026-01-01')`,
  );
  await later.down(runner);
  await expect(step.down(runner)).rejects.toThrow(/must be kept/);
  await runner.release();
  await source.destroy();
  await own.drop();
});

test("a file of days replaces its years and leaves others alone", async () => {
  const client = await home.pool.connect();
  const store = (...lines: string[]) =>
    storeCalendar(client, readCalendarFile(["day,kind,name,source", ...lines].join("\n")));
  await store("2026-03-10,HOLIDAY,invented,a notice", "2027-03-10,HOLIDAY,invented,a notice");
  expect(await store("2026-03-11,WORKDAY,invented,a notice")).toEqual({ days: 1, years: [2026], removed: 1 });
  const calendar = await readCalendar(client);
  client.release();
  expect(["2026-03-10", "2026-03-11", "2027-03-10"].map((day) => calendar.kindOf(day))).toEqual([
    undefined,
    "WORKDAY",
    "HOLIDAY",
  ]);
});
