/** A row of the file on its way into the dataset: its values, and what is wrong with them. */
import type { FieldEntry } from "../../declare";
import type { Problem } from "../problem";
import type { Value } from "../value";
import { type CellReader, cellReaderOf, clean } from "./cell";
import { DIGITS_LOST, losesDigits } from "./damage";
import type { Header } from "./header";
import type { FileRow } from "./records";

export interface Candidate {
  readonly line: number;
  readonly values: Record<string, Value>;
  readonly problems: Problem[];
  /** The row in use with the same business key. */
  stored?: Stored;
}

/** What stands in the dataset; of encrypted fields the keyed hash stands for the value. */
export interface Stored {
  readonly id: string;
  readonly version: number;
  readonly values: Readonly<Record<string, Value>>;
}

/** Reads rows cell by cell; readers are made once. */
export function candidateReader(
  header: Header,
  damaged: ReadonlySet<FieldEntry> = new Set(),
): (row: FileRow) => Candidate {
  const readers = header.columns.map(
    (field) => field && (damaged.has(field) ? damagedReader(field) : cellReaderOf(field)),
  );
  return (row) => {
    if (row.cells.length !== readers.length && !trailing(row.cells, readers.length))
      return { line: row.line, values: {}, problems: [wrongLength(row.cells.length, readers.length)] };
    return read(row, header, readers);
  };
}

function read(row: FileRow, header: Header, readers: readonly (CellReader | undefined)[]): Candidate {
  const values: Record<string, Value> = {};
  const problems: Problem[] = [];
  for (let i = 0; i < readers.length; i++) {
    const reader = readers[i];
    if (!reader) continue;
    const result = reader(row.cells[i] as string);
    if ("rule" in result) problems.push(result);
    else values[(header.columns[i] as { name: string }).name] = result.value;
  }
  return { line: row.line, values, problems };
}

/** Refuses every long number of a column in which all of them lost digits. */
function damagedReader(field: FieldEntry): CellReader {
  const read = cellReaderOf(field);
  return (cell) => (losesDigits(clean(cell)) ? { field: field.name, ...DIGITS_LOST } : read(cell));
}

/** Spreadsheets end rows with separators of columns that are not there. */
function trailing(cells: readonly string[], length: number): boolean {
  return cells.length > length && cells.slice(length).every((cell) => cell.trim() === "");
}

function wrongLength(found: number, expected: number): Problem {
  return {
    field: "",
    rule: "CELL_COUNT",
    problem: `本行有 ${found} 格，表头有 ${expected} 列；含分隔符的值应加引号。The row has ${found} cells and the header ${expected}: a value with a separator in it needs quotation marks`,
  };
}
