// Reads postmaster.pid, by which a running PostgreSQL tells who it is, and waits for what it says.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface Postmaster {
  pid: number;
  port: number;
  status: string;
}

const pidFile = (dataDir: string) => path.join(dataDir, "postmaster.pid");

export function readPostmaster(dataDir: string): Postmaster | undefined {
  if (!existsSync(pidFile(dataDir))) return undefined;
  // Lines: pid, data directory, start time, port, socket directory, address, memory key, status.
  const lines = readFileSync(pidFile(dataDir), "utf8").split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), status: (lines[7] ?? "").trim() };
}

/**
 * The server that runs on this directory, if one does. After a crash the file may name a number that
 * another program has by now; PostgreSQL would refuse to start, so such a file is removed.
 */
export function livingPostmaster(dataDir: string): Postmaster | undefined {
  const found = readPostmaster(dataDir);
  if (!found) return undefined;
  if (alive(found.pid) && servesDirectory(found.pid, dataDir)) return found;
  rmSync(pidFile(dataDir), { force: true });
  return undefined;
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function servesDirectory(pid: number, dataDir: string): boolean {
  if (process.platform === "win32") return true;
  const commandLine = `/proc/${pid}/cmdline`;
  // A dead process nobody has waited for has an empty command line: it counts as gone.
  const command = existsSync(commandLine)
    ? readFileSync(commandLine, "utf8").replaceAll("\0", " ")
    : String(spawnSync("ps", ["-p", String(pid), "-o", "command="]).stdout ?? "");
  return command.includes("postgres") && command.includes(realpathSync(dataDir));
}

/** Waits until the server says it is ready; undefined when it ended or the time is up. */
export async function awaitReady(
  dataDir: string,
  milliseconds: number,
  ended: () => boolean,
): Promise<Postmaster | undefined> {
  for (const until = Date.now() + milliseconds; Date.now() < until && !ended(); await pause(15)) {
    const server = readPostmaster(dataDir);
    if (server?.status === "ready") return server;
  }
  return undefined;
}

/** Waits until the server has left; its file goes a moment before its process. */
export async function awaitGone(dataDir: string, pid: number, milliseconds: number): Promise<boolean> {
  for (const until = Date.now() + milliseconds; Date.now() < until; await pause(15)) {
    if (!alive(pid)) return true;
    if (readPostmaster(dataDir)?.pid !== pid && !servesDirectory(pid, dataDir)) return true;
  }
  return false;
}
