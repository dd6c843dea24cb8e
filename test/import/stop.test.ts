// An import is stopped from another process than the one that runs it, and goes on where it was.
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { createImports, type Imports } from "../../src/write/import";
import { type TestDatabase, testDatabase } from "../setup/database";
import { startScript } from "../setup/process";
import { facilitiesCsv, openWorld, steward, type World } from "./world";

const ROWS = 20_000;

let database: TestDatabase;
let world: World;
let imports: Imports;

beforeAll(async () => {
  database = await testDatabase();
  world = await openWorld(database.url);
  imports = createImports({ ...world.parts, folder: path.join(world.folder, "imports") });
});

afterAll(async () => {
  await imports.close();
  await world.close();
  await database.drop();
});

/** The id of the job that another process has begun, once a batch of it is in. */
async function runningElsewhere(file: string) {
  const child = startScript("test/import/importing-process.ts", [database.url, world.file(file)]);
  const ended = once(child, "exit");
  await once(createInterface({ input: child.stdout! }), "line");
  for (;;) {
    const [job] = await world.rows("SELECT id FROM import_job WHERE dataset = 'facility' AND rows_read > 0");
    if (job) return { id: String(job.id), ended };
  }
}

test("a job of another process stops after its batch, and the same file goes on with it", async () => {
  const file = facilitiesCsv(ROWS);
  const { id, ended } = await runningElsewhere(file);
  expect((await imports.stop(steward("finance"), id))?.id).toBeUndefined();
  expect(await imports.job(steward(), id)).toMatchObject({ state: "RUNNING" });

  const stopped = await imports.stop(steward(), id);
  expect(stopped).toMatchObject({ id, state: "STOPPED", reason: "stopped on request" });
  expect(stopped?.read).toBeLessThan(ROWS);
  expect(await ended).toEqual([0, null]);
  const [stored] = await world.rows("SELECT count(*)::int AS n FROM facility");
  expect(stored?.n).toBe(stopped?.read);

  const done = await world.run("facility", file);
  expect(done).toMatchObject({ id, state: "DONE", read: ROWS, added: ROWS });
  expect(await imports.stop(steward(), id)).toMatchObject({ state: "DONE" });
}, 120_000);
