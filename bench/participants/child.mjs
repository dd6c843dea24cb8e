// Starts a participant's process and waits until it says where it listens.
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";
import { dataDir } from "../place.mjs";

const PATIENCE = 60_000;

const living = new Set();

/** For a bench that is interrupted: nobody goes on after it. */
export function endAll() {
  for (const child of living) child.kill("SIGKILL");
}

/** Node's arguments that leave a profile of the process in a folder when it ends, for Chrome's or Node's own tools. */
export function profiling(folder = process.env.HUB_BENCH_PROFILE) {
  return folder ? ["--cpu-prof", `--cpu-prof-dir=${path.resolve(folder)}`] : [];
}

/** `says` finds the address in what the process prints; everything it prints goes into a file. */
export async function startChild(name, program, args, env, says = /listening (http:\S+)/) {
  const folder = path.join(dataDir, "logs");
  mkdirSync(folder, { recursive: true });
  const log = createWriteStream(path.join(folder, `${name}.log`));
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  living.add(child);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  void ended.then(() => living.delete(child));
  const address = await new Promise((resolve, reject) => {
    let said = "";
    const look = (bytes) => {
      log.write(bytes);
      if (said === undefined) return;
      said += bytes;
      const found = says.exec(said);
      if (found) {
        said = undefined;
        resolve(found[1]);
      }
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}: ${said}`)));
    setTimeout(() => reject(new Error(`${name} does not start: ${said}`)), PATIENCE).unref();
  });
  return {
    pid: child.pid,
    address,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      log.end();
    },
  };
}
