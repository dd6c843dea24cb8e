/** A root list as a file, streamed as its rows come, with its access note at the end. */
import { stringify } from "csv-stringify/sync";
import { type AccessNote, joined, type RowStream } from "../read";
import { csvRow, headerOf } from "./csv";
import { CSV, NDJSON } from "./file-types";
import { type FileOptions, type Format, written } from "./format";
import { ndjsonRow } from "./ndjson";
import { parquet } from "./parquet";
import { xlsx } from "./xlsx";

/** Formats by the media type that a client accepts. */
export const FORMATS: ReadonlyMap<string, Format> = new Map(
  [csv(), ndjson(), xlsx(), parquet()].map((format): [string, Format] => [format.type, format]),
);

/** A format with what its parameters choose. */
export type AskedFormat = { readonly format: Format } & Pick<FileOptions, "bom" | "note">;

/** The format asked for by an Accept header, with its parameters, if it asks for a file first. */
export function formatOf(accept: string | undefined): AskedFormat | undefined {
  const [type = "", ...parameters] =
    (accept ?? "")
      .split(",")[0]
      ?.split(";")
      .map((part) => part.trim()) ?? [];
  const format = FORMATS.get(type.toLowerCase());
  return format && { format, bom: parameters.includes("bom=true"), note: !parameters.includes("note=false") };
}

function ndjson(): Format {
  return {
    ...NDJSON,
    async *write(stream, { onEnd, stamp }) {
      const count = yield* written(stream.rows, ndjsonRow(stream));
      onEnd(count);
      const end = { ...endOf(count, stream.prepared), stamp: stamp && Object.fromEntries(stamp) };
      yield Buffer.from(`${JSON.stringify({ _end: end })}\n`);
    },
  };
}

function csv(): Format {
  return {
    ...CSV,
    async *write(stream, { bom, note = true, onEnd, stamp }) {
      const names = headerOf(stream.columns);
      const header = (bom ? "\uFEFF" : "") + line(names);
      const count = yield* written(stream.rows, csvRow(stream), header);
      onEnd(count);
      // As many cells as any other line, so that programs that take nothing else read on.
      const rest = names.slice(1).map(() => "");
      if (note) yield Buffer.from(line([endNote(count, stream.prepared.access, stamp), ...rest]));
    },
  };
}

function endOf(rows: number, { access, apply }: RowStream["prepared"]) {
  return { rows, access, apply: joined(apply as readonly string[]) };
}

function line(cells: readonly string[]): string {
  return stringify([[...cells]], {
    escape_formulas: true,
    quoted_match: /[\r\n]/,
    record_delimiter: "windows",
  });
}

/** One line that ends a CSV: the number of rows, and each field that was not FULL everywhere. */
function endNote(rows: number, access: readonly AccessNote[], stamp: FileOptions["stamp"] = []): string {
  const mark = stamp.find(([name]) => name === "stamp")?.[1];
  const withheld = access.map((note) => (note.field ? `${note.dataset}.${note.field}` : note.dataset));
  return `# 共 ${rows} 行 rows: ${rows}; 未完全授权 not fully open: ${withheld.join(" ") || "-"}${mark ? `; ${mark}` : ""}`;
}
