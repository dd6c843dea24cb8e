/** Where a command finds the database: DATABASE_URL, or the embedded server, which a running hub may share. */
import path from "node:path";
import type { Config } from "../config";
import { startEmbedded } from "../database/embedded";

export interface DatabasePlace {
  readonly url: string;
  readonly embedded: boolean;
  /** To be called after everything opened on `url` is closed. */
  stop(): Promise<void>;
}

export async function findDatabase(config: Pick<Config, "databaseUrl" | "dataDir">): Promise<DatabasePlace> {
  if (config.databaseUrl) return { url: config.databaseUrl, embedded: false, stop: async () => {} };
  const server = await startEmbedded({ dataDir: path.join(config.dataDir, "postgres") });
  return { url: server.url, embedded: true, stop: server.stop };
}

/** Does something with the database and leaves it as it was found, running or not. */
export async function withDatabase<T>(
  config: Pick<Config, "databaseUrl" | "dataDir">,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const place = await findDatabase(config);
  try {
    return await work(place.url);
  } finally {
    await place.stop();
  }
}
