/** Every planted bug still has its place in the source; whether it is found, `npm run mutants` tells. */
import { readFileSync } from "node:fs";
import path from "node:path";

interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
}

const mutants: Mutant[] = require("./list.cjs");
const root = path.resolve(__dirname, "..", "..", "..");

test.each(mutants)("$name", ({ file, from }) => {
  expect(readFileSync(path.join(root, file), "utf8").split(from)).toHaveLength(2);
});

test("there are twenty at least", () => {
  expect(mutants.length).toBeGreaterThanOrEqual(20);
});
