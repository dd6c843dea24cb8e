// A PostgreSQL of a test's own that writes to the disk as in production, to be killed whole and started again.
import { spawnSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { type Embedded, startEmbedded } from "../../src/database/embedded";
import { alive, livingPostmaster } from "../../src/database/postmaster";

export class Cluster {
  readonly #dataDir: string;
  readonly #started: Embedded[];
  readonly #port: number;

  private constructor(dataDir: string, first: Embedded) {
    this.#dataDir = dataDir;
    this.#started = [first];
    this.#port = Number(new URL(first.url).port);
  }

  static async make(dataDir: string): Promise<Cluster> {
    return new Cluster(dataDir, await startEmbedded({ dataDir, fsync: true }));
  }

  get url(): string {
    return this.#started[0]!.url;
  }

  /** Postmaster and children at once: nothing of it gets to tidy up. */
  async kill(): Promise<void> {
    const server = livingPostmaster(this.#dataDir);
    if (!server) throw new Error("PostgreSQL does not run");
    // Stopped first: it would start new children in the place of those that are gone.
    process.kill(server.pid, "SIGSTOP");
    const all = [server.pid, ...childrenOf(server.pid)];
    for (const pid of all) end(pid);
    while (all.some(alive)) await wait(5);
  }

  /** Where it was, so that its clients find it again. */
  async start(): Promise<void> {
    this.#started.push(await startEmbedded({ dataDir: this.#dataDir, fsync: true, port: this.#port }));
  }

  async stop(): Promise<void> {
    for (const one of this.#started) await one.stop();
  }
}

function childrenOf(parent: number): number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="]);
  const pairs = String(stdout)
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.filter(([, ppid]) => ppid === parent).map(([pid]) => pid as number);
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
