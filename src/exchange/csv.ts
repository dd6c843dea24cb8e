/** Rows as CSV: bytes of PostgreSQL's wire become cells without being decoded, except where a cell is JSON. */
import { isNumeric } from "../declare";
import type { Column, Leaf, RowCells, RowStream } from "../read";
import type { RowWriter } from "./format";
import { startsFormula } from "./formula";
import type { Output } from "./output";

const [LINE_FEED, RETURN, QUOTE, APOSTROPHE, COMMA] = [0x0a, 0x0d, 0x22, 0x27, 0x2c] as const;

/** Bytes for which a cell is put in quotes: many readers end a row at either sign of a line's end. */
const QUOTED = flags(QUOTE, COMMA, LINE_FEED, RETURN);

/** What a cell takes beside its own bytes: a comma, two quotes and an apostrophe. */
const AROUND = 4;

function flags(...bytes: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (bytes.includes(byte) ? 1 : 0));
}

/** Names of the cells: their paths in the row. */
export function headerOf(columns: readonly Column[]): string[] {
  return columns.flatMap((column) => column.leaves.map(({ path }) => path.join(".")));
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
      return jsonWriter(column, open);
    case "bare":
      return between("", "");
    case "text":
      return column.before || column.after || isNumber(column.leaves[0])
        ? between(column.before, column.after)
        : writeNext;
  }
}

/** PostgreSQL's own text of a number is none to be run, even where it begins with a minus. */
function isNumber(leaf: Leaf | undefined): boolean {
  return leaf?.field !== undefined && isNumeric(leaf.field.kind);
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
function jsonWriter({ paths, leaves }: Column & { is: "json" }, open: RowStream["open"]): RowWriter {
  const numbers = leaves.map(isNumber);
  return (cells, out) => {
    const value: unknown = cells.nextCell() ? JSON.parse(open(cells.text())) : null;
    paths.forEach((path, i) => {
      const bytes = Buffer.from(textOf(path.reduce(member, value)));
      out.reserve(AROUND);
      if (i > 0) out.bytes[out.length++] = COMMA;
      if (numbers[i]) {
        out.reserve(bytes.length);
        out.copy(bytes);
      } else write(bytes, 0, bytes.length, out);
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
  if (startsFormula(source, from)) bytes[at++] = APOSTROPHE;
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
  if (startsFormula(source, from)) bytes[at++] = APOSTROPHE;
  for (let i = from; i < to; i++) {
    const byte = source[i] as number;
    if (byte === QUOTE) bytes[at++] = QUOTE;
    bytes[at++] = byte;
  }
  bytes[at++] = QUOTE;
  out.length = at;
}
