// Keeps what was measured beside the city's rows, so that the paper can be written again and parts be measured apart.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import path from "node:path";
import { dataDir, root } from "./place.mjs";

const folder = path.join(dataDir, "results");
const fileOf = (part) => path.join(folder, `${part}.json`);

/** Maps become plain objects. */
export function keep(part, figures) {
  mkdirSync(folder, { recursive: true });
  const plain = (_key, value) => (value instanceof Map ? Object.fromEntries(value) : value);
  const result = { at: new Date().toISOString(), commit: commit(), load: loadavg()[0], figures };
  writeFileSync(fileOf(part), `${JSON.stringify(result, plain, 1)}\n`);
}

/** Cells that were measured again take the place of their former ones: each is a comparison of its own. */
export function keepCells(cells) {
  const keyOf = ({ question, scope, connections }) => `${question} ${scope} ${connections}`;
  const fresh = new Map(cells.map((cell) => [keyOf(cell), { ...cell, commit: commit() }]));
  const former = kept("core")?.figures.cells ?? [];
  const known = new Set(former.map(keyOf));
  const added = [...fresh].flatMap(([key, cell]) => (known.has(key) ? [] : [cell]));
  keep("core", { cells: [...former.map((cell) => fresh.get(keyOf(cell)) ?? cell), ...added] });
}

export function kept(part) {
  return existsSync(fileOf(part)) ? JSON.parse(readFileSync(fileOf(part), "utf8")) : undefined;
}

function commit() {
  try {
    const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
    return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "src", "bench") ? "+" : ""}`;
  } catch {
    return "unknown";
  }
}

const versionOf = (name) => {
  const file = path.join(import.meta.dirname, "node_modules", name, "package.json");
  return `${name} ${JSON.parse(readFileSync(file, "utf8")).version}`;
};

const SHOWN = [
  "postgraphile",
  "grafast",
  "postgraphile-plugin-connection-filter",
  "@graphile/pg-aggregates",
  "@apollo/server",
  "graphql",
  "type-graphql",
  "typeorm",
  "dataloader",
  "pg",
];

/** @param {import("pg").Client} client */
export async function keepMachine(client, peerNode) {
  const { rows } = await client.query(
    "SELECT version(), current_setting('shared_buffers') AS buffers, current_setting('fsync') AS fsync",
  );
  const [{ version, buffers, fsync }] = rows;
  keep("machine", {
    processor: `${cpus()[0].model}, ${cpus().length} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: `Linux ${release()}`,
    node: process.version,
    peerNode: execFileSync(peerNode, ["--version"], { encoding: "utf8" }).trim(),
    database: `${version.split(" on ")[0]}, shared_buffers ${buffers}, fsync ${fsync}`,
    packages: SHOWN.map(versionOf),
  });
}
