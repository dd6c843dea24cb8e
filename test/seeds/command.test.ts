// `hub seed` on the command line: what is real without a synthetic row, and a clear word where it must not go on.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { seededDatabase, type TestDatabase, testDatabase } from "../setup/database";
import { startScript } from "../setup/process";

let empty: TestDatabase;
let seeded: TestDatabase;
let dataDir: string;
beforeAll(async () => {
  [empty, seeded] = [await testDatabase(), await seededDatabase()];
  dataDir = mkdtempSync(path.join(tmpdir(), "hub-seed-command-"));
});
afterAll(async () => {
  await empty?.drop();
  await seeded?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function seed(scale: string, { url }: TestDatabase): Promise<number> {
  const env = { DATABASE_URL: url, HUB_DATA: dataDir, HUB_DEMO: "1" };
  const child = startScript("src/cli/hub.ts", ["seed", "--scale", scale], env);
  const [code] = await once(child, "exit");
  return code;
}

test("scale none brings divisions, departments and rights, and no synthetic row", async () => {
  expect(await seed("none", empty)).toBe(0);
  const { rows } = await empty.pool.query(
    `SELECT (SELECT count(*)::int FROM division) AS divisions, (SELECT count(*)::int FROM department) > 1500 AS departments,
            (SELECT count(*)::int FROM community) AS communities, EXISTS (SELECT FROM stewardship) AS stewards`,
  );
  expect(rows).toEqual([{ divisions: 1635, departments: true, communities: 0, stewards: true }]);
});

test("a hub of another scale is left as it is, and the command fails", async () => {
  const count = async () => (await seeded.pool.query("SELECT count(*)::int AS n FROM facility")).rows[0].n;
  const before = await count();
  expect(await seed("demo", seeded)).toBe(1);
  expect(await count()).toBe(before);
});
