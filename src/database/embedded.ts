// Starts the PostgreSQL that comes with the hub, adopts one that a killed hub left behind, and stops it last.
import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  truncateSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { Client } from "pg";
import { chooseAccount, handOver } from "./account";
import { type Binaries, findBinaries } from "./binaries";
import {
  checkMajor,
  cleanEnv,
  exists,
  home,
  makeCluster,
  passwordFile,
  readPassword,
  SUPERUSER,
} from "./cluster";
import { DatabaseFailure } from "./failure";
import { Holders } from "./holders";
import { awaitGone, awaitReady, livingPostmaster, type Postmaster, readPostmaster } from "./postmaster";

export interface EmbeddedOptions {
  /** The server's directory; beside it lie <dataDir>.password, .log, .lock and .users. */
  dataDir: string;
  /** Off only for tests: a power cut then destroys the data. */
  fsync?: boolean;
  /** A free one is taken if left out. */
  port?: number;
  settings?: Record<string, string>;
}

export interface Embedded {
  url: string;
  /** Whether the server ran already: left by a killed hub, or in use by another process of the hub. */
  adopted: boolean;
  /** Stops the server unless another living process of the hub uses it. To be called after the pools' end. */
  stop(): Promise<void>;
}

const START_MILLISECONDS = 120_000; // recovery after a crash of a large database takes its time
const STOP_MILLISECONDS = 60_000;
const LOG_BYTES = 4 * 1024 * 1024;

export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const parent = path.dirname(path.resolve(options.dataDir));
  mkdirSync(parent, { recursive: true });
  const dataDir = path.join(realpathSync(parent), path.basename(path.resolve(options.dataDir)));
  const binaries = findBinaries();
  const holders = new Holders(dataDir);
  return holders.alone(async () => {
    const running = exists(dataDir) ? await settled(dataDir) : undefined;
    const server = running ?? (await launch(binaries, dataDir, options));
    const url = await openHub(dataDir, server);
    holders.enter();
    return { url, adopted: running !== undefined, stop: once(() => leave(binaries, dataDir, holders)) };
  });
}

/** The server that runs already, once it has made up its mind to stay. */
async function settled(dataDir: string): Promise<Postmaster | undefined> {
  const found = livingPostmaster(dataDir);
  if (!found) return undefined;
  const stopping = () => ["stopping", undefined].includes(readPostmaster(dataDir)?.status);
  const ready = await awaitReady(dataDir, START_MILLISECONDS, stopping);
  if (ready) return ready;
  if (await awaitGone(dataDir, found.pid, STOP_MILLISECONDS)) return undefined;
  throw new DatabaseFailure(
    `PostgreSQL (process ${found.pid}) runs on ${dataDir}, but neither gets ready nor ends.`,
    `Look at ${logFile(dataDir)}; end that process with SIGINT and start again.`,
    logTail(dataDir, 0),
  );
}

async function launch(binaries: Binaries, dataDir: string, options: EmbeddedOptions): Promise<Postmaster> {
  const account = chooseAccount(binaries.postgres, path.dirname(dataDir));
  const fsync = options.fsync ?? true;
  if (exists(dataDir)) {
    checkMajor(dataDir);
    handOver(dataDir, account);
    if (existsSync(passwordFile(dataDir))) handOver(passwordFile(dataDir), account);
  } else makeCluster(binaries, account, dataDir, fsync);

  if (existsSync(logFile(dataDir)) && statSync(logFile(dataDir)).size > LOG_BYTES)
    truncateSync(logFile(dataDir));
  const log = openSync(logFile(dataDir), "a", 0o600);
  const logStart = statSync(logFile(dataDir)).size;
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const settings = { ...SETTINGS, ...(fsync ? {} : UNSAFE), ...options.settings, port: String(port) };
    const words = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const run = account.command(binaries.postgres, ["-D", dataDir, ...words]);
    let ended = false;
    // In a session of its own, or Ctrl-C in the terminal would end it under running requests.
    const child = spawn(run.file, run.args, {
      uid: run.uid,
      gid: run.gid,
      cwd: home(),
      env: cleanEnv(),
      detached: true,
      stdio: ["ignore", log, log],
    });
    child.once("exit", () => (ended = true)).once("error", () => (ended = true));
    child.unref();
    const server = await awaitReady(dataDir, START_MILLISECONDS, () => ended);
    if (server) {
      closeSync(log);
      return server;
    }
    const said = logTail(dataDir, logStart);
    const taken = /could not bind|could not create any TCP/.test(said);
    if (taken && options.port === undefined && attempt < 4) continue;
    closeSync(log);
    throw new DatabaseFailure(
      `PostgreSQL did not start on ${dataDir}, port ${port}.`,
      taken ? "Another program holds the port." : `Its log is ${logFile(dataDir)}.`,
      said,
    );
  }
}

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "", // their paths may be 107 characters long at most, folders are longer
  password_encryption: "scram-sha-256",
  max_connections: "100",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  random_page_cost: "1.1",
  max_wal_size: "2GB",
  jit: "off", // compiling a plan costs more than the hub's short statements
  timezone: "Asia/Shanghai",
  log_timezone: "Asia/Shanghai",
  // The log must not hold values of rows: no details ("Key (…)=(…)"), no statements, no parameters.
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_parameter_max_length: "0",
  ...(process.platform === "linux" ? { client_connection_check_interval: "5s" } : {}),
};

const UNSAFE = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", autovacuum: "on" };

/** Opens the server with its password, makes the hub's database on the first start, and gives its address. */
async function openHub(dataDir: string, server: Postmaster): Promise<string> {
  const address = (database: string) =>
    `postgres://${SUPERUSER}:${readPassword(dataDir)}@127.0.0.1:${server.port}/${database}`;
  const client = new Client({ connectionString: address("postgres"), connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined); // the failing query tells it
  try {
    await client.connect();
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'hub'");
    if (found.rowCount === 0) await client.query("CREATE DATABASE hub");
  } catch (error) {
    throw new DatabaseFailure(
      `PostgreSQL runs on ${dataDir} but does not let the hub in: ${(error as Error).message}`,
      `See that ${passwordFile(dataDir)} belongs to this directory.`,
      logTail(dataDir, 0),
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  return address("hub");
}

async function leave(binaries: Binaries, dataDir: string, holders: Holders): Promise<void> {
  await holders.alone(async () => {
    holders.leave();
    if (holders.others().length > 0) return;
    const server = livingPostmaster(dataDir);
    if (!server) return;
    // Fast shutdown: open sessions are ended, what was committed stays.
    if (process.platform === "win32") spawnSync(binaries.pgCtl, ["stop", "-D", dataDir, "-m", "fast"]);
    else process.kill(server.pid, "SIGINT");
    if (await awaitGone(dataDir, server.pid, STOP_MILLISECONDS)) return;
    throw new DatabaseFailure(
      `PostgreSQL (process ${server.pid}) does not stop.`,
      `Look at ${logFile(dataDir)}.`,
      logTail(dataDir, 0),
    );
  });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}

const logFile = (dataDir: string) => `${dataDir}.log`;

function logTail(dataDir: string, from: number): string {
  if (!existsSync(logFile(dataDir))) return "";
  const said = readFileSync(logFile(dataDir)).subarray(from).toString("utf8").trim();
  return said.split("\n").slice(-15).join("\n");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
