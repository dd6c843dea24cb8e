// A long file takes no more memory than a short one: it never stands in memory as a whole.
import { createWriteStream, statSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type TestDatabase, testDatabase } from "../setup/database";
import { startScript } from "../setup/process";
import { openWorld, type World } from "./world";

const ROWS = 300_000;
/** Mebibytes of heap: about twice what the program itself needs, and less than half of the file's rows as objects. */
const HEAP = 160;

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await testDatabase();
  world = await openWorld(database.url);
});

afterAll(async () => {
  await world.close();
  await database.drop();
});

function* lines(communities: readonly string[]): Generator<string> {
  yield "code,territory,name,kind,status,ownerName,operatorName\n";
  for (let i = 0; i < ROWS; i++) {
    const territory = communities[i % communities.length]!;
    const code = `${territory}${String(Math.floor(i / communities.length) + 1).padStart(4, "0")}`;
    yield `${code},${territory},合成设施第${i}号,OFFICE,IN_USE,合成产权单位第${i}号,合成运营单位第${i}号\n`;
  }
}

test(`${ROWS} rows are imported within ${HEAP} MiB of heap`, async () => {
  const communities = await world.rows("SELECT code FROM division WHERE level = 'COMMUNITY' ORDER BY code");
  const file = path.join(world.folder, "long.csv");
  await pipeline(Readable.from(lines(communities.map(({ code }) => String(code)))), createWriteStream(file));
  expect(statSync(file).size).toBeGreaterThan(30_000_000);
  const child = startScript("test/import/importing-process.ts", [database.url, file, "4000"], {
    NODE_OPTIONS: `--max-old-space-size=${HEAP}`,
  });
  let last = "";
  for await (const line of createInterface({ input: child.stdout! })) last = line;
  console.log(last);
  const [, added, peak] = /^(\d+) rows, (\d+) MiB$/.exec(last) ?? [];
  expect(Number(added)).toBe(ROWS);
  expect(Number(peak)).toBeLessThan(512);
}, 600_000);
