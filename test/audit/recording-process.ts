// Records durably, says so, and is then killed by the test that started it.
import { Pool } from "pg";
import { createRecorder } from "../../src/audit";
import { sampleRecord } from "./sample-record";

async function run(): Promise<void> {
  const recorder = await createRecorder(new Pool({ connectionString: process.argv[2], max: 1 }));
  await Promise.all([1, 2, 3].map((n) => recorder.recordDurably(sampleRecord(`killed-${n}`))));
  console.log("recorded");
  setInterval(() => undefined, 1_000);
}

void run();
