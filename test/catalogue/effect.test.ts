// What a published entry does elsewhere: requests are judged by it, warnings are decided on it, it leaves as a file, hubs see it at start.
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { catalogue } from "../../src/datasets";
import { Catalogue } from "../../src/declare";
import { createRightsStore, departmentOf } from "../../src/identity";
import { createCatalogueUpdates } from "../../src/sharing";
import { stewardFaults } from "../../src/sharing/catalogue/duplicates";
import { contentOf } from "../../src/sharing/catalogue/update-input";
import { flowOn, Time, VOLUNTEERS, XIAODIAN_CIVIL_AFFAIRS } from "../requests/flow";
import { openTestHub, type TestHub } from "../setup/hub";
import { startScript } from "../setup/process";
import { BIG_DATA, CIVIL_AFFAIRS, catalogueOn, ENTRY, FINANCE } from "./flow";

const time = new Time();
let hub: TestHub;
let on: ReturnType<typeof catalogueOn>;
let flow: ReturnType<typeof flowOn>;

beforeAll(async () => {
  hub = await openTestHub({ now: time.now });
  on = catalogueOn(hub);
  flow = flowOn(hub);
});
afterAll(() => hub.close());

async function published(entry: object): Promise<void> {
  const { id } = await on.proposed(entry);
  await on.approve(id);
  await on.publish(id);
}

describe("a request", () => {
  const refuse = (id: string, criterion: string) =>
    flow.refusal(flow.step(id, "REFUSE", XIAODIAN_CIVIL_AFFAIRS, ["decide"], { reason: "不符", criterion }));
  const received = async () => {
    const { id } = await flow.filed();
    await flow.approve(id);
    return id;
  };

  test("is judged by what was published when it was filed, and by nothing that came later", async () => {
    time.march("02T09:00");
    const before = await received();
    time.march("03T09:00");
    await published({}); // states SCOPE and PURPOSE, and no TIME any more
    time.march("04T09:00");
    const after = await received();
    expect(await refuse(after, "TIME")).toMatchObject({
      reason: "CRITERION_NOT_STATED",
      criteria: ["BASIS", "PURPOSE", "SCOPE"],
    });
    expect(await refuse(before, "TIME")).toBeUndefined();
    expect(await refuse(after, "SCOPE")).toBeUndefined();
  });

  test("for several fields is refused on what is stated of each of them", async () => {
    time.march("05T09:00");
    await published({ conditions: [...ENTRY.conditions, { code: "TIME", zh: "半年", fields: ["phone"] }] });
    time.march("06T09:00");
    const both = await received();
    expect((await refuse(both, "TIME")).criteria).toEqual(["BASIS", "PURPOSE", "SCOPE"]);
    const items = [{ ...VOLUNTEERS[0], fields: ["phone"] }];
    const { id } = await flow.filed({ items });
    await flow.approve(id);
    expect(await refuse(id, "TIME")).toBeUndefined();
    const { fields } = await on.entry("volunteer", "fields { name criteria { code zh } }");
    const phone = fields.find((f: { name: string }) => f.name === "phone");
    expect(phone.criteria).toContainEqual({ code: "TIME", zh: "使用时限：半年" });
  });

  test("where nothing was published, by the lawful need alone", async () => {
    const pool = hub.database.pool;
    await pool.query("ALTER TABLE catalogue_update DISABLE TRIGGER kept_rows");
    await pool.query(
      "UPDATE catalogue_update SET published_at = '2098-01-01' WHERE dataset = 'volunteer' AND number IS NOT NULL",
    );
    const id = await received();
    expect((await refuse(id, "PURPOSE")).criteria).toEqual(["BASIS"]);
    expect(await refuse(id, "BASIS")).toBeUndefined();
    await pool.query(
      "UPDATE catalogue_update SET published_at = '2026-01-07' WHERE dataset = 'volunteer' AND number IS NOT NULL",
    );
    await pool.query("ALTER TABLE catalogue_update ENABLE TRIGGER kept_rows");
  });
});

describe("warnings", () => {
  const WARNING = "code fields zh en decision { allowed reason department actor at }";
  const warnings = async (args = "") =>
    (await hub.data(`{ catalogueWarnings${args} { ${WARNING} } }`, FINANCE)).catalogueWarnings;
  const DECIDE = `mutation ($fields: [String!]!, $allowed: Boolean!, $reason: String!) {
    decideCatalogueWarning(fields: $fields, allowed: $allowed, reason: $reason) { ${WARNING} } }`;
  const decide = (variables: object, as = BIG_DATA, duty: "decide" | "steward" = "decide") =>
    hub.ask(DECIDE, as, { duties: [duty], variables });
  const SEX = ["communityWorker.sex", "volunteer.sex"];
  const sexIn = (all: { code: string; fields: string[] }[]) =>
    all.find((w) => w.fields.join() === SEX.join());

  test("tell two datasets that collect the same element, and suggest a link", async () => {
    const all = await warnings();
    expect(sexIn(all)).toMatchObject({
      code: "SAME_NAME",
      decision: null,
      zh: expect.stringContaining("关联"),
    });
    expect(all.find((w: { code: string }) => w.code === "SAME_STANDARD").fields.length).toBeGreaterThan(1);
    const fields = all.flatMap((w: { fields: string[] }) => w.fields);
    // Keys, references, and what another dataset is linked by are no collections of their own.
    for (const name of [
      "committee.code",
      "volunteer.territory",
      "volunteer.source",
      "facility.projectCode",
      "volunteerRecord.volunteerId",
      "volunteer.createdBy",
    ])
      expect(fields).not.toContain(name);
  });

  test("are decided by the authority, with a reason; the latest word holds", async () => {
    const given = { fields: SEX, allowed: true, reason: "两类人员，不是同一事实" };
    for (const answer of [await decide(given, CIVIL_AFFAIRS), await decide(given, BIG_DATA, "steward")])
      expect(answer.errors[0].extensions).toMatchObject({
        code: "FORBIDDEN",
        department: BIG_DATA,
        duty: "decide",
      });
    for (const wrong of [
      { ...given, reason: " " },
      { ...given, fields: SEX.slice(1) },
      { ...given, fields: [...SEX, "volunteer.phone"] },
    ])
      expect((await decide(wrong)).errors[0].extensions.code).toBe("BAD_USER_INPUT");
    expect((await decide(given)).errors).toBeUndefined();
    expect(sexIn(await warnings())).toMatchObject({
      decision: { allowed: true, reason: given.reason, department: BIG_DATA },
    });
    expect(sexIn(await warnings("(undecided: true)"))).toBeUndefined();
    await decide({ ...given, allowed: false, reason: "应当合并" });
    expect(sexIn(await warnings("(undecided: true)"))).toMatchObject({ decision: { allowed: false } });
  });

  test("tell a dataset without exactly one steward", async () => {
    const rights = await createRightsStore(hub.database.pool).current();
    expect(stewardFaults(catalogue, rights, time.now())).toEqual([]);
    const { stewardships } = rights;
    const own = stewardships.filter((s) => s.dataset === "facility");
    const faults = (all: typeof stewardships) =>
      stewardFaults(catalogue, { ...rights, stewardships: all }, time.now()).map((w) => [
        w.code,
        ...w.fields,
      ]);
    expect(faults(stewardships.filter((s) => s.dataset !== "facility"))).toEqual([
      ["NO_STEWARD", "facility"],
    ]);
    expect(faults([...stewardships, ...own.filter((s) => !s.field)])).toEqual([
      ["SEVERAL_STEWARDS", "facility"],
    ]);
    expect(faults([...stewardships, ...own.filter((s) => s.field === "titleNo")])).toEqual([
      ["SEVERAL_STEWARDS", "facility.titleNo"],
    ]);
  });
});

test("the command writes a file that a spreadsheet opens, with the nine items in the law's words", async () => {
  const out = path.join(hub.dataDir, "catalogue.csv");
  const child = startScript("src/cli/hub.ts", ["catalogue", "export", "--out", out], {
    HUB_DATA: hub.dataDir,
    DATABASE_URL: hub.database.url,
    HUB_DEMO: "",
  });
  expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(0);
  const text = readFileSync(out, "utf8");
  expect([text.charCodeAt(0), text.includes("\r\n")]).toEqual([0xfeff, true]);
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
  expect(Object.keys(rows[0] ?? {}).slice(0, 9)).toEqual([
    ...[
      "数据目录名称",
      "数据项",
      "提供单位",
      "数据格式",
      "数据更新频率",
      "共享属性",
      "共享方式",
      "使用条件",
      "数据分类分级",
    ],
  ]);
  expect(rows).toHaveLength(catalogue.datasets.reduce((n, d) => n + d.fields.length, 0));
  for (const row of rows) for (const item of Object.keys(row).slice(0, 9)) expect(row[item]).toMatch(/\S/);
  const item = (dataset: string, field: string) =>
    rows.find((r) => r.数据集代码 === dataset && r.数据项代码 === field);
  expect(item("volunteer", "phone")).toMatchObject({
    提供单位: "民政部门",
    数据更新频率: "每周",
    共享方式: "服务接口、文件下载",
    使用条件: expect.stringContaining("使用用途：仅限志愿服务组织和应急"),
    数据分类分级: "社区治理／个人信息",
    责任人: expect.stringContaining("张三（虚构）"),
  });
  expect(item("volunteer", "idNumber")?.使用条件).toBe(
    "不予共享：仅用于实名核验（个人信息保护法 第二十八条）",
  );
}, 180_000);

test("hubs that start together on another declaration notice it once, and tell everybody", async () => {
  const { pool } = hub.database;
  // As a build published it that knew one field less and another class.
  const older = new Catalogue(
    catalogue.datasets.map((d) =>
      d.name === "facility"
        ? {
            ...d,
            fields: d.fields
              .filter((f) => f.name !== "openingHours")
              .map((f) => (f.name === "address" ? { ...f, sharing: "CONDITIONAL" as const } : f)),
          }
        : d,
    ),
  );
  const updates = createCatalogueUpdates({
    catalogue: older,
    pool,
    rights: createRightsStore(pool),
    now: time.now,
  });
  const as = (code: string, duty: "steward" | "approve" | "decide") => ({
    subject: "t",
    department: departmentOf(code)!,
    duties: [duty],
  });
  const { id } = await updates.propose(as(CIVIL_AFFAIRS, "steward"), "facility", contentOf(ENTRY as never));
  await updates.review(as(CIVIL_AFFAIRS, "approve"), id, "APPROVE");
  await updates.review(as(BIG_DATA, "decide"), id, "PUBLISH");

  const others = await Promise.all([
    openTestHub({ now: time.now, beside: hub }),
    openTestHub({ now: time.now, beside: hub }),
  ]);
  const { rows } = await pool.query(
    "SELECT count(*)::int AS n FROM catalogue_update WHERE dataset = 'facility' AND number IS NULL AND state = 'OPEN'",
  );
  expect(rows[0].n).toBe(1);
  for (const one of [hub, ...others]) {
    const { unpublished, version, openUpdate } = await catalogueOn(one).entry(
      "facility",
      "version { number } unpublished { code field } openUpdate { state due }",
    );
    expect([version.number, openUpdate]).toEqual([2, null]);
    expect(unpublished).toEqual([
      { code: "CLASS_CHANGED", field: "address" },
      { code: "FIELD_ADDED", field: "openingHours" },
    ]);
  }
  const { openUpdate } = await on.entry(
    "facility",
    "openUpdate { state deadline { act workingDays } acts }",
    CIVIL_AFFAIRS,
    { duties: ["steward"] },
  );
  expect(openUpdate).toMatchObject({
    state: "OPEN",
    deadline: { act: "CATALOGUE_UPDATE", workingDays: 10 },
    acts: ["PROPOSE", "ASK_EXTENSION"],
  });
  await Promise.all(others.map((one) => one.close()));
}, 180_000);
