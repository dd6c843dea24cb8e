// Gives a test file a database of its own: a copy of the migrated template, or of the one with a small city in it.
import { randomBytes } from "node:crypto";
import { Client, Pool } from "pg";
import { TEMPLATE } from "./start";

export interface TestDatabase {
  url: string;
  pool: Pool;
  drop(): Promise<void>;
}

/** Call in beforeAll, and `drop()` in afterAll, after whatever else was opened on `url`. */
export function testDatabase(): Promise<TestDatabase> {
  return copyOf(TEMPLATE);
}

/** With rights, divisions, departments and the small synthetic city (`prepareSeeded`). */
export async function seededDatabase(): Promise<TestDatabase> {
  return copyOf(await seededTemplate());
}

const SEEDED = "hub_seeded";

/** Made when the first test file asks for it; the others wait. */
async function seededTemplate(): Promise<string> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('seeded template'))");
    const { rows } = await client.query("SELECT FROM pg_database WHERE datname = $1", [SEEDED]);
    if (rows.length > 0) return SEEDED;
    await client.query(`DROP DATABASE IF EXISTS ${SEEDED}_draft WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${SEEDED}_draft TEMPLATE ${TEMPLATE} STRATEGY file_copy`);
    // Loaded here alone: most test files need neither the seeds nor all the datasets.
    const { prepareSeeded } = require("./seeded") as typeof import("./seeded");
    await prepareSeeded(addressOf(`${SEEDED}_draft`).href);
    await client.query(`ALTER DATABASE ${SEEDED}_draft RENAME TO ${SEEDED}`);
    return SEEDED;
  } finally {
    await client.end();
  }
}

async function copyOf(template: string): Promise<TestDatabase> {
  const name = `test_${process.env.JEST_WORKER_ID ?? "0"}_${randomBytes(5).toString("hex")}`;
  await administer(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  const address = addressOf(name);
  const pool = new Pool({ connectionString: address.href, max: 4, options: "-c timezone=Asia/Shanghai" });
  pool.on("error", () => undefined); // drop() ends sessions by force
  const drop = async () => {
    await pool.end();
    await administer(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { url: address.href, pool, drop };
}

function addressOf(database: string): URL {
  const address = new URL(serverUrl());
  address.pathname = `/${database}`;
  return address;
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  if (process.env.HUB_TEST_SERVER) return process.env.HUB_TEST_SERVER;
  throw new Error("No test server: run the tests with jest, whose global setup starts it.");
}
