// A log with seals for tests: records of two months and several footprints, sealed in batches, with gaps among their seq.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Pool, PoolClient } from "pg";
import {
  type AccessRecord,
  createRecorder,
  createSealer,
  type Finding,
  lastSeal,
  toldOf,
  verify,
} from "../../../src/audit";
import { appendHead } from "../../../src/audit/chain/heads";
import { type TestDatabase, testDatabase } from "../../setup/database";
import { sampleRecord } from "../sample-record";

export interface ChainedLog {
  readonly database: TestDatabase;
  readonly pool: Pool;
  /** File of published heads. */
  readonly heads: string;
  record(...records: Partial<AccessRecord>[]): Promise<void>;
  /** Seals what there is, and publishes the head. */
  seal(at?: Date): Promise<void>;
  /** Burns a seq, as an insert that is rolled back does. */
  gap(): Promise<void>;
  close(): Promise<void>;
}

export async function chainedLog(): Promise<ChainedLog> {
  const database = await testDatabase();
  const { pool } = database;
  const folder = mkdtempSync(path.join(tmpdir(), "community-hub-heads-"));
  const heads = path.join(folder, "heads.jsonl");
  const recorder = await createRecorder(pool);
  let count = 0;
  return {
    database,
    pool,
    heads,
    async record(...records) {
      await Promise.all(
        records.map((given) => recorder.recordDurably(sampleRecord(`request-${++count}`, given))),
      );
    },
    async seal(at = new Date()) {
      await createSealer({ pool, now: () => at, patience: 100 })();
      const last = await lastSeal(pool);
      if (last) await appendHead(heads, toldOf(last));
    },
    async gap() {
      await pool.query("SELECT nextval('access_record_seq')");
    },
    async close() {
      await recorder.close();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

export async function findingsOf(
  client: Pool | PoolClient,
  heads?: string,
  given: { readonly from?: number; readonly now?: Date } = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  await verify({ client, heads, now: new Date(), ...given, onFinding: (one) => findings.push(one) });
  return findings;
}

/** Any of the list, by a number from 0 to below 1. */
export function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** The same numbers for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
