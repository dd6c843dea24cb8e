/** `hub serve`: database, migrations, seeds, server; then a few lines that say what to open and what to ask. */
import type { Pool } from "pg";
import { seedBase } from "../../seeds";
import { type Config, readConfig } from "../config";
import { signDemoToken } from "../identity";
import { type Hub, start } from "../main";
import { createLogger, faultOf } from "../server";
import { type DatabasePlace, findDatabase } from "./database";
import { seedDemo } from "./seed";

export async function serve(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const place = await findDatabase(config);
  const departure = new Departure(place);
  const seed = async (pool: Pool) => {
    await seedBase(pool, { demo: config.demo });
    if (config.demo) await seedDemo(place.url, config);
  };
  try {
    departure.hub = await start(config, { databaseUrl: place.url, seed, logger });
  } catch (error) {
    await place.stop();
    throw error;
  }
  process.on("uncaughtException", (error) => {
    logger.fatal(faultOf(error), "the hub failed and leaves");
    void departure.leave(1);
  });
  process.stderr.write(await welcome(config, departure.hub.url));
}

/**
 * The way out: the first signal lets running requests finish, the second ends them, the third waits for nothing.
 * A hub that is still starting has nothing to finish: what it was doing is rolled back.
 */
class Departure {
  hub: Hub | undefined;
  #signals = 0;
  #leaving: Promise<void> | undefined;

  constructor(private readonly place: DatabasePlace) {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => this.#told());
  }

  leave(code: number): Promise<void> {
    this.#leaving ??= this.#leave(code);
    return this.#leaving;
  }

  #told(): void {
    this.#signals += 1;
    if (this.#signals === 1) void this.leave(0);
    else if (this.#signals === 2) this.hub?.hurry();
    else process.exit(1);
  }

  async #leave(code: number): Promise<void> {
    try {
      await this.hub?.close();
      await this.place.stop();
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
      process.exit(1);
    }
    process.exit(code);
  }
}

const DEPARTMENT = "civil-affairs@140100000000";
const QUESTION = "{ committees(first: 3) { totalCount nodes { code name } } }";

async function welcome(config: Config, url: string): Promise<string> {
  const open = [
    "",
    `  社区信息共享平台已启动 · The community hub is up`,
    `  打开 · Open      ${url}/`,
    `  提问 · GraphiQL  ${url}/graphiql`,
    `  接口 · Endpoint  ${url}/graphql`,
  ];
  return `${[...open, ...(config.demo ? await demoLines(config, url) : []), ""].join("\n")}\n`;
}

async function demoLines(config: Config, url: string): Promise<string[]> {
  const token = await signDemoToken(config.dataDir, { department: DEPARTMENT, duties: ["read"] });
  return [
    "",
    "  ┌────────────────────────────────────────────────────────────────────────┐",
    "  │ 演示模式：任何人都可以扮演任何部门，数据为虚构，不得用于生产           │",
    "  │ DEMO: anyone may be any department; rows are invented; never for real  │",
    "  └────────────────────────────────────────────────────────────────────────┘",
    "  试一试 · Try:",
    `  curl -s ${url}/graphql -H 'content-type: application/json' \\`,
    `    -H 'authorization: Bearer ${token}' \\`,
    `    -d '${JSON.stringify({ query: QUESTION })}'`,
  ];
}
