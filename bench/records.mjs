// `node bench/records.mjs [grants]`: what an access record costs PostgreSQL and the hub, in processor time, alone and in
// batches; `grants` is how many gave the levels used, 1 unless told.
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import pg from "pg";

const require = createRequire(import.meta.url);
const built = (name) => require(path.resolve(import.meta.dirname, "..", "dist", "src", name));
const { startEmbedded } = built("database/embedded.js");
const { runMigrations } = built("database/source.js");
const { createRecorder } = built("audit/index.js");

const RECORDS = { 1: 1200, 8: 4800, 64: 12_800 };
const PASSES = 12;
/** The first passes prepare plans and fill caches. */
const WARM = 2;

/** The same arrays each time, as a remembered plan hands them out. */
const grants = Array.from({ length: Number(process.argv[2] ?? 1) }, () => randomUUID());
const datasets = ["committee", "community"].map((dataset) => ({
  dataset,
  fields: ["name", "kind", "director", "termTo", "households"].map((field) => ({
    field,
    level: "FULL",
    territories: ["140100000000"],
  })),
}));

const record = () => ({
  at: new Date(),
  requestId: "019ab000-1111-7222-8333-444455556666",
  subject: "officer-17",
  department: "civil-affairs@140100000000",
  purpose: "budget-review",
  operation: "Committee",
  document:
    "query Committee($code: String!) { committee(code: $code) { name director community { households } } }",
  datasets,
  rows: 1,
  suppressed: 0,
  grants,
  cost: 1,
  outcome: "ANSWERED",
  milliseconds: 3,
});

/** Linux counts what a process has run in nanoseconds. */
const backendTime = (pid) => Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
const ownTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const home = mkdtempSync(path.join(tmpdir(), "hub-records-"));
const server = await startEmbedded({ dataDir: path.join(home, "postgres") });
try {
  await runMigrations(server.url);
  // One session that stays, so that its process is the one that is watched.
  const pool = new pg.Pool({ connectionString: server.url, max: 1, idleTimeoutMillis: 0 });
  const { rows } = await pool.query("SELECT pg_backend_pid() AS pid");
  const recorder = await createRecorder(pool);
  for (const batch of [1, 8, 64]) await measure(recorder, rows[0].pid, batch);
  await recorder.close();
  await pool.end();
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}

async function measure(recorder, pid, batch) {
  const commits = RECORDS[batch] / batch / (PASSES - WARM);
  const sum = { postgresql: 0, hub: 0 };
  for (let pass = 0; pass < PASSES; pass++) {
    const [backend, own] = [backendTime(pid), ownTime()];
    for (let commit = 0; commit < commits; commit++) {
      await Promise.all(Array.from({ length: batch }, () => recorder.recordDurably(record())));
      await setImmediate();
    }
    if (pass < WARM) continue;
    sum.postgresql += backendTime(pid) - backend;
    sum.hub += ownTime() - own;
  }
  const each = (milliseconds) => `${(milliseconds / RECORDS[batch]).toFixed(3)} ms`;
  console.log(`${batch} in a commit: PostgreSQL ${each(sum.postgresql)}, hub ${each(sum.hub)} for a record`);
}
