// Runs the PostgreSQL program on a data directory and waits until it answers.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import type { Account } from "./account";
import { cleanEnv, home } from "./cluster";
import { DatabaseFailure } from "./failure";
import type { ServerLog } from "./log";
import { awaitReady, type Postmaster } from "./postmaster";

export interface Launch {
  program: string;
  account: Account;
  dataDir: string;
  log: ServerLog;
  fsync: boolean;
  port?: number;
  settings?: Record<string, string>;
}

/** Recovery after a crash of a large database takes its time. */
export const START_MILLISECONDS = 120_000;
const ATTEMPTS = 4;

export async function launch(wanted: Launch): Promise<Postmaster> {
  return wanted.log.during(async (file, logStart) => {
    for (let attempt = 1; ; attempt++) {
      const port = wanted.port ?? (await freePort());
      const hasEnded = spawnServer(wanted, port, file);
      const server = await awaitReady(wanted.dataDir, START_MILLISECONDS, hasEnded);
      if (server) return server;
      const said = wanted.log.tail(logStart);
      // Between finding a free port and using it another program may take it.
      const taken = /could not bind|could not create any TCP/.test(said);
      if (taken && wanted.port === undefined && attempt < ATTEMPTS) continue;
      throw new DatabaseFailure(
        `PostgreSQL did not start on ${wanted.dataDir}, port ${port}.`,
        taken ? `Another program holds port ${port}.` : `Its whole log is ${wanted.log.file}.`,
        said,
      );
    }
  });
}

/** Starts the program and gives a question: has it ended? */
function spawnServer({ program, account, dataDir, fsync, settings }: Launch, port: number, log: number) {
  const all = { ...SETTINGS, ...(fsync ? {} : UNSAFE), ...settings, port: String(port) };
  const words = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const run = account.command(program, ["-D", dataDir, ...words]);
  let ended = false;
  const child = spawn(run.file, run.args, {
    uid: run.uid,
    gid: run.gid,
    cwd: home(),
    env: cleanEnv(),
    // In a session of its own: Ctrl-C in the terminal would end it under running requests otherwise.
    detached: true,
    stdio: ["ignore", log, log],
  });
  const end = () => {
    ended = true;
  };
  child.once("exit", end).once("error", end);
  child.unref();
  return () => ended;
}

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "", // a socket's path may be 107 characters long, folders are longer
  password_encryption: "scram-sha-256",
  max_connections: "100",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  random_page_cost: "1.1",
  max_wal_size: "2GB",
  timezone: "Asia/Shanghai",
  log_timezone: "Asia/Shanghai",
  // The log must not hold values of rows: no details ("Key (…)=(…)"), no statements, no parameters.
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_parameter_max_length: "0",
  // A statement whose client has gone is given up.
  ...(process.platform === "linux" ? { client_connection_check_interval: "5s" } : {}),
};

const UNSAFE = { fsync: "off", full_page_writes: "off", synchronous_commit: "off" };

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
