// The development loop: tsc writes dist/ on every change, node restarts the demo hub on it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const hub = "dist/src/cli/hub.js";
const children = [];

function start(command, args, env = {}) {
  // Each child leads its own process group: the compiler has a native child that outlives it otherwise.
  const child = spawn(command, args, {
    stdio: "inherit",
    detached: process.platform !== "win32",
    env: { ...process.env, ...env },
  });
  children.push(child);
  child.once("exit", () => end());
}

let ending = false;
async function end() {
  if (ending) return;
  ending = true;
  for (const child of children.reverse()) signalGroup(child, "SIGTERM");
  // The hub closes its database itself: give it the time, then insist.
  for (let i = 0; i < 100 && children.some(running); i++) await pause(100);
  for (const child of children.filter(running)) signalGroup(child, "SIGKILL");
  process.exit(0);
}

function running(child) {
  return child.exitCode === null && child.signalCode === null;
}

function signalGroup(child, signal) {
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It is gone already.
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);

start(process.execPath, [
  "node_modules/typescript/bin/tsc",
  "-w",
  "--preserveWatchOutput",
  "-p",
  ".ci/tsconfig.build.json",
]);
while (!existsSync(hub) && !ending) await pause(200);
if (!ending) start(process.execPath, ["--watch", "--enable-source-maps", hub, "serve"], { HUB_DEMO: "1" });
