// What an erasure reaches, that its person is known again, that a freeze keeps everything, and that it is all or nothing.
import type { PoolClient } from "pg";
import type { QueryRunner } from "typeorm";
import { v7 } from "uuid";
import { Erasure1795382000000 } from "../../migrations/0022-erasure";
import type { Erased, EraseOrder, Query } from "../../src/write";
import { type TestDatabase, testDatabase } from "../setup/database";
import { tracesOf } from "../setup/traces";
import { member, volunteer, volunteerRecord } from "./sample-rows";
import { CITY_STEWARD, openSmallCity, problems, refusal, type SmallCity, stored } from "./small-city";

let city: SmallCity;
beforeAll(async () => {
  city = await openSmallCity();
});
afterAll(() => city.close());

const create = (dataset: string, input: Record<string, unknown>, key?: string) =>
  city.writer.create(CITY_STEWARD, dataset, input, key);
const update = (dataset: string, id: string, input: Record<string, unknown>, version = 1) =>
  city.writer.update(CITY_STEWARD, dataset, id, input, version);

const by = { actor: "lin", department: "civil-affairs@140105000000", duty: "decide" } as const;
const order = (dataset: string, uuid: string, fields?: string[]): EraseOrder => ({
  ...{ dataset, uuid, fields, by: { ...by, reason: "依据会计档案保存" } },
  cause: { kind: "RIGHTS_CASE", id: v7() },
});

/** One transaction; rolled back where `work` throws. */
async function within<T>(work: (query: Query, client: PoolClient) => Promise<T>): Promise<T> {
  const client = await city.database.pool.connect();
  const query: Query = async (text, values) => (await client.query(text, values)).rows;
  try {
    await client.query("BEGIN");
    const done = await work(query, client);
    await client.query("COMMIT");
    return done;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
const erase = async (...args: Parameters<typeof order>): Promise<Erased> =>
  (await within((query) => city.eraser.erase(query, order(...args)))) as Erased;
const freeze = async (...args: Parameters<typeof order>): Promise<Erased> =>
  (await within((query) => city.eraser.freeze(query, order(...args)))) as Erased;

/** A number that passes the check of GB 11643. */
function identityNumber(serial: string): string {
  const digits = `14010519900307${serial.slice(1)}`;
  const sum = [...digits].reduce((all, digit, i) => all + Number(digit) * (2 ** (17 - i) % 11), 0);
  return `${digits}${"10X98765432"[sum % 11]}`;
}

/** A volunteer of several versions, with a record that was another's before. */
async function somebody(serial: string) {
  const person = {
    ...{ volunteerNo: `志愿${serial}`, name: `甲某${serial}`, phone: `1390000${serial}` },
    ...{ idNumber: identityNumber(serial), address: `小店区某路${serial}号` },
  };
  const made = await create("volunteer", volunteer(person), `once-${serial}`);
  await update("volunteer", made.id, { name: `乙某${serial}`, volunteerNo: `新号${serial}` });
  const other = await create("volunteer", volunteer());
  const record = await create(
    "volunteerRecord",
    volunteerRecord(made.id, { evaluationNote: `评语${serial}` }),
  );
  const moved = await create(
    "volunteerRecord",
    volunteerRecord(made.id, {
      startedAt: "2025-06-01T09:00:00+08:00",
      endedAt: "2025-06-01T10:00:00+08:00",
    }),
  );
  await update("volunteerRecord", moved.id, { volunteerId: other.id });
  const said = [
    person.volunteerNo,
    person.name,
    person.phone,
    person.address,
    `乙某${serial}`,
    `新号${serial}`,
  ];
  return { ...made, person, other, record, moved, said: [...said, `评语${serial}`] };
}

test("a person's row goes with all its versions, and so do the records of the person", async () => {
  const { uuid, other, record, moved, said } = await somebody("1111");
  expect((await tracesOf(city.database.pool, city.cipher, said)).length).toBeGreaterThan(4);
  const erased = await erase("volunteer", uuid);
  expect(erased).toMatchObject({ territory: "140105001001", version: 2 });
  expect(erased.rows).toEqual([
    { dataset: "volunteer", uuid, versions: 2 },
    { dataset: "volunteerRecord", uuid: record.uuid, versions: 1 },
    { dataset: "volunteerRecord", uuid: moved.uuid, versions: 1 },
  ]);
  expect(await tracesOf(city.database.pool, city.cipher, said)).toEqual([]);
  expect(await stored(city, "volunteer", other.uuid)).toMatchObject({ version: 1 });
  expect(await stored(city, "volunteerRecord", moved.uuid)).toMatchObject({ volunteerId: other.uuid });
  expect(await within((query) => city.eraser.erase(query, order("volunteer", uuid)))).toBeUndefined();
});

test("the erased are known again by any number they ever had, until that is lifted", async () => {
  const { id, uuid, person } = await somebody("2222");
  const { id: erasure } = await erase("volunteer", uuid);
  const again = (given: Record<string, unknown>, key?: string) => create("volunteer", volunteer(given), key);
  expect(await problems(again({ volunteerNo: person.volunteerNo }))).toEqual(["volunteerNo ERASED"]);
  expect(await problems(again({ volunteerNo: "新号2222" }))).toEqual(["volunteerNo ERASED"]);
  expect(await problems(again({ idNumber: ` ${person.idNumber}` }))).toEqual(["volunteerNo ERASED"]);
  // Sent again as it was sent the first time.
  expect(await problems(again(person, "once-2222"))).toEqual(["volunteerNo ERASED"]);
  const told = await refusal(again({ volunteerNo: person.volunteerNo }));
  expect(JSON.stringify(told.extensions)).toContain(`decideErasure(id: \\"${erasure}\\", act: LIFT)`);
  expect(await problems(create("volunteerRecord", volunteerRecord(id)))).toEqual(["volunteerId NO_SUCH_ROW"]);
  const another = await again({ name: person.name, phone: person.phone });
  expect(await problems(update("volunteer", another.id, { volunteerNo: person.volunteerNo }))).toEqual([
    "volunteerNo ERASED",
  ]);
  await update("volunteer", another.id, { name: "丁某" });
  await within((query) => city.eraser.lift(query, erasure, { ...by, reason: "重新取得本人同意" }));
  await again({ volunteerNo: person.volunteerNo });
  const lifted = within((query) => city.eraser.lift(query, erasure, { ...by, reason: "再次" }));
  expect((await refusal(lifted)).extensions).toMatchObject({ reason: "NOT_NOW", state: "LIFTED" });
});

test("a frozen row lies sealed, and comes back as it was", async () => {
  const { uuid, record, said, person } = await somebody("3333");
  const all = (table: string, of: string) =>
    city.database.pool.query(
      `SELECT to_jsonb(t)::text AS row FROM ${table} t WHERE id = $1 ORDER BY version`,
      [of],
    );
  const tables = ["volunteer", "volunteer_history"] as const;
  const before = await Promise.all(tables.map(async (table) => (await all(table, uuid)).rows));
  const records = (await all("volunteer_record", record.uuid)).rows;
  const { id } = await freeze("volunteer", uuid);
  expect(await tracesOf(city.database.pool, city.cipher, said)).toEqual([]);
  expect(await problems(create("volunteer", volunteer({ volunteerNo: person.volunteerNo })))).toEqual([
    "volunteerNo FROZEN",
  ]);
  await within((_, client) => city.eraser.release(client, id, { ...by, reason: "法院调取" }));
  expect(await Promise.all(tables.map(async (table) => (await all(table, uuid)).rows))).toEqual(before);
  expect((await all("volunteer_record", record.uuid)).rows).toEqual(records);
  await update("volunteer", `volunteer:${uuid}`, { name: "戊某" }, 2);
  const { rows } = await city.database.pool.query("SELECT sealed FROM erased_row WHERE erasure = $1", [id]);
  expect(rows.every(({ sealed }) => sealed.length === 0)).toBe(true);
});

test("a record that was frozen alone follows its person when it comes back, and does not without one", async () => {
  const { id, uuid, record } = await somebody("5555");
  const release = (erasure: string) =>
    within((_, client) => city.eraser.release(client, erasure, { ...by, reason: "诉讼终结" }));
  const first = await freeze("volunteerRecord", record.uuid);
  await update("volunteer", id, { consent: "WITHDRAWN" }, 2);
  await release(first.id);
  expect(await stored(city, "volunteerRecord", record.uuid)).toMatchObject({ consent: "WITHDRAWN" });
  const again = await freeze("volunteerRecord", record.uuid);
  await erase("volunteer", uuid);
  expect((await refusal(release(again.id))).extensions).toMatchObject({ reason: "PERSON_GONE" });
  expect(await stored(city, "volunteerRecord", record.uuid)).toBeUndefined();
});

test("a number that the erased once had may be another's: that one goes on", async () => {
  const { uuid, person } = await somebody("6666");
  const other = await create("volunteer", volunteer({ volunteerNo: person.volunteerNo }));
  await erase("volunteer", uuid);
  await update("volunteer", other.id, { name: "寅某" });
  expect(await problems(update("volunteer", other.id, { volunteerNo: "新号6666" }, 2))).toEqual([
    "volunteerNo ERASED",
  ]);
});

test("what was frozen can be erased, and then comes back no more", async () => {
  const { uuid } = await somebody("4444");
  const { id } = await freeze("volunteer", uuid);
  await within((query) => city.eraser.destroy(query, id, by));
  const { rows } = await city.database.pool.query(
    "SELECT length(sealed) AS length, octet_length(content_hash) AS hash FROM erased_row WHERE erasure = $1",
    [id],
  );
  expect(rows[0]).toEqual({ length: 0, hash: 32 });
  const back = within((_, client) => city.eraser.release(client, id, { ...by, reason: "误删" }));
  expect((await refusal(back)).extensions).toMatchObject({ state: "ERASED" });
});

describe("a row that only names somebody", () => {
  const organization = (given: Record<string, unknown> = {}) => ({
    ...{ creditCode: "51140100MJ000000XH", name: "合成协会", kind: "ASSOCIATION", tier: "REGISTERED" },
    ...{ state: "ACTIVE", territory: "140105001001", ...given },
  });
  const read = async (uuid: string) =>
    (await stored(city, "socialOrganization", uuid)) as Record<string, unknown>;

  test("stays, without the name in any of its versions", async () => {
    const named = { headName: "己某某", contactName: "庚某某", contactPhone: "13900005555" };
    const made = await create("socialOrganization", organization(named));
    await update("socialOrganization", made.id, { name: "合成联合会" });
    const { id, rows } = await erase("socialOrganization", made.uuid, ["contactName", "contactPhone"]);
    expect(rows).toEqual([
      {
        dataset: "socialOrganization",
        uuid: made.uuid,
        versions: 2,
        fields: ["contactName", "contactPhone"],
      },
    ]);
    expect(await read(made.uuid)).toMatchObject({
      name: "合成联合会",
      headName: "己某某",
      contactName: null,
      contactPhoneMasked: null,
    });
    expect(await tracesOf(city.database.pool, city.cipher, ["庚某某", "13900005555"])).toEqual([]);
    expect((await tracesOf(city.database.pool, city.cipher, ["己某某"])).length).toBeGreaterThan(0);
    const name = (given: Record<string, unknown>, version: number) =>
      update("socialOrganization", made.id, given, version);
    expect(await problems(name({ contactName: "庚某某" }, 3))).toEqual(["creditCode ERASED"]);
    await name({ contactName: "辛某某" }, 3);
    await within((query) => city.eraser.lift(query, id, { ...by, reason: "本人同意再任" }));
    await name({ contactName: "庚某某" }, 4);
    await city.database.pool.query("UPDATE social_organization SET retired_at = now() WHERE id = $1", [
      made.uuid,
    ]);
  });

  test("frozen, it gets the name back; what was written meanwhile stays", async () => {
    const made = await create(
      "socialOrganization",
      organization({ headName: "壬某某", contactName: "癸某某" }),
    );
    const { id } = await freeze("socialOrganization", made.uuid);
    expect(await tracesOf(city.database.pool, city.cipher, ["壬某某", "癸某某"])).toEqual([]);
    await update("socialOrganization", made.id, { contactName: "子某某" }, 2);
    await within((_, client) => city.eraser.release(client, id, { ...by, reason: "期限届满前复用" }));
    expect(await read(made.uuid)).toMatchObject({ headName: "壬某某", contactName: "子某某" });
    const { rows } = await city.database.pool.query(
      "SELECT head_name, contact_name FROM social_organization_history WHERE id = $1 ORDER BY version",
      [made.uuid],
    );
    expect(rows[0]).toEqual({ head_name: "壬某某", contact_name: "癸某某" });
  });
});

test("an erasure that does not come to its end leaves everything as it was", async () => {
  const made = await create("committeeMember", member({ name: "丑某某", phone: "13900006666" }));
  const failing = within(async (query) => {
    await city.eraser.erase(query, order("committeeMember", made.uuid));
    throw new Error("the process ends here");
  });
  await expect(failing).rejects.toThrow("ends here");
  expect(await stored(city, "committeeMember", made.uuid)).toMatchObject({ name: "丑某某", version: 1 });
  const { rows } = await city.database.pool.query("SELECT FROM erasure WHERE row_id = $1", [made.uuid]);
  expect(rows).toEqual([]);
});

test("a record that is being written while its person is erased goes with the person, or is refused", async () => {
  const { id, uuid } = await somebody("7777");
  const writing = Array.from({ length: 5 }, (_, i) =>
    create(
      "volunteerRecord",
      volunteerRecord(id, {
        startedAt: `2024-0${i + 1}-01T09:00:00+08:00`,
        endedAt: `2024-0${i + 1}-01T10:00:00+08:00`,
      }),
    ),
  );
  const erasing = erase("volunteer", uuid);
  await Promise.allSettled([...writing, erasing]);
  const { rows } = await city.database.pool.query("SELECT FROM volunteer_record WHERE volunteer_id = $1", [
    uuid,
  ]);
  expect(rows).toEqual([]);
});

test("what was erased is evidence: the database changes none of it", async () => {
  const made = await create("committeeMember", member());
  const { id } = await erase("committeeMember", made.uuid);
  const { id: frozen } = await freeze("committeeMember", (await create("committeeMember", member())).uuid);
  for (const statement of [
    "UPDATE erasure SET state = 'LIFTED'",
    "DELETE FROM erasure_mark",
    "UPDATE erasure_step SET reason = NULL",
    `UPDATE erased_row SET sealed = '' WHERE erasure = '${frozen}'`,
    "TRUNCATE erasure_step",
    `INSERT INTO erasure_mark SELECT '${id}', 'volunteer', sha256('x')`,
    `INSERT INTO erasure_step (erasure, seq, at, act, from_state, to_state, duty, actor, department, reason)
       VALUES ('${id}', 2, now(), 'RELEASE', 'FROZEN', 'RELEASED', 'decide', 'x', 'y', 'z')`,
  ])
    await expect(city.database.pool.query(statement)).rejects.toThrow();
});

test("the migration is undone where nothing was erased, and only there", async () => {
  const runnerOn = (database: TestDatabase) =>
    ({
      query: async (text: string, values?: unknown[]) => (await database.pool.query(text, values)).rows,
    }) as unknown as QueryRunner;
  const migration = new Erasure1795382000000();
  await expect(migration.down(runnerOn(city.database))).rejects.toThrow("must be kept");
  const empty = await testDatabase();
  try {
    await migration.down(runnerOn(empty));
    await migration.up(runnerOn(empty));
    const { rows } = await empty.pool.query(
      "SELECT count(*)::int AS n FROM rights_case_step WHERE kind = 'ERASE'",
    );
    expect(rows).toEqual([{ n: 4 }]);
  } finally {
    await empty.drop();
  }
});
