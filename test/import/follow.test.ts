// A field that follows another row says what that row says, also where both come from files.
import { type TestDatabase, testDatabase } from "../setup/database";
import { openWorld, type World } from "./world";

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

const [HERE, THERE] = ["140105001001", "140106001001"];
const as = { system: "test" };

function volunteers(consents: Record<string, string>): string {
  const rows = Object.entries(consents).map(
    ([no, consent]) => `${no},合成甲,1990-01-01,2024-01-01,${consent},2024-01-01,CONSENT,2030-01-01,${HERE}`,
  );
  return [
    "volunteer_no,name,birth_date,registered_at,consent,consent_at,lawful_basis,retention_until,territory",
    ...rows,
  ].join("\n");
}

function records(given: readonly [string, string, string?][]): string {
  const rows = given.map(
    ([no, of, consent = "GRANTED"], i) =>
      `${no},${of},LEGAL,2025-05-0${i + 1}T09:00:00+08:00,2025-05-0${i + 1}T10:00:00+08:00,1,${consent},${THERE}`,
  );
  return ["record_no,volunteer_id,service_kind,started_at,ended_at,hours,consent,territory", ...rows].join(
    "\n",
  );
}

async function consents(): Promise<Record<string, unknown>> {
  const rows = await world.rows("SELECT record_no, consent || ' ' || version AS said FROM volunteer_record");
  return Object.fromEntries(rows.map((r) => [r.record_no, r.said]));
}

test("records take the volunteer's word for the file's, and follow when it changes", async () => {
  const run = async (dataset: string, text: string) => {
    const job = await world.run(dataset, text, { as });
    expect(await world.problems(job)).toEqual([]);
    return job;
  };
  await run("volunteer", volunteers({ V1: "GRANTED", V2: "NONE" }));
  const file = records([
    ["R1", "V1"],
    ["R2", "V2"],
    ["R3", "V1", "WITHDRAWN"],
  ]);
  await run("volunteerRecord", file);
  expect(await consents()).toEqual({ R1: "GRANTED 1", R2: "NONE 1", R3: "GRANTED 1" });
  // What the hub itself set is no difference from the file.
  expect(await run("volunteerRecord", file)).toMatchObject({ unchanged: 3, changed: 0 });

  await run("volunteer", volunteers({ V1: "WITHDRAWN", V2: "NONE" }));
  expect(await consents()).toEqual({ R1: "WITHDRAWN 2", R2: "NONE 1", R3: "WITHDRAWN 2" });
  expect(await run("volunteerRecord", file)).toMatchObject({ unchanged: 3, changed: 0 });
});

test("a record that moves to another volunteer takes that one's word, though the file is silent", async () => {
  await world.run("volunteerRecord", "record_no,volunteer_id\nR1,V2", { as });
  expect(await consents()).toMatchObject({ R1: "NONE 3" });
});
