/** `hub migrate`: brings the database's tables up to date. */
import { readConfig } from "../config";
import { runMigrations } from "../database/source";
import { withDatabase } from "./database";

export async function migrate(): Promise<void> {
  const done = await withDatabase(readConfig(), (url) => runMigrations(url));
  const lines =
    done.length > 0 ? done.map((name) => `ran ${name}`) : ["nothing to do: the tables are up to date"];
  process.stdout.write(`${lines.join("\n")}\n`);
}
