// Seals as fast as it can, says so after the first seal, and is killed by the test that started it.
import { Pool } from "pg";
import { createSealer } from "../../../src/audit";

async function run(): Promise<void> {
  const pool = new Pool({ connectionString: process.argv[2], max: 1 });
  const sealAll = createSealer({ pool, now: () => new Date(), most: 7 });
  for (let n = 0; ; n++) {
    await sealAll();
    if (n === 0) console.log("sealing");
  }
}

void run();
