// Plants each bug of list.cjs in turn and expects the differential test to fail; ends with 1 where one was not found.
// Usage: node test/differential/mutants/run.mjs [number …]
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import mutants from "./list.cjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "..", "..", "..");
const chosen = process.argv.slice(2).map(Number);
const env = { ...process.env, SEED: process.env.SEED ?? "1", CASES: process.env.CASES ?? "2000", QUICK: "1" };

const missed = [];
for (const [number, { name }] of mutants.entries()) {
  if (chosen.length > 0 && !chosen.includes(number)) continue;
  const said = verdict(number);
  console.log(`${String(number).padStart(2)}  ${said.padEnd(28)}  ${name}`);
  if (!said.startsWith("found")) missed.push(number);
}
console.log(missed.length === 0 ? "Every planted bug is found." : `Not found: ${missed.join(", ")}`);
process.exitCode = missed.length === 0 ? 0 : 1;

/** A failure that is not the comparison's own, such as a mutant that does not fit, finds nothing. */
function verdict(number) {
  const jest = path.join(root, "node_modules", "jest", "bin", "jest.js");
  const config = path.join(here, "jest.config.cjs");
  const run = spawnSync(process.execPath, [jest, "--config", config, "--runInBand"], {
    cwd: root,
    env: { ...env, MUTANT: String(number) },
    encoding: "utf8",
  });
  const found = /world (\d+) of SEED=\d+, case (\d+)/.exec(run.stderr);
  if (run.status === 0 || /✓ the planner/.test(run.stderr)) return "NOT FOUND";
  return found
    ? `found in case ${40 * Number(found[1]) + Number(found[2])}`
    : `BROKEN: ${run.stderr.slice(0, 2000)}`;
}
