/** Workbooks as LibreOffice opens them: every cell of every dataset beside the value and the type that it must have. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inflateRawSync } from "node:zlib";
import { parse } from "graphql";
import { catalogue } from "../../src/datasets";
import type { DatasetEntry, FieldEntry } from "../../src/declare";
import { FORMATS, type Format } from "../../src/exchange";
import { xlsx } from "../../src/exchange/xlsx";
import { Hub } from "../permission/hub";
import { makeRows } from "../permission/rows";
import { type Asker, askers, GRANTS, PLACES } from "../permission/rules";
import { hostile, selectionOf } from "./hostile";
import { type FoundCell, opened, type Sheet } from "./libre-office";

type Node = Record<string, unknown>;

const WORKBOOK = FORMATS.get("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") as Format;
const folder = mkdtempSync(path.join(tmpdir(), "hub-workbooks-"));

let hub: Hub;
beforeAll(async () => {
  hub = await Hub.open(catalogue, hostile(catalogue, makeRows(catalogue)), GRANTS);
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await hub?.close();
});

async function saved(name: string, query: string, asker: Asker, format = WORKBOOK): Promise<string> {
  const file = path.join(folder, `${name}.xlsx`);
  writeFileSync(file, await hub.whole(parse(query), hub.decisions(asker), format));
  return file;
}

async function nodesOf(dataset: DatasetEntry, selected: string, asker: Asker): Promise<Node[]> {
  const document = parse(`{ ${dataset.plural}(first: 1000) { nodes { ${selected} } } }`);
  const { data } = await hub.text(document, hub.decisions(asker));
  return (data as Record<string, { nodes: Node[] }>)[dataset.plural]?.nodes ?? [];
}

function stewardOf(dataset: DatasetEntry): Asker {
  const kind = dataset.from ? catalogue.dataset(dataset.from).steward : dataset.steward;
  return { name: "steward", kind, territory: PLACES.city, purpose: undefined } as Asker;
}

/** The field at the end of a path; none where a link's name or an alias stands. */
function fieldOf(dataset: DatasetEntry, [first = "", second]: readonly string[]): FieldEntry | undefined {
  const own = second ? undefined : dataset.fields.find((f) => f.name === first);
  if (own) return own;
  const link = dataset.links.find((l) => l.name === first);
  return link && second ? catalogue.dataset(link.target).fields.find((f) => f.name === second) : undefined;
}

/** What a program may lay out otherwise: signs that have no width, and ends of lines. */
function shown(text: string): string {
  return (
    text
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what the program's own file cannot hold
      .replace(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/g, "")
      .replace(/\n+$/, "")
  );
}

function expected(value: unknown, field: FieldEntry | undefined): Omit<FoundCell, "filled"> {
  if (value === null || value === undefined || value === "") return { type: "empty", value: "" };
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  switch (field?.mask ? undefined : field?.kind) {
    case "int":
    case "float":
    case "decimal": {
      const digits = text.replace(/^-?0*|\.|(\.\d*?)0+$/g, "").length;
      return digits > 15 ? { type: "string", value: text } : { type: "float", value: String(Number(text)) };
    }
    case "boolean":
      return { type: "boolean", value: text };
    case "date":
      // A spreadsheet's calendar begins to be right with this day.
      return { type: text < "1900-03-01" ? "string" : "date", value: text };
    case "datetime":
      return { type: "date", value: text.slice(0, 19) };
    default:
      return { type: "string", value: shown(text) };
  }
}

function found(sheet: Sheet, row: number, column: number): FoundCell {
  const cell = sheet[row]?.[column] ?? { type: "empty" as const, value: "", filled: false };
  if (cell.type === "string") return { ...cell, value: shown(cell.value) };
  return cell.value === "" && cell.type !== "empty" ? { ...cell, type: "empty" } : cell;
}

test("LibreOffice finds in every cell the value that a list answers, of its own type; withheld ones are marked", async () => {
  const cases: { file: string; dataset: DatasetEntry; asker: Asker }[] = [];
  for (const dataset of catalogue.readable) {
    const { selected } = selectionOf(dataset);
    const own = catalogue.datasets.includes(dataset) ? askers(dataset.name) : [];
    const some = own.filter(({ name }) => name === "granted district" || name === "granted fields");
    for (const asker of [stewardOf(dataset), ...some]) {
      const query = `{ ${dataset.plural} { nodes { ${selected} } } }`;
      cases.push({ file: await saved(`${dataset.name}-${cases.length}`, query, asker), dataset, asker });
    }
  }
  const books = await opened(cases.map(({ file }) => file));
  const wrong: unknown[] = [];
  const seen = { hostile: 0, withheld: 0, long: 0, negative: 0 };
  for (const { file, dataset, asker } of cases) {
    const { selected, paths } = selectionOf(dataset);
    const nodes = await nodesOf(dataset, selected, asker);
    const all = new Map(
      (await nodesOf(dataset, selected, stewardOf(dataset))).map((node) => [node.id, node]),
    );
    const sheet = books.get(file)?.get("数据") as Sheet;
    expect([file, sheet.length]).toEqual([file, nodes.length + 1]);
    nodes.forEach((node, i) => {
      paths.forEach((own, column) => {
        const value = own.reduce((at: unknown, key) => (at as Node | null)?.[key], node);
        const field = fieldOf(dataset, own);
        const { filled, ...cell } = found(sheet, i + 1, column);
        // Of a value that is masked there may be no masked form.
        const isWithheld =
          own.length === 1 &&
          !field?.mask &&
          value === null &&
          (all.get(node.id)?.[own[0]!] ?? null) !== null;
        const wanted = expected(value, field);
        if (
          cell.type !== wanted.type ||
          cell.value !== wanted.value ||
          (value !== null ? filled : isWithheld && !filled)
        )
          wrong.push([file, i, own.join("."), cell, wanted, filled]);
        if (isWithheld) seen.withheld++;
        if (cell.type === "string" && /^[=+@-]/.test(cell.value)) seen.hostile++;
        if (field?.kind === "decimal" && cell.type === "string") seen.long++;
        if (cell.type === "float" && cell.value.startsWith("-")) seen.negative++;
      });
    });
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  for (const [what, count] of Object.entries(seen)) expect([what, count > 0]).toEqual([what, true]);
}, 600_000);

test("the header is in Chinese and stays in sight; sheets explain the columns and what was withheld", async () => {
  const dataset = catalogue.dataset("volunteer");
  const asker = askers("volunteer").find(({ name }) => name === "granted fields") as Asker;
  const query = "{ volunteers { nodes { volunteerNo name phone } } }";
  const file = await saved("notes", query, asker);
  const book = (await opened([file])).get(file) as Map<string, Sheet>;
  const texts = (name: string) => book.get(name)?.map((row) => row.map(({ value }) => value)) as string[][];
  expect([...book.keys()]).toEqual(["数据", "字段说明", "权限说明"]);
  const fields = ["volunteerNo", "name", "phone"].map((name) => catalogue.field(dataset, name));
  expect(texts("数据")[0]).toEqual(fields.map(({ zh }) => zh.split(/[，；：]/)[0]));
  expect(
    texts("字段说明")
      .slice(1)
      .map((row) => [row[1], row[2], row[3]]),
  ).toEqual(fields.map(({ name, zh, en }) => [name, zh, en]));
  const { access } = await hub.text(
    parse(query.replace("volunteers", "volunteers(first: 1)")),
    hub.decisions(asker),
  );
  expect(access.length).toBeGreaterThan(0);
  const notes = texts("权限说明");
  expect(notes[0]).toEqual(["行数 Rows", String((texts("数据").length ?? 0) - 1)]);
  for (const note of access)
    expect(notes.filter(([d, f]) => d === note.dataset && f === note.field).map((row) => row[8])).toEqual([
      note.steward,
    ]);
  const sheet = partOf(
    await hub.whole(parse(query), hub.decisions(asker), WORKBOOK),
    "xl/worksheets/sheet1.xml",
  );
  expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
}, 300_000);

test("rows that a sheet has no room for go on another one, under the same header", async () => {
  const asker = stewardOf(catalogue.dataset("facility"));
  const query = "{ facilities { nodes { code } } }";
  const file = await saved("many", query, asker, xlsx(4));
  const nodes = await nodesOf(catalogue.dataset("facility"), "code", asker);
  const book = (await opened([file])).get(file) as Map<string, Sheet>;
  const sheets = [...book].filter(([name]) => name.startsWith("数据"));
  expect(sheets.map(([name]) => name)).toEqual(
    Array.from({ length: Math.ceil(nodes.length / 3) }, (_, i) => (i === 0 ? "数据" : `数据 ${i + 1}`)),
  );
  expect(nodes.length).toBeGreaterThan(6);
  expect(new Set(sheets.map(([, sheet]) => sheet[0]?.[0]?.value)).size).toBe(1);
  const codes = sheets.flatMap(([, sheet]) => sheet.slice(1).map((row) => row[0]?.value));
  expect(codes).toEqual(nodes.map(({ code }) => code));
}, 300_000);

/** A part of a workbook, found by its central directory. */
function partOf(zip: Buffer, name: string): string {
  for (let at = zip.indexOf("PK\u0001\u0002"); at >= 0; at = zip.indexOf("PK\u0001\u0002", at + 4)) {
    const length = zip.readUInt16LE(at + 28);
    if (zip.toString("utf8", at + 46, at + 46 + length) !== name) continue;
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    return inflateRawSync(zip.subarray(from, from + zip.readUInt32LE(at + 20))).toString();
  }
  throw new Error(`${name} is missing`);
}
