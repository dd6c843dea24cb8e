// What is recorded comes under exactly one seal, whatever runs beside: open transactions, other hubs, a kill in the middle.
import { appendFileSync, readFileSync } from "node:fs";
import { Client, Pool } from "pg";
import { createRecorder, createSealer, recordWithin } from "../../../src/audit";
import { firstLine, startScript } from "../../setup/process";
import { sampleRecord } from "../sample-record";
import { type ChainedLog, chainedLog, findingsOf } from "./chained";

let log: ChainedLog;

beforeEach(async () => {
  log = await chainedLog();
});

afterEach(() => log.close());

const seals = async () =>
  (
    await log.pool.query(
      "SELECT number::int, upto::int, open::text, present::text, records, total::int FROM access_seal ORDER BY access_seal.number",
    )
  ).rows;

const sealAll = (given: { patience?: number; most?: number } = {}) =>
  createSealer({ pool: log.pool, now: () => new Date(), patience: 50, ...given })();

/** Every record is in one seal, and the chain holds. */
async function expectWhole() {
  const { rows } = await log.pool.query(
    `SELECT (SELECT count(*)::int FROM access_record) AS records, (SELECT sum(records)::int FROM access_seal) AS sealed,
       (SELECT count(*)::int FROM access_record JOIN access_seal ON present @> seq) AS pairs`,
  );
  const [{ records, sealed, pairs }] = rows;
  expect({ sealed, pairs }).toEqual({ sealed: records, pairs: records });
  expect(await findingsOf(log.pool)).toEqual([]);
}

async function holding<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: log.database.url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test("seals follow one another, and where nothing came there is none", async () => {
  await sealAll();
  expect(await seals()).toEqual([]);
  await log.record({}, {}, {});
  await sealAll();
  await sealAll();
  await log.record({});
  await sealAll();
  expect(await seals()).toMatchObject([
    { number: 1, upto: 3, open: "{}", present: "{[1,4)}", records: 3, total: 3 },
    { number: 2, upto: 4, open: "{}", present: "{[4,5)}", records: 1, total: 4 },
  ]);
  await expectWhole();
});

test("a gap of a rolled-back insert is settled, and nothing can come into it", async () => {
  await log.record({});
  await log.gap();
  await log.record({});
  await sealAll();
  expect(await seals()).toMatchObject([{ upto: 3, open: "{}", present: "{[1,2),[3,4)}", records: 2 }]);
  await log.gap();
  await sealAll();
  expect((await seals())[1]).toMatchObject({ upto: 4, open: "{}", present: "{}", records: 0 });
  await expectWhole();
  await log.pool.query(
    "INSERT INTO access_record SELECT (jsonb_populate_record(r, jsonb_build_object('seq', 2, 'id', gen_random_uuid()))).* FROM access_record r WHERE seq = 1",
  );
  expect(await findingsOf(log.pool)).toMatchObject([{ what: "INSERTED", seal: 1, seq: 2 }]);
});

test("a long open transaction holds up nobody, and its records come under a later seal", async () => {
  await holding(async (client) => {
    await log.record({});
    await client.query("BEGIN");
    // It has its number as a transaction, and writes elsewhere, long before it records.
    await client.query("CREATE TEMPORARY TABLE elsewhere ON COMMIT DROP AS SELECT 1");
    await sealAll();
    await recordWithin(client, sampleRecord("slow-1"));
    await log.record({}, {});
    await sealAll();
    await recordWithin(client, sampleRecord("slow-2"));
    await log.record({});
    await sealAll();
    await sealAll(); // nothing has changed: no seal
    expect(await seals()).toMatchObject([
      { upto: 1, open: "{}", present: "{[1,2)}" },
      { upto: 4, open: "{[2,3)}", present: "{[3,5)}" },
      { upto: 6, open: "{[2,3),[5,6)}", present: "{[6,7)}" },
    ]);
    expect(await findingsOf(log.pool)).toEqual([]);
    await client.query("COMMIT");
    expect(await findingsOf(log.pool)).toEqual([]);
  });
  await sealAll();
  expect((await seals())[3]).toMatchObject({ upto: 6, open: "{}", present: "{[2,3),[5,6)}", records: 2 });
  await expectWhole();
  expect(await findingsOf(log.pool, undefined, { from: 3 })).toEqual([]);
  expect(await findingsOf(log.pool, undefined, { from: 4 })).toEqual([]);
});

test("a long open transaction that is rolled back leaves a gap into which nothing can come", async () => {
  await holding(async (client) => {
    await client.query("BEGIN");
    await recordWithin(client, sampleRecord("undone", { datasets: [] }));
    await log.record({});
    await sealAll();
    expect(await seals()).toMatchObject([{ upto: 2, open: "{[1,2)}" }]);
    await client.query("ROLLBACK");
  });
  await sealAll();
  expect((await seals())[1]).toMatchObject({ upto: 2, open: "{}", records: 0 });
  await expectWhole();
});

test("a transaction that is about to end is waited for", async () => {
  await holding(async (client) => {
    await client.query("BEGIN");
    await recordWithin(client, sampleRecord("soon", { datasets: [] }));
    await log.record({});
    const sealing = sealAll({ patience: 20_000 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await client.query("COMMIT");
    await sealing;
  });
  expect(await seals()).toMatchObject([{ upto: 2, open: "{}", present: "{[1,3)}", records: 2 }]);
});

test("records inserted into a partition by hand are waited for, too", async () => {
  await log.record({});
  const { rows } = await log.pool.query("SELECT tableoid::regclass AS name FROM access_record");
  await holding(async (client) => {
    await client.query("BEGIN");
    await client.query(
      `INSERT INTO ${rows[0].name} SELECT (jsonb_populate_record(r, jsonb_build_object('seq', nextval('access_record_seq'),
         'id', gen_random_uuid()))).* FROM ${rows[0].name} r`,
    );
    await log.record({});
    await sealAll();
    await client.query("COMMIT");
  });
  await sealAll();
  await expectWhole();
});

test("a backlog is sealed in batches of bounded size", async () => {
  await log.record(...Array.from({ length: 25 }, () => ({})));
  await sealAll({ most: 10 });
  expect((await seals()).map(({ records }) => records)).toEqual([10, 10, 5]);
  await expectWhole();
});

test("two hubs that seal at once under load make one chain", async () => {
  const pools = [1, 2].map(() => new Pool({ connectionString: log.database.url, max: 3 }));
  const recorders = await Promise.all(pools.map((pool) => createRecorder(pool)));
  let running = true;
  const sealing = pools.map(async (pool) => {
    const seal = createSealer({ pool, now: () => new Date(), most: 50 });
    while (running) await seal();
  });
  await Promise.all(
    recorders.map(async (recorder, r) => {
      for (let n = 0; n < 30; n++)
        await Promise.all(
          Array.from({ length: 1 + (n % 7) }, (_, i) =>
            recorder.recordDurably(sampleRecord(`load-${r}-${n}-${i}`)),
          ),
        );
    }),
  );
  running = false;
  await Promise.all(sealing);
  await sealAll();
  expect((await seals()).length).toBeGreaterThan(1);
  await expectWhole();
  for (const recorder of recorders) await recorder.close();
  for (const pool of pools) await pool.end();
}, 60_000);

test("a hub killed in the middle of a seal leaves none half made, and the next one goes on", async () => {
  for (let n = 0; n < 4; n++) {
    const child = startScript("test/audit/chain/sealing-process.ts", [log.database.url]);
    await firstLine(child);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    for (let m = 0; m < 5 + 3 * n; m++) await log.record({}, {}, {});
    child.kill("SIGKILL");
    await ended;
    await log.record({});
    expect(await findingsOf(log.pool)).toEqual([]);
  }
  await log.seal();
  await expectWhole();
  expect(await findingsOf(log.pool, log.heads)).toEqual([]);
}, 120_000);

test("a line that a crash has torn is no head, and the next one begins on its own line", async () => {
  await log.record({});
  await log.seal();
  appendFileSync(log.heads, '{"seal":2,"he');
  await log.record({});
  await log.seal();
  expect(readFileSync(log.heads, "utf8").split("\n")).toHaveLength(4);
  expect(await findingsOf(log.pool, log.heads)).toEqual([]);
});
