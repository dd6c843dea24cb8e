/** Rows as lines of JSON: bytes of PostgreSQL's wire become values without being decoded, except where one is sealed. */
import type { Column, RowCells, RowStream } from "../read";
import type { RowWriter } from "./format";
import type { Output } from "./output";

const [QUOTE, BACKSLASH] = [0x22, 0x5c] as const;

/** What stands for a byte in a JSON text, as PostgreSQL writes it: all that may not stand there itself. */
const ESCAPES: readonly (Buffer | undefined)[] = Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH
    ? Buffer.from(JSON.stringify(String.fromCharCode(byte)).slice(1, -1))
    : undefined,
);

const ESCAPED = Uint8Array.from(ESCAPES, (text) => (text ? 1 : 0));

/** The longest escape. */
const LONGEST = 6;

const NULL = Buffer.from("null");
const END = Buffer.from("}\n");

/** Sealed values stand between control characters, which JSON text itself never holds. */
const SEALED = 0x01;

/** Writes a row and the end of its line. */
export function ndjsonRow({ columns, open }: Pick<RowStream, "columns" | "open">): RowWriter {
  const writers = columns.map((column, i) => memberWriter(column, i === 0 ? "{" : ",", open));
  return (cells, out) => {
    for (let i = 0; i < writers.length; i++) (writers[i] as RowWriter)(cells, out);
    out.reserve(END.length);
    out.copy(END);
  };
}

/** Writes key and value of one column. */
function memberWriter(column: Column, sign: string, open: RowStream["open"]): RowWriter {
  const name = `${sign}${JSON.stringify(column.key)}:`;
  const key = Buffer.from(name);
  switch (column.is) {
    case "constant":
      return (_, out) => out.text(name + column.json);
    case "text":
      return textWriter(key, Buffer.from(`${name}"${column.before}`), Buffer.from(`${column.after}"`));
    case "bare":
      return (cells, out) => (cells.nextCell() ? copy(key, cells, out) : writeNull(key, out));
    case "json":
      return (cells, out) => {
        if (!cells.nextCell()) writeNull(key, out);
        else if (isSealed(cells)) out.text(name + open(cells.text()));
        else copy(key, cells, out);
      };
  }
}

function isSealed({ bytes, from, to }: RowCells): boolean {
  return bytes.subarray(from, to).includes(SEALED);
}

function copy(key: Buffer, cells: RowCells, out: Output): void {
  out.reserve(key.length + cells.size);
  out.copy(key);
  out.copy(cells.bytes, cells.from, cells.to);
}

function writeNull(key: Buffer, out: Output): void {
  out.reserve(key.length + NULL.length);
  out.copy(key);
  out.copy(NULL);
}

function textWriter(key: Buffer, head: Buffer, tail: Buffer): RowWriter {
  return (cells, out) => {
    if (!cells.nextCell()) return writeNull(key, out);
    const { from, to } = cells;
    out.reserve(head.length + LONGEST * (to - from) + tail.length);
    out.copy(head);
    writeEscaped(cells.bytes, from, to, out);
    out.copy(tail);
  };
}

function writeEscaped(source: Uint8Array, from: number, to: number, out: Output): void {
  const { bytes } = out;
  let at = out.length;
  for (let i = from; i < to; i++) {
    const byte = source[i] as number;
    if (ESCAPED[byte] === 1) for (const part of ESCAPES[byte] as Buffer) bytes[at++] = part;
    else bytes[at++] = byte;
  }
  out.length = at;
}
