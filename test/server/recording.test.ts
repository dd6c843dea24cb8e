// Every operation leaves its access record; an answer about persons leaves only after it, or not at all.
import { Pool } from "pg";
import { createRecorder } from "../../src/audit";
import { type TestDatabase, testDatabase } from "../setup/database";
import { firstLine, startScript } from "../setup/process";
import { ask, openSmallHub, type SmallHub } from "./small-hub";

const RECORDS = "access_record JOIN access_footprint ON hash = footprint";

let database: TestDatabase;
let hub: SmallHub;

beforeAll(async () => {
  database = await testDatabase();
  hub = await openSmallHub(database.pool);
});

afterAll(async () => {
  await hub.close(1_000);
  await database.drop();
});

async function recordsOf(requestId: string | null) {
  await hub.recorder.flush();
  const { rows } = await database.pool.query(`SELECT * FROM ${RECORDS} WHERE request_id = $1`, [requestId]);
  return rows;
}

const idOf = (answer: { response: Response }) => answer.response.headers.get("x-request-id");

test("an answer about persons is in the table by the time it arrives", async () => {
  const answer = await ask(hub.url, "query Names { persons { name } }");
  const { rows } = await database.pool.query(`SELECT * FROM ${RECORDS} WHERE request_id = $1`, [
    idOf(answer),
  ]);
  expect(rows).toMatchObject([
    {
      subject: "lin",
      department: "finance@140100000000",
      purpose: "budget-review",
      operation: "Names",
      datasets: [
        { dataset: "person", fields: [{ field: "name", level: "FULL", territories: ["140100000000"] }] },
      ],
      rows: 1,
      grants: ["grant-7"],
      cost: 1,
      outcome: "ANSWERED",
      code: null,
    },
  ]);
});

test("a hub killed the moment an answer about persons arrived has recorded it", async () => {
  const child = startScript("test/server/killed-hub.ts", [database.url]);
  const url = await firstLine(child);
  const answer = await ask(url, "{ persons { name } }");
  child.kill("SIGKILL");
  expect(answer.status).toBe(200);
  expect(await recordsOf(idOf(answer))).toHaveLength(1);
});

test.each([
  ["{ figures { name } }", "ANSWERED", null],
  ["{ hello }", "ANSWERED", null],
  ["{ withheld }", "REFUSED", "FIELD_WITHHELD"],
  ["{ helo }", "REFUSED", "GRAPHQL_VALIDATION_FAILED"],
  ["{ hello", "REFUSED", "GRAPHQL_PARSE_FAILED"],
  ["{ hello refused }", "ANSWERED", "FORBIDDEN"],
  ["{ broken }", "ANSWERED", "INTERNAL_SERVER_ERROR"],
])("%s is recorded as %s %s", async (query, outcome, code) => {
  const answer = await ask(hub.url, query);
  expect(await recordsOf(idOf(answer))).toMatchObject([{ outcome, code }]);
});

test("a refusal is recorded with the field that it is about", async () => {
  const answer = await ask(hub.url, "{ withheld }");
  const [record] = await recordsOf(idOf(answer));
  expect(record.datasets).toContainEqual({
    dataset: "fund",
    fields: [{ field: "sum", level: "NONE", territories: [] }],
  });
});

test("what cannot be recorded is not answered where persons are concerned, and the rest is", async () => {
  await database.pool.query("ALTER TABLE access_record RENAME TO access_record_away");
  const persons = await ask(hub.url, "{ persons { name } }");
  const figures = await ask(hub.url, "{ figures { name } }");
  await database.pool.query("ALTER TABLE access_record_away RENAME TO access_record");
  expect(persons.status).toBe(503);
  expect(persons.text).not.toContain("王");
  expect(persons.body).toMatchObject({ data: null, errors: [{ extensions: { code: "UNAVAILABLE" } }] });
  expect(figures.status).toBe(200);
  expect(await recordsOf(idOf(persons))).toMatchObject([{ outcome: "REFUSED", code: "UNAVAILABLE" }]);
  expect(await recordsOf(idOf(figures))).toHaveLength(1);
});

test("a store that hangs delays an answer about persons by its patience, then refuses it", async () => {
  const stuck = new Pool({ connectionString: database.url, max: 1 });
  const recorder = await createRecorder(stuck, { patience: 200 });
  const other = await openSmallHub(database.pool, { recorder });
  const client = await stuck.connect();
  const { status, text } = await ask(other.url, "{ persons { name } }");
  expect(status).toBe(503);
  expect(text).not.toContain("王");
  client.release();
  await other.close(1_000);
  await recorder.close();
  await stuck.end();
});

test("the rate of one caller is limited, told, and leaves one record; another caller is not disturbed", async () => {
  const limits = { depth: 15, aliases: 50, document: 65_536, ratePerMinute: 3 };
  const limited = await openSmallHub(database.pool, { limits });
  const answers = [];
  for (let n = 0; n < 6; n++) answers.push(await ask(limited.url, "{ hello }", { as: "busy" }));
  expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 429, 429, 429]);
  const { response, body } = answers[3]!;
  expect(body.errors[0].extensions.code).toBe("RATE_LIMITED");
  expect(Number(response.headers.get("retry-after"))).toBe(body.errors[0].extensions.retryAfter);
  expect(body.errors[0].extensions.retryAfter).toBeGreaterThan(0);
  expect((await ask(limited.url, "{ hello }", { as: "calm" })).status).toBe(200);
  await limited.close(1_000);
  const { rows } = await database.pool.query("SELECT subject FROM access_record WHERE code = 'RATE_LIMITED'");
  expect(rows).toEqual([{ subject: "busy" }]);
});
