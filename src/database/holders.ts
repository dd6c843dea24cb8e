// Knows which processes use an embedded server, so that the last one out, and only it, stops the server.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { alive } from "./postmaster";

let counter = 0;

export class Holders {
  readonly #folder: string;
  readonly #lock: string;
  readonly #own = `${process.pid}-${++counter}`;

  constructor(dataDir: string) {
    this.#folder = `${dataDir}.users`;
    this.#lock = `${dataDir}.lock`;
  }

  enter(): void {
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(path.join(this.#folder, this.#own), birth(process.pid));
  }

  leave(): void {
    rmSync(path.join(this.#folder, this.#own), { force: true });
  }

  /** Whether there were users once and none of them lives. */
  abandoned(): boolean {
    return existsSync(this.#folder) && this.others().length === 0;
  }

  /** Others that live; what killed processes left behind is swept away. */
  others(): number[] {
    const living: number[] = [];
    for (const name of readdirSync(this.#folder)) {
      const pid = Number(name.split("-")[0]);
      const file = path.join(this.#folder, name);
      if (alive(pid) && readFileSync(file, "utf8") === birth(pid)) {
        if (name !== this.#own) living.push(pid);
      } else rmSync(file, { force: true });
    }
    return living;
  }

  /** Start and stop exclude each other between processes: nobody attaches to a server about to leave. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (!this.#seize()) await pause(25);
    try {
      return await work();
    } finally {
      rmSync(this.#lock, { force: true });
    }
  }

  #seize(): boolean {
    try {
      const file = openSync(this.#lock, "wx");
      writeFileSync(file, `${process.pid} ${birth(process.pid)}`);
      closeSync(file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      this.#breakStaleLock();
      return false;
    }
  }

  #breakStaleLock(): void {
    try {
      const [pid = "", born = ""] = readFileSync(this.#lock, "utf8").split(" ");
      const empty = pid === "" && Date.now() - statSync(this.#lock).mtimeMs > 5_000;
      if (empty || (pid !== "" && !(alive(Number(pid)) && birth(Number(pid)) === born))) {
        rmSync(this.#lock, { force: true });
      }
    } catch {
      // It was given back in the meantime.
    }
  }
}

/** The start time of a process where the system tells it: process numbers are used again. */
function birth(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop()?.split(" ");
    return fields?.[19] ?? "";
  } catch {
    return "";
  }
}
