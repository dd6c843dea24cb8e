/**
 * The permission matrix: dataset × field × level × territory × door, asked of the real thing, expected by hand.
 * Each asker is asked about fields that are ruled alike in turn, and half of the grants knock at the main doors only,
 * another half with the next dataset. MATRIX=full asks everybody about everything.
 */
import { catalogue } from "../../src/datasets";
import { check } from "./check";
import { Hub } from "./hub";
import { makeRows } from "./rows";
import { type Asker, askers, GRANTS } from "./rules";

const rows = makeRows(catalogue);
const all = process.env.MATRIX === "full";
let hub: Hub;
let questions = 0;

beforeAll(async () => {
  hub = await Hub.open(catalogue, rows, GRANTS);
}, 120_000);

afterAll(async () => {
  process.stdout.write(
    `permission matrix: ${questions} questions over ${catalogue.datasets.length} datasets\n`,
  );
  await hub?.close();
});

describe.each(catalogue.datasets.map((d, number) => [d.name, d, number] as const))(
  "%s",
  (name, dataset, number) => {
    const turns = askers(name).map((asker, turn): [string, Asker, number] => {
      const brief = asker.brief || (asker.purpose !== undefined && (turn + number) % 2 === 0);
      return [asker.name, { ...asker, brief }, turn];
    });

    test.each(turns)("as %s", async (_, asker, turn) => {
      const bothExits = (turn + number) % 4 === 1;
      const checked = await check(hub, rows, dataset, asker, { bothExits, turn: turn + number, all });
      questions += checked.cells;
      expect(checked.differences).toEqual([]);
    });
  },
);
