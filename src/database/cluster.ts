// Makes the data directory of an embedded PostgreSQL, with the locale that Chinese text needs.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Account, handOver } from "./account";
import type { Binaries } from "./binaries";
import { DatabaseFailure } from "./failure";

export const SUPERUSER = "hub";
const MAJOR = "18";

export const passwordFile = (dataDir: string) => `${dataDir}.password`;
export const exists = (dataDir: string) => existsSync(path.join(dataDir, "PG_VERSION"));

export function readPassword(dataDir: string): string {
  if (existsSync(passwordFile(dataDir))) return readFileSync(passwordFile(dataDir), "utf8").trim();
  throw new DatabaseFailure(
    `The password file ${passwordFile(dataDir)} is missing.`,
    `Put it back from a backup; without it nobody can open ${dataDir}.`,
  );
}

/** A finished directory, or none: it is made beside its place and renamed, so a kill leaves no half. */
export function makeCluster(binaries: Binaries, account: Account, dataDir: string, fsync: boolean): void {
  const unfinished = `${dataDir}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  handOver(unfinished, account);
  writePassword(dataDir, account);
  const run = account.command(binaries.initdb, [
    `--pgdata=${unfinished}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile(dataDir)}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The character type comes from the locale: with plain C, pg_trgm sees no letters in Chinese text.
    `--locale=${locale()}`,
    "--locale-provider=icu",
    "--icu-locale=zh-Hans",
    ...(fsync ? [] : ["--no-sync"]),
  ]);
  const result = spawnSync(run.file, run.args, { uid: run.uid, gid: run.gid, cwd: home(), env: cleanEnv() });
  if (result.status !== 0) throw initFailure(dataDir, result);
  renameSync(unfinished, dataDir);
}

function initFailure(dataDir: string, result: SpawnSyncReturns<Buffer>): DatabaseFailure {
  const said = result.error?.message ?? `${result.stdout ?? ""}${result.stderr ?? ""}`.trim();
  return new DatabaseFailure(
    `Cannot make the database directory ${dataDir}.`,
    "See that the disk has room and the folder can be written, or set DATABASE_URL.",
    said.split("\n").slice(-15).join("\n"),
  );
}

function writePassword(dataDir: string, account: Account): void {
  const file = passwordFile(dataDir);
  rmSync(file, { force: true });
  writeFileSync(file, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  handOver(file, account); // initdb reads it under the account
}

export function checkMajor(dataDir: string): void {
  const found = readFileSync(path.join(dataDir, "PG_VERSION"), "utf8").trim();
  if (found === MAJOR) return;
  throw new DatabaseFailure(
    `${dataDir} was written by PostgreSQL ${found}, the embedded server is ${MAJOR}.`,
    `Move it with pg_upgrade, or name an empty folder in HUB_DATA.`,
  );
}

function locale(): string {
  if (process.platform === "darwin") return "en_US.UTF-8";
  return process.platform === "win32" ? "C" : "C.UTF-8";
}

/** A folder every account may stand in. */
export const home = () => (process.platform === "win32" ? process.cwd() : "/");

/** The server gets none of the hub's environment: it holds secrets, and PG… variables would steer it. */
export function cleanEnv(): NodeJS.ProcessEnv {
  if (process.platform === "win32") return process.env;
  return { PATH: process.env.PATH, LC_ALL: locale(), TZ: "UTC" };
}
