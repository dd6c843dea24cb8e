// Where the bench keeps its city: one embedded PostgreSQL with the city's rows, made once and used again.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import pg from "pg";

const here = import.meta.dirname;
export const root = path.resolve(here, "..");
export const dataDir = path.resolve(process.env.HUB_BENCH_DATA ?? path.join(here, ".data"));
export const hubProgram = path.join(root, "dist", "src", "cli", "hub.js");

/**
 * @typedef {object} Place
 * @property {string} url
 * @property {number} postmaster its process, the parent of all others of the database
 * @property {string} masterKey
 * @property {pg.Client} client
 * @property {() => Promise<void>} leave
 */

/**
 * A server of a city gives PostgreSQL a quarter of its memory, as PostgreSQL's manual advises; the embedded default is
 * meant for a laptop. Large enough for all rows: what the operating system would copy again and again is nobody's cost.
 */
const SETTINGS = { shared_buffers: "2GB", effective_cache_size: "6GB" };

/** Read once, so that the first participant does not pay for the disk. */
const WARM = [
  "fund_transaction",
  "volunteer",
  "facility",
  "committee",
  "community",
  "community_worker",
  "allocation",
];

/** @returns {Promise<Place>} */
export async function openPlace() {
  if (!existsSync(hubProgram)) throw new Error("Build the hub first: npm run build");
  mkdirSync(dataDir, { recursive: true });
  const free = seize(path.join(dataDir, "bench.pid"));
  if (!existsSync(path.join(dataDir, "seeded"))) await seed();
  const { startEmbedded } = createRequire(import.meta.url)(path.join(root, "dist/src/database/embedded.js"));
  const server = await startEmbedded({ dataDir: path.join(dataDir, "postgres"), settings: SETTINGS });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await prepare(client);
  return {
    url: server.url,
    postmaster: Number(readFileSync(path.join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]),
    masterKey: readFileSync(path.join(dataDir, "master.key"), "utf8").trim(),
    client,
    leave: async () => {
      await client.end();
      await server.stop();
      free();
    },
  };
}

/** Two benches on one database would count each other's work. */
function seize(file) {
  if (existsSync(file)) {
    const other = readFileSync(file, "utf8");
    if (existsSync(`/proc/${other}`)) throw new Error(`A bench runs on ${dataDir} already: process ${other}`);
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

/** The same rows that anybody gets by `hub seed --scale city`; takes about ten minutes. */
async function seed() {
  process.stderr.write(`seeding the city into ${dataDir}; this happens once and takes about ten minutes\n`);
  await run(process.execPath, [hubProgram, "seed", "--scale", "city"], { HUB_DATA: dataDir });
  writeFileSync(path.join(dataDir, "seeded"), new Date().toISOString());
}

/** Brings the tables up to date, adds the rights and what the peers need, and leaves no work to autovacuum. */
async function prepare(client) {
  await run(process.execPath, [hubProgram, "migrate"], { HUB_DATA: dataDir });
  for (const file of readdirSync(path.join(here, "setup"))
    .filter((name) => name.endsWith(".sql"))
    .sort())
    await client.query(readFileSync(path.join(here, "setup", file), "utf8"));
  await client.query("VACUUM ANALYZE");
  for (const table of WARM) await client.query(`SELECT count(*) FROM ${table} WHERE created_by <> ''`);
  await client.query("CHECKPOINT");
}

export function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (bytes) => {
      said += bytes;
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve(said) : reject(new Error(`${program} ${args.join(" ")} ended with ${code}`)),
    );
  });
}
