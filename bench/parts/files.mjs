// A million rows out as CSV and in through the validated import, beside COPY of the same rows.
import { createReadStream, createWriteStream, mkdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { Agent, request } from "undici";
import { cpuOf, memoryOf } from "../measure/cpu.mjs";
import { median } from "../measure/rounds.mjs";
import { markdown } from "../measure/table.mjs";
import { watched } from "../measure/watch.mjs";
import { startHub } from "../participants/hub/start.mjs";
import { dataDir, hubProgram, run } from "../place.mjs";
import { territoryOf } from "../questions/territory.mjs";
import { COLUMNS, copyIn, copyOut } from "./copying.mjs";

const HOUR = 3_600_000;
const patient = new Agent({ headersTimeout: HOUR, bodyTimeout: HOUR });
const folder = path.join(dataDir, "files");
const file = (name) => path.join(folder, name);

async function measure({ place }, { quick }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    const out = await measureExport(place);
    // A quick look brings in the rows of one district, a tenth.
    const where = quick ? "territory >= '140105' AND territory < '140106'" : "true";
    await copyOut(place.url, file("in.csv"), { where });
    return { out, in: await measureImport(place) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureExport(place) {
  const hub = await startHub(place, { name: "hub-export" });
  try {
    const headers = await hub.headersOf(`civil-affairs@${territoryOf("city")}`, "budget-review");
    const idle = memoryOf(hub.pid);
    const exported = await watched(hub.pid, () => exportOnce(hub, place.postmaster, headers));
    const begin = performance.now();
    const before = cpuOf(place.postmaster) + process.cpuUsage().user / 1000;
    await copyOut(place.url, file("copied.csv"));
    const copied = {
      seconds: (performance.now() - begin) / 1000,
      cpu: cpuOf(place.postmaster) + process.cpuUsage().user / 1000 - before,
    };
    return { ...exported, idle, copied, bytes: statSync(file("exported.csv")).size };
  } finally {
    await hub.stop();
  }
}

async function exportOnce(hub, postmaster, headers) {
  const query = `{ fundTransactions { nodes { ${Object.keys(COLUMNS).join(" ")} } } }`;
  const spent = () => cpuOf(hub.pid) + cpuOf(postmaster);
  const [begin, before] = [performance.now(), spent()];
  const { body, statusCode } = await request(hub.url, {
    method: "POST",
    headers: { ...headers, accept: "text/csv" },
    body: JSON.stringify({ query }),
    dispatcher: patient,
  });
  if (statusCode !== 200) throw new Error(`the export answers ${statusCode}: ${await body.text()}`);
  let first;
  let rows = -2; // the header, and the note at the end
  body.on("data", (bytes) => {
    first ??= performance.now();
    for (const byte of bytes) if (byte === 10) rows++;
  });
  await pipeline(body, createWriteStream(file("exported.csv")));
  const seconds = (performance.now() - begin) / 1000;
  return { rows, seconds, firstByte: (first - begin) / 1000, cpu: spent() - before };
}

/** In a database of its own, so that the city stays as it is for the next run. */
async function measureImport(place) {
  await place.client.query("DROP DATABASE IF EXISTS bench_import");
  await place.client.query("CREATE DATABASE bench_import");
  const url = place.url.replace(/\/hub$/, "/bench_import");
  const env = { DATABASE_URL: url, HUB_KEY: place.masterKey };
  try {
    await run(process.execPath, [hubProgram, "migrate"], env);
    await run(process.execPath, [hubProgram, "seed", "--scale", "none"], env);
    const copied = await copyIn(url, file("in.csv"));
    const hub = await startHub({ ...place, url }, { name: "hub-import" });
    try {
      const idle = memoryOf(hub.pid);
      const imported = await watched(hub.pid, () => importOnce(hub, url));
      return { ...imported, idle, copied };
    } finally {
      await hub.stop();
    }
  } finally {
    await place.client.query("DROP DATABASE IF EXISTS bench_import WITH (FORCE)");
  }
}

async function importOnce(hub, url) {
  const headers = await hub.headersOf(`finance@${territoryOf("city")}`, undefined, ["read", "steward"]);
  const address = hub.url.replace(/\/graphql$/, "/imports/fundTransaction");
  const begin = performance.now();
  const { body, statusCode } = await request(address, {
    method: "POST",
    headers: { ...headers, "content-type": "text/csv" },
    body: Readable.from(createReadStream(file("in.csv"))),
    dispatcher: patient,
  });
  const told = await body.text();
  if (statusCode > 202) throw new Error(`the import answers ${statusCode}: ${told}`);
  const held = [];
  const look = ({ added }) => held.push({ added, memory: memoryOf(hub.pid) });
  const job = await ended(hub.url, headers, JSON.parse(told), look);
  const seconds = (performance.now() - begin) / 1000;
  const rows = await countOf(url);
  if (job.state !== "DONE" || rows === 0) throw new Error(`the import ended as ${JSON.stringify(job)}`);
  return { rows, seconds, held };
}

/** A long one answers at once that it runs; how far it is, is asked, and `look` is told. */
export async function ended(url, headers, job, look = () => {}) {
  const query = "query Job($id: ID!) { importJob(id: $id) { id state reason added refused } }";
  let found = job;
  while (found.state === "RUNNING") {
    await pause(250);
    const body = JSON.stringify({ query, variables: { id: job.id } });
    const { data, errors } = await (await fetch(url, { method: "POST", headers, body })).json();
    if (errors) throw new Error(JSON.stringify(errors));
    found = data.importJob;
    look(found);
  }
  return found;
}

async function countOf(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("SELECT count(*)::int AS n FROM fund_transaction");
  await client.end();
  return rows[0].n;
}

/** Rows at which the paper tells the memory of an import, as shares of them all. */
const MARKS = [0.1, 0.3, 0.5, 0.75, 1];

/** Median of the looks between a mark and a twentieth before it: one look may meet the collector at work. */
function heldAt({ held, rows, idle }, mark) {
  const near = held.filter(({ added }) => added > rows * (mark - 0.05) && added <= rows * mark);
  return near.length > 0 ? median(near.map(({ memory }) => memory)) - idle : undefined;
}

function flatness(brought) {
  const told = (mark) => heldAt(brought, mark);
  const shown = (memory) => (memory === undefined ? "–" : String(Math.round(memory)));
  const head = ["rows in", ...MARKS.map((mark) => Math.round(brought.rows * mark).toLocaleString("en"))];
  const growth = told(1) - told(0.5);
  return `${markdown(head, [["memory above idle, MB", ...MARKS.map((mark) => shown(told(mark)))]])}

From half of the rows to their end the import's memory ${growth < 0 ? "fell" : "grew"} by ${shown(Math.abs(growth))} MB.`;
}

function paper({ out, in: brought }) {
  const rate = ({ rows }, seconds) => `${Math.round(rows / seconds).toLocaleString("en")}`;
  const rows = [
    ["out, CSV", out, out.copied.seconds, "≥ 0.5"],
    ["in, validated", brought, brought.copied, "≥ 0.25"],
  ].map(([name, one, copied, goal]) => [
    name,
    one.rows.toLocaleString("en"),
    rate(one, one.seconds),
    rate(one, copied),
    (copied / one.seconds).toFixed(2),
    goal,
    String(Math.round(one.peak - one.idle)),
  ]);
  const head = [
    "way",
    "rows",
    "hub rows/s",
    "COPY rows/s",
    "hub ÷ COPY",
    "goal",
    "hub's memory above idle, MB",
  ];
  return `## A million rows out and in

Transactions, ${Object.keys(COLUMNS).length} columns, ${Math.round(out.bytes / 2 ** 20)} MiB of CSV; COPY by the same driver, in: into a table with the same indexes and
constraints. The first byte out came after ${out.firstByte.toFixed(2)} s (goal: 1 s); memory above idle: at most 150 MB. Processor time
of the way out: ${Math.round(out.cpu)} ms, of COPY out: ${Math.round(out.copied.cpu)} ms.

${markdown(head, rows)}${brought.held ? `\n\n${flatness(brought)}` : ""}`;
}

export const files = { name: "files", measure, paper };
