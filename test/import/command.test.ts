// `hub import` as a person meets it: summary, exit code, the file of refused rows, and one import at a time.
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import iconv from "iconv-lite";
import { type TestDatabase, testDatabase } from "../setup/database";
import { startScript } from "../setup/process";
import { facilitiesCsv, MASTER_KEY, openWorld, type World } from "./world";

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

async function hub(...args: string[]): Promise<{ code: number; said: string }> {
  const child = startScript("src/cli/hub.ts", ["import", ...args], {
    DATABASE_URL: database.url,
    HUB_KEY: MASTER_KEY.toString("base64"),
    HUB_DATA: world.folder,
  });
  let said = "";
  child.stdout?.on("data", (bytes: Buffer) => {
    said += bytes;
  });
  const [code] = await once(child, "close");
  return { code, said };
}

const AS = ["--as", "civil-affairs@140100000000"];

test("refused rows come in a file that is safe to open, and goes in once it is corrected", async () => {
  const file = world.file(
    facilitiesCsv(5, (i) => (i === 1 ? { openedAt: "45231", name: '"=HYPERLINK(""http://x"")"' } : {})),
    "facilities.csv",
  );
  const { code, said } = await hub("facility", file, ...AS);
  expect(code).toBe(1);
  expect(said).toMatch(/完成 done[\s\S]*新增 new 4[\s\S]*拒绝 refused 1/);

  const text = readFileSync(`${file}.refused.csv`, "utf8");
  expect(text.startsWith("\ufeff行号 line,原因 reasons,code,territory,name")).toBe(true);
  const [row = {}] = parse(text, { bom: true, columns: true }) as Record<string, string>[];
  expect(row).toMatchObject({
    "行号 line": "3",
    code: "\t1401050010020001",
    name: '\'=HYPERLINK("http://x")',
  });
  expect(row["原因 reasons"]).toMatch(/^openedAt：.*serial number/);

  const corrected = world.file(text.replace("45231", "2024-03-05"), "corrected.csv");
  const second = await hub("facilities", corrected, ...AS);
  expect(second.code).toBe(0);
  expect(await world.rows("SELECT code, name FROM facility WHERE opened_at = '2024-03-05'")).toEqual([
    { code: "1401050010020001", name: '=HYPERLINK("http://x")' },
  ]);
  expect(existsSync(`${corrected}.refused.csv`)).toBe(false);
});

test("a dry run leaves the dataset as it is, all or nothing says that nothing was written", async () => {
  const file = world.file(facilitiesCsv(5, (i) => (i === 1 ? { kind: "HOTEL" } : {})));
  const dry = await hub("facility", file, ...AS, "--dry-run");
  expect([dry.code, dry.said]).toEqual([1, expect.stringContaining("dry run")]);
  const whole = await hub(
    "facility",
    file,
    ...AS,
    "--all-or-nothing",
    "--refused",
    path.join(world.folder, "r.csv"),
  );
  expect([whole.code, whole.said]).toEqual([1, expect.stringContaining("nothing was written")]);
  expect(existsSync(path.join(world.folder, "r.csv"))).toBe(true);
  expect(await world.rows("SELECT 1 FROM facility")).toEqual([]);
});

test.each([
  ["no department", ["facility", "FILE"]],
  ["another department", ["facility", "FILE", "--as", "finance@140100000000"]],
  ["the wrong encoding", ["facility", "FILE", ...AS, "--encoding", "utf-8"]],
])("%s: exit code 2 and nothing written", async (_name, args) => {
  const file = world.file(iconv.encode(facilitiesCsv(2), "gbk"));
  const { code, said } = await hub(...args.map((arg) => (arg === "FILE" ? file : arg)));
  expect([code, said]).toEqual([2, ""]);
  expect(await world.rows("SELECT 1 FROM facility")).toEqual([]);
});

test("two imports of one dataset do not run at the same time; the second is told so", async () => {
  const results = await Promise.allSettled([
    world.run("facility", facilitiesCsv(400), { batchSize: 20 }),
    world.run("facility", facilitiesCsv(300), { batchSize: 20 }),
  ]);
  expect(results.map((r) => r.status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = results.find((r) => r.status === "rejected") as PromiseRejectedResult;
  expect(refused.reason).toMatchObject({ code: "UNAVAILABLE" });
  expect((await world.run("facility", facilitiesCsv(400))).refused).toBe(0);
});

test("stopped after a batch, the same file goes on; begun anew it starts over", async () => {
  const controller = new AbortController();
  const options = { batchSize: 20, signal: controller.signal, onProgress: () => controller.abort() };
  const stopped = await world.run("facility", facilitiesCsv(100), options);
  expect([stopped.state, stopped.read, stopped.added]).toEqual(["STOPPED", 20, 20]);
  const ended = await world.run("facility", facilitiesCsv(100));
  expect([ended.id, ended.state, ended.read, ended.added]).toEqual([stopped.id, "DONE", 100, 100]);

  const again = new AbortController();
  const file = facilitiesCsv(100, () => ({ name: "改名" }));
  await world.run("facility", file, { batchSize: 20, signal: again.signal, onProgress: () => again.abort() });
  const anew = await world.run("facility", file, { restart: true });
  expect([anew.read, anew.changed, anew.unchanged]).toEqual([100, 80, 20]);
});

test("a right that ends during an import ends the import: nothing more is written under it", async () => {
  const client = await world.pool.connect();
  try {
    // The end of the right is committed between two batches: it waits for the one, the next one sees it.
    let ended: Promise<unknown> | undefined;
    const run = world.run("facility", facilitiesCsv(2_000), {
      batchSize: 20,
      onProgress: () => {
        ended ??= client.query(
          "UPDATE stewardship SET ends_at = now() WHERE dataset = 'facility' AND field IS NULL",
        );
      },
    });
    await expect(run).rejects.toMatchObject({ code: "FORBIDDEN" });
    await ended;
    const [job] = await world.rows("SELECT state, rows_read, rows_new FROM import_job");
    const [found] = await world.rows("SELECT count(*)::int AS n FROM facility");
    expect(job).toMatchObject({ state: "FAILED", rows_new: found!.n });
    expect(found!.n).toBeLessThan(2_000);
  } finally {
    await client.query("UPDATE stewardship SET ends_at = NULL WHERE dataset = 'facility'");
    client.release();
  }
});
