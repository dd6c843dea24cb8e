/** A root list as a file: CSV or NDJSON, streamed row by row, with its access note at the end. */
import { stringify } from "csv-stringify";
import type { AccessNote, Leaf, RowStream } from "../read";

/** A way of writing rows; `end` tells what was withheld and that the file is whole. */
export interface Format {
  readonly type: string;
  readonly extension: string;
  write(stream: RowStream, options: FileOptions): AsyncIterable<string | Buffer>;
}

export interface FileOptions {
  /** Begin a CSV with the byte order mark that some spreadsheet programs need to see UTF-8. */
  readonly bom: boolean;
  /** Told with the number of rows when the last one has been written. */
  readonly onEnd: (rows: number) => void;
}

/** Formats by the media type that a client accepts. */
export const FORMATS: ReadonlyMap<string, Format> = new Map(
  [csv(), ndjson()].map((format): [string, Format] => [format.type, format]),
);

/** The format asked for by an Accept header, with its parameters, if it asks for a file first. */
export function formatOf(accept: string | undefined): { format: Format; bom: boolean } | undefined {
  const [type = "", ...parameters] =
    (accept ?? "")
      .split(",")[0]
      ?.split(";")
      .map((part) => part.trim()) ?? [];
  const format = FORMATS.get(type.toLowerCase());
  return format && { format, bom: parameters.includes("bom=true") };
}

function ndjson(): Format {
  return {
    type: "application/x-ndjson",
    extension: "ndjson",
    async *write({ rows, prepared }, { onEnd }) {
      let count = 0;
      for await (const row of rows) {
        count++;
        yield `${row}\n`;
      }
      onEnd(count);
      yield `${JSON.stringify({ _end: { rows: count, access: prepared.access } })}\n`;
    },
  };
}

function csv(): Format {
  return {
    type: "text/csv",
    extension: "csv",
    async *write({ rows, leaves, prepared }, { bom, onEnd }) {
      const writer = stringify({ bom, escape_formulas: true, record_delimiter: "windows" });
      let count = 0;
      const fill = async () => {
        writer.write(leaves.map((leaf) => leaf.path.join(".")));
        for await (const row of rows) {
          count++;
          if (!writer.write(cellsOf(JSON.parse(row), leaves)))
            await new Promise((resolve) => writer.once("drain", resolve));
        }
        onEnd(count);
        writer.end([endNote(count, prepared.access)]);
      };
      fill().catch((error: Error) => writer.destroy(error));
      yield* writer as AsyncIterable<Buffer>;
    },
  };
}

/** One line that ends every CSV: the number of rows, and each field that was not FULL everywhere. */
function endNote(rows: number, access: readonly AccessNote[]): string {
  const withheld = access.map((note) => (note.field ? `${note.dataset}.${note.field}` : note.dataset));
  return `# 共 ${rows} 行 rows: ${rows}; 未完全授权 not fully open: ${withheld.join(" ") || "-"}`;
}

/** Cells of a row in the order of the header; withheld values are empty, lists stay JSON. */
function cellsOf(row: unknown, leaves: readonly Leaf[]): string[] {
  return leaves.map((leaf) => {
    const value = leaf.path.reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], row);
    if (value === null || value === undefined) return "";
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  });
}
