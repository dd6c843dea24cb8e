/** How a command that failed tells it: what is wrong and what to do, not where in the code it was noticed. */
import { ConfigError } from "../config";
import { HubError } from "../errors";

export function failed(error: unknown): void {
  process.exitCode = 1;
  process.stderr.write(`${textOf(error)}\n`);
}

function textOf(error: unknown): string {
  if (error instanceof HubError) return `${error.message}\n${error.extensions.hint}`;
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  // Database failures bring their hint with them; what is left is a fault of the hub and needs its place.
  return "hint" in error || !error.stack ? error.message : error.stack;
}

/** For a file that a person named. */
export function missingFile(error: unknown): never {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "EISDIR" || code === "EACCES")
    throw new HubError("BAD_USER_INPUT", `读不到文件 ${path ?? ""}。The file cannot be read.`);
  throw error;
}
