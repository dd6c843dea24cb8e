/** What a workbook says about itself, in words: its columns on one sheet, what was withheld and where it came from on another. */
import type { AccessNote, Column, Leaf, RowStream } from "../../read";
import { joined } from "../../read";
import type { Losses } from "./cell";
import { letters } from "./cell";
import type { Heading } from "./sheet";

type Rows = string[][];

/** Chinese words, by which people know a column; the path too where several would be called the same. */
export function headingOf(columns: readonly Column[]): Heading {
  const leaves = columns.flatMap((column) => column.leaves);
  const names = leaves.map(titleOf);
  const titles = names.map((name, i) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name}（${nameOf(leaves[i] as Leaf)}）`,
  );
  return { titles, widths: leaves.map(widthOf) };
}

export function nameOf({ path }: Leaf): string {
  return path.join(".");
}

/** The first clause: what follows a comma or semicolon explains, and stands on the sheet of columns. */
function titleOf({ words }: Leaf): string {
  return words.map(({ zh }) => zh.split(/[，；：]/)[0]).join(" · ");
}

function widthOf({ field }: Leaf): number {
  switch (field?.kind) {
    case "boolean":
    case "int":
      return 12;
    case "date":
    case "float":
      return 14;
    case "datetime":
    case "decimal":
    case "code":
      return 20;
    default:
      return 28;
  }
}

const TYPES: Partial<Record<NonNullable<Leaf["field"]>["kind"], string>> = {
  text: "文本 text",
  code: "编码（文本）code, as text",
  enum: "枚举 one of a list",
  enumList: "枚举列表 list, as JSON",
  int: "整数 whole number",
  decimal: "金额（元）amount in yuan",
  float: "数值 number",
  boolean: "是否 true or false",
  date: "日期 date",
  datetime: "时间（北京时间 UTC+8）moment, UTC+8",
  reference: "标识（文本）id, as text",
};

/** One row for each column: what it is called where programs ask, what it means, how it is written. */
export function columnNotes(columns: readonly Column[]): Rows {
  const leaves = columns.flatMap((column) => column.leaves);
  const head = [
    "列 Column",
    "字段 Field",
    "含义",
    "Meaning",
    "类型 Type",
    "单位 Unit",
    "依据 Article",
    "取值 Values",
  ];
  return [
    head,
    ...leaves.map((leaf, i) => {
      const { field, words } = leaf;
      const values = Object.entries(field?.enum?.values ?? {}).map(([value, zh]) => `${value} = ${zh}`);
      return [
        letters(i),
        nameOf(leaf),
        words.map(({ zh }) => zh).join(" · "),
        words.map(({ en }) => en).join(" · "),
        (field ? TYPES[field.kind] : undefined) ?? "JSON",
        field?.unit ?? "",
        words.at(-1)?.article ?? "",
        values.join("\n"),
      ];
    }),
  ];
}

/** Rows, losses and everything that this reader does not hold in full. */
export function accessNotes(
  { prepared }: RowStream,
  rows: number,
  losses: Losses,
  stamp: readonly (readonly [string, string])[],
): Rows {
  const { access, apply } = prepared;
  const all = joined(apply as readonly string[]);
  return [
    ["行数 Rows", String(rows)],
    ...stamp.map(([name, value]) => [name, value]),
    ...(losses.long > 0
      ? [
          [
            "超过 15 位有效数字的数，以文本保存 Numbers of more than 15 digits, kept as text",
            String(losses.long),
          ],
        ]
      : []),
    ...(losses.cut > 0
      ? [
          [
            "超过 32,767 字被截断的单元格，请改用 CSV Cells cut at 32,767 characters: take CSV",
            String(losses.cut),
          ],
        ]
      : []),
    [],
    [
      "带斜纹的空单元格：无权读取，不等于没有值 A hatched empty cell is withheld, which does not mean that there is no value",
    ],
    [],
    ...(access.length === 0
      ? [["全部字段完全授权 Every field is held in full"]]
      : [ACCESS_HEAD, ...access.map(accessRow)]),
    ...(all ? [[], ["申请标识 Apply for all by", all]] : []),
  ];
}

const ACCESS_HEAD = [
  "数据集 Dataset",
  "字段 Field",
  "名称",
  "Name",
  "共享属性 Class",
  "需要 Needed",
  "持有 Held",
  "例外 Except where",
  "数源部门 Steward",
  "更多权限的用途 Purposes that hold more",
  "申请标识 Apply by",
];

function accessRow(note: AccessNote): string[] {
  return [
    note.dataset,
    note.field ?? "（全部行不可见 no row is visible）",
    note.zh,
    note.en,
    note.class ?? "",
    note.needed,
    note.held.map(({ territory, name, level }) => `${name} ${territory}: ${level}`).join("\n"),
    note.exceptWhere ? `${note.exceptWhere.zh} ${note.exceptWhere.en}` : "",
    note.steward,
    note.purposes.join(" "),
    note.apply ?? "",
  ];
}
