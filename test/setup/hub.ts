/** The whole hub over HTTP on a copy of the small synthetic city, asked as any demo department. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readConfig } from "../../src/config";
import { type Duty, signDemoToken } from "../../src/identity";
import { start } from "../../src/main";
import { createLogger } from "../../src/server";
import { seededDatabase, type TestDatabase } from "./database";
import { SEEDED_MASTER_KEY } from "./seeded";

export interface Asking {
  readonly purpose?: string;
  readonly duties?: Duty[];
  readonly variables?: object;
  /** Media type of the answer. */
  readonly accept?: string;
  /** To hang up by. */
  readonly signal?: AbortSignal;
}

export interface TestHub {
  readonly url: string;
  readonly database: TestDatabase;
  /** Where the demo issuer keeps its key. */
  readonly dataDir: string;
  /** Posts a question as a department; the response as it came. */
  post(query: string, department: string, asking?: Asking): Promise<Response>;
  /** The parsed JSON answer. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
  ask(query: string, department: string, asking?: Asking): Promise<any>;
  /** Data of an answer without errors. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
  data(query: string, department: string, asking?: Asking): Promise<any>;
  /** Code of the first error. */
  refusal(query: string, department: string, asking?: Asking): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface TestHubOptions {
  /** Time by which requests run. */
  readonly now?: () => Date;
  /** Settings beside the usual ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** A second process on the database of this one; to be closed first. */
  readonly beside?: TestHub;
}

export async function openTestHub({ now, env, beside }: TestHubOptions = {}): Promise<TestHub> {
  const database = beside?.database ?? (await seededDatabase());
  const dataDir = beside?.dataDir ?? mkdtempSync(path.join(tmpdir(), "community-hub-"));
  const config = readConfig({
    PORT: "0",
    HUB_DATA: dataDir,
    HUB_DEMO: "1",
    HUB_KEY: SEEDED_MASTER_KEY.toString("base64"),
    DATABASE_URL: database.url,
    ...env,
  });
  const hub = await start(config, { databaseUrl: database.url, logger: createLogger("silent"), now });
  const post = async (query: string, department: string, asking: Asking = {}) => {
    const token = await signDemoToken(dataDir, { department, duties: asking.duties ?? ["read"] });
    const purpose = asking.purpose ? { "hub-purpose": asking.purpose } : undefined;
    return fetch(`${hub.url}/graphql`, {
      method: "POST",
      signal: asking.signal,
      headers: {
        "content-type": "application/json",
        accept: asking.accept ?? "application/json",
        authorization: `Bearer ${token}`,
        ...purpose,
      },
      body: JSON.stringify({ query, variables: asking.variables }),
    });
  };
  const close = async () => {
    await hub.close();
    if (beside) return;
    await database.drop();
    rmSync(dataDir, { recursive: true });
  };
  const ask: TestHub["ask"] = async (...asked) => (await post(...asked)).json();
  return {
    url: hub.url,
    database,
    dataDir,
    post,
    ask,
    async data(...asked) {
      const { data, errors } = await ask(...asked);
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    refusal: async (...asked) => (await ask(...asked)).errors?.[0]?.extensions.code,
    close,
  };
}
