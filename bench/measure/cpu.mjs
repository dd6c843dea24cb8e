// Reads from the operating system what a tree of processes has used: processor time and memory.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const TICK_MILLISECONDS = 1000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** Milliseconds of processor time of a process, its living descendants, and those that ended. */
export function cpuOf(pid) {
  const stats = allStats();
  const children = new Map();
  for (const stat of stats.values())
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), stat.pid]);
  const sum = (one) =>
    (stats.get(one)?.ticks ?? 0) + (children.get(one) ?? []).reduce((all, child) => all + sum(child), 0);
  return sum(pid) * TICK_MILLISECONDS;
}

function allStats() {
  const stats = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(Number(name));
    if (stat) stats.set(stat.pid, stat);
  }
  return stats;
}

function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold spaces; what follows begins with the state.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [user, system, endedUser, endedSystem] = fields.slice(11, 15).map(Number);
    return { pid, parent: Number(fields[1]), ticks: user + system + endedUser + endedSystem };
  } catch {
    return undefined; // it ended meanwhile; its parent has its time
  }
}

/** Begins anew to look for the most memory that a process holds at a time. */
export function forgetPeak(pid) {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // Not allowed in some containers: the peak is then that since the process's start.
  }
}

/** Mebibytes. */
export function peakOf(pid) {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

/** Mebibytes. */
export function memoryOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
