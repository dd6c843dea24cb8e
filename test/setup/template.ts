// Fills the database that every test file gets a copy of.
import { runMigrations } from "../../src/database/source";

export async function prepareTemplate(url: string): Promise<void> {
  await runMigrations(url);
}
