// Chooses the account PostgreSQL runs under, since it refuses to run as root.
import { spawnSync } from "node:child_process";
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { DatabaseFailure } from "./failure";

export interface Account {
  /** Owner of the data directory, as this process sees it; left out when nothing is to be changed. */
  owner?: { uid: number; gid: number };
  /** Turns a command into the one that runs it under this account. */
  command(program: string, args: string[]): { file: string; args: string[]; uid?: number; gid?: number };
}

const asIs: Account = { command: (file, args) => ({ file, args }) };

/**
 * As an ordinary user: that user. As root: `postgres` or `nobody` where it can reach both the programs and
 * the data, else root's own files seen through a user namespace in which root is an ordinary user (a clone
 * under /root is closed to every other account).
 */
export function chooseAccount(program: string, dataHome: string): Account {
  if (process.platform === "win32" || process.getuid?.() !== 0) return asIs;
  for (const name of ["postgres", "nobody"]) {
    const owner = lookUp(name);
    if (owner && reaches(owner, program, dataHome)) {
      return { owner, command: (file, args) => ({ file, args, ...owner }) };
    }
  }
  const namespace = ["--user", "--map-user=1000", "--map-group=1000", "--"];
  const account: Account = {
    owner: { uid: 0, gid: 0 },
    command: (file, args) => ({ file: "unshare", args: [...namespace, file, ...args] }),
  };
  const trial = account.command(program, ["--version"]);
  if (spawnSync(trial.file, trial.args, { cwd: "/" }).status === 0) return account;
  throw new DatabaseFailure(
    "PostgreSQL does not run as root, and no other account can reach the hub's folder.",
    `Run the hub as an ordinary user, or open ${dataHome} and the hub's folder to the account "nobody", or set DATABASE_URL.`,
  );
}

function lookUp(name: string): { uid: number; gid: number } | undefined {
  if (!existsSync("/etc/passwd")) return undefined;
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Tried, not computed from modes: access lists and mount options have their say too. */
function reaches(owner: { uid: number; gid: number }, program: string, dataHome: string): boolean {
  const runs = spawnSync(program, ["--version"], { ...owner, cwd: "/" });
  const enters = spawnSync("test", ["-x", dataHome], { ...owner, cwd: "/" });
  return runs.status === 0 && enters.status === 0;
}

/** Hands a tree to the account, only when its root belongs to another: a clone may have moved. */
export function handOver(place: string, account: Account): void {
  if (!account.owner || lstatSync(place).uid === account.owner.uid) return;
  const { uid, gid } = account.owner;
  const walk = (entry: string) => {
    const stat = lstatSync(entry);
    if (stat.isDirectory()) for (const name of readdirSync(entry)) walk(path.join(entry, name));
    // A link is left alone: chown would follow it out of the tree.
    if (!stat.isSymbolicLink()) chownSync(entry, uid, gid);
  };
  walk(place);
}
