/** Looks a file through before anything is imported: its hash, its encoding, and what it may be instead of a CSV file. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import iconv from "iconv-lite";
import { HubError } from "../../errors";

/** GB 18030 holds all of GBK, and the rare characters of names that GBK lacks. */
export const ENCODINGS = ["utf-8", "gb18030"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface SourceFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 in hex: the same file is known again after a kill, whatever it is called. */
  readonly hash: string;
  readonly encoding: Encoding;
  readonly delimiter: "," | "\t" | ";";
}

/** Reads the file once; its memory does not grow with the file. */
export async function inspectFile(path: string, asked?: Encoding): Promise<SourceFile> {
  const hash = createHash("sha256");
  const valid = new Map(ENCODINGS.map((encoding) => [encoding, validator(encoding)]));
  let bytes = 0;
  let firstLine: Buffer | undefined;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    if (!firstLine) refuseForeign(chunk);
    firstLine ??= Buffer.from(chunk.subarray(0, 65_536));
    bytes += chunk.length;
    hash.update(chunk);
    for (const [encoding, holds] of valid) if (!holds(chunk)) valid.delete(encoding);
    if (valid.size === 0) break;
  }
  // A sequence cut off by the end of the file is as wrong as any other.
  for (const [encoding, holds] of valid) if (!holds()) valid.delete(encoding);
  const encoding = asked ?? ENCODINGS.find((known) => valid.has(known));
  if (!encoding || !valid.has(encoding)) throw unreadable(asked);
  if (!firstLine) throw new HubError("BAD_USER_INPUT", "文件为空。The file is empty.", { argument: "file" });
  return { path, bytes, hash: hash.digest("hex"), encoding, delimiter: delimiterOf(firstLine, encoding) };
}

/** The file's bytes as UTF-8, and how many of its own were read so far. */
export function openText({ path, encoding }: SourceFile): { stream: Readable; bytesRead: () => number } {
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const bytesRead = () => file.bytesRead;
  if (encoding === "utf-8") return { stream: file, bytesRead };
  const decoder = iconv.decodeStream("gb18030") as unknown as NodeJS.ReadWriteStream;
  return { stream: file.compose(decoder) as Readable, bytesRead };
}

/** Called with each chunk and at last with none; false once the bytes are no text of this encoding. */
function validator(encoding: Encoding): (chunk?: Buffer) => boolean {
  if (encoding === "utf-8") {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    return (chunk) => {
      try {
        decoder.decode(chunk, { stream: chunk !== undefined });
        return true;
      } catch {
        return false;
      }
    };
  }
  const decoder = iconv.getDecoder("gb18030");
  return (chunk) => !(chunk ? decoder.write(chunk) : (decoder.end() ?? "")).includes("\uFFFD");
}

const FOREIGN: [magic: number[], what: string][] = [
  [[0x50, 0x4b, 0x03, 0x04], "Excel 工作簿（xlsx）。This is an Excel workbook (xlsx)"],
  [[0xd0, 0xcf, 0x11, 0xe0], "Excel 工作簿（xls）。This is an Excel workbook (xls)"],
  [[0x25, 0x50, 0x44, 0x46], "PDF 文件。This is a PDF file"],
  [[0x1f, 0x8b], "gzip 压缩文件。This is a gzip file"],
  [[0xff, 0xfe], "UTF-16 文本。This is UTF-16 text"],
  [[0xfe, 0xff], "UTF-16 文本。This is UTF-16 text"],
];

function refuseForeign(start: Buffer): void {
  const found = FOREIGN.find(([magic]) => magic.every((byte, i) => start[i] === byte));
  if (found) throw new HubError("BAD_USER_INPUT", `${found[1]}. ${HOW_TO_SAVE}`, { argument: "file" });
}

export const HOW_TO_SAVE =
  "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后再导入。Save it in Excel as “CSV UTF-8 (comma delimited)” and import that.";

function unreadable(asked?: Encoding): HubError {
  const message = asked
    ? `文件不是 ${asked} 编码。The file is not ${asked}.`
    : "文件既不是 UTF-8 也不是 GBK 编码。The file is neither UTF-8 nor GBK.";
  return new HubError("BAD_USER_INPUT", `${message} ${HOW_TO_SAVE}`, { argument: "file" });
}

/** The separator that the header uses most: names of columns contain none of them. */
function delimiterOf(start: Buffer, encoding: Encoding): SourceFile["delimiter"] {
  const text = encoding === "utf-8" ? start.toString("utf8") : iconv.decode(start, encoding);
  const header = text.split(/\r?\n|\r/, 1)[0] ?? "";
  const count = (mark: string) => header.split(mark).length;
  return count("\t") > count(",") ? "\t" : count(";") > count(",") ? ";" : ",";
}
