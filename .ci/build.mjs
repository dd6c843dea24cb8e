// Builds dist/ anew: the hub with tsc, and the pages of console/ with vite where their sources are.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
const typescript = path.join(root, "node_modules/typescript/bin/tsc");
const vite = path.join(root, "node_modules/vite/bin/vite.js");
const pages = ["hub", "graphiql"].map((page) => path.join(root, "console", page));

function run(...command) {
  const { status, error } = spawnSync(process.execPath, command, { cwd: root, stdio: "inherit" });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(typescript)) {
  console.log("build: skipped, the compilers are development dependencies and are not installed");
  process.exit(0);
}

const started = Date.now();
rmSync(path.join(root, "dist"), { recursive: true, force: true });
run(typescript, "-p", ".ci/tsconfig.build.json");
for (const page of pages) {
  const config = existsSync(page) && readdirSync(page).find((file) => /^vite\.config\.\w+$/.test(file));
  if (config && existsSync(vite))
    run(vite, "build", page, "--config", path.join(page, config), "--logLevel", "warn");
}
console.log(`build: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
