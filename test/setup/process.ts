// Starts TypeScript in a process of its own, for tests that kill it.
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

const root = path.resolve(__dirname, "..", "..");

/** `script` is a path from the repository's root; its standard output is a pipe. */
export function startScript(script: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const register = path.join(root, "test", "setup", "register.cjs");
  return spawn(process.execPath, ["--require", register, path.join(root, script), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Resolves with the first line that the process prints. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (bytes: Buffer) => {
      said += bytes;
      if (said.includes("\n")) resolve(said.slice(0, said.indexOf("\n")));
    });
    child.once("exit", (code) => reject(new Error(`The process ended with ${code}, it said: ${said}`)));
  });
}
