// `npm run bench`: installs the bench's own packages where they are missing, then runs it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const here = import.meta.dirname;
if (!existsSync(path.join(here, "node_modules"))) {
  const install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", install, { cwd: here, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
await import("./run.mjs");
