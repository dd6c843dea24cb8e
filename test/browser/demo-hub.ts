// A whole hub in demo mode with the synthetic city, for the browser to open.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { seedBase } from "../../seeds";
import { seedCity } from "../../seeds/seed-city";
import { readConfig } from "../../src/config";
import { catalogue } from "../../src/datasets";
import { masterKeyOf } from "../../src/declare/master-key";
import { signDemoToken } from "../../src/identity";
import { start } from "../../src/main";
import { createLogger } from "../../src/server";
import { testDatabase } from "../setup/database";

export interface DemoHub {
  readonly url: string;
  tokenOf(department: string): Promise<string>;
  close(): Promise<void>;
}

export async function startDemoHub(): Promise<DemoHub> {
  const database = await testDatabase();
  const dataDir = mkdtempSync(path.join(tmpdir(), "community-hub-"));
  const config = readConfig({ PORT: "0", HUB_DATA: dataDir, HUB_DEMO: "1", DATABASE_URL: database.url });
  const hub = await start(config, {
    databaseUrl: database.url,
    logger: createLogger("silent"),
    async seed(pool) {
      await seedBase(pool, { demo: true });
      await seedCity({ url: database.url, catalogue, masterKey: masterKeyOf(config), scale: "demo" });
    },
  });
  return {
    url: hub.url,
    tokenOf: (department) => signDemoToken(dataDir, { department, duties: ["read"] }),
    async close() {
      await hub.close();
      await database.drop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
