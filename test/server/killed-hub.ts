// A small hub in a process of its own, which prints its address and is then killed by a test.
import { Pool } from "pg";
import { openSmallHub } from "./small-hub";

async function run(): Promise<void> {
  const hub = await openSmallHub(new Pool({ connectionString: process.argv[2], max: 4 }));
  console.log(hub.url);
}

void run();
