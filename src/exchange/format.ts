/** What the ways of writing a file share: rows become pieces of bytes, as they come. */
import { RowCells, type RowStream } from "../read";
import type { FileType } from "./file-types";
import { Output } from "./output";

/** Writes the row at which the cells stand. */
export type RowWriter = (cells: RowCells, out: Output) => void;

/** A way of writing rows; its end tells what was withheld and that the file is whole. */
export interface Format extends FileType {
  /** Wants to know of each cell whether it is withheld. */
  readonly marks?: boolean;
  write(stream: RowStream, options: FileOptions): AsyncIterable<Buffer>;
}

export interface FileOptions {
  /** Begin a CSV with the byte order mark that some spreadsheet programs need to see UTF-8. */
  readonly bom: boolean;
  /** End a CSV with a line that says how many rows there were and what was withheld; left out: yes. */
  readonly note?: boolean;
  /** What a file that has room for it says of where it came from, by name. */
  readonly stamp?: readonly (readonly [name: string, value: string])[];
  /** Told with the number of rows when the last one has been written. */
  readonly onEnd: (rows: number) => void;
}

/** Bytes worth a message of their own. */
const ENOUGH = 64 * 1024;

/** The rows' bytes, the first at once and `before` with them, not before them; gives back how many rows there were. */
export async function* written(
  rows: AsyncIterable<Buffer>,
  write: RowWriter,
  before = "",
): AsyncGenerator<Buffer, number> {
  const cells = new RowCells();
  const out = new Output();
  out.text(before);
  let [count, wanted] = [0, 1];
  for await (const batch of rows) {
    cells.load(batch);
    for (; cells.nextRow(); count++) write(cells, out);
    if (out.waiting < wanted) continue;
    yield* out.take();
    wanted = ENOUGH;
  }
  yield* out.take();
  return count;
}
