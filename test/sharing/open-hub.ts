// A whole demo hub over HTTP, for tests of the doors of access.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Pool } from "pg";
import { seedBase } from "../../seeds";
import { readConfig } from "../../src/config";
import { type Duty, signDemoToken } from "../../src/identity";
import { start } from "../../src/main";
import { createLogger } from "../../src/server";
import { testDatabase } from "../setup/database";

export interface Asking {
  as?: string;
  duty?: Duty;
  purpose?: string;
  variables?: Record<string, unknown>;
}

// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what the tests are about
type Json = any;

export interface Body {
  data: Json;
  errors?: { message: string; path?: string[]; extensions: Json }[];
  extensions?: Json;
}

export interface TestHub {
  readonly pool: Pool;
  ask(query: string, asking?: Asking): Promise<Body>;
  /** Data of an answer without errors. */
  data(query: string, asking?: Asking): Promise<Body["data"]>;
  /** Code of the first error. */
  refusal(query: string, asking?: Asking): Promise<string | undefined>;
  close(): Promise<void>;
}

export const FINANCE = "finance@140100000000";

export async function openHub(): Promise<TestHub> {
  const database = await testDatabase();
  const dataDir = mkdtempSync(path.join(tmpdir(), "community-hub-"));
  const config = readConfig({ PORT: "0", HUB_DATA: dataDir, HUB_DEMO: "1", DATABASE_URL: database.url });
  const hub = await start(config, {
    databaseUrl: database.url,
    seed: (pool) => seedBase(pool, { demo: true }),
    logger: createLogger("silent"),
  });
  const ask = async (query: string, { as = FINANCE, duty = "read", purpose, variables }: Asking = {}) => {
    const token = await signDemoToken(dataDir, { department: as, duties: [duty], purpose });
    const response = await fetch(`${hub.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Body;
  };
  return {
    pool: database.pool,
    ask,
    async data(query, asking) {
      const { data, errors } = await ask(query, asking);
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    refusal: async (query, asking) => (await ask(query, asking)).errors?.[0]?.extensions.code,
    async close() {
      await hub.close();
      await database.drop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
