// How long a look-up takes while the same hub writes a large file out and takes one in, beside a quiet hub.
import { createReadStream, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Agent, request } from "undici";
import { markdown } from "../measure/table.mjs";
import { startHub } from "../participants/hub/start.mjs";
import { dataDir } from "../place.mjs";
import { nested } from "../questions/nested.mjs";
import { page } from "../questions/page.mjs";
import { point } from "../questions/point.mjs";
import { territoryOf } from "../questions/territory.mjs";
import { COLUMNS, copyOut } from "./copying.mjs";
import { ended } from "./files.mjs";

const PREFIX = "BENCH";
const folder = path.join(dataDir, "busy");
const file = path.join(folder, "in.csv");
const patient = new Agent({ headersTimeout: 3_600_000, bodyTimeout: 3_600_000 });
const MILLISECONDS = 5_000;

async function measure({ place, generator, facts }) {
  mkdirSync(folder, { recursive: true });
  const hub = await startHub(place, { name: "hub-busy" });
  const leave = new AbortController();
  try {
    const reader = await hub.headersOf(`civil-affairs@${territoryOf("city")}`, "budget-review");
    const ask = async (question) => {
      const bodies = question
        .variables("city", facts)
        .map((variables) => JSON.stringify({ query: question.hub.query, variables }));
      return generator.order({
        url: hub.url,
        headers: reader,
        bodies,
        connections: 4,
        milliseconds: MILLISECONDS,
      });
    };
    const round = async () => ({ point: await ask(point), page: await ask(page), nested: await ask(nested) });
    await round();
    const quiet = await round();
    // Two districts, so that the file is long enough for the whole round.
    const where = "territory >= '140105' AND territory < '140107'";
    await copyOut(place.url, file, { where, prefix: PREFIX });
    const out = exported(hub, reader, leave.signal);
    const brought = imported(hub);
    const busy = await round();
    leave.abort();
    await Promise.all([out, brought]);
    return { quiet, busy };
  } finally {
    leave.abort();
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
    await place.client.query("DELETE FROM fund_transaction WHERE transaction_no LIKE $1", [`${PREFIX}%`]);
    await place.client.query("VACUUM ANALYZE fund_transaction");
  }
}

/** One after the other, until told to leave. */
async function exported({ url }, headers, signal) {
  const query = `{ fundTransactions { nodes { ${Object.keys(COLUMNS).join(" ")} } } }`;
  const nowhere = () => new Writable({ write: (_bytes, _encoding, done) => done() });
  while (!signal.aborted)
    try {
      const { body } = await request(url, {
        method: "POST",
        headers: { ...headers, accept: "text/csv" },
        body: JSON.stringify({ query }),
        dispatcher: patient,
        signal,
      });
      await pipeline(body, nowhere());
    } catch (error) {
      if (!signal.aborted) throw error;
    }
}

async function imported({ url, headersOf }) {
  const headers = await headersOf(`finance@${territoryOf("city")}`, undefined, ["read", "steward"]);
  const address = url.replace(/\/graphql$/, "/imports/fundTransaction");
  const { body } = await request(address, {
    method: "POST",
    headers: { ...headers, "content-type": "text/csv" },
    body: Readable.from(createReadStream(file)),
    dispatcher: patient,
  });
  const job = await ended(url, headers, await body.json());
  if (job.state !== "DONE") throw new Error(`the import ended as ${JSON.stringify(job)}`);
}

function paper({ quiet, busy }) {
  const rows = Object.keys(quiet).map((name) => [
    name,
    ...[quiet[name], busy[name]].flatMap(({ p50, p99 }) => [p50.toFixed(1), p99.toFixed(1)]),
  ]);
  return `## Look-ups while a large file goes out and one comes in

Milliseconds to the answer, 4 connections, one hub that meanwhile exports a million rows and imports some hundred thousand.

${markdown(["question", "quiet p50", "quiet p99", "busy p50", "busy p99"], rows)}`;
}

export const busy = { name: "busy", measure, paper };
