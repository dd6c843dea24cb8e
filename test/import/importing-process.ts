// Imports a file of facilities until it is done or killed: prints a line when it starts, one for each batch, and its peak.
import "reflect-metadata";
import { Pool } from "pg";
import { inspectFile, startImport } from "../../src/write/import";
import { partsOf, steward } from "./world";

async function main([url, path, batchSize = "20"]: string[]): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 3, options: "-c timezone=Asia/Shanghai" });
  const { done } = await startImport(partsOf(pool), {
    dataset: "facility",
    file: await inspectFile(path as string),
    mode: "ROWS",
    as: steward(),
    batchSize: Number(batchSize),
    onProgress: ({ read }) => process.stdout.write(`${read}\n`),
  });
  process.stdout.write("started\n");
  const { added } = await done;
  process.stdout.write(`${added} rows, ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`);
  await pool.end();
}

main(process.argv.slice(2));
