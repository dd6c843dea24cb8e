// How files are read, without a database: encodings, columns, lines, cells, and damage done by spreadsheets.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import iconv from "iconv-lite";
import { catalogue } from "../../src/datasets";
import { candidateReader } from "../../src/write/import/candidate";
import { cellReaderOf } from "../../src/write/import/cell";
import { Fingerprints } from "../../src/write/import/fingerprints";
import { matchHeader } from "../../src/write/import/header";
import { openRecords } from "../../src/write/import/records";
import { inspectFile } from "../../src/write/import/source-file";
import { damagedColumns } from "../../src/write/import/suspect";

const folder = mkdtempSync(path.join(tmpdir(), "community-hub-reading-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (bytes: Buffer | string) => {
  const place = path.join(folder, "file.csv");
  writeFileSync(place, bytes);
  return place;
};

async function rowsOf(bytes: Buffer | string): Promise<[number, ...string[]][]> {
  const records = await openRecords(await inspectFile(file(bytes)), 3);
  const rows: [number, ...string[]][] = [[records.header.line, ...records.header.cells]];
  for await (const batch of records.batches) for (const { line, cells } of batch) rows.push([line, ...cells]);
  return rows;
}

const TEXT = "编码,名称\n1,坞城街道\n2,㛃䶮镕";

test.each([
  ["UTF-8", Buffer.from(TEXT), "utf-8"],
  ["UTF-8 with its mark", Buffer.from(`\ufeff${TEXT}`), "utf-8"],
  ["GBK", iconv.encode("编码,名称\n1,坞城街道\n2,朱镕基", "gbk"), "gb18030"],
  ["GB 18030 with rare characters", iconv.encode(TEXT, "gb18030"), "gb18030"],
])("%s is found out", async (_name, bytes, encoding) => {
  expect((await inspectFile(file(bytes))).encoding).toBe(encoding);
  const rows = await rowsOf(bytes);
  expect(rows[0]).toEqual([1, "编码", "名称"]);
  expect(rows[1]).toEqual([2, "1", "坞城街道"]);
});

test("GBK is also found out where its first character comes late", async () => {
  const late = `a,b\n${"1,x\n".repeat(300_000)}2,`;
  const bytes = Buffer.concat([Buffer.from(late), iconv.encode("坞城街道", "gbk")]);
  expect((await inspectFile(file(bytes))).encoding).toBe("gb18030");
});

test.each([
  ["neither encoding", Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]), /UTF-8/],
  ["cut in the middle of a character", Buffer.from("a,坞").subarray(0, 3), /UTF-8/],
  ["an Excel workbook", Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0]), /xlsx[\s\S]*CSV UTF-8/],
  ["UTF-16", Buffer.from("\ufeffa,b", "utf16le"), /UTF-16/],
  ["an empty file", Buffer.alloc(0), /empty/],
])("%s is refused with what to do", async (_name, bytes, message) => {
  await expect(inspectFile(file(bytes))).rejects.toMatchObject({ code: "BAD_USER_INPUT", message });
});

test("an encoding that was asked for is held to", async () => {
  await expect(inspectFile(file(iconv.encode("坞城街道", "gbk")), "utf-8")).rejects.toThrow(/not utf-8/);
});

test("rows know their line whatever stands between them", async () => {
  const text = 'a,b\r\n1,"two\r\nlines"\r\n\r\n,,\r\n2,x\r\n3,"y\nz"\r\n4,w';
  expect(await rowsOf(text)).toEqual([
    [1, "a", "b"],
    [2, "1", "two\r\nlines"],
    [6, "2", "x"],
    [7, "3", "y\nz"],
    [9, "4", "w"],
  ]);
});

test("a quotation mark without its partner is told, not swallowed with the rest of the file", async () => {
  await expect(rowsOf('a,b\n1,"x\n2,y\n')).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  await expect(rowsOf(`a,b\n1,"x\n${"2,y\n".repeat(400_000)}`)).rejects.toMatchObject({
    code: "BAD_USER_INPUT",
  });
});

test("what a well-kept library writes is read back cell by cell", async () => {
  const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "坞", "'", " ", "=", "\t") });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (rows) => {
      const full = rows.map(([a, b]) => [`x${a}`, b]);
      const read = await rowsOf(stringify([["h", "i"], ...full]));
      expect(read.slice(1).map(([, ...cells]) => cells)).toEqual(full);
    }),
    { numRuns: 60 },
  );
});

const facility = catalogue.dataset("facility");

test("columns are found by name, column, Chinese words, in any case", () => {
  const titles = [
    "Code",
    "TERRITORY",
    "设施名称",
    "building_area",
    "opened at",
    "版本号",
    "version",
    "行号 line",
    "",
  ];
  expect(() => matchHeader([...titles.slice(0, 5), "version", "版本号"], facility)).not.toThrow();
  const { columns, ignored } = matchHeader([...titles.slice(0, 5), "version", "行号 line", ""], facility);
  expect(columns.map((f) => f?.name)).toEqual([
    "code",
    "territory",
    "name",
    "buildingArea",
    "openedAt",
    undefined,
    undefined,
    undefined,
  ]);
  expect(ignored).toEqual(["version"]);
});

test("every column of every dataset is found by its name and its column", () => {
  for (const dataset of catalogue.datasets) {
    const fields = dataset.fields.filter((f) => !f.generated);
    for (const titles of [fields.map((f) => f.name), fields.map((f) => f.column)])
      expect(matchHeader(titles, dataset).columns).toEqual(fields);
  }
});

function reading(dataset: string, field: string): (cell: string) => unknown {
  const read = cellReaderOf(catalogue.field(catalogue.dataset(dataset), field));
  return (cell) => {
    const result = read(cell);
    return "rule" in result ? result.rule : result.value;
  };
}

test.each([
  ["facility", "code", "1401050010010001", "1401050010010001"],
  ["facility", "code", '="1401050010010001"', "1401050010010001"],
  ["facility", "code", "'1401050010010001", "1401050010010001"],
  ["facility", "code", "\t1401050010010001", "1401050010010001"],
  ["facility", "code", "1.40105E+15", "SCIENTIFIC"],
  ["facility", "code", "1401050010010001.0", "CODE_AS_NUMBER"],
  ["facility", "code", "####", "HASHES"],
  ["facility", "code", "140105001001", "FORM_FACILITY_CODE"],
  ["facility", "projectCode", "1.40105E+11", "SCIENTIFIC"],
  ["facility", "projectCode", "3月5日", "CODE_AS_DATE"],
  ["facility", "projectCode", "5-Mar", "CODE_AS_DATE"],
  ["facility", "name", " 　坞城\u00a0", "坞城"],
  ["facility", "name", "", null],
  ["facility", "name", "#REF!", "FORMULA_ERROR"],
  ["facility", "name", "-服务站", "-服务站"],
  ["facility", "name", "a\u0001", "CONTROL_CHARACTER"],
  ["facility", "territory", "140105001001", "140105001001"],
  ["facility", "territory", "1.40105E+11", "SCIENTIFIC"],
  ["facility", "kind", "OFFICE", "OFFICE"],
  ["facility", "kind", "办公用房", "OFFICE"],
  ["facility", "kind", "office", "ENUM"],
  ["facility", "services", "文化；SPORT、卫生", ["CULTURE", "SPORT", "HEALTH"]],
  ["facility", "services", "文化,足球", "ENUM"],
  ["facility", "openedAt", "2024-03-05", "2024-03-05"],
  ["facility", "openedAt", "2024/3/5", "LOCAL_DATE"],
  ["facility", "openedAt", "2024年3月5日", "LOCAL_DATE"],
  ["facility", "openedAt", "5-Mar", "LOCAL_DATE"],
  ["facility", "openedAt", "45231", "DATE_SERIAL"],
  ["facility", "openedAt", "2024-02-30", "DATE"],
  ["facility", "buildingArea", "1000.5", 1000.5],
  ["facility", "buildingArea", "1,000.5", "THOUSANDS"],
  ["facility", "buildingArea", "1E+05", "SCIENTIFIC"],
  ["facility", "buildingArea", "5-Mar", "NUMBER_AS_DATE"],
  ["facility", "buildingArea", "很大", "NUMBER"],
  ["facility", "buildingArea", "-1", "TOO_SMALL"],
  ["facility", "inSpatialPlan", "是", true],
  ["facility", "inSpatialPlan", "FALSE", false],
  ["facility", "inSpatialPlan", "maybe", "BOOLEAN"],
  ["budgetLine", "approvedAmount", "012.5", "12.50"],
  ["budgetLine", "approvedAmount", "100元", "UNIT"],
  ["budgetLine", "approvedAmount", "1.234", "DECIMAL"],
  ["budgetLine", "year", "2024", 2024],
  ["department", "officePhone", "03517654321", "03517654321"],
  ["department", "officePhone", "3517654321", "ZERO_LOST"],
  ["volunteerRecord", "startedAt", "2024-05-01 08:30", "2024-05-01T08:30+08:00"],
  ["volunteerRecord", "startedAt", "2024-05-01T00:30:00Z", "2024-05-01T00:30:00Z"],
  ["volunteerRecord", "startedAt", "45231.35", "DATE_SERIAL"],
])("%s.%s reads %j as %j", (dataset, field, cell, expected) => {
  expect(reading(dataset, field)(cell)).toEqual(expected);
});

test("fingerprints tell every key apart and remember the first line of each", () => {
  const seen = new Fingerprints();
  const lines = Array.from({ length: 200_000 }, (_, i) => i + 2);
  expect(lines.filter((line) => seen.add(`key ${line}`, line) !== undefined)).toEqual([]);
  expect(lines.filter((line) => seen.add(`key ${line}`, 1) !== line)).toEqual([]);
});

test("a column in which every long number ends in zeros lost its digits; a single such number may be right", () => {
  const header = matchHeader(["code", "name"], facility);
  const rows = (codes: readonly string[]) => codes.map((code, i) => ({ line: i + 2, cells: [code, "x"] }));
  const whole = Array.from({ length: 30 }, (_, i) => `1401050010${String(10 + i)}0010`);
  expect([...damagedColumns(header, rows(whole))].map((f) => f.name)).toEqual(["code"]);
  expect(damagedColumns(header, rows([...whole, "1401050010010001"])).size).toBe(0);
  expect(damagedColumns(header, rows(whole.slice(0, 5))).size).toBe(0);
  const read = candidateReader(header, damagedColumns(header, rows(whole)));
  expect(read({ line: 2, cells: [whole[0]!, "x"] }).problems.map((p) => p.rule)).toEqual(["DIGITS_LOST"]);
  expect(read({ line: 2, cells: ["", "x"] }).problems).toEqual([]);
});
