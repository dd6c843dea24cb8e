/** Random questions, answered by both exits of the planner on PostgreSQL and by the reference: all three must agree. */
import fc from "fast-check";
import { type TestDatabase, testDatabase } from "../setup/database";
import { Hub } from "./adapter";
import { askOnce, askPages, type Case } from "./ask";
import { Choose, Tally, worldOf } from "./generator";
import { trialCatalogue } from "./world";

const CASES = Number(process.env.CASES ?? 2000);
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const PER_WORLD = 40;

/** What a run must have met, as a share of its cases. */
const LEAST: Readonly<Record<string, number>> = {
  answered: 0.6,
  "refused FIELD_WITHHELD": 0.03,
  "mixed levels": 0.2,
  "negated link filter": 0.004,
  "null operand": 0.002,
  "order by several keys with nulls placed": 0.05,
  "backward page": 0.03,
  "followed a cursor": 0.04,
  "rights changed between pages": 0.02,
  "stale cursor": 0.005,
  "nested aggregate": 0.05,
  "cell under k": 0.015,
  "count protected": 0.015,
  "count partly protected": 0.001,
  "sum protected": 0.01,
  "sum of too few": 0.002,
  "sum dominated by one person": 0.0005,
  "as of a former time": 0.03,
  disputed: 0.05,
  fragments: 0.2,
  directives: 0.2,
  variables: 0.2,
};

const catalogue = trialCatalogue();
const tally = new Tally();
let database: TestDatabase;
let hub: Hub;

beforeAll(async () => {
  database = await testDatabase();
  hub = new Hub(catalogue, database.pool);
  await hub.createTables();
});
afterAll(() => database.drop());

const worlds = Math.ceil(CASES / PER_WORLD);

test(`the planner and the reference agree on ${CASES} cases (SEED=${SEED})`, async () => {
  const failures: string[] = [];
  for (let w = 0; w < worlds; w++) {
    const world = worldOf(Choose.seeded(SEED + w), catalogue);
    await hub.load(world.rows);
    const property = fc.asyncProperty(fc.gen(), async (generate) => {
      await hub.changeRights();
      const choose = Choose.recorded(generate);
      const asked: Case = { hub, world, choose, tally, reader: choose.of(world.readers) };
      await (choose.maybe(20) ? askPages(asked) : askOnce(asked));
      tally.close();
    });
    const failed = await fc
      .check(property, {
        numRuns: PER_WORLD,
        seed: SEED + w,
        endOnFailure: Boolean(process.env.ALL ?? process.env.QUICK),
      })
      .then((run) => report(w, run));
    if (failed) failures.push(failed);
    if (failed && !process.env.ALL) break;
  }
  if (failures.length > 0) throw new Error(failures.join("\n\n"));
  console.log(`SEED=${SEED}, ${CASES} cases\n${tally.report(CASES)}`);
  for (const [what, share] of Object.entries(LEAST))
    expect({ what, enough: tally.of(what) >= share * CASES || CASES < 1000 }).toEqual({ what, enough: true });
}, 3_600_000);

/** Says how to see the failure again; the choices themselves say nothing to a person. */
function report(
  world: number,
  run: { failed: boolean; errorInstance: unknown; numRuns: number },
): string | undefined {
  if (!run.failed) return undefined;
  const cause =
    run.errorInstance instanceof Error ? (run.errorInstance.stack ?? "") : String(run.errorInstance);
  return `world ${world} of SEED=${SEED}, case ${run.numRuns}: ${cause}`;
}
