/** The bytes of a file, over all datasets and kinds of department, beside those that objects of the same list would make. */
import { parse } from "graphql";
import { departmentSeeds } from "../../seeds";
import { catalogue } from "../../src/datasets";
import { isNumeric } from "../../src/declare";
import { Hub } from "../permission/hub";
import { makeRows } from "../permission/rows";
import { askers, GRANTS, PLACES } from "../permission/rules";
import { hostile, selectionOf } from "./hostile";
import { csvOf, ndjsonOf } from "./object-line";

const KINDS = new Set(departmentSeeds().map(({ code }) => code.split("@")[0] as string));

interface Nodes {
  readonly nodes: Record<string, unknown>[];
}

let hub: Hub;
beforeAll(async () => {
  hub = await Hub.open(catalogue, hostile(catalogue, makeRows(catalogue)), GRANTS);
}, 120_000);
afterAll(() => hub?.close());

/** All that come before the line at the end, which no row looks like. */
function rowsOf(file: string): string {
  return file.slice(0, file.trimEnd().lastIndexOf("\n") + 1);
}

const kinds = [...KINDS].map((kind) => ({ name: kind, kind, territory: PLACES.city, purpose: undefined }));

test.each(catalogue.readable.map((d) => [d.name, d] as const))(
  "%s leaves as its objects would be written, whoever asks",
  async (name, dataset) => {
    const { selected, paths } = selectionOf(dataset);
    const numbers = new Set(dataset.fields.filter((f) => isNumeric(f.kind)).map((f) => f.name));
    const known = catalogue.datasets.includes(dataset) ? askers(name) : [];
    let found = 0;
    for (const asker of [...known, ...kinds]) {
      const decisions = hub.decisions(asker);
      const document = parse(`{ ${dataset.plural}(first: 1000) { nodes { ${selected} } } }`);
      const { data } = (await hub.text(document, decisions)) as { data: Record<string, Nodes> };
      const { nodes } = data[dataset.plural] as Nodes;
      found += nodes.length;
      expect(rowsOf(await hub.bytes(document, decisions, "text/csv"))).toBe(csvOf(nodes, paths, numbers));
      const lines = await hub.bytes(document, decisions, "application/x-ndjson");
      expect(rowsOf(lines)).toBe(ndjsonOf(nodes));
    }
    if (known.length > 0) expect(found).toBeGreaterThan(0);
  },
  120_000,
);
