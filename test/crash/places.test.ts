// A place in the feed that was told stays behind every later change, even if the database crashes right after.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Pool } from "pg";
import { runMigrations } from "../../src/database/source";
import { type Place, presentPlace, readEntries } from "../../src/exchange/changes/journal";
import { Cluster } from "./cluster";

let home: string;
let cluster: Cluster;
let pool: Pool;

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), "hub-crash-"));
  chmodSync(home, 0o755); // the account that PostgreSQL runs under must pass
  cluster = await Cluster.make(path.join(home, "postgres"));
  await runMigrations(cluster.url);
  pool = new Pool({ connectionString: cluster.url, max: 2 });
  pool.on("error", () => undefined);
}, 120_000);

afterAll(async () => {
  await pool.end();
  await cluster.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

const BEGINNING = { xid: "0", seq: "0", row: 0 };
const read = async () =>
  (await readEntries(pool, { dataset: "volunteer", after: BEGINNING, ranges: [], limit: 10 })).end;

test.each<[string, () => Promise<Place>]>([
  ["where a feed begins", async () => (await presentPlace(pool)).place],
  ["where it has read everything", read],
])(
  "%s",
  async (_, told) => {
    for (let i = 0; i < 5; i++) await pool.query("BEGIN; CREATE TABLE given_up (); ROLLBACK");
    const { xid } = await told();
    await cluster.kill();
    await cluster.start();
    const { rows } = await pool.query("SELECT pg_current_xact_id()::text AS next");
    expect(BigInt(rows[0].next)).toBeGreaterThanOrEqual(BigInt(xid));
  },
  60_000,
);
