// The embedded server's life: started, shared, left behind by a killed hub, adopted, stopped.
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { type Embedded, startEmbedded } from "../../src/database/embedded";
import { alive, readPostmaster } from "../../src/database/postmaster";
import { firstLine, startScript } from "../setup/process";

let home: string;
let dataDir: string;
const started: Embedded[] = [];

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "community-hub-launcher-"));
  chmodSync(home, 0o755);
  dataDir = path.join(home, "postgres");
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

async function start(options: Partial<Parameters<typeof startEmbedded>[0]> = {}): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, fsync: false, ...options });
  started.push(server);
  return server;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: statement, rowMode: "array" })).rows[0] ?? [];
  } finally {
    await client.end();
  }
}

const pidNow = () => readPostmaster(dataDir)?.pid ?? 0;

test("a new directory gets a server of its own, closed to others, that knows Chinese", async () => {
  const server = await start();
  expect(server.adopted).toBe(false);
  expect(statSync(`${dataDir}.password`).mode & 0o777).toBe(0o600);
  expect(await ask(server.url, "SELECT current_user, current_setting('listen_addresses')")).toEqual([
    "hub",
    "127.0.0.1",
  ]);
  expect(await ask(server.url, "SELECT '张' < '赵', '刘' < '张', '安' < '刘'")).toEqual([true, true, true]);
  await ask(server.url, "CREATE EXTENSION IF NOT EXISTS pg_trgm");
  const [trigrams] = await ask(server.url, "SELECT cardinality(show_trgm('社区卫生'))");
  expect(trigrams).toBeGreaterThan(2);
});

test("nobody enters without the password", async () => {
  const { url } = await start();
  const wrong = new URL(url);
  wrong.password = "guessed";
  await expect(ask(wrong.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
});

test("what was committed is there after a stop and a start", async () => {
  const first = await start();
  await ask(first.url, "CREATE TABLE kept AS SELECT 7 AS n");
  await first.stop();
  await expect(ask(first.url, "SELECT 1")).rejects.toThrow(/ECONNREFUSED/);
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, "SELECT n FROM kept")).toEqual([7]);
});

test("a server left behind by a killed hub is adopted, and stopped in the end", async () => {
  const hub = startScript("test/database/holding-hub.ts", [dataDir]);
  expect(JSON.parse(await firstLine(hub)).adopted).toBe(false);
  const pid = pidNow();
  hub.kill("SIGKILL");
  await once(hub, "exit");
  expect(alive(pid)).toBe(true);

  const server = await start();
  expect(server.adopted).toBe(true);
  expect(pidNow()).toBe(pid);
  expect(await ask(server.url, "SELECT 1")).toEqual([1]);
  await server.stop();
  await expect(ask(server.url, "SELECT 1")).rejects.toThrow(/ECONNREFUSED/);
});

test("a server that another hub uses is not stopped under it", async () => {
  const hub = startScript("test/database/holding-hub.ts", [dataDir]);
  const { url } = JSON.parse(await firstLine(hub));
  const visitor = await start();
  expect(visitor.adopted).toBe(true);
  await visitor.stop();
  expect(await ask(url, "SELECT 1")).toEqual([1]);
  hub.kill("SIGKILL");
  await once(hub, "exit");
  await (await start()).stop();
});

test("starts that happen at once share one server", async () => {
  const servers = await Promise.all([start(), start(), start()]);
  expect(servers.map((server) => server.adopted).sort()).toEqual([false, true, true]);
  expect(new Set(servers.map((server) => server.url)).size).toBe(1);
  await servers[0]!.stop();
  expect(await ask(servers[1]!.url, "SELECT 1")).toEqual([1]);
});

test("a file left by a crash does not keep the server from starting, though its number lives again", async () => {
  await (await start()).stop();
  // The number of a living process that is no database: this one.
  writeFileSync(path.join(dataDir, "postmaster.pid"), `${process.pid}\n${dataDir}\n0\n1\n\n\n\nready\n`);
  const server = await start();
  expect(server.adopted).toBe(false);
  expect(await ask(server.url, "SELECT 1")).toEqual([1]);
});

test("a server that died without a word is started anew", async () => {
  const first = await start();
  process.kill(pidNow(), "SIGKILL");
  await expect(ask(first.url, "SELECT pg_sleep(5)")).rejects.toThrow();
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, "SELECT n FROM kept")).toEqual([7]);
});

test("a server that cannot start says why, with the end of its log", async () => {
  const failure = await start({ settings: { shared_buffers: "nonsense" } }).catch((error: Error) => error);
  expect(failure).toMatchObject({ name: "DatabaseFailure", hint: expect.stringContaining(".log") });
  expect(String(failure)).toMatch(/did not start on .*\n.*Hint: .*\n.*shared_buffers/s);
});

test("a directory of another PostgreSQL is named as such", async () => {
  const file = path.join(dataDir, "PG_VERSION");
  const version = readFileSync(file, "utf8");
  writeFileSync(file, "15\n");
  await expect(start()).rejects.toThrow(/written by PostgreSQL 15/);
  writeFileSync(file, version);
});

function passwd(name: string): number {
  const line = readFileSync("/etc/passwd", "utf8").match(new RegExp(`^${name}:[^:]*:(\\d+):`, "m"));
  return Number(line?.[1] ?? Number.NaN);
}

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot("root runs the server though no other account may enter the folder, and hands it back", async () => {
  await (await start()).stop();
  const owner = statSync(dataDir).uid;
  // Root's own already where the programs themselves lie in a closed folder.
  expect([0, passwd("postgres"), passwd("nobody")]).toContain(owner);
  chmodSync(home, 0o700);
  const closed = await start();
  expect(await ask(closed.url, "SELECT n FROM kept")).toEqual([7]);
  expect(statSync(dataDir).uid).toBe(0);
  await closed.stop();
  chmodSync(home, 0o755);
  expect(await ask((await start()).url, "SELECT n FROM kept")).toEqual([7]);
  expect(statSync(dataDir).uid).toBe(owner);
});
