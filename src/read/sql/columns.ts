/** Rows that leave as a file, as SQL: a column for each cell, as PostgreSQL writes it wherever the hub can finish it cheaper. */
import type { FieldEntry, Words } from "../../declare";
import type { Cell, ListPlan, Source } from "../plan-types";
import { predicateSql } from "./predicate";
import { cellSql, orderedSql } from "./rows";
import { column, type Parameters } from "./statement";
import { joinSql, maskSql, momentSql, OFFSET } from "./value";

/** Where a cell stands in JSON. */
export type Path = readonly string[];

/** One cell of a file's row: what it is called, and what people are told of it. */
export interface Leaf {
  /** Keys from the row down. */
  readonly path: Path;
  /** Of each that stands on the way, and of the field at the end. */
  readonly words: readonly Words[];
  readonly field?: FieldEntry;
  /** This reader reads it in no row. */
  readonly withheld: boolean;
}

/** How the cell of a row is read; NULL is null in each of them. */
export type Column = {
  readonly key: string;
  /** One, or as many as a link's cells have paths. */
  readonly leaves: readonly Leaf[];
  /** Another cell follows, which is not NULL where this one is withheld in its row. */
  readonly marked?: boolean;
} & (
  | { readonly is: "constant"; readonly json: string }
  /** Numbers and truth values. */
  | { readonly is: "bare" }
  /** The text itself; where something stands before or after each, they hold nothing that a format escapes. */
  | { readonly is: "text"; readonly before: string; readonly after: string }
  /** JSON text, in which values may be sealed; a link's cells stand at paths in it, anything else is one cell at `[]`. */
  | { readonly is: "json"; readonly paths: readonly Path[] }
);

export interface RowsSql {
  readonly text: string;
  readonly columns: readonly Column[];
}

/** The rows of a list in its order, without a page's limit unless one is asked for. A constant takes no column of the answer. */
export function rowsSql(
  plan: ListPlan,
  cells: readonly Cell[],
  limit: number | undefined,
  to: Parameters,
  marks = false,
): RowsSql {
  const made = cells.map((cell) => {
    const one = columnSql(plan.source, cell, to);
    const mark = marks && one.sql ? markSql(cell, to) : undefined;
    return { ...one, mark };
  });
  const selected = made.flatMap(({ sql, mark }) => [sql ?? [], mark ?? []].flat()).join(", ");
  return {
    text: `SELECT ${selected} FROM (${orderedSql(plan, selected, limit, to)}) ${plan.source.row}`,
    columns: made.map((one) => (one.mark ? { ...one.column, marked: true } : one.column)),
  };
}

interface Made {
  readonly column: Column;
  readonly sql?: string;
}

function columnSql(source: Source, cell: Cell, to: Parameters): Made {
  const of = { key: cell.key, leaves: leavesOf(cell) };
  if (cell.is === "typename") return { column: { ...of, is: "constant", json: JSON.stringify(cell.name) } };
  const plain = cell.is === "field" ? plainSql(source, cell, of, to) : undefined;
  if (plain) return plain;
  const json = cellSql(source, cell, to);
  return {
    column: { ...of, is: "json", paths: of.leaves.map(({ path }) => path.slice(1)) },
    sql: typeof json === "string" ? json : joinSql(json),
  };
}

function leavesOf(cell: Cell): Leaf[] {
  const leaf = (words: Words, field?: FieldEntry, withheld = false): Leaf[] => [
    { path: [cell.key], words: [words], field, withheld },
  ];
  switch (cell.is) {
    case "typename":
      return leaf({ zh: "类型", en: "Type" });
    case "disputed":
      return leaf({ zh: "有异议、正在校核的字段", en: "Fields under an open correction" });
    case "field":
      return leaf(cell.field, cell.field, cell.full.is === "false" && !isMasked(cell));
    case "list":
      return leaf(cell.list.source.dataset);
    case "figures":
      return leaf(cell.figures.source.dataset);
    case "one": {
      const { cells, source } = cell.row;
      return cells.flatMap(leavesOf).map(({ path, words, ...rest }) => ({
        ...rest,
        path: [cell.key, ...path],
        words: [source.dataset, ...words],
      }));
    }
  }
}

function isMasked({ field, masked }: Cell & { is: "field" }): boolean {
  return field.mask !== undefined && masked.is !== "false";
}

/** What tells a withheld cell from an empty one; undefined where the field is read in every row or in none. */
function markSql(cell: Cell, to: Parameters): string | undefined {
  if (cell.is !== "field" || cell.full.is === "true" || (cell.full.is === "false" && !isMasked(cell)))
    return undefined;
  const shown = [cell.full, ...(isMasked(cell) ? [cell.masked] : [])].filter(({ is }) => is !== "false");
  const branches = shown.map((predicate) => `WHEN ${predicateSql(predicate, to)} THEN NULL`);
  return `(CASE ${branches.join(" ")} ELSE '' END)`;
}

/** A field at the level held in each row; undefined where its JSON text is as good as anything. */
function plainSql(
  source: Source,
  cell: Cell & { is: "field" },
  of: Pick<Column, "key" | "leaves">,
  to: Parameters,
): Made | undefined {
  const { field, full, masked } = cell;
  const hidden = field.mask && isMasked(cell) ? maskSql(source.row, field, field.mask) : undefined;
  if (full.is === "false" && !hidden) return { column: { ...of, is: "constant", json: "null" } };
  if (field.encrypted || field.kind === "enumList" || (hidden && !isText(field))) return undefined;
  const open = openSql(source.row, field);
  if (full.is === "true") return { column: { ...of, ...formOf(field) }, sql: open };
  const branches = [
    ...(full.is === "false" ? [] : [`WHEN ${predicateSql(full, to)} THEN ${open}`]),
    ...(hidden ? [`WHEN ${predicateSql(masked, to)} THEN ${hidden}`] : []),
  ];
  return { column: { ...of, ...formOf(field) }, sql: `(CASE ${branches.join(" ")} END)` };
}

function isText({ kind }: FieldEntry): boolean {
  return kind === "text" || kind === "code";
}

function formOf(field: FieldEntry): { is: "bare" } | { is: "text"; before: string; after: string } {
  switch (field.kind) {
    case "int":
    case "float":
    case "boolean":
      return { is: "bare" };
    case "reference":
      return { is: "text", before: `${field.references}:`, after: "" };
    case "datetime":
      return { is: "text", before: "", after: OFFSET };
    default:
      return { is: "text", before: "", after: "" };
  }
}

function openSql(row: string, field: FieldEntry): string {
  const own = column(row, field.column);
  if (field.kind === "float") return `trim_scale(${own})`;
  if (field.kind === "boolean") return `${own}::text`;
  return field.kind === "datetime" ? momentSql(own) : own;
}
