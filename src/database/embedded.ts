// Starts the PostgreSQL that comes with the hub, adopts one that a killed hub left behind, and stops it last.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { chooseAccount, handOver } from "./account";
import { type Binaries, findBinaries } from "./binaries";
import { checkMajor, exists, makeCluster, passwordFile, readPassword, SUPERUSER } from "./cluster";
import { DatabaseFailure } from "./failure";
import { Holders } from "./holders";
import { launch, START_MILLISECONDS } from "./launch";
import { ServerLog } from "./log";
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

const STOP_MILLISECONDS = 60_000;

export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = placeOf(options.dataDir);
  const binaries = findBinaries();
  const holders = new Holders(dataDir);
  const stop = () => holders.alone(() => leave(binaries, dataDir, holders));
  return holders.alone(async () => {
    const running = exists(dataDir) ? await settled(dataDir) : undefined;
    const server = running ?? (await startServer(binaries, dataDir, options));
    holders.enter();
    const url = await openHub(dataDir, server).catch(async (error) => {
      await leave(binaries, dataDir, holders);
      throw error;
    });
    return { url, adopted: running !== undefined, stop: once(stop) };
  });
}

/** Without symbolic links: a server is known again by the path it was started with. */
function placeOf(wanted: string): string {
  const parent = path.dirname(path.resolve(wanted));
  mkdirSync(parent, { recursive: true });
  return path.join(realpathSync(parent), path.basename(wanted));
}

/** The server that runs already, once it has made up its mind to stay. */
async function settled(dataDir: string): Promise<Postmaster | undefined> {
  const found = livingPostmaster(dataDir);
  if (!found) return undefined;
  const leaves = () => ["stopping", undefined].includes(readPostmaster(dataDir)?.status);
  const ready = await awaitReady(dataDir, START_MILLISECONDS, leaves);
  if (ready) return ready;
  if (await awaitGone(dataDir, found.pid, STOP_MILLISECONDS)) return undefined;
  throw stuck(dataDir, found, "neither gets ready nor ends");
}

async function startServer(
  binaries: Binaries,
  dataDir: string,
  options: EmbeddedOptions,
): Promise<Postmaster> {
  const account = chooseAccount(binaries.postgres, path.dirname(dataDir));
  const { fsync = true, port, settings } = options;
  if (exists(dataDir)) {
    checkMajor(dataDir);
    handOver(dataDir, account);
    if (existsSync(passwordFile(dataDir))) handOver(passwordFile(dataDir), account);
  } else makeCluster(binaries, account, dataDir, fsync);
  const log = new ServerLog(dataDir);
  return launch({ program: binaries.postgres, account, dataDir, log, fsync, port, settings });
}

/** Opens the server with its password, makes the hub's database on the first start, and gives its address. */
async function openHub(dataDir: string, server: Postmaster): Promise<string> {
  const address = (database: string) =>
    `postgres://${SUPERUSER}:${readPassword(dataDir)}@127.0.0.1:${server.port}/${database}`;
  const client = new Client({ connectionString: address("postgres"), connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined); // the failing query tells it
  try {
    await client.connect();
    const found = await client.query("SELECT FROM pg_database WHERE datname = 'hub'");
    if (found.rowCount === 0) await client.query("CREATE DATABASE hub");
  } catch (error) {
    throw new DatabaseFailure(
      `PostgreSQL runs on ${dataDir} but does not let the hub in: ${(error as Error).message}`,
      `See that ${passwordFile(dataDir)} belongs to this directory.`,
      new ServerLog(dataDir).tail(),
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  return address("hub");
}

/** Stops the server if its last user goes. */
async function leave(binaries: Binaries, dataDir: string, holders: Holders): Promise<void> {
  holders.leave();
  if (holders.others().length > 0) return;
  const server = livingPostmaster(dataDir);
  if (!server) return;
  // Fast shutdown: open sessions are ended, what was committed stays.
  if (process.platform === "win32") spawnSync(binaries.pgCtl, ["stop", "-D", dataDir, "-m", "fast"]);
  else process.kill(server.pid, "SIGINT");
  if (!(await awaitGone(dataDir, server.pid, STOP_MILLISECONDS))) {
    throw stuck(dataDir, server, "does not stop");
  }
}

function stuck(dataDir: string, server: Postmaster, what: string): DatabaseFailure {
  const log = new ServerLog(dataDir);
  return new DatabaseFailure(
    `PostgreSQL (process ${server.pid}) on ${dataDir} ${what}.`,
    `Look at ${log.file}; end that process with SIGQUIT and start again.`,
    log.tail(),
  );
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}
