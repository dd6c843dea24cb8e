// A database with the real divisions and one steward, and files to import into it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Pool } from "pg";
import { openPool } from "../../src/database/connect";
import { catalogue } from "../../src/datasets";
import { createCipher } from "../../src/declare/cipher";
import { createRightsStore, departmentOf, type Identity } from "../../src/identity";
import { createSettle } from "../../src/sharing";
import {
  type ImportJob,
  type ImportParts,
  type ImportRequest,
  inspectFile,
  refusalsOf,
  startImport,
} from "../../src/write/import";

const STEWARDS = [
  ["facility", null, "civil-affairs"],
  ["facility", "titleNo", "real-estate"],
  ["volunteer", null, "civil-affairs"],
  ["volunteerRecord", null, "civil-affairs"],
  ["facilityShare", null, "civil-affairs"],
];

export const CITY = "140100000000";

export function steward(kind = "civil-affairs", territory = CITY): Identity {
  const department = departmentOf(`${kind}@${territory}`)!;
  return { subject: "lin", department, duties: ["read", "steward"] };
}

export const MASTER_KEY = Buffer.alloc(32, 7);

export function partsOf(pool: Pool): ImportParts {
  const rights = createRightsStore(pool, { freshFor: 0 });
  const cipher = createCipher(MASTER_KEY);
  return { catalogue, cipher, pool, rights, settle: createSettle({ cipher, now: () => new Date() }) };
}

export interface World {
  readonly pool: Pool;
  readonly parts: ImportParts;
  readonly folder: string;
  file(content: string | Buffer, name?: string): string;
  run(dataset: string, content: string | Buffer, options?: Options): Promise<ImportJob>;
  problems(job: ImportJob): Promise<string[]>;
  rows(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

type Options = Partial<Omit<ImportRequest, "dataset" | "file">>;

export async function openWorld(url: string): Promise<World> {
  const pool = openPool(
    url,
    { name: "writes", connections: 6, statement: 30_000, answer: 35_000 },
    () => undefined,
  );
  const folder = mkdtempSync(path.join(tmpdir(), "community-hub-import-"));
  const parts = partsOf(pool);
  let files = 0;
  const file = (content: string | Buffer, name = `${++files}.csv`) => {
    const place = path.join(folder, name);
    writeFileSync(place, content);
    return place;
  };
  const run = async (dataset: string, content: string | Buffer, options: Options = {}) => {
    const inspected = await inspectFile(file(content));
    const request = { dataset, file: inspected, mode: "ROWS" as const, as: steward(), ...options };
    return (await startImport(parts, request)).done;
  };
  const problems = async (job: ImportJob) =>
    (await refusalsOf(pool, job.id, 0, 1_000)).flatMap(({ line, problems: of }) =>
      of.map((p) => `${line} ${p.field} ${p.rule}`),
    );
  const rows = async (sql: string, values: unknown[] = []) => (await pool.query(sql, values)).rows;
  const close = async () => {
    await pool.end();
    rmSync(folder, { recursive: true, force: true });
  };
  const world = { pool, parts, folder, file, run, problems, rows, close };
  for (const [dataset, field, kind] of STEWARDS)
    await rows(
      "INSERT INTO stewardship (dataset, field, kind, starts_at) VALUES ($1, $2, $3, now() - interval '1 day')",
      [dataset, field, kind],
    );
  const loaded = await run("division", divisionsCsv(), { as: { system: "seed" } });
  if (loaded.refused > 0) throw new Error((await problems(loaded)).slice(0, 5).join("\n"));
  return world;
}

const LEVELS: Record<string, string> = {
  city: "CITY",
  district: "DISTRICT",
  street: "STREET",
  community: "COMMUNITY",
};

/** The real divisions of the city in the hub's own columns. */
export function divisionsCsv(): string {
  const source = path.resolve(__dirname, "..", "..", "seeds", "data", "taiyuan-divisions.csv");
  const lines = readFileSync(source, "utf8").trim().split("\n").slice(1);
  const node = (code: string) => (code ? `STATISTICS/2023/${code}` : "");
  const rows = lines.map((line) => {
    const [code = "", name, level = "", parent = ""] = line.trim().split(",");
    return ["STATISTICS", "2023", code, node(code), node(parent), name, LEVELS[level], code].join(",");
  });
  return ["scheme,edition,code,node,parent_node,name,level,territory", ...rows].join("\n");
}

/** Rows of facilities, from the `first`th, in communities of 小店区. */
export function facilitiesCsv(
  count: number,
  change: (i: number) => Partial<FacilityRow> = () => ({}),
): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const row = { ...facilityRow(i), ...change(i) };
    return FACILITY_COLUMNS.map((column) => row[column]).join(",");
  });
  return [FACILITY_COLUMNS.join(","), ...rows].join("\n");
}

const FACILITY_COLUMNS = ["code", "territory", "name", "kind", "status", "openedAt", "buildingArea"] as const;
type FacilityRow = Record<(typeof FACILITY_COLUMNS)[number], string>;

export function facilityRow(i: number): FacilityRow {
  const territory = `14010500100${1 + (i % 5)}`;
  return {
    code: `${territory}${String(Math.floor(i / 5) + 1).padStart(4, "0")}`,
    territory,
    name: `设施${i}`,
    kind: "OFFICE",
    status: "IN_USE",
    openedAt: "2020-01-02",
    buildingArea: String(100 + (i % 50)),
  };
}
