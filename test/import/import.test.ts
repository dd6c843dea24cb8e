// What an import does to a dataset: difference, idempotence, refusals, all or nothing, rights.
import iconv from "iconv-lite";
import { findJob } from "../../src/write/import";
import { type TestDatabase, testDatabase } from "../setup/database";
import { divisionsCsv, facilitiesCsv, openWorld, steward, type World } from "./world";

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await testDatabase();
  world = await openWorld(database.url);
});

afterAll(async () => {
  await world.close();
  await database.drop();
});

beforeEach(async () => {
  await world.rows("TRUNCATE facility, facility_history, import_job CASCADE");
});

const counts = ({ read, added, changed, unchanged, refused }: Awaited<ReturnType<World["run"]>>) => [
  read,
  added,
  changed,
  unchanged,
  refused,
];

test("the real divisions came in by this very import, and a second time nothing changes", async () => {
  const [found] = await world.rows("SELECT count(*)::int AS n FROM division");
  expect(found?.n).toBe(1521);
  const again = await world.run("division", divisionsCsv(), { as: { system: "seed" } });
  expect(counts(again)).toEqual([1521, 0, 0, 1521, 0]);
  expect(await world.rows("SELECT 1 FROM division_history")).toEqual([]);
});

test("new, changed and unchanged rows are told apart, and changes keep what was", async () => {
  await world.run("facility", facilitiesCsv(10));
  const job = await world.run(
    "facility",
    facilitiesCsv(12, (i) => (i < 3 ? { name: `改名${i}` } : {})),
  );
  expect(counts(job)).toEqual([12, 2, 3, 7, 0]);
  expect(await world.rows("SELECT name, version FROM facility_history ORDER BY name")).toEqual([
    { name: "设施0", version: 1 },
    { name: "设施1", version: 1 },
    { name: "设施2", version: 1 },
  ]);
  const [row] = await world.rows("SELECT version, created_by, changed_by FROM facility WHERE name = '改名0'");
  expect(row).toEqual({
    version: 2,
    created_by: "civil-affairs@140100000000/lin",
    changed_by: "civil-affairs@140100000000/lin",
  });
});

test("a dry run tells the same difference and writes nothing", async () => {
  await world.run("facility", facilitiesCsv(10));
  const file = facilitiesCsv(12, (i) => (i < 3 ? { name: `改名${i}` } : i === 11 ? { kind: "HOTEL" } : {}));
  const job = await world.run("facility", file, { dryRun: true });
  expect(counts(job)).toEqual([12, 1, 3, 7, 1]);
  expect(job.state).toBe("DONE");
  expect(await world.rows("SELECT 1 FROM facility_history")).toEqual([]);
  const real = await world.run("facility", file);
  expect(counts(real)).toEqual(counts(job));
});

test("row by row, good rows stay and bad rows are told with line, field and rule", async () => {
  const job = await world.run(
    "facility",
    facilitiesCsv(6, (i) => [{}, { kind: "HOTEL" }, { openedAt: "2024/3/5" }, {}, { name: "" }, {}][i] ?? {}),
  );
  expect(job.state).toBe("DONE");
  expect(counts(job)).toEqual([6, 3, 0, 0, 3]);
  expect(await world.problems(job)).toEqual(["3 kind ENUM", "4 openedAt LOCAL_DATE", "6 name REQUIRED"]);
});

test("all or nothing writes nothing where one row is refused, and tells all that are", async () => {
  const bad = facilitiesCsv(30, (i) => (i === 3 || i === 25 ? { kind: "HOTEL" } : {}));
  const job = await world.run("facility", bad, { mode: "ALL_OR_NOTHING", batchSize: 10 });
  expect(job.state).toBe("REFUSED");
  expect(counts(job)).toEqual([30, 28, 0, 0, 2]);
  expect(await world.problems(job)).toEqual(["5 kind ENUM", "27 kind ENUM"]);
  expect(await world.rows("SELECT 1 FROM facility")).toEqual([]);
  const good = await world.run("facility", facilitiesCsv(30), { mode: "ALL_OR_NOTHING", batchSize: 10 });
  expect([good.state, ...counts(good)]).toEqual(["DONE", 30, 30, 0, 0, 0]);
  expect(await world.rows("SELECT count(*)::int AS n FROM facility")).toEqual([{ n: 30 }]);
});

test("a key that stands twice is refused the second time, also in another batch", async () => {
  const file = facilitiesCsv(9, (i) =>
    i === 8 ? { code: "1401050010010001", territory: "140105001001" } : {},
  );
  const job = await world.run("facility", file, { batchSize: 4 });
  expect(await world.problems(job)).toEqual(["10 code REPEATED_KEY"]);
  expect(job.added).toBe(8);
});

test("columns that the file lacks keep their values; an empty cell clears one", async () => {
  await world.run("facility", facilitiesCsv(2));
  const job = await world.run("facility", "code,openedAt\n1401050010010001,\n1401050010020001,2020-01-02");
  expect(counts(job)).toEqual([2, 0, 1, 1, 0]);
  expect(await world.rows("SELECT name, opened_at::text AS day FROM facility ORDER BY name")).toEqual([
    { name: "设施0", day: null },
    { name: "设施1", day: "2020-01-02" },
  ]);
});

test("GBK, UTF-8 with and without its mark, tabs and Chinese column names give the same rows", async () => {
  await world.run("facility", facilitiesCsv(5));
  const text = facilitiesCsv(5);
  for (const bytes of [
    iconv.encode(text, "gbk"),
    Buffer.from(`\ufeff${text}`),
    Buffer.from(text.replaceAll(",", "\t").replaceAll("\n", "\r\n")),
    Buffer.from(
      text
        .replace(/.*/, "设施编码,所在区划,设施名称,设施种类,设施状态,启用日期,buildingArea")
        .replaceAll("OFFICE", "办公用房"),
    ),
  ])
    expect(counts(await world.run("facility", bytes))).toEqual([5, 0, 0, 5, 0]);
});

test("outside the steward's territory rows are refused, whether they exist or not", async () => {
  await world.run("facility", facilitiesCsv(5));
  const elsewhere = steward("civil-affairs", "140106000000");
  const file = facilitiesCsv(6, (i) => (i === 0 ? { name: "改名" } : {}));
  const job = await world.run("facility", file, { as: elsewhere });
  expect(counts(job)).toEqual([6, 0, 0, 0, 6]);
  expect(await world.problems(job)).toEqual([
    "2  DUPLICATE_KEY",
    "3  DUPLICATE_KEY",
    "4  DUPLICATE_KEY",
    "5  DUPLICATE_KEY",
    "6  DUPLICATE_KEY",
    "7 territory OUTSIDE_TERRITORY",
  ]);
});

test("who is no steward of the dataset is refused at once", async () => {
  await expect(world.run("facility", facilitiesCsv(1), { as: steward("finance") })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  const reader = { ...steward(), duties: ["read" as const] };
  await expect(world.run("facility", facilitiesCsv(1), { as: reader })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(await world.rows("SELECT 1 FROM import_job")).toEqual([]);
});

test("columns in doubt stop the import before anything is written", async () => {
  const message = /bulidingArea[\s\S]*buildingArea[\s\S]*territory/;
  const file = "code,territory,所在区划,bulidingArea\n1401050010010001,140105001001,140105001001,3";
  await expect(world.run("facility", file)).rejects.toMatchObject({ code: "BAD_USER_INPUT", message });
  await expect(world.run("facility", "name\nx")).rejects.toThrow(/code/);
  expect(await world.rows("SELECT 1 FROM import_job")).toEqual([]);
});

test("a field's own steward changes that field in rows that stand; the dataset's steward leaves it alone", async () => {
  await world.run("facility", facilitiesCsv(2));
  const file = "code,titleNo\n1401050010010001,晋(2020)第1号\n1401050010019999,晋(2020)第2号";
  await expect(world.run("facility", file)).rejects.toMatchObject({
    code: "FORBIDDEN",
    extensions: { fields: ["titleNo"] },
  });
  const job = await world.run("facility", file, { as: steward("real-estate") });
  expect(counts(job)).toEqual([2, 0, 1, 0, 1]);
  const foreign = world.run("facility", "code,name\n1401050010010001,改名", { as: steward("real-estate") });
  await expect(foreign).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await world.rows("SELECT title_no, changed_by FROM facility WHERE version = 2")).toEqual([
    { title_no: "晋(2020)第1号", changed_by: "real-estate@140100000000/lin" },
  ]);
});

test("a job says RUNNING while its process lives, and STOPPED once it is gone", async () => {
  let seen: string | undefined;
  const looked: Promise<void>[] = [];
  const job = await world.run("facility", facilitiesCsv(400), {
    batchSize: 20,
    onProgress: () => {
      if (looked.length > 0) return;
      looked.push(
        world.rows("SELECT id FROM import_job").then(async ([row]) => {
          seen = (await findJob(world.pool, String(row?.id)))?.state;
        }),
      );
    },
  });
  await Promise.all(looked);
  expect([seen, job.state]).toEqual(["RUNNING", "DONE"]);
  await world.rows("UPDATE import_job SET state = 'RUNNING'");
  expect((await findJob(world.pool, job.id))?.state).toBe("STOPPED");
});
