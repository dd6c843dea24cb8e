/** A workbook as a stream: sheets of typed rows, a sheet that explains the columns, and one of what was withheld. */
import { addAbortSignal, Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { ZipFile } from "yazl";
import type { RowStream } from "../../read";
import { XLSX } from "../file-types";
import type { FileOptions, Format } from "../format";
import { cellWriters, type Losses } from "./cell";
import { accessNotes, columnNotes, headingOf } from "./notes";
import { MOST_ROWS, notesSheet, RowSource, rowsSheet } from "./sheet";
import { stylesXml } from "./style";
import { escaped } from "./xml";

/** Of what XML can be squeezed by, most for little work. */
const SQUEEZED = { compressionLevel: 3 };

/** `mostRows` is what a sheet holds, its header among them; further rows go on another sheet. */
export function xlsx(mostRows = MOST_ROWS): Format {
  return {
    ...XLSX,
    marks: true,
    async *write(stream, options) {
      const source = new RowSource(stream.rows);
      // Before the first byte: a statement that fails at once is refused like any other.
      await source.hasNext();
      const zip = new ZipFile();
      const output = zip.outputStream as Readable;
      zip.on("error", (error: Error) => output.destroy(error));
      const leaving = new AbortController();
      const filling = fill(zip, source, stream, options, mostRows, leaving.signal).catch((error: Error) =>
        output.destroy(error),
      );
      try {
        yield* output as AsyncIterable<Buffer>;
      } finally {
        // Who hangs up in the middle leaves nobody to write for.
        leaving.abort();
      }
      await filling;
    },
  };
}

async function fill(
  zip: ZipFile,
  source: RowSource,
  stream: RowStream,
  { onEnd, stamp = [] }: FileOptions,
  mostRows: number,
  leaving: AbortSignal,
): Promise<void> {
  const losses: Losses = { cut: 0, long: 0 };
  const writers = cellWriters(stream, losses);
  const heading = headingOf(stream.columns);
  const sheets: string[] = [];
  add(zip, "[Content_Types].xml", CONTENT_TYPES);
  add(zip, "_rels/.rels", relationships([["officeDocument", "xl/workbook.xml"]]));
  add(zip, "xl/styles.xml", stylesXml());
  do {
    sheets.push(sheets.length === 0 ? "数据" : `数据 ${sheets.length + 1}`);
    const pieces = Readable.from(rowsSheet(source, writers, heading, mostRows), {
      objectMode: false,
      highWaterMark: 256 * 1024,
    });
    addAbortSignal(leaving, pieces);
    zip.addReadStream(pieces, sheetPath(sheets.length), SQUEEZED);
    await finished(pieces);
  } while (await source.hasNext());
  onEnd(source.taken);
  const notes: [string, string[][], number[]][] = [
    ["字段说明", columnNotes(stream.columns), [8, 28, 40, 50, 24, 10, 14, 40]],
    [
      "权限说明",
      accessNotes(stream, source.taken, losses, stamp),
      [36, 36, 30, 40, 18, 12, 48, 40, 16, 24, 48],
    ],
  ];
  for (const [name, rows, widths] of notes) {
    sheets.push(name);
    zip.addBuffer(notesSheet(rows, widths), sheetPath(sheets.length), SQUEEZED);
  }
  add(zip, "xl/workbook.xml", workbookXml(sheets));
  const targets = sheets.map((_, i): [string, string] => ["worksheet", `worksheets/sheet${i + 1}.xml`]);
  add(zip, "xl/_rels/workbook.xml.rels", relationships([...targets, ["styles", "styles.xml"]]));
  zip.end();
}

function add(zip: ZipFile, path: string, xml: string): void {
  zip.addBuffer(Buffer.from(xml), path, SQUEEZED);
}

function sheetPath(number: number): string {
  return `xl/worksheets/sheet${number}.xml`;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const SCHEMAS = "http://schemas.openxmlformats.org";

/** How many sheets there will be is not known yet: whatever is not named is one. */
const CONTENT_TYPES = `${DECLARATION}<Types xmlns="${SCHEMAS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${OFFICE}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${OFFICE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${OFFICE}.styles+xml"/></Types>`;

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const own = targets.map(
    ([type, target], i) =>
      `<Relationship Id="rId${i + 1}" Type="${SCHEMAS}/officeDocument/2006/relationships/${type}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${SCHEMAS}/package/2006/relationships">${own.join("")}</Relationships>`;
}

function workbookXml(sheets: readonly string[]): string {
  const own = sheets.map(
    (name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  return `${DECLARATION}<workbook xmlns="${SCHEMAS}/spreadsheetml/2006/main" xmlns:r="${SCHEMAS}/officeDocument/2006/relationships"><sheets>${own.join("")}</sheets></workbook>`;
}
