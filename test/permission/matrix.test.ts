/**
 * The permission matrix: dataset × field × level × territory × door, asked of the real thing, expected by hand.
 * Each asker is asked about fields that are ruled alike in turn; MATRIX=full asks all about all.
 */
import { catalogue } from "../../src/datasets";
import { check } from "./check";
import { Hub } from "./hub";
import { makeRows } from "./rows";
import { askers, GRANTS } from "./rules";

const rows = makeRows(catalogue);
const all = process.env.MATRIX === "full";
let hub: Hub;
let cells = 0;

beforeAll(async () => {
  hub = await Hub.open(catalogue, rows, GRANTS);
}, 120_000);

afterAll(async () => {
  process.stdout.write(`permission matrix: ${cells} questions over ${catalogue.datasets.length} datasets\n`);
  await hub?.close();
});

describe.each(catalogue.datasets.map((d) => [d.name, d] as const))("%s", (name, dataset) => {
  test.each(askers(name).map((asker, turn) => [asker.name, asker, turn] as const))(
    "as %s",
    async (_, asker, turn) => {
      const bothExits = asker.purpose === "deepening" || asker.kind === "committee";
      const checked = await check(hub, rows, dataset, asker, { bothExits, turn, all });
      cells += checked.cells;
      expect(checked.differences).toEqual([]);
    },
  );
});
