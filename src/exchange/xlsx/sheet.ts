/** The XML of sheets: rows as they come, and pages of notes that are known as a whole. */
import { RowCells } from "../../read";
import { Output } from "../output";
import { type CellWriter, letters } from "./cell";
import { type Style, styleIndex } from "./style";
import { escaped } from "./xml";

/** Rows of a sheet, its header among them. */
export const MOST_ROWS = 1_048_576;

/** Bytes worth a piece of their own. */
const ENOUGH = 64 * 1024;

const HEAD = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`;
const TAIL = "</sheetData></worksheet>";

const [ROW, TO_CELLS, ROW_END] = [`<row r="`, `">`, "</row>"].map((text) => Buffer.from(text)) as [
  Buffer,
  Buffer,
  Buffer,
];

export interface Heading {
  readonly titles: readonly string[];
  /** Characters that a column shows. */
  readonly widths: readonly number[];
}

/** Rows shared by the sheets of a file: one goes on where the former was full. */
export class RowSource {
  readonly #batches: AsyncIterator<Buffer>;
  readonly #cells = new RowCells();
  #stands = false;
  /** Rows taken. */
  taken = 0;

  constructor(rows: AsyncIterable<Buffer>) {
    this.#batches = rows[Symbol.asyncIterator]();
  }

  /** Goes to the next row; a promise only where it has to be waited for, undefined where there is none. */
  next(): RowCells | undefined | Promise<RowCells | undefined> {
    if (this.#stands || this.#cells.nextRow()) {
      this.#stands = false;
      this.taken++;
      return this.#cells;
    }
    return this.#load().then((found) => (found ? this.next() : undefined));
  }

  /** Whether there is a row, which `next` then gives. */
  async hasNext(): Promise<boolean> {
    this.#stands ||= this.#cells.nextRow() || (await this.#load());
    return this.#stands;
  }

  /** To the first row of the next batch that has one. */
  async #load(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#batches.next();
      if (done) return false;
      this.#cells.load(value);
      if (this.#cells.nextRow()) {
        this.#stands = true;
        return true;
      }
    }
  }
}

/** One sheet of rows below a heading that stays in sight; ends where it is full or there are no more. */
export async function* rowsSheet(
  source: RowSource,
  writers: readonly CellWriter[],
  heading: Heading,
  most: number,
): AsyncGenerator<Buffer> {
  const out = new Output();
  out.text(headXml(heading));
  for (let row = 2; row <= most; row++) {
    const found = source.next();
    const cells = found instanceof Promise ? await found : found;
    if (!cells) break;
    const number = Buffer.from(String(row));
    out.reserve(ROW.length + number.length + TO_CELLS.length);
    out.copy(ROW);
    out.copy(number);
    out.copy(TO_CELLS);
    for (const write of writers) write(cells, number, out);
    out.reserve(ROW_END.length);
    out.copy(ROW_END);
    if (out.waiting > ENOUGH) yield* out.take();
  }
  out.text(TAIL);
  yield* out.take();
}

function headXml({ titles, widths }: Heading): string {
  const pane = `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`;
  const view = `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`;
  return `${HEAD}${view}${colsXml(widths)}<sheetData>${rowXml(1, titles, "header")}`;
}

/** A page of texts. */
export function notesSheet(rows: readonly (readonly string[])[], widths: readonly number[]): Buffer {
  const body = rows.map((cells, i) => rowXml(i + 1, cells, "note")).join("");
  return Buffer.from(`${HEAD}${colsXml(widths)}<sheetData>${body}${TAIL}`);
}

function colsXml(widths: readonly number[]): string {
  if (widths.length === 0) return "";
  const cols = widths.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  );
  return `<cols>${cols.join("")}</cols>`;
}

function rowXml(row: number, cells: readonly string[], style: Style): string {
  const own = cells.map((text, i) =>
    text === ""
      ? ""
      : `<c r="${letters(i)}${row}" s="${styleIndex(style)}" t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, 32_000))}</t></is></c>`,
  );
  return `<row r="${row}">${own.join("")}</row>`;
}
