/** Rows that leave as a file, as SQL: a column for each cell, as PostgreSQL writes it wherever the hub can finish it cheaper. */
import type { FieldEntry } from "../../declare";
import type { Cell, ListPlan, Source } from "../plan-types";
import { predicateSql } from "./predicate";
import { cellSql, orderedSql } from "./rows";
import { column, type Parameters } from "./statement";
import { joinSql, maskSql, momentSql, OFFSET } from "./value";

/** Where a cell stands in JSON. */
export type Path = readonly string[];

/** How the cell of a row is read; NULL is null in each of them. */
export type Column = { readonly key: string } & (
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
): RowsSql {
  const made = cells.map((cell) => columnSql(plan.source, cell, to));
  const selected = made.flatMap(({ sql }) => sql ?? []).join(", ");
  return {
    text: `SELECT ${selected} FROM (${orderedSql(plan, selected, limit, to)}) ${plan.source.row}`,
    columns: made.map((one) => one.column),
  };
}

interface Made {
  readonly column: Column;
  readonly sql?: string;
}

function columnSql(source: Source, cell: Cell, to: Parameters): Made {
  const { key } = cell;
  if (cell.is === "typename") return { column: { key, is: "constant", json: JSON.stringify(cell.name) } };
  const plain = cell.is === "field" ? plainSql(source, cell, to) : undefined;
  if (plain) return plain;
  const json = cellSql(source, cell, to);
  return {
    column: { key, is: "json", paths: pathsIn(cell) },
    sql: typeof json === "string" ? json : joinSql(json),
  };
}

function pathsIn(cell: Cell): Path[] {
  if (cell.is !== "one") return [[]];
  return cell.row.cells.flatMap((below) => pathsIn(below).map((path) => [below.key, ...path]));
}

/** A field at the level held in each row; undefined where its JSON text is as good as anything. */
function plainSql(source: Source, cell: Cell & { is: "field" }, to: Parameters): Made | undefined {
  const { key, field, full, masked } = cell;
  const hidden = field.mask && masked.is !== "false" ? maskSql(source.row, field, field.mask) : undefined;
  if (full.is === "false" && !hidden) return { column: { key, is: "constant", json: "null" } };
  if (field.encrypted || field.kind === "enumList" || (hidden && !isText(field))) return undefined;
  const open = openSql(source.row, field);
  if (full.is === "true") return { column: formOf(key, field), sql: open };
  const branches = [
    ...(full.is === "false" ? [] : [`WHEN ${predicateSql(full, to)} THEN ${open}`]),
    ...(hidden ? [`WHEN ${predicateSql(masked, to)} THEN ${hidden}`] : []),
  ];
  return { column: formOf(key, field), sql: `(CASE ${branches.join(" ")} END)` };
}

function isText({ kind }: FieldEntry): boolean {
  return kind === "text" || kind === "code";
}

function formOf(key: string, field: FieldEntry): Column {
  switch (field.kind) {
    case "int":
    case "float":
    case "boolean":
      return { key, is: "bare" };
    case "reference":
      return { key, is: "text", before: `${field.references}:`, after: "" };
    case "datetime":
      return { key, is: "text", before: "", after: OFFSET };
    default:
      return { key, is: "text", before: "", after: "" };
  }
}

function openSql(row: string, field: FieldEntry): string {
  const own = column(row, field.column);
  if (field.kind === "float") return `trim_scale(${own})`;
  if (field.kind === "boolean") return `${own}::text`;
  return field.kind === "datetime" ? momentSql(own) : own;
}
