/** Way 10, over HTTP: errors about the question itself suggest no names and show nothing of the inside. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { seedBase } from "../../seeds";
import { readConfig } from "../../src/config";
import { catalogue } from "../../src/datasets";
import { signDemoToken } from "../../src/identity";
import { type Hub, start } from "../../src/main";
import { createLogger } from "../../src/server";
import { type TestDatabase, testDatabase } from "../setup/database";

let database: TestDatabase;
let dataDir: string;
let hub: Hub;
let token: string;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = mkdtempSync(path.join(tmpdir(), "community-hub-"));
  const config = readConfig({ PORT: "0", HUB_DATA: dataDir, HUB_DEMO: "1", DATABASE_URL: database.url });
  hub = await start(config, {
    databaseUrl: database.url,
    seed: (pool) => seedBase(pool, { demo: true }),
    logger: createLogger("silent"),
  });
  token = await signDemoToken(dataDir, { department: "finance@140100000000", duties: ["read"] });
}, 60_000);

afterAll(async () => {
  await hub?.close();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function answerTo(query: string): Promise<string> {
  const response = await fetch(`${hub.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  return response.text();
}

/** A name one letter short, as a typing error would be. */
const short = (name: string) => name.slice(0, -1);

test.each(catalogue.datasets.map((d) => [d.name, d] as const))("%s", async (_, d) => {
  const field = d.fields.find((f) => !f.key && f.kind !== "boolean")?.name ?? "source";
  const wrong = [
    `{ ${short(d.plural)}x { totalCount } }`,
    `{ ${d.plural} { nodes { ${short(field)} } } }`,
    `{ ${d.plural}(where: { ${short(field)}: { eq: "1" } }) { totalCount } }`,
    `{ ${d.plural}(where: { source: { equals: "1" } }) { totalCount } }`,
    `{ ${d.plural}(orderBy: [{ field: SOURC }]) { totalCount } }`,
    `{ ${d.plural}(fist: 1) { totalCount } }`,
    `{ ${d.plural}Aggregate(groupBy: [SOURC]) { groups { count } } }`,
    `query ($w: ${d.type}Where) { ${d.plural}(where: $w, first: "1") { totalCount } }`,
  ];
  for (const query of wrong) {
    const answer = await answerTo(query);
    expect(answer).toContain('"errors"');
    expect(answer).not.toMatch(/Did you mean|stacktrace|node_modules|SELECT |at .*\.ts:/);
  }
});
