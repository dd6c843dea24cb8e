// An import killed at random points and started again ends as one that ran through: same keys, same history.
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { type TestDatabase, testDatabase } from "../setup/database";
import { startScript } from "../setup/process";
import { facilitiesCsv, openWorld, type World } from "./world";

const KILLS = 20;
const ROWS = 3_600;

let databases: TestDatabase[];
let killed: World;
let clean: World;

beforeAll(async () => {
  databases = [await testDatabase(), await testDatabase()];
  [killed, clean] = await Promise.all(
    databases.map(({ url }) => openWorld(url)) as [Promise<World>, Promise<World>],
  );
});

afterAll(async () => {
  await Promise.all([killed.close(), clean.close()]);
  await Promise.all(databases.map((database) => database.drop()));
});

/** A small generator, so that a failing run can be had again. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Kills the process after so many batches and milliseconds; false where it had ended before. */
async function killAfter(path: string, batches: number, milliseconds: number): Promise<boolean> {
  const child = startScript("test/import/importing-process.ts", [databases[0]!.url, path]);
  const ended = once(child, "exit") as Promise<[number | null, string | null]>;
  let seen = -1;
  for await (const _line of createInterface({ input: child.stdout! })) if (++seen >= batches) break;
  await wait(milliseconds);
  child.kill("SIGKILL");
  const [code, signal] = await ended;
  if (signal !== "SIGKILL" && code !== 0) throw new Error(`the import ended with ${code}`);
  return signal === "SIGKILL";
}

test(`killed at ${KILLS} random points, it ends with the keys and the history of one clean run`, async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  console.log(`kill points from SEED=${seed}`);
  const random = randomFrom(seed);
  const before = facilitiesCsv(ROWS / 2);
  const file = facilitiesCsv(ROWS, (i) =>
    i % 7 === 3 ? { name: `改名${i}` } : i % 97 === 5 ? { openedAt: "45231" } : {},
  );
  const repeated = `${file}\n${file.split("\n")[1]}`;
  for (const world of [killed, clean]) await world.run("facility", before);

  const path = killed.file(repeated, "killed.csv");
  let kills = 0;
  for (let i = 0; i < KILLS; i++) if (await killAfter(path, Math.floor(random() * 8), random() * 20)) kills++;
  const [left] = await killed.rows(
    "SELECT rows_read, state FROM import_job ORDER BY started_at DESC LIMIT 1",
  );
  const ended = await killed.run("facility", repeated);
  const whole = await clean.run("facility", repeated);

  expect(kills).toBe(KILLS);
  expect(left).toMatchObject({ state: "RUNNING" });
  expect(left?.rows_read).toBeGreaterThan(0);
  expect(left?.rows_read).toBeLessThan(ROWS);
  expect(result(ended)).toEqual(result(whole));
  expect(await killed.problems(ended)).toEqual(await clean.problems(whole));
  for (const table of ["facility", "facility_history"])
    expect(await content(killed, table)).toEqual(await content(clean, table));
  expect(await killed.rows("SELECT 1 FROM import_job WHERE rows_read > $1 - 1", [ROWS])).toHaveLength(1);
}, 300_000);

const result = ({
  read,
  added,
  changed,
  unchanged,
  refused,
  lastLine,
  state,
}: Awaited<ReturnType<World["run"]>>) => ({
  read,
  added,
  changed,
  unchanged,
  refused,
  lastLine,
  state,
});

/** Rows without what differs from run to run by nature: made-up ids and times. */
async function content(world: World, table: string): Promise<unknown[]> {
  const rows = await world.rows(
    `SELECT to_jsonb(t) - 'id' - 'created_at' - 'changed_at' - 'superseded_at' AS row FROM ${table} t ORDER BY code, version`,
  );
  return rows.map(({ row }) => row);
}
