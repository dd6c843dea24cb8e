// Fills a migrated database with a small synthetic city, for tests that ask about many datasets at once.
import { Pool } from "pg";
import { seedBase, seedCity } from "../../seeds";
import { catalogue } from "../../src/datasets";

/** Seals the encrypted fields of the small city. */
export const SEEDED_MASTER_KEY = Buffer.alloc(32, 7);

/** Rights with the demo's grants, divisions, departments, and eight communities of two streets with all their rows. */
export async function prepareSeeded(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 3 });
  try {
    await seedBase(pool, { demo: true });
  } finally {
    await pool.end();
  }
  await seedCity({ url, catalogue, masterKey: SEEDED_MASTER_KEY, scale: "test" });
}
