// Imports a file of facilities until it is done or killed; prints a line when it starts and one for each batch.
import "reflect-metadata";
import { Pool } from "pg";
import { inspectFile, startImport } from "../../src/write/import";
import { partsOf, steward } from "./world";

async function main([url, path]: string[]): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 3, options: "-c timezone=Asia/Shanghai" });
  const { done } = await startImport(partsOf(pool), {
    dataset: "facility",
    file: await inspectFile(path as string),
    mode: "ROWS",
    as: steward(),
    batchSize: 20,
    onProgress: ({ read }) => process.stdout.write(`${read}\n`),
  });
  process.stdout.write("started\n");
  await done;
  await pool.end();
}

main(process.argv.slice(2));
