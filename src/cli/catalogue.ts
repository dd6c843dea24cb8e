/** `hub catalogue export`: the catalogue as a file, with what is published and what is not yet. */
import { writeFile } from "node:fs/promises";
import { readConfig } from "../config";
import { openPool } from "../database/connect";
import { runMigrations } from "../database/source";
import { catalogue } from "../datasets";
import { createRightsStore } from "../identity";
import { type ExportFormat, exportCatalogue } from "../sharing/catalogue";
import { withDatabase } from "./database";

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Standard output if left out. */
  readonly out?: string;
}

const LIMITS = { name: "catalogue", connections: 1, statement: 30_000, answer: 35_000 };

export async function exportFile({ format, out }: ExportOptions): Promise<void> {
  const text = await withDatabase(readConfig(), async (url) => {
    await runMigrations(url);
    const pool = openPool(url, LIMITS, () => undefined);
    try {
      const rights = createRightsStore(pool);
      return await exportCatalogue({ catalogue, pool, rights, now: () => new Date() }, format);
    } finally {
      await pool.end();
    }
  });
  if (out) await writeFile(out, text);
  else process.stdout.write(text);
}
