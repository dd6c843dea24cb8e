// What the database itself holds to, whoever writes: updates move by the steps of the table alone, and what was said stays.
import { randomUUID } from "node:crypto";
import { Catalogue1795377000000 } from "../../migrations/0017-catalogue";
import { createSource } from "../../src/database/source";
import { NOTICING, PROPOSING, UPDATE_STATES, UPDATE_STEPS } from "../../src/sharing/catalogue/steps";
import { type TestDatabase, testDatabase } from "../setup/database";

let home: TestDatabase;
const sql = (text: string, values: unknown[] = []) => home.pool.query(text, values);

beforeAll(async () => {
  home = await testDatabase();
});
afterAll(() => home.drop());

const UPDATE =
  "INSERT INTO catalogue_update (id, dataset, provider, authority, opened_at) VALUES ($1, $2, 'p', 'a', now())";
const STEP = `INSERT INTO catalogue_transition (update_id, seq, at, act, from_state, to_state, party, duty, actor, department, reason)
  VALUES ($1, $2, now(), $3, $4, $5, $6, $7, 'x', 'x', $8)`;
const CONTENT =
  "INSERT INTO catalogue_content (update_id, seq, declaration, hash, entry) VALUES ($1, $2, '{}', $3, $4)";
const HASH = "0".repeat(64);
const ENTRY = JSON.stringify({
  responsible: 1,
  secrecy: 1,
  personal: 1,
  frequency: 1,
  ways: 1,
  conditions: 1,
  closures: 1,
});

/** In one transaction; undone where one of them fails. */
async function together(...statements: [string, unknown[]][]): Promise<void> {
  const client = await home.pool.connect();
  try {
    await client.query("BEGIN");
    for (const [text, values] of statements) await client.query(text, values);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

const PROPOSE = ["PROPOSE", null, "PROPOSED", "provider", "steward", null];
const APPROVE = ["APPROVE", "PROPOSED", "IN_REVIEW", "provider", "approve", null];
const PUBLISH = ["PUBLISH", "IN_REVIEW", "PUBLISHED", "authority", "decide", null];

async function proposed(dataset = randomUUID()): Promise<string> {
  const id = randomUUID();
  await together([UPDATE, [id, dataset]], [STEP, [id, 1, ...PROPOSE]], [CONTENT, [id, 1, HASH, ENTRY]]);
  return id;
}

test("the table of steps is the program's", async () => {
  const { rows } = await sql("SELECT act, from_state, to_state, party, duty FROM catalogue_step");
  const known = UPDATE_STEPS.flatMap(({ act, from, to, party, duty }) =>
    from.map((state) => [act, state, to ?? state, party, duty].join(" ")),
  );
  expect(rows.map((row) => Object.values(row).join(" ")).sort()).toEqual(known.sort());
});

test("no state has two steps of one act, every state is reached, and only an authority publishes", () => {
  const pairs = UPDATE_STEPS.flatMap((s) => s.from.map((from) => `${from} ${s.act}`));
  expect(new Set(pairs).size).toBe(pairs.length);
  expect(new Set(UPDATE_STEPS.flatMap((s) => s.to ?? []))).toEqual(new Set(UPDATE_STATES));
  const ends = UPDATE_STATES.filter((state) => !UPDATE_STEPS.some((s) => s.from.includes(state)));
  expect(ends).toEqual(["PUBLISHED", "WITHDRAWN", "LAPSED"]);
  const publishing = UPDATE_STEPS.filter((s) => s.to === "PUBLISHED");
  expect(publishing.map(({ party, from }) => [party, from])).toEqual([["authority", ["IN_REVIEW"]]]);
  expect(UPDATE_STEPS.filter((s) => s.from.length === 0)).toEqual([NOTICING, PROPOSING]);
});

test("an update goes from step to step, and gets its number when it is published", async () => {
  const dataset = randomUUID();
  for (const number of [1, 2]) {
    const id = await proposed(dataset);
    await sql(STEP, [id, 2, ...APPROVE]);
    await sql(STEP, [id, 3, ...PUBLISH]);
    const { rows } = await sql("SELECT state, number, published_at FROM catalogue_update WHERE id = $1", [
      id,
    ]);
    expect(rows[0]).toEqual({ state: "PUBLISHED", number, published_at: expect.any(Date) });
  }
});

test.each([
  ["a step that is skipped", 2, PUBLISH],
  ["a step of another state", 2, ["PUBLISH", "PROPOSED", "PUBLISHED", "authority", "decide", null]],
  ["a step of another party", 2, ["APPROVE", "PROPOSED", "IN_REVIEW", "authority", "decide", null]],
  ["a step of another duty", 2, ["APPROVE", "PROPOSED", "IN_REVIEW", "provider", "steward", null]],
  ["a number that is left out", 3, APPROVE],
  [
    "a step without the reason it needs",
    2,
    ["DISAPPROVE", "PROPOSED", "RETURNED", "provider", "approve", null],
  ],
  ["a second beginning", 1, PROPOSE],
])("%s is refused", async (_, seq, step) => {
  const id = await proposed();
  await expect(sql(STEP, [id, seq, ...step])).rejects.toThrow();
  const { rows } = await sql("SELECT state, seq FROM catalogue_update WHERE id = $1", [id]);
  expect(rows[0]).toEqual({ state: "PROPOSED", seq: 1 });
});

test("a proposal is recorded with its content, whole, and at no other time", async () => {
  const [id, dataset] = [randomUUID(), randomUUID()];
  const begin: [string, unknown[]][] = [
    [UPDATE, [id, dataset]],
    [STEP, [id, 1, ...PROPOSE]],
  ];
  await expect(together(...begin)).rejects.toThrow(/is recorded/);
  await expect(together(...begin, [CONTENT, [id, 1, HASH, null]])).rejects.toThrow();
  await expect(together(...begin, [CONTENT, [id, 1, HASH, '{"responsible":1}']])).rejects.toThrow(/check/);
  await together(...begin, [CONTENT, [id, 1, HASH, ENTRY]]);
  await sql(STEP, [id, 2, ...APPROVE]);
  await expect(sql(CONTENT, [id, 2, HASH, ENTRY])).rejects.toThrow(/with the step/);
});

test("of one dataset there is one open update", async () => {
  const dataset = randomUUID();
  await proposed(dataset);
  await expect(proposed(dataset)).rejects.toThrow(/unique/);
});

test("an update does not begin published, and nothing is changed or taken away", async () => {
  const id = await proposed();
  await expect(
    sql(
      "INSERT INTO catalogue_update (id, dataset, provider, authority, opened_at, state, number, published_at) VALUES ($1, 'x', 'p', 'a', now(), 'PUBLISHED', 1, now())",
      [randomUUID()],
    ),
  ).rejects.toThrow(/begins/);
  await sql(
    "INSERT INTO catalogue_duplicate (id, fields, allowed, reason, actor, department, duty, at) VALUES ($1, '{a,b}', true, 'x', 'x', 'x', 'decide', now())",
    [randomUUID()],
  );
  for (const statement of [
    `UPDATE catalogue_update SET state = 'PUBLISHED' WHERE id = '${id}'`,
    `UPDATE catalogue_transition SET actor = 'y' WHERE update_id = '${id}'`,
    `UPDATE catalogue_content SET declaration = '[]' WHERE update_id = '${id}'`,
    "UPDATE catalogue_duplicate SET allowed = false",
    `DELETE FROM catalogue_content WHERE update_id = '${id}'`,
    `DELETE FROM catalogue_transition WHERE update_id = '${id}'`,
    "DELETE FROM catalogue_duplicate",
    "TRUNCATE catalogue_update CASCADE",
    "TRUNCATE catalogue_duplicate",
  ])
    await expect(sql(statement)).rejects.toThrow(/by transitions alone/);
});

test("the migration can be taken back, and not where somebody worked on the catalogue", async () => {
  const own = await testDatabase();
  const source = createSource(own.url, []);
  await source.initialize();
  const runner = source.createQueryRunner();
  const step = new Catalogue1795377000000();
  await step.down(runner);
  const { rowCount } = await own.pool.query("SELECT FROM pg_class WHERE relname LIKE 'catalogue%'");
  expect(rowCount).toBe(0);
  await step.up(runner);
  await own.pool.query(
    "INSERT INTO catalogue_duplicate (id, fields, allowed, reason, actor, department, duty, at) VALUES ($1, '{a,b}', true, 'x', 'x', 'x', 'decide', now())",
    [randomUUID()],
  );
  await expect(step.down(runner)).rejects.toThrow(/must be kept/);
  await runner.release();
  await source.destroy();
  await own.drop();
});
