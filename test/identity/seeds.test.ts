// The rights and departments a hub starts with, on the real database, and what each demo department gets of them.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DEMO_GRANTS, departmentSeeds, PURPOSES, seedDepartments, seedRights } from "../../seeds";
import { decide, rangesAt, rightOf } from "../../src/access";
import { catalogue } from "../../src/datasets";
import { checks, contains, type Level, reaches } from "../../src/declare";
import {
  createRightsStore,
  DEMO_DEPARTMENTS,
  demoIdentities,
  departmentOf,
  type Identity,
  openDemoIssuer,
  type Rights,
} from "../../src/identity";
import { type TestDatabase, testDatabase } from "../setup/database";

let home: TestDatabase;
let rights: Rights;

beforeAll(async () => {
  home = await testDatabase();
  await home.pool.query("TRUNCATE stewardship, standing_right, access_grant, app_key, purpose CASCADE");
  await seedRights(home.pool, catalogue, { demo: true });
  rights = await createRightsStore(home.pool).current();
});

afterAll(() => home.drop());

const now = new Date("2026-11-22T10:00:00+08:00");

/** The level at which a department sees a field at a place: the question that the demo is to answer differently. */
function levelOf(department: string, field: string, at: string, purpose?: string): Level {
  const [dataset = "", name = ""] = field.split(".");
  const identity: Identity = {
    subject: "t",
    department: departmentOf(department)!,
    duties: ["read"],
    purpose,
  };
  const decision = decide(identity, catalogue.dataset(dataset), rights, now);
  const levels: Level[] = ["FULL", "MASKED", "AGGREGATE"];
  const found = levels.find((l) => rangesAt(rightOf(decision, name).spans, l).some((r) => contains(r, at)));
  return found ?? "NONE";
}

const [XIAODIAN, YINGZE, WUCHENG, SHIFANJIE] = [
  "140105004001",
  "140106001001",
  "140105001002",
  "140105001001",
];

test.each([
  // 无条件共享: the whole city, except committees
  ["planning@140100000000", "facility.name", YINGZE, undefined, "FULL"],
  ["youth-league@140100000000", "community.population", YINGZE, undefined, "FULL"],
  ["committee@140105001001", "facility.name", SHIFANJIE, undefined, "FULL"],
  ["committee@140105001001", "facility.name", WUCHENG, undefined, "NONE"],
  // 回流
  ["street-office@140105001000", "volunteer.phone", WUCHENG, undefined, "FULL"],
  ["street-office@140105001000", "volunteer.phone", XIAODIAN, undefined, "NONE"],
  ["committee@140105001001", "volunteer.phone", SHIFANJIE, undefined, "MASKED"],
  ["committee@140105001001", "volunteer.phone", WUCHENG, undefined, "NONE"],
  ["big-data@140100000000", "volunteer.phone", YINGZE, undefined, "AGGREGATE"],
  // 不予共享: the steward alone
  ["street-office@140105001000", "volunteer.idNumber", WUCHENG, undefined, "NONE"],
  ["big-data@140100000000", "volunteer.idNumber", WUCHENG, undefined, "NONE"],
  ["civil-affairs@140100000000", "volunteer.idNumber", WUCHENG, undefined, "FULL"],
  ["civil-affairs@140105000000", "volunteer.idNumber", WUCHENG, undefined, "FULL"],
  ["civil-affairs@140105000000", "volunteer.idNumber", YINGZE, undefined, "NONE"],
  // totals of money are open to all
  ["planning@140100000000", "budgetLine.approvedAmount", YINGZE, undefined, "AGGREGATE"],
  ["committee@140105001001", "budgetLine.approvedAmount", YINGZE, undefined, "AGGREGATE"],
  ["planning@140100000000", "budgetLine.documentNo", YINGZE, undefined, "NONE"],
  ["finance@140100000000", "budgetLine.documentNo", YINGZE, undefined, "FULL"],
  // a field with a steward of its own (B-08)
  ["real-estate@140100000000", "idleAsset.name", YINGZE, undefined, "FULL"],
  // grants, by purpose and depth of territory
  ["finance@140100000000", "communityWorker.monthlyPay", YINGZE, "budget-review", "FULL"],
  ["finance@140100000000", "communityWorker.monthlyPay", YINGZE, "fund-audit", "NONE"],
  ["finance@140100000000", "communityWorker.monthlyPay", YINGZE, undefined, "NONE"],
  ["finance@140100000000", "communityWorker.phone", YINGZE, "budget-review", "NONE"],
  ["finance@140100000000", "volunteer.name", YINGZE, "budget-review", "MASKED"],
  ["finance@140105000000", "communityWorker.monthlyPay", XIAODIAN, "budget-review", "NONE"],
  ["finance@140100000000", "volunteer.totalHours", YINGZE, "staffing-plan", "NONE"], // ended
  ["housing@140100000000", "allocation.amount", YINGZE, "facility-planning", "FULL"],
  ["housing@140100000000", "allocation.amount", XIAODIAN, "facility-planning", "AGGREGATE"],
  ["justice@140100000000", "volunteer.phone", WUCHENG, "legal-aid", "FULL"],
  ["justice@140100000000", "volunteer.phone", XIAODIAN, "legal-aid", "MASKED"],
  ["justice@140100000000", "volunteer.phone", YINGZE, "legal-aid", "NONE"],
  ["youth-league@140100000000", "volunteer.phone", XIAODIAN, "volunteer-service", "FULL"],
  ["youth-league@140100000000", "volunteer.phone", YINGZE, "volunteer-service", "MASKED"],
  ["youth-league@140100000000", "volunteer.phone", XIAODIAN, "volunteer-insurance", "NONE"],
  ["youth-league@140100000000", "volunteer.idNumber", XIAODIAN, "volunteer-service", "NONE"],
  ["committee@140105001001", "volunteer.phone", SHIFANJIE, "elderly-care", "FULL"],
] as const)("%s: %s at %s for %s is %s", (department, field, at, purpose, level) => {
  expect(levelOf(department, field, at!, purpose)).toBe(level);
});

test("every dataset has one steward, and each field at most one of its own", () => {
  const of = (dataset: string, field?: string) =>
    rights.stewardships.filter((s) => s.dataset === dataset && s.field === field).map((s) => s.kind);
  for (const dataset of catalogue.datasets) {
    expect(of(dataset.name)).toEqual([dataset.steward]);
    for (const field of dataset.fields)
      expect(of(dataset.name, field.name)).toEqual(field.steward ? [field.steward] : []);
  }
});

test("seeding again adds nothing and does not bring back what was ended", async () => {
  await home.pool.query(
    "UPDATE stewardship SET ends_at = now() WHERE dataset = 'volunteer' AND field IS NULL",
  );
  const tables = ["stewardship", "standing_right", "access_grant", "purpose"];
  const stored = () =>
    Promise.all(tables.map(async (t) => (await home.pool.query(`SELECT * FROM ${t} ORDER BY 1`)).rows));
  const before = await stored();
  await seedRights(home.pool, catalogue, { demo: true });
  expect(await stored()).toEqual(before);
  expect(before.every((rows) => rows.length > 0)).toBe(true);
});

test("a hub that is no demo starts without grants", async () => {
  const real = await testDatabase();
  await real.pool.query("TRUNCATE stewardship, standing_right, access_grant, purpose CASCADE");
  await seedRights(real.pool, catalogue, { demo: false });
  expect(await createRightsStore(real.pool).current()).toMatchObject({ grants: [] });
  await real.drop();
});

test("each demo grant is one row, for a registered department, of a known purpose, given by the steward", () => {
  const registered = new Set(departmentSeeds().map((d) => d.code));
  const key = (g: (typeof DEMO_GRANTS)[number]) =>
    [g.department, g.purpose, g.dataset, g.level, g.territory].join();
  expect(new Set(DEMO_GRANTS.map(key)).size).toBe(DEMO_GRANTS.length);
  for (const grant of DEMO_GRANTS) {
    expect(registered).toContain(grant.department);
    expect(PURPOSES.map((p) => p.code)).toContain(grant.purpose);
    expect(grant.grantedBy).toBe(`${catalogue.dataset(grant.dataset).steward}@140100000000`);
    expect(reaches(grant.level, "AGGREGATE")).toBe(true);
  }
  for (const { legalBasis } of PURPOSES) expect(legalBasis).toMatch(/条例 第[一二三四五六七八九十]+条/);
});

test("departments: bureaus of city and ten districts, every street office, every committee", () => {
  const all = departmentSeeds();
  const kinds = (kind: string) => all.filter((d) => d.kind === kind);
  expect(new Set(all.map((d) => d.code)).size).toBe(all.length);
  expect(kinds("COMMITTEE")).toHaveLength(1401);
  expect(kinds("STREET_OFFICE")).toHaveLength(108);
  expect(kinds("COUNTY_GOVERNMENT")).toHaveLength(10);
  expect(kinds("CIVIL_AFFAIRS")).toHaveLength(11);
  expect(all.filter((d) => d.territory === "140171000000")).toEqual([]);
  const department = catalogue.dataset("department");
  const codes = new Set(all.map((d) => d.code));
  const values = new Set(Object.keys(catalogue.field(department, "kind").enum!.values));
  for (const one of all) {
    expect(checks.get("departmentCode")!(one.code)).toBeUndefined();
    expect(values).toContain(one.kind);
    if (one.parentCode) expect(codes).toContain(one.parentCode);
    for (const rule of department.rules) expect(rule.holds({ ...one })).toBe(true);
  }
  for (const demo of DEMO_DEPARTMENTS)
    expect(all.find((d) => d.code === demo.code)).toMatchObject({ name: demo.zh });
});

test("departments are registered once, by whatever number of starts", async () => {
  await home.pool.query("TRUNCATE department");
  await seedDepartments(home.pool, catalogue);
  const stored = async () => (await home.pool.query("SELECT * FROM department ORDER BY code")).rows;
  const before = await stored();
  expect(before).toHaveLength(departmentSeeds().length);
  expect(before.find((row) => row.code === "civil-affairs@140105000000")).toMatchObject({
    name: "小店区民政局",
    kind: "CIVIL_AFFAIRS",
    territory: "140105000000",
    parent_code: "civil-affairs@140100000000",
    version: 1,
  });
  await seedDepartments(home.pool, catalogue);
  expect(await stored()).toEqual(before);
});

test("the demo's switcher offers each department with its purposes and a token", async () => {
  const issuer = openDemoIssuer(mkdtempSync(path.join(tmpdir(), "community-hub-seeds-")));
  const identities = await demoIdentities(issuer, createRightsStore(home.pool));
  expect(identities.map((i) => i.code)).toEqual(DEMO_DEPARTMENTS.map((d) => d.code));
  const purposesOf = (code: string) => identities.find((i) => i.code === code)!.purposes.map((p) => p.code);
  expect(purposesOf("youth-league@140100000000")).toEqual(["volunteer-insurance", "volunteer-service"]);
  expect(purposesOf("finance@140100000000")).toEqual(["budget-review", "elderly-care"]); // the third has ended
  expect(new Set(identities.map((i) => i.token)).size).toBe(identities.length);
});
