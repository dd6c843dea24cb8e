// A whole hub in demo mode with a small synthetic city, for the browser to open.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readConfig } from "../../src/config";
import { type Duty, signDemoToken } from "../../src/identity";
import { type Hub, start } from "../../src/main";
import { createLogger } from "../../src/server";
import { seededDatabase } from "../setup/database";
import { SEEDED_MASTER_KEY } from "../setup/seeded";

export interface DemoHub {
  readonly url: string;
  /** Of somebody with these duties; who only reads where left out. */
  tokenOf(department: string, duties?: readonly Duty[]): Promise<string>;
  /** Starts a second process on the same database and asks it as a department. */
  askBeside(query: string, department: string, purpose: string): Promise<Record<string, unknown>>;
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
  const options = { databaseUrl: database.url, logger: createLogger("silent") };
  const hub = await start(config, options);
  const tokenOf = (department: string, duties: readonly Duty[] = ["read"]) =>
    signDemoToken(dataDir, { department, duties });
  let beside: Promise<Hub> | undefined;
  return {
    url: hub.url,
    tokenOf,
    async askBeside(query, department, purpose) {
      beside ??= start(config, options);
      const headers = {
        "content-type": "application/json",
        authorization: `Bearer ${await tokenOf(department)}`,
        "hub-purpose": purpose,
      };
      const { url } = await beside;
      const answer = await fetch(`${url}/graphql`, {
        method: "POST",
        headers,
        body: JSON.stringify({ query }),
      });
      return (await answer.json()) as Record<string, unknown>;
    },
    async close() {
      await (await beside)?.close();
      await hub.close();
      await database.drop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
