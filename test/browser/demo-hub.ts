// A whole hub in demo mode with a small synthetic city, for the browser to open.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readConfig } from "../../src/config";
import { signDemoToken } from "../../src/identity";
import { start } from "../../src/main";
import { createLogger } from "../../src/server";
import { seededDatabase } from "../setup/database";
import { SEEDED_MASTER_KEY } from "../setup/seeded";

export interface DemoHub {
  readonly url: string;
  tokenOf(department: string): Promise<string>;
  close(): Promise<void>;
}

export async function startDemoHub(): Promise<DemoHub> {
  const database = await seededDatabase();
  const dataDir = mkdtempSync(path.join(tmpdir(), "community-hub-"));
  const config = readConfig({
    PORT: "0",
    HUB_DATA: dataDir,
    HUB_DEMO: "1",
    HUB_KEY: SEEDED_MASTER_KEY.toString("base64"),
    DATABASE_URL: database.url,
  });
  const hub = await start(config, {
    databaseUrl: database.url,
    logger: createLogger("silent"),
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
