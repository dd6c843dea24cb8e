/** Splits a file into its header and batches of rows, each row with the line it begins on. */
import { parse } from "csv-parse";
import { HubError } from "../../errors";
import { openText, type SourceFile } from "./source-file";

export interface FileRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Records {
  readonly header: FileRow;
  /** Batches of at most `size` rows; rows whose cells are all empty are passed over. */
  readonly batches: AsyncGenerator<FileRow[], void, undefined>;
  /** Part of the file that was read, from 0 to 1. */
  progress(): number;
}

/** Rows longer than this are a quotation mark without its partner. */
const MOST_CHARACTERS = 1_000_000;

export async function openRecords(file: SourceFile, size: number): Promise<Records> {
  const { stream, bytesRead } = openText(file);
  const parser = parse({
    bom: true,
    delimiter: file.delimiter,
    relax_column_count: true,
    max_record_size: MOST_CHARACTERS,
  });
  stream.on("error", (error) => parser.destroy(error));
  stream.pipe(parser);
  const rows = fileRows(parser as AsyncIterable<string[]>);
  const close = () => {
    stream.destroy();
    parser.destroy();
  };
  const first = await rows.next().catch((error) => {
    close();
    throw error;
  });
  if (first.done) {
    close();
    throw new HubError("BAD_USER_INPUT", "文件没有表头。The file has no header.", { argument: "file" });
  }
  const progress = () => Math.min(1, bytesRead() / file.bytes);
  return { header: first.value, batches: inBatches(rows, size, close), progress };
}

async function* fileRows(parser: AsyncIterable<string[]>): AsyncGenerator<FileRow, void, undefined> {
  // Counted here: asked for it, the parser makes an object for each row, which costs a fifth of the whole import.
  let line = 1;
  try {
    for await (const cells of parser) {
      if (!isBlank(cells)) yield { line, cells };
      line += 1 + breaksIn(cells);
    }
  } catch (error) {
    throw malformed(error);
  }
}

async function* inBatches(
  rows: AsyncGenerator<FileRow, void, undefined>,
  size: number,
  close: () => void,
): AsyncGenerator<FileRow[], void, undefined> {
  let batch: FileRow[] = [];
  try {
    for await (const row of rows) {
      batch.push(row);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    close();
  }
}

/** Line ends inside of quotation marks. */
function breaksIn(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells)
    for (let at = cell.indexOf("\n"); at >= 0; at = cell.indexOf("\n", at + 1)) breaks++;
  return breaks;
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== "" && cell.trim() !== "") return false;
  return true;
}

function malformed(error: unknown): unknown {
  const { code, lines } = error as { code?: string; lines?: number };
  if (!code?.startsWith("CSV_")) return error;
  const at = lines ? `第 ${lines} 行附近。Near line ${lines}. ` : "";
  return new HubError(
    "BAD_USER_INPUT",
    `CSV 格式有误：引号不成对，或者一行过长。${at}The file is no well-formed CSV: a quotation mark lacks its partner, or a row is too long`,
    { argument: "file", line: lines },
  );
}
