/** The ways others leak through rows, conditions, pages and errors: none of them tells what is withheld. */
import { catalogue } from "../../src/datasets";
import { openTwins, type Twin } from "./twins";
import {
  cursors,
  filter,
  foreignNode,
  linkFilter,
  select,
  sort,
  thereAndBack,
  totalWithFilter,
  type Way,
  wrong,
} from "./ways";

jest.setTimeout(180_000);

let twins: Twin[] = [];
let close: () => Promise<void>;

beforeAll(async () => {
  ({ twins, close } = await openTwins("rows"));
}, 240_000);

afterAll(() => close?.());

const WAYS: [string, Way][] = [
  ["1 select", select],
  ["2 filter with every operator, negated and nested", filter],
  ["3 sort", sort],
  ["6 count with a filter", totalWithFilter],
  ["7 link filters some, none, every", linkFilter],
  ["8 cursor contents", cursors],
  ["10 error texts", wrong],
  ["11 node of a foreign row, subtraction of totals", foreignNode],
  ["12 nested path out of the territory and back", thereAndBack],
];

describe.each(WAYS)("%s", (_, way) => {
  test.each(catalogue.datasets.map((d) => [d.name, d] as const))("%s", async (_, dataset) => {
    for (const twin of twins) expect(await twin.differences(dataset, way(twin, dataset))).toEqual([]);
  });
});

// Errors are told alike to everybody: way 10 finds nothing, whoever asks.
test.each(WAYS.filter(([name]) => !name.startsWith("10")))("%s would find a leak", async (_, way) => {
  const dataset = catalogue.dataset("volunteer");
  const [twin] = twins;
  const leaky = (twin as Twin).asSteward(dataset);
  expect(await leaky.differences(dataset, way(twin as Twin, dataset))).not.toEqual([]);
});
