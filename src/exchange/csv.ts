/** Rows as CSV: bytes of PostgreSQL's wire become cells without being decoded, except where a cell is JSON. */
import type { Column, Path, RowCells, RowStream } from "../read";
import type { RowWriter } from "./format";
import type { Output } from "./output";

const [TAB, LINE_FEED, RETURN, QUOTE, APOSTROPHE, COMMA] = [0x09, 0x0a, 0x0d, 0x22, 0x27, 0x2c] as const;

/** Bytes for which a cell is put in quotes: many readers end a row at either sign of a line's end. */
const QUOTED = flags(QUOTE, COMMA, LINE_FEED, RETURN);

/** First bytes of a cell that a spreadsheet may take for a formula; with 0xEF the wide forms of its signs begin. */
const WIDE = 0xef;
const FORMULA = flags(0x3d, 0x2b, 0x2d, 0x40, TAB, RETURN, WIDE);

/** The last bytes of ＝ ＋ － ＠, before which stand EF BC. */
const WIDE_SIGN = flags(0x9d, 0x8b, 0x8d, 0xa0);

/** What a cell takes beside its own bytes: a comma, two quotes and an apostrophe. */
const AROUND = 4;

function flags(...bytes: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (bytes.includes(byte) ? 1 : 0));
}

/** Names of the cells: their paths in the row. */
export function headerOf(columns: readonly Column[]): string[] {
  return columns.flatMap((column) =>
    column.is === "json" ? column.paths.map((path) => [column.key, ...path].join(".")) : column.key,
  );
}

/** Writes a row and the end of its line. */
export function csvRow({ columns, open }: Pick<RowStream, "columns" | "open">): RowWriter {
  const writers = columns.map((column) => cellWriter(column, open));
  return (cells, out) => {
    for (let i = 0; i < writers.length; i++) {
      out.reserve(AROUND);
      if (i > 0) out.bytes[out.length++] = COMMA;
      (writers[i] as RowWriter)(cells, out);
    }
    out.reserve(2);
    out.bytes[out.length++] = RETURN;
    out.bytes[out.length++] = LINE_FEED;
  };
}

/** Writes the cells of one column; nothing is in a withheld one. */
function cellWriter(column: Column, open: RowStream["open"]): RowWriter {
  switch (column.is) {
    case "constant": {
      const text = textOf(JSON.parse(column.json));
      return (_, out) => out.text(text);
    }
    case "json":
      return jsonWriter(column.paths, open);
    case "bare":
      return writeNext;
    case "text":
      return column.before || column.after ? between(column.before, column.after) : writeNext;
  }
}

function writeNext(cells: RowCells, out: Output): void {
  if (cells.nextCell()) write(cells.bytes, cells.from, cells.to, out);
}

function between(before: string, after: string): RowWriter {
  const [head, tail] = [Buffer.from(before), Buffer.from(after)];
  return (cells, out) => {
    if (!cells.nextCell()) return;
    out.reserve(head.length + cells.size + tail.length);
    out.copy(head);
    out.copy(cells.bytes, cells.from, cells.to);
    out.copy(tail);
  };
}

/** Lists stay JSON, a link's cells have a place each. */
function jsonWriter(paths: readonly Path[], open: RowStream["open"]): RowWriter {
  return (cells, out) => {
    const value: unknown = cells.nextCell() ? JSON.parse(open(cells.text())) : null;
    paths.forEach((path, i) => {
      const bytes = Buffer.from(textOf(path.reduce(member, value)));
      out.reserve(AROUND);
      if (i > 0) out.bytes[out.length++] = COMMA;
      write(bytes, 0, bytes.length, out);
    });
  };
}

function member(value: unknown, key: string): unknown {
  return (value as Record<string, unknown> | null)?.[key];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** One cell: an apostrophe before what a spreadsheet would run, quotes around what would end the cell. */
function write(source: Uint8Array, from: number, to: number, out: Output): void {
  if (from === to) return;
  out.reserve(2 * (to - from) + AROUND);
  const { bytes } = out;
  let at = out.length;
  if (isFormula(source, from)) bytes[at++] = APOSTROPHE;
  for (let i = from; i < to; i++) {
    const byte = source[i] as number;
    if (QUOTED[byte] === 1) {
      writeQuoted(source, from, to, out);
      return;
    }
    bytes[at++] = byte;
  }
  out.length = at;
}

function writeQuoted(source: Uint8Array, from: number, to: number, out: Output): void {
  const { bytes } = out;
  let at = out.length;
  bytes[at++] = QUOTE;
  if (isFormula(source, from)) bytes[at++] = APOSTROPHE;
  for (let i = from; i < to; i++) {
    const byte = source[i] as number;
    if (byte === QUOTE) bytes[at++] = QUOTE;
    bytes[at++] = byte;
  }
  bytes[at++] = QUOTE;
  out.length = at;
}

/** The first character of a whole UTF-8 text; a wide one is three bytes long. */
function isFormula(source: Uint8Array, from: number): boolean {
  const first = source[from] as number;
  if (FORMULA[first] !== 1) return false;
  return first !== WIDE || (source[from + 1] === 0xbc && WIDE_SIGN[source[from + 2] as number] === 1);
}
