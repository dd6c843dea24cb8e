/** Puts work into one transaction of the pool: all of it is there afterwards, or nothing. */
import type { ClientBase, Pool } from "pg";

/** The work takes no second connection of the pool: where all are held by those who wait for one, nobody goes on. */
export async function inTransaction<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const done = await work(client);
    await client.query("COMMIT");
    client.release();
    return done;
  } catch (error) {
    await client.query("ROLLBACK").then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}
