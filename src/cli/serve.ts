/** `hub serve`: database, migrations, seeds, server; then a few lines that say what to open and what to ask. */
import { seedBase } from "../../seeds";
import { type Config, readConfig } from "../config";
import { signDemoToken } from "../identity";
import { type Hub, start } from "../main";
import { type DatabasePlace, findDatabase } from "./database";

export async function serve(): Promise<void> {
  const config = readConfig();
  const place = await findDatabase(config);
  const seed = (pool: Parameters<typeof seedBase>[0]) => seedBase(pool, { demo: config.demo });
  const hub = await start(config, { databaseUrl: place.url, seed }).catch(async (error) => {
    await place.stop();
    throw error;
  });
  leaveOnSignal(hub, place);
  process.stderr.write(await welcome(config, hub.url));
}

/** The first signal lets running requests finish, the second does not, the third leaves everything as it is. */
function leaveOnSignal(hub: Hub, place: DatabasePlace): void {
  let signals = 0;
  const leave = async () => {
    try {
      await hub.close();
      await place.stop();
      process.exit(0);
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
      process.exit(1);
    }
  };
  const onSignal = () => {
    signals += 1;
    if (signals === 1) void leave();
    else if (signals === 2) hub.hurry();
    else process.exit(1);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
}

const DEPARTMENT = "civil-affairs@140100000000";
const QUESTION = "{ committees(first: 3) { totalCount nodes { code name } } }";

async function welcome(config: Config, url: string): Promise<string> {
  const open = [
    "",
    `  社区信息共享平台已启动 · The community hub is up`,
    `  打开 · Open      ${url}/graphiql`,
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
