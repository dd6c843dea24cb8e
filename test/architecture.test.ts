// Holds the arrows between the rooms of src/, and the list of what lies on the top level.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { catalogue } from "../src/datasets";

const root = path.resolve(__dirname, "..");

/** A room may use those on the rows above it. Rooms of one row may use each other, but not in a circle. */
const rows = [
  ["errors", "config"],
  ["declare", "database"],
  ["datasets"],
  ["identity"],
  ["access"],
  ["read"],
  ["audit", "write", "reports", "sharing"],
  ["exchange"],
  ["server"],
  ["main"],
  ["cli"],
];
/** Bottom rooms that lie beside each other, without a door between them. */
const apart = ["declare", "database"];

const topLevel = {
  product: ["src", "schema", "migrations", "seeds", "test", "docs", "bench", "examples", "console", ".ci"],
  papers: ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"],
  tooling: [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "ormconfig.ts",
    "jest.config.js",
    "biome.json",
    ".gitignore",
    ".npmrc",
  ],
};

interface Arrow {
  from: string;
  to: string;
}

const room = (file: string) => file.split("/")[0]!.replace(/\.ts$/, "");
const rank = (file: string) => rows.findIndex((row) => row.includes(room(file)));

/** Every import, export-from, import() and require() of a file of ours, as paths from src/. */
function arrowsOf(file: string, text: string): Arrow[] {
  const named = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)["'](\.[^"']*)["']/g;
  return [...text.matchAll(named)].map((match) => ({
    from: file,
    to: path.posix.normalize(path.posix.join(path.posix.dirname(file), match[1]!)),
  }));
}

function sources(): (readonly [file: string, text: string])[] {
  const src = path.join(root, "src");
  return readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file.split(path.sep).join("/"), readFileSync(path.join(src, file), "utf8")] as const);
}

function sourceArrows(): Arrow[] {
  return sources().flatMap(([file, text]) => arrowsOf(file, text));
}

function wrongArrows(arrows: Arrow[]): string[] {
  return [...arrows.filter(isUpward).map(say), ...arrows.filter(namesDataset).map(say), ...circles(arrows)];
}

const say = ({ from, to }: Arrow) => `${from} → ${to}`;
const crosses = ({ from, to }: Arrow) => room(from) !== room(to);

function isUpward(arrow: Arrow): boolean {
  const { from, to } = arrow;
  if (!crosses(arrow)) return false;
  if (to === "../seeds" || to.startsWith("../seeds/")) return room(from) !== "cli"; // `hub seed` runs what the seeds hold
  if (to.startsWith("..") || rank(from) < 0 || rank(to) < 0) return true;
  if (apart.includes(room(from)) && apart.includes(room(to))) return true;
  return rank(to) > rank(from);
}

/** Only the list of datasets knows them by name; a dataset's file may use what lies beside it. */
function namesDataset({ from, to }: Arrow): boolean {
  const isList = ["datasets", "datasets/index"].includes(to.replace(/\.ts$/, ""));
  return room(to) === "datasets" && !isList && room(from) !== "datasets";
}

function circles(arrows: Arrow[]): string[] {
  const doors = new Set(arrows.filter(crosses).map(({ from, to }) => `${room(from)} → ${room(to)}`));
  return [...doors].filter((door) => doors.has(door.split(" → ").reverse().join(" → ")));
}

test("imports in src/ point one way", () => {
  expect(wrongArrows(sourceArrows())).toEqual([]);
});

test("every room has a place in the order", () => {
  const known = rows.flat();
  const found = readdirSync(path.join(root, "src")).map(room);
  expect(found.filter((name) => !known.includes(name))).toEqual([]);
});

test("the reading of imports is not blind", () => {
  const arrows = sourceArrows();
  expect(arrows.length).toBeGreaterThan(20);
  expect(new Set(arrows.map(({ from }) => room(from))).size).toBeGreaterThan(2);
  const text = [
    `import { a } from "../read/plan";`,
    `import type {\n  B,\n} from './decision';`,
    `import "../server/http";`,
    `export * from "../declare";`,
    `const c = await import("../audit/chain");`,
    `const d = require("../errors");`,
    `import { Pool } from "pg";`,
  ].join("\n");
  const targets = ["read/plan", "access/decision", "server/http", "declare", "audit/chain", "errors"];
  expect(arrowsOf("access/decide.ts", text).map(({ to }) => to)).toEqual(targets);
});

test.each([
  ["upward", [{ from: "access/decide.ts", to: "read/plan" }]],
  ["between rooms that lie apart", [{ from: "database/source.ts", to: "declare/catalogue" }]],
  ["to a dataset by name", [{ from: "server/http.ts", to: "datasets/facility" }]],
  ["out of src/", [{ from: "cli/hub.ts", to: "../test/setup/database" }]],
  ["to the seeds", [{ from: "server/http.ts", to: "../seeds/departments" }]],
  ["into an unknown room", [{ from: "cli/hub.ts", to: "utils/text" }]],
])("a planted arrow %s is found", (_, planted) => {
  expect(wrongArrows([...sourceArrows(), ...planted])).toEqual(expect.arrayContaining(planted.map(say)));
});

test("a planted circle between neighbours is found", () => {
  const planted = [
    { from: "write/create.ts", to: "audit/record" },
    { from: "audit/record.ts", to: "write/history" },
  ];
  expect(wrongArrows(planted)).toEqual(["write → audit", "audit → write"]);
});

/** Rooms that must leave rows of datasets to the planner. */
const readless = ["write", "reports", "sharing", "exchange", "server", "main"];

/** What their statements may read: the hub's own books, the server's, and what a statement brings along itself. */
const books =
  /^(import_job|import_refusal|idempotency_key|grant_epoch|access_grant(_act)?|app_operation(_transition|_use)?|access_(record|footprint|seal)|export_stamp|stamp_key|access_request(_item|_line|_part|_step|_transition)?|catalogue_(update|transition|content|duplicate)|correction(_transition)?|rights_case(_transition)?|erasure(_mark|_step)?|erased_row|retention_(rule|hold|run|batch|held)|deadline_rule|calendar_day|migration|dataset_change|change_journal|change_decision|webhook|gone|LATERAL|pg_[\w.]+|unnest|jsonb_to_recordset|STDIN)$/;

/** No part of a statement may hide one of these behind its name. */
const datasetTables = new Set(catalogue.datasets.map((d) => d.table));

/** Where a file reads a table beside the planner, by SQL of its own or by TypeORM. */
function ownReads([file, text]: readonly [string, string]): string[] {
  const tables =
    /(?<!DISTINCT |DELETE )\b(?:FROM|JOIN)\s+(?:ONLY\s+)?"?(\$\{.*?\}(?!\s+WITH NO DATA)|[\w.]+)/g;
  const orm =
    /\b(?:manager|source|repository)\.(?:find|count|exist)|\.get(?:One|Many|Raw|Count|Exists|Repository)\w*\(/g;
  const parts = new Set([...text.matchAll(/\b([a-z_]+) AS (?:MATERIALIZED )?\(/g)].map((match) => match[1]!));
  const named = [...text.matchAll(tables)]
    .map((match) => match[1]!)
    .filter((name) => !books.test(name) && !(parts.has(name) && !datasetTables.has(name)));
  return [...named, ...(text.match(orm) ?? [])].map((what) => `${file}: ${what}`);
}

const readlessSources = () => sources().filter(([file]) => readless.includes(room(file)));

test("rows of datasets are read by the planner alone", () => {
  expect(readlessSources().length).toBeGreaterThan(50);
  expect(readlessSources().flatMap(ownReads)).toEqual([]);
});

test.each([
  "SELECT 1 FROM facility WHERE code = $1",
  "WITH facility AS (SELECT 1) SELECT 1 FROM facility",
  'SELECT name FROM "volunteer"',
  `SELECT k.at FROM unnest($1::text[]) AS k(at) JOIN \${quoted(target.dataset.table)} t ON true`,
  `UPDATE facility SET name = v.name FROM "\${dataset.table}" v`,
  "manager.findOneBy(classOf(dataset.name), { id })",
  "manager.createQueryBuilder(entity, 'e').getMany()",
])("a planted look of its own is found: %s", (planted) => {
  expect(ownReads(["write/store.ts", planted])).toHaveLength(1);
});

test("the top level holds what it is meant to hold, and no more", () => {
  const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" });
  const entries = new Set(tracked.split("\0").map((file) => file.split("/")[0]!));
  entries.delete("");
  const allowed = Object.values(topLevel).flat();
  expect([...entries].filter((entry) => !allowed.includes(entry))).toEqual([]);
  expect(entries.has("src")).toBe(true);
});
