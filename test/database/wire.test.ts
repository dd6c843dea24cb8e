// Texts that are passed on as they came, on connections that other statements share.
import type { Pool } from "pg";
import { openPool } from "../../src/database/connect";
import { fromWire, toWire, type WireText } from "../../src/database/wire";
import { TextQuery } from "../../src/read/text-query";
import { type TestDatabase, testDatabase } from "../setup/database";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  const limits = { name: "wire", connections: 1, statement: 5_000, answer: 6_000 };
  pool = openPool(database.url, limits, () => {});
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const CHINESE = "迎泽区“文苑”社区 😀 \u0001";

async function told(
  text: string,
  values: unknown[],
  name?: string,
  forValues = false,
): Promise<WireText | null | undefined> {
  const client = await pool.connect();
  try {
    return await new Promise((resolve, reject) => {
      const statement = { text, values, name: name ?? "", forValues };
      client.query(
        new TextQuery([{ statement, name }], (error, [found]) => (error ? reject(error) : resolve(found))),
      );
    });
  } finally {
    client.release();
  }
}

test("a text comes as its bytes, and whoever reads it has the text again", async () => {
  const wire = await told("SELECT $1::text", [CHINESE]);
  expect(wire).toBe(toWire(CHINESE));
  expect(wire).not.toBe(CHINESE);
  expect(fromWire(wire as WireText)).toBe(CHINESE);
  expect(wire?.length).toBe(Buffer.byteLength(CHINESE));
});

test("other statements of the connection are decoded as ever, also after an error", async () => {
  const plain = async () => (await pool.query("SELECT $1::text AS text", [CHINESE])).rows[0].text;
  await told("SELECT $1::text", [CHINESE]);
  expect(await plain()).toBe(CHINESE);
  await expect(told("SELECT 1 / $1::int", [0])).rejects.toMatchObject({ code: "22012" });
  expect(await plain()).toBe(CHINESE);
});

test("a named statement is prepared once, a null is none", async () => {
  for (const value of ["一", "二", null]) {
    const wire = await told("SELECT $1::text", [value], "named");
    expect(wire && fromWire(wire)).toBe(value);
  }
  const { rows } = await pool.query("SELECT name FROM pg_prepared_statements");
  expect(rows).toEqual([{ name: "named" }]);
});

test("a statement that is planned for its values stays prepared, also where its first execution fails", async () => {
  const text = "SELECT (100 / $1::int)::text";
  await expect(told(text, [0], "for-values", true)).rejects.toMatchObject({ code: "22012" });
  for (let i = 0; i < 8; i++) expect(await told(text, [7], "for-values", true)).toMatch(/^\d+$/);
  await expect(told(text, [0], "for-values", true)).rejects.toMatchObject({ code: "22012" });
  for (let i = 0; i < 8; i++) await told(text, [7], "as-ever");
  const { rows } = await pool.query(
    "SELECT name, custom_plans::int, generic_plans::int FROM pg_prepared_statements WHERE name <> 'named' ORDER BY name",
  );
  expect(rows[0]).toMatchObject({ name: "as-ever", custom_plans: 5, generic_plans: 3 });
  expect(rows[1]).toMatchObject({ name: "for-values", custom_plans: 8, generic_plans: 0 });
  expect((await pool.query("SHOW plan_cache_mode")).rows).toEqual([{ plan_cache_mode: "auto" }]);
});
