// Words for tests of retention: rows with a last day, runs at a time of the test's own, what is left afterwards.
import { catalogue } from "../../src/datasets";
import { createCipher } from "../../src/declare/cipher";
import { createRightsStore } from "../../src/identity";
import { eraserOf } from "../../src/sharing";
import { createRetention, type RetentionParts, runRetention } from "../../src/sharing/retention";
import type { TestHub } from "../setup/hub";
import { SEEDED_MASTER_KEY } from "../setup/seeded";

export const STEWARD = "civil-affairs@140100000000";
export const DISTRICT_STEWARD = "civil-affairs@140105000000";
export const AUDITOR = "audit@140100000000";

type Pool = RetentionParts["pool"];

/** Beijing's noon of a day. */
export const noon = (day: string) => new Date(`${day}T12:00:00+08:00`);

export function partsOn(pool: Pool, now: () => Date, more: Partial<RetentionParts> = {}): RetentionParts {
  const cipher = createCipher(SEEDED_MASTER_KEY);
  const parts = { catalogue, cipher, now };
  return {
    ...{ ...parts, pool, rights: createRightsStore(pool), heads: "nowhere" },
    eraser: eraserOf(parts),
    ...more,
  };
}

export function retentionOn(hub: TestHub) {
  const { pool } = hub.database;
  return {
    /** Nobody is due, but those that a test makes so. */
    async settleAll() {
      for (const table of ["volunteer", "volunteer_record", "community_worker", "donation"])
        await pool.query(`UPDATE ${table} SET retention_until = '2090-01-01'`);
    },
    /** Volunteers who are kept until a day: uuids. */
    async keptUntil(day: string, count: number, where = "true"): Promise<string[]> {
      const { rows } = await pool.query<{ id: string }>(
        `UPDATE volunteer SET retention_until = $1 WHERE id IN (
           SELECT id FROM volunteer WHERE retention_until = '2090-01-01' AND retired_at IS NULL AND ${where}
             ORDER BY id LIMIT $2) RETURNING id`,
        [day, count],
      );
      return rows.map(({ id }) => id).sort();
    },
    async left(uuids: readonly string[]): Promise<string[]> {
      const { rows } = await pool.query("SELECT id FROM volunteer WHERE id = ANY ($1::uuid[])", [uuids]);
      return rows.map(({ id }) => id).sort();
    },
    run: (day: string, more: Partial<RetentionParts> = {}) =>
      runRetention(
        partsOn(pool, () => noon(day), more),
        { by: "cli:operator", origin: "COMMAND" },
      ),
    daily: (day: string, on: Pool = pool) => createRetention(partsOn(on, () => noon(day))),
    async batches(run?: string) {
      const { rows } = await pool.query(
        "SELECT rule, dataset, act, rows, cardinality(keys) AS keys FROM retention_batch WHERE $1::uuid IS NULL OR run = $1 ORDER BY run, seq",
        [run ?? null],
      );
      return rows;
    },
    async held(run: string) {
      const { rows } = await pool.query(
        "SELECT rule, why, rows FROM retention_held WHERE run = $1 AND why <> 'RECORDS' ORDER BY why",
        [run],
      );
      return rows;
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is what tests are about
export type Shown = any;
