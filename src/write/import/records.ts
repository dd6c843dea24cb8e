/** Splits a file into batches of rows, each with the line it begins on. */
import { parse } from "csv-parse";
import { HubError } from "../../errors";
import { openText, type SourceFile } from "./source-file";

export interface FileRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Batch {
  readonly rows: readonly FileRow[];
}

/** A row longer than this is a quotation mark without its partner. */
const MOST_CHARACTERS = 1_000_000;

/** The header's cells first, then batches of at most `size` rows; rows whose cells are all empty are passed over. */
export async function* readRecords(
  file: SourceFile,
  size: number,
): AsyncGenerator<FileRow[], void, undefined> {
  const parser = parse({
    bom: true,
    delimiter: file.delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_CHARACTERS,
  });
  const source = openText(file);
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  let rows: FileRow[] = [];
  let first = true;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const row = { line: lineOf(record, info.lines), cells: record };
      if (first) {
        first = false;
        yield [row];
        continue;
      }
      if (isBlank(record)) continue;
      rows.push(row);
      if (rows.length < size) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    throw malformed(error);
  } finally {
    source.destroy();
    parser.destroy();
  }
  if (rows.length > 0) yield rows;
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** The parser counts the line on which a row ends. */
function lineOf(record: readonly string[], last: number): number {
  let breaks = 0;
  for (const cell of record) if (cell.includes("\n")) breaks += cell.split("\n").length - 1;
  return last - breaks;
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
