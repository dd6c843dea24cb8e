// The hub's own registers: departments and divisions of the working scheme, found by the planner and by nothing else.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { catalogue } from "../../src/datasets";
import { departmentName, divisionNames, divisionsAmong, SystemRows } from "../../src/read";
import { seededDatabase, type TestDatabase } from "../setup/database";

const STREET = "140105001000";

let database: TestDatabase;
let registers: SystemRows;

beforeAll(async () => {
  database = await seededDatabase();
  registers = new SystemRows(catalogue, database.pool, "test");
});

afterAll(() => database.drop());

test("a department is known by its code, until it is retired", async () => {
  const code = "finance@140100000000";
  expect(await departmentName(registers, code)).toBe("太原市财政局");
  expect(await departmentName(registers, "finance@140199000000")).toBeUndefined();
  await database.pool.query("UPDATE department SET retired_at = now() WHERE code = $1", [code]);
  expect(await departmentName(registers, code)).toBeUndefined();
});

test("divisions are those of the working scheme and edition", async () => {
  const names = await divisionNames(registers);
  const { rows } = await database.pool.query(
    "SELECT count(*)::int AS n FROM division WHERE scheme = 'STATISTICS' AND edition = '2023'",
  );
  expect(names.size).toBe(rows[0].n);
  expect(names.get("140105000000")).toBe("小店区");
  expect(await divisionsAmong(registers, [STREET, "999999999999"])).toEqual(new Set([STREET]));
  expect(await divisionsAmong(registers, [])).toEqual(new Set());
  await database.pool.query("UPDATE division SET edition = '2009' WHERE code = $1", [STREET]);
  expect(await divisionsAmong(registers, [STREET])).toEqual(new Set());
});

test("the hub decides for itself in one place alone", () => {
  const src = path.resolve(__dirname, "../../src");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".ts"));
  const deciding = files.filter((f) => readFileSync(path.join(src, f), "utf8").includes("systemDecision("));
  expect(deciding.map((f) => f.split(path.sep).join("/")).sort()).toEqual([
    "access/decide.ts",
    "read/system-rows.ts",
  ]);
});
