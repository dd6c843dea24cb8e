// Records within a transaction that never ends, says so, and is then killed by the test that started it.
import { Client } from "pg";
import { recordWithin } from "../../src/audit";
import { sampleRecord } from "./sample-record";

async function run(): Promise<void> {
  const client = new Client({ connectionString: process.argv[2] });
  await client.connect();
  await client.query("BEGIN");
  await recordWithin(client, sampleRecord("unfinished", { datasets: JSON.parse(process.argv[3]!) }));
  console.log("within");
  setInterval(() => undefined, 1_000);
}

void run();
