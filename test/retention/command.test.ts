// `hub retention` as a shell sees it: a dry run changes nothing, a run does what it said, rules come from a file.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { openTestHub, type TestHub } from "../setup/hub";
import { startScript } from "../setup/process";
import { SEEDED_MASTER_KEY } from "../setup/seeded";
import { retentionOn } from "./flow";

let hub: TestHub;
let retention: ReturnType<typeof retentionOn>;

beforeAll(async () => {
  hub = await openTestHub();
  retention = retentionOn(hub);
  await retention.settleAll();
});
afterAll(() => hub.close());

async function command(...args: string[]): Promise<{ code: number; said: string }> {
  const env = {
    ...{ HUB_DATA: hub.dataDir, DATABASE_URL: hub.database.url, HUB_DEMO: "" },
    HUB_KEY: SEEDED_MASTER_KEY.toString("base64"),
  };
  const child = startScript("src/cli/hub.ts", ["retention", ...args], env);
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? -1)));
  const said = await text(child.stdout!);
  return { code: await ended, said };
}

/** Everything that a run could change. */
async function state() {
  const tables = [
    "volunteer",
    "volunteer_history",
    "volunteer_record",
    "retention_run",
    "retention_batch",
    "erasure",
  ];
  const sums = tables.map(
    (name) => `(SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM ${name} t) AS ${name}`,
  );
  const { rows } = await hub.database.pool.query(
    `SELECT ${sums.join(", ")}, (SELECT count(*) FROM access_record) AS n`,
  );
  return rows[0];
}

test("a dry run says what is due and changes nothing; the run does it, and says so", async () => {
  const ids = await retention.keptUntil("2026-01-01", 3);
  const before = await state();
  const told = await command("run", "--dry-run");
  expect(told).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^volunteer DELETE: 到期 due 3 条 rows/m),
  });
  expect(await state()).toEqual(before);
  const done = await command("run");
  expect(done).toMatchObject({ code: 0, said: expect.stringMatching(/^volunteer: 3$/m) });
  expect(await retention.left(ids)).toEqual([]);
  expect((await command("run")).said).toMatch(/Nothing was due/);
});

test("two commands at once: one runs, the other is told", async () => {
  const client = await hub.database.pool.connect();
  await client.query("SELECT pg_advisory_lock(hashtext('community-hub retention'))");
  expect((await command("run")).code).toBe(1);
  client.release(true);
});

const HEADER = "dataset,starts,months,act,territory,basis,from,until\n";

test("rules of a file stand beside those of departments; what a later file leaves out ends", async () => {
  const file = path.join(hub.dataDir, "rules.csv");
  const take = async (body: string) => {
    writeFileSync(file, HEADER + body);
    return command("rules", "import", file);
  };
  const two =
    "volunteer,leftAt,24,DELETE,,某决定,2026-01-01,\ncommunityWorker,leftAt,60,FREEZE,140105,某决定,2026-01-01,\n";
  expect((await take(two)).said).toMatch(/added 2.*unchanged 0.*ended 0/);
  expect((await take(two)).said).toMatch(/added 0.*unchanged 2.*ended 0/);
  expect((await take("volunteer,leftAt,36,DELETE,,某决定,2026-01-01,\n")).said).toMatch(
    /added 1.*unchanged 0.*ended 1/,
  );
  const { said } = await command("rules", "list");
  expect(said).toMatch(/^volunteer {2}leftAt \+ 36/m);
  expect(said).toMatch(/^communityWorker {2}leftAt \+ 60 .*FREEZE {2}140105000000/m);
  expect(said).not.toMatch(/leftAt \+ 24|declared:volunteer\)/);
  expect((await take("accessRecord,at,12,DELETE,,某决定,2026-01-01,\n")).code).toBe(1);
  const { rows } = await hub.database.pool.query(
    "SELECT count(*)::int AS n FROM access_record WHERE operation = 'hub retention rules import'",
  );
  expect(rows).toEqual([{ n: 3 }]);
});
