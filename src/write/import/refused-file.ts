/** Writes the rows that an import refused, with line and reasons, to a file that can be corrected and imported again. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { stringify } from "csv-stringify/sync";
import type { Pool } from "pg";
import type { Problem } from "../problem";
import { REFUSAL_COLUMNS } from "./header";
import { type ImportJob, refusalsOf, type StoredRefusal } from "./job";
import { type FileRow, openRecords } from "./records";
import type { SourceFile } from "./source-file";

const PAGE = 1_000;

/** The cells come from the file itself, the reasons from the job: so the file is whole whatever was killed before. */
export async function writeRefused(
  pool: Pool,
  job: ImportJob,
  file: SourceFile,
  path: string,
): Promise<void> {
  const records = await openRecords(file, PAGE);
  const out = createWriteStream(path, { mode: 0o600 });
  const write = async (text: string) => {
    if (!out.write(text)) await once(out, "drain");
  };
  // By its mark spreadsheets know that the file is UTF-8.
  await write(`\ufeff${stringify([[...REFUSAL_COLUMNS, ...titles(records.header)]])}`);
  const refusals = allRefusals(pool, job.id);
  let next = (await refusals.next()).value;
  for await (const rows of records.batches) {
    const refused: string[][] = [];
    for (const row of rows) {
      if (row.line !== next?.line) continue;
      refused.push([String(row.line), reasonsOf(next), ...cells(records.header, row)]);
      next = (await refusals.next()).value;
    }
    if (refused.length > 0) await write(stringify(refused));
    if (!next) break;
  }
  out.end();
  await finished(out);
}

async function* allRefusals(pool: Pool, job: string): AsyncGenerator<StoredRefusal, undefined, undefined> {
  let line = 0;
  for (;;) {
    const page = await refusalsOf(pool, job, line, PAGE);
    yield* page;
    line = page.at(-1)?.line ?? 0;
    if (page.length < PAGE) return undefined;
  }
}

/** A file of refused rows that is refused again keeps one pair of these columns. */
function isOwn(header: FileRow, i: number): boolean {
  return (REFUSAL_COLUMNS as readonly string[]).includes(
    (header.cells[i] ?? "").replace(/^\ufeff/, "").trim(),
  );
}

function titles(header: FileRow): string[] {
  return header.cells.filter((_, i) => !isOwn(header, i)).map(safe);
}

function cells(header: FileRow, row: FileRow): string[] {
  return row.cells.filter((_, i) => !isOwn(header, i)).map(safe);
}

/** Reasons in words, each after the field it is about. */
export function reasonsOf({ problems }: { readonly problems: readonly Problem[] }): string {
  return problems
    .map(({ field, fields, problem }) =>
      `${(fields ?? [field]).filter(Boolean).join("、")}：${problem}`.replace(/^：/, ""),
    )
    .join("；");
}

/** What a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;
/** What a spreadsheet would rewrite when the file is saved again: long numbers, leading zeros, dates. */
const REWRITTEN = /^(\d{12,}|0\d+|\d{4}-\d\d-\d\d.*)$/;

/** The marks before a value are taken off again when it is imported. */
function safe(cell: string): string {
  if (FORMULA.test(cell)) return `'${cell}`;
  return REWRITTEN.test(cell) ? `\t${cell}` : cell;
}
