/** Keeps a secret that the hub made for itself in a file that only its own account may read. */
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The secret in `file`; made on first use. Processes that start together agree on one. */
export function keptSecret(file: string, make: () => string): string {
  const found = read(file);
  if (found !== undefined) return found;
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, make(), { mode: 0o600 });
  try {
    // A link, unlike a rename, fails where another process was first; and the file is whole when it appears.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return read(file) as string;
}

function read(file: string): string | undefined {
  try {
    const text = readFileSync(file, "utf8");
    chmodSync(file, 0o600); // it may have come from a copy that was open to all
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
