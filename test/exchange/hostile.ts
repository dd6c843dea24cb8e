/** Rows whose texts a careless writer would let through, and what of a dataset's row is asked for. */
import type { Catalogue, DatasetEntry, FieldEntry } from "../../src/declare";
import type { Row, Rows } from "../permission/rows";
import type { Paths } from "./object-line";

/** Beginnings of formulas, narrow and wide, and all that CSV, JSON and XML write otherwise than it is. */
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
  "<a href='x'>&amp;</a>]]>",
  "_x000D_ _x005F_ _x1_",
];

/** Below zero, and of more digits than a spreadsheet's numbers have. */
const NUMBERS: Partial<Record<FieldEntry["kind"], readonly (string | number)[]>> = {
  int: [-7, 0],
  float: [-0.125, 1234567890.1234],
  decimal: ["-1234.50", "9007199254740993.01", "0.00"],
};

/** The rows with such texts and numbers, and without any here and there. */
export function hostile(catalogue: Catalogue, rows: Rows): Rows {
  let next = 0;
  const textOf = (field: FieldEntry) => {
    next++;
    return !field.required && next % 7 === 0 ? null : (HOSTILE[next % HOSTILE.length] as string);
  };
  return new Map(
    catalogue.datasets.map((dataset): [string, readonly Row[]] => {
      const fields = dataset.fields.filter((f) => f.kind === "text" && !f.encrypted && !f.generated);
      const numbers = dataset.fields.filter((f) => NUMBERS[f.kind] && !f.coded && !f.generated);
      const numberOf = ({ kind }: FieldEntry, i: number) => NUMBERS[kind]?.[i % 5] as string | number;
      const changed = (row: Row, i: number): Row => ({
        ...row,
        values: {
          ...row.values,
          ...Object.fromEntries(fields.map((f) => [f.name, textOf(f)])),
          ...Object.fromEntries(
            numbers
              .filter((f) => NUMBERS[f.kind]?.[i % 5] !== undefined)
              .map((f) => [f.name, numberOf(f, i)]),
          ),
        },
      });
      return [dataset.name, (rows.get(dataset.name) ?? []).map(changed)];
    }),
  );
}

/** Everything that a row has: fields, links to one row, lists, and a name for the row's type. */
export function selectionOf(dataset: DatasetEntry): { selected: string; paths: Paths } {
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
