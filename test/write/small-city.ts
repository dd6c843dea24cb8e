// A few divisions, stewards' rights, and a writer with the planner's look-ups: what the write path needs in tests.
import { randomBytes } from "node:crypto";
import type { DataSource } from "typeorm";
import { createSource } from "../../src/database/source";
import { catalogue, datasets } from "../../src/datasets";
import { columnsOf } from "../../src/declare";
import { type Cipher, createCipher } from "../../src/declare/cipher";
import {
  createRightsStore,
  type Duty,
  departmentOf,
  type Identity,
  type RightsStore,
} from "../../src/identity";
import { Reader, schemaOf } from "../../src/read";
import { createSettle, eraserOf } from "../../src/sharing";
import {
  createLookUps,
  createWriter,
  type Eraser,
  type LookUps,
  mutationsOf,
  type Settle,
  type Writer,
} from "../../src/write";
import { type TestDatabase, testDatabase } from "../setup/database";

export interface SmallCity {
  readonly database: TestDatabase;
  readonly writer: Writer;
  readonly eraser: Eraser;
  readonly cipher: Cipher;
  readonly rights: RightsStore;
  readonly lookUps: LookUps;
  readonly settle: Settle;
  readonly source: DataSource;
  readonly reader: Reader;
  close(): Promise<void>;
}

const XIAODIAN = "140105000000";
/** Two communities of 小店区 and one of 迎泽区. */
export const [FIRST, SECOND, ELSEWHERE] = ["140105001001", "140105001002", "140106001001"] as const;

export function as(code: string, duties: Duty[] = ["read", "steward"]): Identity {
  return { subject: "lin", department: departmentOf(code)!, duties };
}

export const CITY_STEWARD = as("civil-affairs@140100000000");
export const DISTRICT_STEWARD = as("civil-affairs@140105000000");

export async function openSmallCity(): Promise<SmallCity> {
  const database = await testDatabase();
  await rightsOf(database);
  await addDivisions(database.pool);
  const source = await createSource(database.url, datasets).initialize();
  const cipher = createCipher(randomBytes(32));
  const rights = createRightsStore(database.pool, { freshFor: 0 });
  const limits = { cost: 100_000, defaultFirst: 20, maxFirst: 1_000 };
  const parts = { catalogue, pool: database.pool, cipher, limits, nameOf: () => undefined };
  const reader = new Reader(parts, schemaOf(catalogue, mutationsOf(catalogue)));
  const lookUps = createLookUps({ catalogue, reader, rights });
  const settle = createSettle({ cipher, now: () => new Date() });
  const writer = createWriter({ catalogue, source, cipher, rights, lookUps, settle });
  const eraser = eraserOf({ catalogue, cipher, now: () => new Date() });
  const close = async () => {
    await source.destroy();
    await database.drop();
  };
  return { database, writer, eraser, cipher, rights, lookUps, settle, source, reader, close };
}

async function rightsOf({ pool }: TestDatabase): Promise<void> {
  for (const d of catalogue.datasets) {
    const fields = d.fields.filter((f) => f.steward).map((f) => [f.name, f.steward]);
    for (const [field, kind] of [[null, d.steward], ...fields])
      await pool.query(
        "INSERT INTO stewardship (dataset, field, kind, starts_at) VALUES ($1, $2, $3, '2021-07-01')",
        [d.name, field, kind],
      );
  }
  await pool.query(
    `INSERT INTO standing_right (kind, except_kinds, over, level, scope, starts_at)
     VALUES ('*', '{committee}', 'UNCONDITIONAL', 'FULL', 'CITY', '2021-07-01')`,
  );
}

/** Divisions that are not there yet. */
export async function addDivisions(pool: TestDatabase["pool"]): Promise<void> {
  const codes = [
    "140100000000",
    XIAODIAN,
    "140105001000",
    FIRST,
    SECOND,
    "140106000000",
    "140106001000",
    ELSEWHERE,
  ];
  await pool.query(
    `INSERT INTO division (id, scheme, edition, code, node, name, level, territory, created_by, changed_by)
     SELECT gen_random_uuid(), 'STATISTICS', '2023', c, 'STATISTICS/2023/' || c, '合成', 'COMMUNITY', c, 'test', 'test'
       FROM unnest($1::text[]) c ON CONFLICT DO NOTHING`,
    [codes],
  );
}

/** Columns of every stored row of a table, by entity property. */
export async function stored(
  city: SmallCity,
  dataset: string,
  uuid: string,
): Promise<Record<string, unknown>> {
  const entry = catalogue.dataset(dataset);
  const columns = entry.fields.flatMap((f) => columnsOf(f).map(([p, o]) => `"${o.name}" AS "${p}"`));
  const { rows } = await city.database.pool.query(
    `SELECT ${columns.join(", ")} FROM "${entry.table}" WHERE id = $1`,
    [uuid],
  );
  return rows[0];
}

/** What a call was refused with. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ code: string; message: string; extensions: Record<string, unknown> }> {
  const error = await call.then(
    () => undefined,
    (thrown) => thrown,
  );
  if (!error?.extensions) throw error ?? new Error("nothing was refused");
  return { code: error.extensions.code, message: error.message, extensions: error.extensions };
}

/** Rules of the problems that a call was refused with, by field. */
export async function problems(call: Promise<unknown>): Promise<string[]> {
  const { extensions } = await refusal(call);
  return (extensions.problems as { field: string; rule: string }[]).map((p) => `${p.field} ${p.rule}`).sort();
}
