/** Opens workbooks with LibreOffice, and tells what it found in their cells. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const USUAL_PLACES = [
  "/usr/bin/soffice",
  "/usr/bin/libreoffice",
  "/Applications/LibreOffice.app/Contents/MacOS/soffice",
];

export interface FoundCell {
  readonly type: "string" | "float" | "boolean" | "date" | "empty";
  /** Text of a string, number of a float, ISO 8601 of a date. */
  readonly value: string;
  /** It has a ground of its own. */
  readonly filled: boolean;
}

export type Sheet = readonly (readonly FoundCell[])[];

function officePath(): string {
  const found = process.env.SOFFICE ?? USUAL_PLACES.find((place) => existsSync(place));
  if (found) return found;
  throw new Error(
    "No LibreOffice found. Install it (apt-get install libreoffice-calc) or set SOFFICE to its path.",
  );
}

/** Saves files in another format, in one run, with a profile of its own. */
export async function convert(files: readonly string[], to: string, folder: string): Promise<void> {
  const profile = await mkdtemp(path.join(tmpdir(), "hub-office-"));
  try {
    const args = [
      `-env:UserInstallation=file://${profile}`,
      "--headless",
      "--convert-to",
      to,
      "--outdir",
      folder,
    ];
    const limits = { timeout: 300_000, maxBuffer: 64 * 1024 * 1024 };
    await promisify(execFile)(officePath(), [...args, ...files], limits);
  } finally {
    await rm(profile, { recursive: true });
  }
}

/** The sheets of each file by name. */
export async function opened(files: readonly string[]): Promise<Map<string, Map<string, Sheet>>> {
  const folder = await mkdtemp(path.join(tmpdir(), "hub-sheets-"));
  try {
    await convert(files, "fods", folder);
    const found = new Map<string, Map<string, Sheet>>();
    for (const file of files) {
      const flat = path.join(folder, `${path.basename(file, ".xlsx")}.fods`);
      found.set(file, sheetsIn(await readFile(flat, "utf8")));
    }
    return found;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function sheetsIn(xml: string): Map<string, Sheet> {
  const styles = [...xml.matchAll(/<style:style style:name="(\w+)"[^>]*>(.*?)<\/style:style>/gs)];
  const filled = new Set(
    styles.filter(([, , body]) => /fo:background-color="#/.test(body!)).map(([, name]) => name),
  );
  const tables = xml.matchAll(/<table:table table:name="([^"]*)"[^>]*>(.*?)<\/table:table>/gs);
  return new Map([...tables].map(([, name, body]) => [plain(name!), rowsIn(body!, filled)]));
}

function rowsIn(xml: string, filled: ReadonlySet<string | undefined>): Sheet {
  const columns = [...xml.matchAll(/<table:table-column ([^>]*)\/>/g)].flatMap(([, own]) =>
    Array(repeated(own!, "columns")).fill(attribute(own!, "table:default-cell-style-name")),
  );
  const rows = [...xml.matchAll(/<table:table-row([^>]*)>(.*?)<\/table:table-row>/gs)].flatMap(
    ([, own, body]) => {
      const cells = cellsIn(body!, columns, filled);
      return repeated(own!, "rows") > 1000
        ? []
        : Array<readonly FoundCell[]>(repeated(own!, "rows")).fill(cells);
    },
  );
  while (rows.at(-1)?.length === 0) rows.pop();
  return rows;
}

function cellsIn(
  xml: string,
  columns: readonly string[],
  filled: ReadonlySet<string | undefined>,
): FoundCell[] {
  const cells: FoundCell[] = [];
  for (const [, own = "", body = ""] of xml.matchAll(
    /<table:table-cell((?: [^>]*?)?)(?:\/>|>(.*?)<\/table:table-cell>)/gs,
  )) {
    const style = attribute(own, "table:style-name") ?? columns[cells.length];
    const cell = { ...cellOf(own, body), filled: filled.has(style) };
    for (let n = Math.min(repeated(own, "columns"), 500); n > 0; n--) cells.push(cell);
  }
  while (cells.at(-1)?.type === "empty" && !cells.at(-1)?.filled) cells.pop();
  return cells;
}

/** A truth value comes as the formula of one; any other formula is what must never be. */
function cellOf(own: string, body: string): Omit<FoundCell, "filled"> {
  const formula = attribute(own, "table:formula");
  if (formula) {
    if (!/^of:=(TRUE|FALSE)\(\)$/.test(formula)) throw new Error(`a cell runs ${formula}`);
    return { type: "boolean", value: String(formula.includes("TRUE")) };
  }
  switch (attribute(own, "office:value-type")) {
    case "float":
      return { type: "float", value: attribute(own, "office:value") ?? "" };
    case "date":
      return { type: "date", value: attribute(own, "office:date-value") ?? "" };
    case "string":
      return { type: "string", value: textIn(body) };
    case undefined:
      return { type: "empty", value: "" };
    default:
      throw new Error(`a cell is of another type: ${own}`);
  }
}

function textIn(body: string): string {
  const paragraphs = [...body.matchAll(/<text:p(?: [^>]*)?(?:\/>|>(.*?)<\/text:p>)/gs)];
  return paragraphs
    .map(([, text = ""]) =>
      plain(
        text
          .replace(/<text:s(?: text:c="(\d+)")?\/>/g, (_, n) => " ".repeat(Number(n ?? 1)))
          .replace(/<text:tab\/>/g, "\t")
          .replace(/<text:line-break\/>/g, "\n")
          .replace(/<[^>]*>/g, ""),
      ),
    )
    .join("\n");
}

function attribute(own: string, name: string): string | undefined {
  const found = new RegExp(` ?${name}="([^"]*)"`).exec(own)?.[1];
  return found === undefined ? undefined : plain(found);
}

function repeated(own: string, what: "columns" | "rows"): number {
  return Number(attribute(own, `table:number-${what}-repeated`) ?? 1);
}

function plain(text: string): string {
  return text
    .replace(/&#(x?)([0-9a-fA-F]+);/g, (_, x, n) => String.fromCodePoint(Number.parseInt(n, x ? 16 : 10)))
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, "&");
}
