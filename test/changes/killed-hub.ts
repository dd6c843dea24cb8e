// The whole hub in a process of its own, which prints its address and is then killed by a test.
import { readConfig } from "../../src/config";
import { start } from "../../src/main";
import { createLogger } from "../../src/server";

async function run(): Promise<void> {
  const hub = await start(readConfig(), {
    databaseUrl: process.env.DATABASE_URL as string,
    logger: createLogger("silent"),
  });
  console.log(hub.url);
}

void run();
