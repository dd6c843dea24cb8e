/** Every report for every kind of reader: it answers, a page as all rows do, and in files. */
import { catalogue } from "../../src/datasets";
import { columnsOf } from "../../src/reports/description";
import { openTestHub, type TestHub } from "../setup/hub";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(() => hub.close());

const READERS = [
  "civil-affairs@140100000000",
  "finance@140100000000",
  "big-data@140100000000",
  "civil-affairs@140105000000",
  "street-office@140105001000",
  "committee@140105001001",
];

const columns = (report: (typeof catalogue.reports)[number]) =>
  columnsOf(report)
    .map((c) => c.name)
    .join(" ");
const keyOrder = (report: (typeof catalogue.reports)[number]) =>
  report.key.map((k) => `{ field: ${k.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()} }`).join(", ");

describe.each(catalogue.reports.map((r) => [r.name, r] as const))("%s", (_, report) => {
  test.each(READERS)("as %s: a page says of a row what all rows say", async (reader) => {
    const shown = columns(report);
    const { all, page, total } = await hub.data(
      `{ all: ${report.plural}(orderBy: [${keyOrder(report)}], first: 1000) { totalCount nodes { id ${shown} } }
         page: ${report.plural}(orderBy: [${keyOrder(report)}], first: 2) { nodes { id ${shown} } }
         total: ${report.plural}Aggregate(groupBy: [TERRITORY_DISTRICT]) { groups { count } } }`,
      reader,
    );
    expect(page.nodes).toEqual(all.nodes.slice(0, 2));
    if (all.totalCount > 0) expect(total.groups.length).toBeGreaterThan(0);
    const file = await hub.post(
      `{ ${report.plural}(orderBy: [${keyOrder(report)}]) { nodes { ${shown} } } }`,
      reader,
      {
        accept: "application/x-ndjson",
      },
    );
    const lines = (await file.text()).trim().split("\n");
    expect(lines.slice(0, all.nodes.length).map((l) => JSON.parse(l))).toEqual(
      all.nodes.map(({ id: _id, ...node }: Record<string, unknown>) => node),
    );
  });
});
