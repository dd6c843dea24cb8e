// Opens the hub's ways to its database, each with limits that fit its work, and checks what it finds there.
import { Pool } from "pg";
import type { DataSource } from "typeorm";
import { DatabaseFailure } from "./failure";
import { type SessionLimits, sessionConfig } from "./session";
import { createSource } from "./source";
import { WireClient } from "./wire";

export interface Database {
  /** The planner's statements. */
  reads: Pool;
  /** Statements that change rows outside TypeORM: import, records. */
  writes: Pool;
  /** Streams without a page limit. */
  exports: Pool;
  source: DataSource;
  /** Waits for what runs, then closes all of them. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  entities?: Function[];
  /** Told of connections that drop while nobody waits on them. */
  onError?: (error: Error) => void;
  /** Milliseconds for a statement of a request. */
  statementTimeout?: number;
  /** Milliseconds for the statement of a file. */
  exportTimeout?: number;
}

export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const onError = options.onError ?? (() => {});
  const read = options.statementTimeout ?? 10_000;
  const open = (limits: SessionLimits) => openPool(url, limits, onError);
  const reads = open({ name: "reads", connections: 12, statement: read, answer: read + 2_000 });
  const writes = open({ name: "writes", connections: 6, statement: 30_000, answer: 35_000 });
  // No client-side limit: pg takes a stream that is read slowly for a query without an answer.
  const long = options.exportTimeout ?? 15 * 60_000;
  const exports = open({ name: "exports", connections: 4, statement: long, answer: 0 });
  const source = createSource(url, options.entities ?? [], onError);
  const pools = [reads, writes, exports];
  try {
    await checkDatabase(reads);
    await source.initialize();
  } catch (error) {
    await Promise.all(pools.map((pool) => pool.end()));
    throw error;
  }
  const close = async () => {
    await Promise.all(pools.filter((pool) => !pool.ended).map((pool) => pool.end()));
    if (source.isInitialized) await source.destroy();
  };
  return { reads, writes, exports, source, close };
}

export function openPool(url: string, limits: SessionLimits, onError: (error: Error) => void): Pool {
  const pool = new Pool({ ...sessionConfig(url, limits), Client: WireClient });
  pool.on("error", onError);
  // A client in use when its connection drops would otherwise end the process.
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}

interface Found {
  version: number;
  encoding: string;
  ctype: string;
  collation: boolean;
}

/** Refuses a database on which names would sort wrongly or the hub's statements do not run. */
export async function checkDatabase(pool: Pool): Promise<void> {
  const found = await look(pool);
  if (found.version < 150_000) {
    throw new DatabaseFailure(
      `The database is PostgreSQL ${Math.floor(found.version / 10_000)}; the hub needs 15 or newer.`,
      "Upgrade it, or leave DATABASE_URL out to use the embedded one.",
    );
  }
  const create =
    "CREATE DATABASE hub TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans'";
  if (found.encoding !== "UTF8") {
    throw new DatabaseFailure(`The database's encoding is ${found.encoding}; the hub needs UTF8.`, create);
  }
  if (["C", "POSIX"].includes(found.ctype)) {
    throw new DatabaseFailure(
      `The database's character type is ${found.ctype}, under which Chinese text has no letters to search.`,
      create,
    );
  }
  if (!found.collation) {
    throw new DatabaseFailure(
      'The database lacks the collation "zh-Hans-x-icu", by which Chinese names are ordered.',
      "Use a PostgreSQL built with ICU; after adding ICU run SELECT pg_import_system_collations('pg_catalog').",
    );
  }
}

async function look(pool: Pool): Promise<Found> {
  const { rows } = await pool
    .query<Found>(
      `SELECT current_setting('server_version_num')::int AS version,
              pg_encoding_to_char(encoding) AS encoding, datctype AS ctype,
              EXISTS (SELECT FROM pg_collation WHERE collname = 'zh-Hans-x-icu') AS collation
         FROM pg_database WHERE datname = current_database()`,
    )
    .catch((error: Error) => {
      throw new DatabaseFailure(
        `Cannot reach the database: ${error.message || (error as NodeJS.ErrnoException).code}`,
        "Check host, port, name and password in DATABASE_URL, and that the server runs.",
      );
    });
  return rows[0]!;
}
