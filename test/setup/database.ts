// Gives a test file a database of its own: a copy of the migrated and seeded template.
import { randomBytes } from "node:crypto";
import { Client, Pool } from "pg";
import { TEMPLATE } from "./start";

export interface TestDatabase {
  url: string;
  pool: Pool;
  drop(): Promise<void>;
}

/** Call in beforeAll, and `drop()` in afterAll, after whatever else was opened on `url`. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${process.env.JEST_WORKER_ID ?? "0"}_${randomBytes(5).toString("hex")}`;
  await administer(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY file_copy`);
  const address = new URL(serverUrl());
  address.pathname = `/${name}`;
  const pool = new Pool({ connectionString: address.href, max: 4, options: "-c timezone=Asia/Shanghai" });
  pool.on("error", () => undefined); // drop() ends sessions by force
  const drop = async () => {
    await pool.end();
    await administer(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { url: address.href, pool, drop };
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
