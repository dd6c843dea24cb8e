/** The bytes of a file, over all datasets and kinds of department, beside those that objects of the same list would make. */
import { parse } from "graphql";
import { departmentSeeds } from "../../seeds";
import { catalogue } from "../../src/datasets";
import type { DatasetEntry, FieldEntry } from "../../src/declare";
import { Hub } from "../permission/hub";
import { makeRows, type Row, type Rows } from "../permission/rows";
import { askers, GRANTS, PLACES } from "../permission/rules";
import { csvOf, ndjsonOf, type Paths } from "./object-line";

/** Beginnings of formulas, narrow and wide, and all that CSV and JSON write otherwise than it is. */
const HOSTILE = [
  "=cmd|' /C calc'!A0",
  "+1",
  "-1,5",
  "@SUM(A1)",
  "\tTab",
  "\rReturn",
  "＝1＋1",
  "＋1",
  "－1",
  "＠a",
  '"quoted"',
  'a"b,c',
  "a\nb",
  "a\r\nb",
  "'",
  "ends\r",
  "\\.",
  "\\n\\",
  "\b\f\u0001\u0002\u001f\u007f\u0085\u2028",
  "，、￿é",
  "𠮷🏠",
  " blank ",
  "null",
  "，",
];

const KINDS = new Set(departmentSeeds().map(({ code }) => code.split("@")[0] as string));

interface Nodes {
  readonly nodes: Record<string, unknown>[];
}

let hub: Hub;
beforeAll(async () => {
  hub = await Hub.open(catalogue, hostile(makeRows(catalogue)), GRANTS);
}, 120_000);
afterAll(() => hub?.close());

/** The rows with texts that a careless writer would let through, and without any here and there. */
function hostile(rows: Rows): Rows {
  let next = 0;
  const textOf = (field: FieldEntry) => {
    next++;
    return !field.required && next % 7 === 0 ? null : (HOSTILE[next % HOSTILE.length] as string);
  };
  return new Map(
    catalogue.datasets.map((dataset): [string, readonly Row[]] => {
      const fields = dataset.fields.filter((f) => f.kind === "text" && !f.encrypted && !f.generated);
      const changed = (row: Row): Row => ({
        ...row,
        values: { ...row.values, ...Object.fromEntries(fields.map((f) => [f.name, textOf(f)])) },
      });
      return [dataset.name, (rows.get(dataset.name) ?? []).map(changed)];
    }),
  );
}

/** Everything that a row has: fields, links to one row, lists, and a name for the row's type. */
function selectionOf(dataset: DatasetEntry): { selected: string; paths: Paths } {
  const fields = dataset.fields.map((f) => f.name);
  const ones = dataset.links.filter((l) => !l.many).slice(0, 3);
  const [list] = dataset.links.filter((l) => l.many);
  const below = ["id", "territory", "changedAt"];
  const selected = [
    ...fields,
    "__typename",
    "again: id",
    ...ones.map((l) => `${l.name} { ${below.join(" ")} }`),
    ...(list ? [`${list.name}(first: 2) { totalCount nodes { ${below.join(" ")} } }`] : []),
  ].join(" ");
  const paths = [
    ...[...fields, "__typename", "again"].map((name) => [name]),
    ...ones.flatMap((l) => below.map((name) => [l.name, name])),
    ...(list ? [[list.name]] : []),
  ];
  return { selected, paths };
}

/** All that come before the line at the end, which no row looks like. */
function rowsOf(file: string): string {
  return file.slice(0, file.trimEnd().lastIndexOf("\n") + 1);
}

const kinds = [...KINDS].map((kind) => ({ name: kind, kind, territory: PLACES.city, purpose: undefined }));

test.each(catalogue.readable.map((d) => [d.name, d] as const))(
  "%s leaves as its objects would be written, whoever asks",
  async (name, dataset) => {
    const { selected, paths } = selectionOf(dataset);
    const known = catalogue.datasets.includes(dataset) ? askers(name) : [];
    let found = 0;
    for (const asker of [...known, ...kinds]) {
      const decisions = hub.decisions(asker);
      const document = parse(`{ ${dataset.plural}(first: 1000) { nodes { ${selected} } } }`);
      const { data } = (await hub.text(document, decisions)) as { data: Record<string, Nodes> };
      const { nodes } = data[dataset.plural] as Nodes;
      found += nodes.length;
      expect(rowsOf(await hub.bytes(document, decisions, "text/csv"))).toBe(csvOf(nodes, paths));
      const lines = await hub.bytes(document, decisions, "application/x-ndjson");
      expect(rowsOf(lines)).toBe(ndjsonOf(nodes));
    }
    if (known.length > 0) expect(found).toBeGreaterThan(0);
  },
  120_000,
);
