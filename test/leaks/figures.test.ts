/** The ways others leak through figures: what is withheld changes no group, no sum, no count, no difference of totals. */
import { catalogue } from "../../src/datasets";
import { openTwins, type Twin } from "./twins";
import { countWithFilter, group, measure, subtraction, type Way } from "./ways";

jest.setTimeout(180_000);

let twins: Twin[] = [];
let close: () => Promise<void>;

beforeAll(async () => {
  ({ twins, close } = await openTwins("figures"));
}, 240_000);

afterAll(() => close?.());

const WAYS: [string, Way][] = [
  ["4 group", group],
  ["5 sum, avg, min, max", measure],
  ["6 count with a filter", countWithFilter],
  ["11 subtraction of figures", subtraction],
];

describe.each(WAYS)("%s", (_, way) => {
  test.each(catalogue.datasets.map((d) => [d.name, d] as const))("%s", async (_, dataset) => {
    for (const twin of twins) expect(await twin.differences(dataset, way(twin, dataset))).toEqual([]);
  });
});

test.each(WAYS)("%s would find a leak", async (_, way) => {
  const dataset = catalogue.dataset("volunteer");
  const [twin] = twins;
  const leaky = (twin as Twin).asSteward(dataset);
  expect(await leaky.differences(dataset, way(twin as Twin, dataset))).not.toEqual([]);
});
