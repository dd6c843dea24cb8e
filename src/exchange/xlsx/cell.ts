/** A row's cells as cells of a sheet, each of its field's own type: numbers count, days are days, everything else is text. */
import type { FieldEntry } from "../../declare";
import type { Column, Leaf, RowCells, RowStream } from "../../read";
import { startsFormula } from "../formula";
import type { Output } from "../output";
import { type Style, styleIndex } from "./style";
import { writeText } from "./xml";

/** Writes the cells of one column; `row` is the number of the row, which every cell names. */
export type CellWriter = (cells: RowCells, row: Buffer, out: Output) => void;

/** What the file could not hold as it is. */
export interface Losses {
  cut: number;
  long: number;
}

type ValueWriter = (source: Uint8Array, from: number, to: number, row: Buffer, out: Output) => void;

/** Digits that a number of a spreadsheet keeps; one with more stays text, so that none is lost. */
const DIGITS = 15;

const MILLISECONDS = 86_400_000;
/** 1970-01-01, counted from the beginning of spreadsheets. */
const EPOCH = 25_569;
/** 1900-03-01: before it programs disagree, because the first one took 1900 for a leap year. */
const FIRST_DAY = 61;
const LAST_DAY = 2_958_465;

/** A to XFD. */
export function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letters(rest - 1) : "") + String.fromCharCode(65 + (column % 26));
}

/** Writers of a row's columns, in order. */
export function cellWriters(
  { columns, open }: Pick<RowStream, "columns" | "open">,
  losses: Losses,
): CellWriter[] {
  let next = 0;
  return columns.map((column) => {
    const places = column.leaves.map(() => letters(next++));
    const write = columnWriter(column, places, open, losses);
    return column.marked ? marked(write, places) : write;
  });
}

function columnWriter(
  column: Column,
  places: readonly string[],
  open: RowStream["open"],
  losses: Losses,
): CellWriter {
  const [leaf, place = ""] = [column.leaves[0], places[0]];
  if (leaf?.withheld) return withheld(place);
  const write = valueWriter(leaf?.field, place, losses);
  switch (column.is) {
    case "constant": {
      const bytes = Buffer.from(textOf(JSON.parse(column.json)));
      return (_, row, out) => write(bytes, 0, bytes.length, row, out);
    }
    case "json":
      return jsonWriter(column, places, open, losses);
    case "bare":
      return (cells, row, out) => {
        if (cells.nextCell()) write(cells.bytes, cells.from, cells.to, row, out);
      };
    case "text":
      return column.before === "" ? plain(write) : prefixed(write, column.before);
  }
}

function plain(write: ValueWriter): CellWriter {
  return (cells, row, out) => {
    if (cells.nextCell()) write(cells.bytes, cells.from, cells.to, row, out);
  };
}

function prefixed(write: ValueWriter, before: string): CellWriter {
  return (cells, row, out) => {
    if (!cells.nextCell()) return;
    const bytes = Buffer.from(before + cells.text());
    write(bytes, 0, bytes.length, row, out);
  };
}

/** Lists stay JSON, a link's cells have a place each. */
function jsonWriter(
  column: Column & { is: "json" },
  places: readonly string[],
  open: RowStream["open"],
  losses: Losses,
): CellWriter {
  const writers = column.leaves.map((leaf, i) => leafWriter(leaf, places[i] as string, losses));
  return (cells, row, out) => {
    const value: unknown = cells.nextCell() ? JSON.parse(open(cells.text())) : null;
    column.paths.forEach((path, i) => {
      const bytes = Buffer.from(textOf(path.reduce(member, value)));
      (writers[i] as ValueWriter)(bytes, 0, bytes.length, row, out);
    });
  };
}

function leafWriter(leaf: Leaf, place: string, losses: Losses): ValueWriter {
  if (!leaf.withheld) return valueWriter(leaf.field, place, losses);
  const write = empty(place, "withheld");
  return (_source, _from, _to, row, out) => write(row, out);
}

function member(value: unknown, key: string): unknown {
  return (value as Record<string, unknown> | null)?.[key];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function withheld(place: string): CellWriter {
  const write = empty(place, "withheld");
  return (_, row, out) => write(row, out);
}

/** The value is NULL wherever the mark is not, so that nothing was written before it. */
function marked(write: CellWriter, [place = ""]: readonly string[]): CellWriter {
  const mark = empty(place, "withheld");
  return (cells, row, out) => {
    write(cells, row, out);
    if (cells.nextCell()) mark(row, out);
  };
}

function empty(place: string, style: Style): (row: Buffer, out: Output) => void {
  const [head, tail] = [Buffer.from(`<c r="${place}`), Buffer.from(`" s="${styleIndex(style)}"/>`)];
  return (row, out) => {
    out.reserve(head.length + row.length + tail.length);
    out.copy(head);
    out.copy(row);
    out.copy(tail);
  };
}

function valueWriter(field: FieldEntry | undefined, place: string, losses: Losses): ValueWriter {
  const text = textWriter(place, losses);
  const writer = (
    style: Style,
    value: (source: Uint8Array, from: number, to: number) => string | undefined,
  ) => numberWriter(place, style, value, text);
  if (field?.mask) return text;
  switch (field?.kind) {
    case "int":
      return writer("whole", numberOf(losses));
    case "float":
      return writer("general", numberOf(losses));
    case "decimal":
      return writer("money", numberOf(losses));
    case "date":
      return writer("date", dayOf);
    case "datetime":
      return writer("moment", momentOf);
    case "boolean":
      return booleanWriter(place);
    default:
      return text;
  }
}

/** Text, whatever it begins with: a cell of a string is never run. A program that opens it again as CSV is told by its style. */
function textWriter(place: string, losses: Losses): ValueWriter {
  const head = Buffer.from(`<c r="${place}`);
  const string = (style: Style) =>
    Buffer.from(`" s="${styleIndex(style)}" t="inlineStr"><is><t xml:space="preserve">`);
  const [harmless, hostile] = [string("text"), string("hostile")];
  const tail = Buffer.from("</t></is></c>");
  return (source, from, to, row, out) => {
    if (from === to) return;
    out.reserve(head.length + row.length + hostile.length);
    out.copy(head);
    out.copy(row);
    out.copy(startsFormula(source, from) ? hostile : harmless);
    if (writeText(source, from, to, out)) losses.cut++;
    out.reserve(tail.length);
    out.copy(tail);
  };
}

/** The text itself where it is no value of the type, as a linked source may hold one. */
function numberWriter(
  place: string,
  style: Style,
  value: (source: Uint8Array, from: number, to: number) => string | undefined,
  text: ValueWriter,
): ValueWriter {
  const [head, middle] = [Buffer.from(`<c r="${place}`), Buffer.from(`" s="${styleIndex(style)}"><v>`)];
  const tail = Buffer.from("</v></c>");
  return (source, from, to, row, out) => {
    if (from === to) return;
    const number = value(source, from, to);
    if (number === undefined) return text(source, from, to, row, out);
    out.reserve(head.length + row.length + middle.length + number.length + tail.length);
    out.copy(head);
    out.copy(row);
    out.copy(middle);
    out.length += out.bytes.write(number, out.length, "latin1");
    out.copy(tail);
  };
}

function booleanWriter(place: string): ValueWriter {
  const [head, middle] = [Buffer.from(`<c r="${place}`), Buffer.from('" t="b"><v>')];
  const tail = Buffer.from("</v></c>");
  return (source, from, to, row, out) => {
    if (from === to) return;
    out.reserve(head.length + row.length + middle.length + 1 + tail.length);
    out.copy(head);
    out.copy(row);
    out.copy(middle);
    out.bytes[out.length++] = source[from] === 0x74 ? 0x31 : 0x30;
    out.copy(tail);
  };
}

function latin(source: Uint8Array, from: number, to: number): string {
  return Buffer.from(source.buffer, source.byteOffset + from, to - from).toString("latin1");
}

const NUMBER = /^-?(?=\d)0*(\d*?)(?:\.(\d*?)0*)?$/;

function numberOf(losses: Losses): (source: Uint8Array, from: number, to: number) => string | undefined {
  return (source, from, to) => {
    const text = latin(source, from, to);
    const parts = NUMBER.exec(text);
    if (!parts) return undefined;
    if ((parts[1]?.length ?? 0) + (parts[2]?.length ?? 0) <= DIGITS) return text;
    losses.long++;
    return undefined;
  };
}

/** Days since the beginning of spreadsheets. */
function dayOf(source: Uint8Array, from: number, to: number): string | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(latin(source, from, to));
  return parts ? serial(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))) : undefined;
}

/** The same of a moment, by the clock of Beijing, in which all moments are told. */
function momentOf(source: Uint8Array, from: number, to: number): string | undefined {
  const text = latin(source, from, Math.min(to, from + 23));
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/.test(text) ? serial(Date.parse(`${text}Z`)) : undefined;
}

function serial(milliseconds: number): string | undefined {
  const days = milliseconds / MILLISECONDS + EPOCH;
  return days >= FIRST_DAY && days <= LAST_DAY ? String(days) : undefined;
}
