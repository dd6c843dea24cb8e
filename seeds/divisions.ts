// The real divisions: both schemes and their crosswalk, brought into the datasets' own columns and imported like any file.
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import type { Pool } from "pg";
import type { Catalogue } from "../src/declare";
import { createCipher } from "../src/declare/cipher";
import { communitySegment, streetSegment } from "../src/declare/code/division-code";
import { createRightsStore } from "../src/identity";
import { createSettle } from "../src/sharing/corrections/settling";
import { inspectFile, startImport } from "../src/write/import";
import { type Division, dataFile, readDivisions } from "./data";

type Row = Readonly<Record<string, string | undefined>>;

const STATISTICS = { scheme: "STATISTICS", edition: "2023" };
const CIVIL_AFFAIRS = { scheme: "CIVIL_AFFAIRS", edition: "2025" };

/** Imports each part that is not there yet; what stewards changed since stays as it is. */
export async function seedDivisions(pool: Pool, catalogue: Catalogue): Promise<void> {
  const { table } = catalogue.dataset("division");
  const hasScheme = (scheme: string) => `SELECT FROM "${table}" WHERE scheme = '${scheme}'`;
  const crosswalk = readCrosswalk();
  await seedPart(pool, catalogue, "division", hasScheme(STATISTICS.scheme), statisticsRows);
  await seedPart(pool, catalogue, "division", hasScheme(CIVIL_AFFAIRS.scheme), () =>
    civilAffairsRows(crosswalk),
  );
  const { table: joined } = catalogue.dataset("divisionCrosswalk");
  await seedPart(pool, catalogue, "divisionCrosswalk", `SELECT FROM "${joined}"`, () =>
    crosswalk.map(crosswalkRow),
  );
}

async function seedPart(
  pool: Pool,
  catalogue: Catalogue,
  dataset: string,
  there: string,
  make: () => Row[],
): Promise<void> {
  const { rows } = await pool.query<{ there: boolean }>(`SELECT EXISTS (${there}) AS there`);
  if (!rows[0]?.there) await importRows(pool, catalogue, dataset, make());
}

async function importRows(pool: Pool, catalogue: Catalogue, dataset: string, rows: Row[]): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "community-hub-seed-"));
  try {
    const file = path.join(folder, `${dataset}.csv`);
    writeFileSync(file, stringify(rows, { header: true }));
    const cipher = createCipher(randomBytes(32)); // nothing about divisions is encrypted
    const settle = createSettle({ cipher, now: () => new Date() });
    const parts = { catalogue, cipher, pool, rights: createRightsStore(pool), settle };
    const { done } = await startImport(parts, {
      dataset,
      file: await inspectFile(file, "utf-8"),
      mode: "ALL_OR_NOTHING",
      as: { system: "seed" },
    });
    const { added, refused } = await done;
    if (added !== rows.length) throw new Error(`the seeds of ${dataset} were refused: ${refused} rows`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function nodeOf({ scheme, edition }: typeof STATISTICS, code: string | undefined): string | undefined {
  return code ? `${scheme}/${edition}/${code}` : undefined;
}

function statisticsRows(): Row[] {
  return readDivisions().map(({ code, name, level, parent_code }) => ({
    ...STATISTICS,
    code,
    node: nodeOf(STATISTICS, code),
    parentNode: nodeOf(STATISTICS, parent_code),
    name,
    level: level.toUpperCase(),
    kind: statisticsKind(code, name, level),
    territory: code,
    validFrom: "2023-06-30",
    source: "国家统计局 统计用区划代码（2023 年版）",
  }));
}

/** Segments from 400 on are areas of statistics, as is the development zone that is no district. */
function statisticsKind(code: string, name: string, level: Division["level"]): string | undefined {
  switch (level) {
    case "city":
      return "PREFECTURE_CITY";
    case "district":
      if (name.endsWith("示范区")) return "STATISTICAL_AREA";
      return name.endsWith("县") ? "COUNTY" : name.endsWith("市") ? "COUNTY_CITY" : "URBAN_DISTRICT";
    case "street":
      return streetSegment(code);
    case "community":
      return communitySegment(code);
  }
}

const TYPES: Readonly<Record<string, string>> = {
  地级市: "PREFECTURE_CITY",
  市辖区: "URBAN_DISTRICT",
  县: "COUNTY",
  县级市: "COUNTY_CITY",
  街道: "SUBDISTRICT",
  镇: "TOWN",
  乡: "TOWNSHIP",
};

interface Crosswalk {
  readonly district_code: string;
  readonly district_name: string;
  readonly name: string;
  readonly statistics_code_2023: string;
  readonly civil_affairs_code_2025: string;
  readonly match: string;
}

function readCrosswalk(): Crosswalk[] {
  return parse(readFileSync(dataFile("taiyuan-street-crosswalk.csv")), { columns: true, bom: true });
}

const filled = (code: string) => (code ? code.padEnd(12, "0") : undefined);

/** A street stands where the working scheme has it; one that only civil affairs knows, in its district. */
function civilAffairsRows(crosswalk: readonly Crosswalk[]): Row[] {
  const statistics = new Map(
    crosswalk.map((one) => [filled(one.civil_affairs_code_2025), one.statistics_code_2023]),
  );
  const divisions: Readonly<Record<string, string>>[] = parse(
    readFileSync(dataFile("taiyuan-mca-2025.csv")),
    { columns: true, bom: true },
  );
  return divisions.map(({ code: short = "", name, level = "", type = "", parent_code = "" }) => {
    const code = filled(short);
    const territory = level === "street" ? statistics.get(code) || filled(parent_code) : code;
    return {
      ...CIVIL_AFFAIRS,
      code,
      node: nodeOf(CIVIL_AFFAIRS, code),
      parentNode: nodeOf(CIVIL_AFFAIRS, filled(parent_code)),
      name,
      level: level.toUpperCase(),
      kind: TYPES[type],
      territory,
      validFrom: "2025-12-31",
      source: "民政部 行政区划代码（2025 年 12 月 31 日）",
    };
  });
}

function crosswalkRow(one: Crosswalk): Row {
  const statisticsCode = filled(one.statistics_code_2023);
  const civilAffairsCode = filled(one.civil_affairs_code_2025);
  return {
    districtCode: filled(one.district_code),
    districtName: one.district_name,
    name: one.name,
    statisticsCode,
    civilAffairsCode,
    statisticsNode: nodeOf(STATISTICS, statisticsCode),
    civilAffairsNode: nodeOf(CIVIL_AFFAIRS, civilAffairsCode),
    match: one.match,
    territory: filled(one.district_code),
    source: "按县（市、区）和名称对照两套代码",
  };
}
