/** Figures of supervision as a table: a row for each side and department, a column for each figure. */
import { stringify } from "csv-stringify/sync";
import { GROUPS } from "./figures";
import type { Performance, Refusal } from "./performance";

const COLUMNS = GROUPS.flatMap(({ name, figures }) => figures.map((f) => [name, f.name] as const));
const MISSED = ["dataset", "field", "departments", "withNone", "answers", "requestedBy", "requests"] as const;

/** What a side has no figure of is empty; nought is 0. */
export function performanceTable({ rows }: Performance): string {
  const header = ["side", "department", "departmentName", ...COLUMNS.map((c) => c.join(".")), "refusals"];
  return csvOf(
    header,
    rows.map((row) => [
      ...[row.side, row.department, row.departmentName],
      ...COLUMNS.map(([group, figure]) => row[group]?.[figure]),
      row.refusals.map(refusalText).join("; "),
    ]),
  );
}

export function missedTable({ missed }: Performance): string {
  return csvOf(
    MISSED,
    missed.map((row) => MISSED.map((column) => row[column])),
  );
}

const refusalText = ({ criterion, refused, inPart }: Refusal) => `${criterion} ${refused}+${inPart}`;

/** A name that a spreadsheet would take for a formula gets an apostrophe. */
function csvOf(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return stringify([header, ...rows], { record_delimiter: "\r\n", escape_formulas: true });
}
