// The log of an embedded server: beside its data, short, and quoted when the server cannot start.
import { closeSync, existsSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";

const LARGEST = 4 * 1024 * 1024;
const QUOTED_LINES = 15;

export class ServerLog {
  readonly file: string;

  constructor(dataDir: string) {
    this.file = `${dataDir}.log`;
  }

  /** Gives the open file to `use` and says afterwards where this server's lines begin. */
  async during<T>(use: (file: number, start: number) => Promise<T>): Promise<T> {
    if (existsSync(this.file) && statSync(this.file).size > LARGEST) truncateSync(this.file);
    const file = openSync(this.file, "a", 0o600);
    try {
      return await use(file, statSync(this.file).size);
    } finally {
      closeSync(file);
    }
  }

  tail(start = 0): string {
    if (!existsSync(this.file)) return "";
    const said = readFileSync(this.file).subarray(start).toString("utf8").trim();
    return said.split("\n").slice(-QUOTED_LINES).join("\n");
  }
}
