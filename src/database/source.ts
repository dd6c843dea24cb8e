// Makes the TypeORM data source: writes, migrations and the hub's own tables go through it, reads never do.
import "reflect-metadata";
import path from "node:path";
import { DataSource } from "typeorm";
import { sessionConfig } from "./session";

const limits = { name: "writes", connections: 6, statement: 30_000, answer: 35_000 };

/** Not yet connected: call `initialize()`. */
export function createSource(url: string, entities: Function[], onError = (_error: Error) => {}): DataSource {
  const session = sessionConfig(url, limits);
  return new DataSource({
    type: "postgres",
    url,
    entities,
    // Follows the compiled file: dist/migrations in a build, migrations under the tests.
    migrations: [path.resolve(__dirname, "..", "..", "migrations", "*{.js,.ts}")],
    migrationsTableName: "migration",
    migrationsTransactionMode: "each",
    synchronize: false,
    logging: false,
    installExtensions: false,
    uuidExtension: "pgcrypto",
    applicationName: session.application_name,
    connectTimeoutMS: session.connectionTimeoutMillis,
    poolSize: limits.connections,
    poolErrorHandler: onError,
    extra: session,
  });
}

/** Migrations may rewrite whole tables: they get hours where a request gets seconds. */
export async function runMigrations(url: string, entities: Function[] = []): Promise<string[]> {
  const source = createSource(url, entities);
  const hours = 6 * 60 * 60 * 1000;
  source.setOptions({
    extra: sessionConfig(url, { ...limits, connections: 1, statement: hours, answer: 0 }),
  });
  await source.initialize();
  try {
    // One hub at a time: two that start together on one database would both run the same migration.
    const runner = source.createQueryRunner();
    await runner
      .query("SELECT pg_advisory_lock(hashtext('community-hub migrations'))")
      .catch(() => undefined);
    await runner.release();
    return (await source.runMigrations()).map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}
