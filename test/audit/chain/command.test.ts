// `hub audit` as a shell sees it: exit code 0 for a log that is intact, 1 and the place for one that is not.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { startScript } from "../../setup/process";
import { type ChainedLog, chainedLog } from "./chained";

let log: ChainedLog;
let url: string | undefined;
const dataDir = mkdtempSync(path.join(tmpdir(), "community-hub-audit-"));

beforeAll(async () => {
  log = await chainedLog();
  await log.record({}, {});
  await log.seal();
  await log.record({}, {}, {});
  await log.seal();
});

afterAll(async () => {
  await log.pool.query("DROP ROLE IF EXISTS log_reader");
  await log.close();
});

/** With the rights of an account that may only read. */
async function readerUrl(): Promise<string> {
  await log.pool.query("DROP ROLE IF EXISTS log_reader");
  await log.pool.query("CREATE ROLE log_reader LOGIN PASSWORD 'invented'");
  await log.pool.query("GRANT pg_read_all_data TO log_reader");
  const url = new URL(log.database.url);
  [url.username, url.password] = ["log_reader", "invented"];
  return url.href;
}

async function audit(...args: string[]): Promise<{ code: number; said: string }> {
  const env = { HUB_DATA: dataDir, DATABASE_URL: url ?? log.database.url, HUB_DEMO: "" };
  const child = startScript("src/cli/hub.ts", ["audit", ...args], env);
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? -1)));
  const said = await text(child.stdout!);
  return { code: await ended, said };
}

test("verify, heads and retire", async () => {
  const intact = await audit("verify", "--heads", log.heads);
  expect(intact.code).toBe(0);
  expect(intact.said).toMatch(/Intact[\s\S]*seals 2.*verified 5.*waiting 0[\s\S]*published up to seal 2/);
  url = await readerUrl();
  expect((await audit("verify", "--heads", log.heads)).code).toBe(0);
  url = undefined;
  const alone = await audit("verify", "--from", "2");
  expect(alone).toMatchObject({ code: 0, said: expect.stringContaining("No published head was compared") });
  const head = JSON.parse((await audit("heads")).said);
  expect(head).toMatchObject({ seal: 2, records: 5 });
  expect((await audit("retire", "--before", "2020-01", "--heads", log.heads)).said).toMatch(
    /There is no month/,
  );
  expect((await audit("retire", "--before", "2099-01", "--heads", log.heads)).code).toBe(1);
  expect((await audit("verify", "--heads", path.join(dataDir, "nowhere"))).code).toBe(1);

  const client = await log.pool.connect();
  await client.query("SET session_replication_role = replica");
  await client.query("UPDATE access_record SET subject = 'somebody else' WHERE seq = 2");
  await client.query("DELETE FROM access_record WHERE seq = 4");
  client.release(true);
  const broken = await audit("verify", "--heads", log.heads);
  expect(broken.code).toBe(1);
  expect(broken.said).toMatch(
    /seal 1 · 记录 record 2 · 被修改 edited[\s\S]*seal 2 · 记录 record 4 · 被删除 deleted/,
  );
  expect(broken.said).toMatch(/Broken: 2 findings/);
}, 300_000);
