// The journal holds every committed change of a row once, in an order in which none is ever skipped.
import type { PoolClient } from "pg";
import { createSource, runMigrations } from "../../src/database/source";
import { EVERYWHERE } from "../../src/declare";
import { type Entry, type Place, presentPlace, readEntries } from "../../src/exchange/changes/journal";
import { beginWhereMoved, forget } from "../../src/exchange/changes/keeping";
import { type TestDatabase, testDatabase } from "../setup/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const HERE = "140105001001";
const THERE = "140106001001";
const START: Place = { xid: "0", seq: "0", row: 0 };
const uuid = (n: number) => `01930000-0000-7000-8000-${String(n).padStart(12, "0")}`;

async function entries(dataset: string, after = START, limit = 5_000) {
  // Other test files share the server: what runs there holds the horizon back.
  for (;;) {
    const { rows } = await database.pool.query(
      "SELECT count(*)::int AS late FROM dataset_change WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())",
    );
    if (rows[0].late === 0)
      return readEntries(database.pool, { dataset, after, ranges: [EVERYWHERE], limit });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const insert = (client: Pick<PoolClient, "query">, year: number, territory = HERE) =>
  client.query(
    `INSERT INTO staffing_target (id, year, target, territory, created_by, changed_by) VALUES ($1, $2, 1, $3, 'a', 'a')`,
    [uuid(year), year, territory],
  );

test("a row's coming, changing, moving, retiring and going is told, without its values", async () => {
  const change = (set: string) =>
    database.pool.query(`UPDATE staffing_target SET ${set}, changed_by = 'b' WHERE id = $1`, [uuid(2001)]);
  await insert(database.pool, 2001);
  await change("target = 7654321, source = 'secret'");
  await change("territory = '140106001001'");
  await change("target = 7654321");
  await change("retired_at = now()");
  await database.pool.query("DELETE FROM staffing_target WHERE id = $1", [uuid(2001)]);
  const told = (await entries("staffingTarget")).entries;
  const state = (territory: string, retired = false) => ({ territory, closed: [], retired });
  expect(told.map(({ before, after, fields }) => ({ before, after, fields }))).toEqual([
    { before: undefined, after: state(HERE), fields: [] },
    { before: state(HERE), after: state(HERE), fields: ["target", "source"] },
    { before: state(HERE), after: state(THERE), fields: ["territory"] },
    { before: state(THERE), after: state(THERE, true), fields: ["retiredAt"] },
    { before: state(THERE, true), after: undefined, fields: [] },
  ]);
  expect(told.map((e) => e.uuid)).toEqual(told.map(() => uuid(2001)));
  const { rows } = await database.pool.query(
    "SELECT to_jsonb(dataset_change)::text AS text FROM dataset_change",
  );
  for (const { text } of rows) expect(text).not.toMatch(/7654321|secret/);
});

test("row conditions are told as they hold before and after; a number sealed anew is no change", async () => {
  const row = (consent: string) => [uuid(1), `V${1}`, "n", HERE, consent];
  await database.pool.query(
    `INSERT INTO volunteer (id, volunteer_no, name, territory, consent, birth_date, registered_at, lawful_basis,
       retention_until, phone, phone_hash, created_by, changed_by)
     SELECT $1, $2, $3, $4, $5, '1990-01-01', now(), 'CONSENT', '2030-01-01', '\\x01', '\\x0a', 'a', 'a'`,
    row("GRANTED"),
  );
  await database.pool.query("UPDATE volunteer SET phone = '\\x02'");
  await database.pool.query("UPDATE volunteer SET phone = '\\x03', phone_hash = '\\x0b'");
  await database.pool.query("UPDATE volunteer SET consent = 'WITHDRAWN'");
  const told = (await entries("volunteer")).entries;
  expect(told.map(({ before, after, fields }) => [before?.closed, after?.closed, fields])).toEqual([
    [undefined, [], []],
    [[], [], ["phone"]],
    [[], ["VOLUNTEER_WITHOUT_CONSENT"], ["consent"]],
  ]);
});

test("rows that changed alike in one statement are one entry, read row by row", async () => {
  await database.pool.query(
    `INSERT INTO staffing_target (id, year, target, territory, created_by, changed_by)
     SELECT gen_random_uuid(), 3000 + n, 1, CASE WHEN n % 2 = 0 THEN '${HERE}' ELSE '${THERE}' END, 'a', 'a'
       FROM generate_series(1, 1000) n`,
  );
  const { rows } = await database.pool.query(
    "SELECT cardinality(row_ids) AS n FROM dataset_change ORDER BY xid DESC, seq DESC LIMIT 2",
  );
  expect(rows).toEqual([{ n: 500 }, { n: 500 }]);
  const all = (await entries("staffingTarget")).entries;
  const paged: Entry[] = [];
  for (let after = START; ; ) {
    const read = await entries("staffingTarget", after, 77);
    paged.push(...read.entries);
    if (read.entries.length < 77) break;
    after = read.end;
  }
  expect(paged).toEqual(all);
});

test("only what lay or lies in the territories asked for", async () => {
  const there = { from: "140106000000", to: "140107000000" };
  const wanted = { dataset: "staffingTarget", after: START, ranges: [there], limit: 5_000 };
  const { entries: found } = await readEntries(database.pool, wanted);
  expect(found.length).toBeGreaterThan(500);
  for (const { before, after } of found) expect([before?.territory, after?.territory]).toContain(THERE);
});

test("nothing committed is skipped, in whatever order overlapping transactions commit", async () => {
  const clients = await Promise.all([0, 1, 2].map(() => database.pool.connect()));
  const seen: string[] = [];
  let { place } = await presentPlace(database.pool);
  const look = async () => {
    const read = await readEntries(clients[2] as PoolClient, {
      dataset: "staffingTarget",
      after: place,
      ranges: [EVERYWHERE],
      limit: 3,
    });
    seen.push(...read.entries.map((e) => e.uuid));
    place = read.end;
  };
  try {
    const made: string[] = [];
    let year = 10_000;
    for (let round = 0; round < 25; round++) {
      const [first, second] = round % 2 ? [clients[0], clients[1]] : [clients[1], clients[0]];
      const add = async (client: PoolClient, kept = true) => {
        await insert(client, ++year);
        if (kept) made.push(uuid(year));
      };
      await first!.query("BEGIN");
      await add(first!);
      await second!.query("BEGIN");
      await add(second!);
      await look();
      await second!.query("SAVEPOINT s");
      await add(second!, false);
      await second!.query("ROLLBACK TO s");
      await second!.query("COMMIT");
      await look();
      // The first began before the second and is still running: what the second committed waits for it.
      await add(first!);
      await look();
      await first!.query(round % 5 === 4 ? "ROLLBACK" : "COMMIT");
      if (round % 5 === 4) made.splice(made.length - 3, 3, made[made.length - 2] as string);
      await look();
    }
    for (let i = 0; i < 500 && seen.length < made.length; i++) await look();
    expect([...seen].sort()).toEqual([...made].sort());
    expect(new Set(seen).size).toBe(seen.length);
  } finally {
    for (const client of clients) client.release();
  }
});

test("a statement that changes no row, and one that rolls back, leave nothing", async () => {
  const count = async () =>
    Number((await database.pool.query("SELECT count(*) AS n FROM dataset_change")).rows[0].n);
  const before = await count();
  await database.pool.query("UPDATE staffing_target SET target = 5 WHERE false");
  await database.pool.query("UPDATE staffing_target SET changed_by = 'c' WHERE year = 10000");
  const client = await database.pool.connect();
  await client.query("BEGIN");
  await insert(client, 90_000);
  await client.query("ROLLBACK");
  client.release();
  expect(await count()).toBe(before);
});

test("a cursor that the journal no longer reaches back to is told so", async () => {
  await database.pool.query("UPDATE change_journal SET forgotten = pg_snapshot_xmin(pg_current_snapshot())");
  const read = readEntries(database.pool, {
    dataset: "staffingTarget",
    after: START,
    ranges: [EVERYWHERE],
    limit: 1,
  });
  await expect(read).rejects.toMatchObject({
    code: "BAD_USER_INPUT",
    extensions: { reason: "CURSOR_TOO_OLD" },
  });
  const { place } = await presentPlace(database.pool);
  const wanted = { dataset: "staffingTarget", after: place, ranges: [EVERYWHERE], limit: 1 };
  await expect(readEntries(database.pool, wanted)).resolves.toMatchObject({ entries: [] });
});

test("the migration can be taken back and made again", async () => {
  const again = await testDatabase();

  const source = await createSource(again.url, []).initialize();
  const steps = source.migrations.map((m) => m.name ?? m.constructor.name);
  try {
    for (let i = steps.length - 1; i >= steps.indexOf("Changes1795374000000"); i--)
      await source.undoLastMigration();
    const left = await source.query("SELECT tgname FROM pg_trigger WHERE tgname LIKE '%\\_told'");
    expect(left).toEqual([]);
  } finally {
    await source.destroy();
  }
  expect(await runMigrations(again.url)).toContain("Changes1795374000000");
  await again.drop();
});

test("entries are given up after their days, and cursors before them are told", async () => {
  const again = await testDatabase();
  const kept = async () => (await again.pool.query("SELECT xid::text FROM dataset_change ORDER BY xid")).rows;
  const add = async (n: number) => {
    await insert(again.pool, n);
    return (await again.pool.query("SELECT max(xid::text::bigint)::text AS xid FROM dataset_change")).rows[0]
      .xid;
  };
  const [old, young] = [await add(1), await add(2)];
  await again.pool.query("UPDATE dataset_change SET at = now() - interval '8 days' WHERE xid = $1::xid8", [
    old,
  ]);
  await forget(again.pool, 7);
  expect(await kept()).toEqual([{ xid: young }]);
  const after = (xid: string): Place => ({ xid, seq: "9999", row: 0 });
  const read = (place: Place) =>
    readEntries(again.pool, { dataset: "staffingTarget", after: place, ranges: [EVERYWHERE], limit: 9 });
  await expect(read(after(old))).rejects.toMatchObject({ extensions: { reason: "CURSOR_TOO_OLD" } });
  await expect(read(after(young))).resolves.toMatchObject({ entries: [] });
  await again.drop();
});

test("another server's journal is begun anew", async () => {
  const again = await testDatabase();
  const era = async () => (await again.pool.query("SELECT era, server FROM change_journal")).rows[0];
  await insert(again.pool, 1);
  await beginWhereMoved(again.pool);
  const first = await era();
  await beginWhereMoved(again.pool);
  expect(await era()).toEqual(first);
  expect((await again.pool.query("SELECT FROM dataset_change")).rowCount).toBe(1);
  await again.pool.query("UPDATE change_journal SET server = 'before/1'");
  await beginWhereMoved(again.pool);
  expect((await era()).era).not.toBe(first.era);
  expect((await era()).server).toBe(first.server);
  expect((await again.pool.query("SELECT FROM dataset_change")).rowCount).toBe(0);
  await again.drop();
});
