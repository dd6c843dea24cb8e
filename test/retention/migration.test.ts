// The tables of retention go again where nothing was decided or done, and stay where something was.
import { Retention1795383000000 as Retention } from "../../migrations/0023-retention";
import { createSource } from "../../src/database/source";
import { type TestDatabase, testDatabase } from "../setup/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test("it is undone and done again, and refused where there is a rule", async () => {
  const source = await createSource(database.url, []).initialize();
  const runner = source.createQueryRunner();
  const there = async () =>
    (await database.pool.query("SELECT to_regclass('retention_rule') IS NOT NULL AS there")).rows[0].there;
  await new Retention().down(runner);
  expect(await there()).toBe(false);
  await new Retention().up(runner);
  await database.pool.query(
    `INSERT INTO retention_rule (id, dataset, starts, months, act, territory, basis, in_force_from, department, decided_by, decided_at)
     VALUES (gen_random_uuid(), 'volunteer', 'leftAt', 1, 'DELETE', '140100000000', '某决定', '2026-01-01', 'system', 'x', now())`,
  );
  await expect(new Retention().down(runner)).rejects.toThrow(/must be kept/);
  expect(await there()).toBe(true);
  await expect(database.pool.query("UPDATE retention_rule SET months = 2")).rejects.toThrow(/closed once/);
  await expect(database.pool.query("TRUNCATE retention_rule")).rejects.toThrow(/closed once/);
  await runner.release();
  await source.destroy();
});
