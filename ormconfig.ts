// What the TypeORM command line works on: DATABASE_URL, or the embedded database in HUB_DATA.
import path from "node:path";
import type { DataSource } from "typeorm";
import { startEmbedded } from "./src/database/embedded";
import { createSource } from "./src/database/source";
import { datasets } from "./src/datasets";

async function openSource(): Promise<DataSource> {
  if (process.env.DATABASE_URL) return createSource(process.env.DATABASE_URL, datasets);
  const server = await startEmbedded({ dataDir: path.join(process.env.HUB_DATA ?? ".hub", "postgres") });
  const source = createSource(server.url, datasets);
  const destroy = source.destroy.bind(source);
  source.destroy = async () => {
    await destroy();
    await server.stop();
  };
  return source;
}

// Exactly one export: the command line takes every data source it finds, and waits for a promise of one.
export const source = openSource();
