/** `hub migration`: writes the migration that brings the tables of datasets to what is declared now. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { readConfig } from "../config";
import { catalogue } from "../datasets";
import type { DatasetEntry } from "../declare";
import { changeTableSql, dropTableSql, type Standing, tableSql, undeclaredColumns } from "../declare/table";
import { withDatabase } from "./database";

export interface MigrationOptions {
  readonly all?: boolean;
  /** Kebab-case; becomes part of the file's and the class's name. */
  readonly name: string;
}

/** What a migration does and how it is undone. */
interface Steps {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

export async function migration(names: readonly string[], options: MigrationOptions): Promise<void> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(options.name)) throw new Error("--name is written in kebab-case");
  if (Boolean(options.all) === names.length > 0) throw new Error("name the datasets, or say --all");
  const chosen = options.all ? catalogue.kept : names.map(datasetCalled);
  const folder = path.resolve("migrations");
  const files = readdirSync(folder);
  const made = files.map((file) => readFileSync(path.join(folder, file), "utf8")).join("\n");
  const isMade = (dataset: DatasetEntry) => made.includes(`CREATE TABLE "${dataset.table}" (`);
  const steps = [newTables(chosen.filter((d) => !isMade(d))), await changes(chosen.filter(isMade))];
  if (steps.every(({ up }) => up.length === 0)) {
    process.stdout.write("nothing to do: the tables are what the datasets declare\n");
    return;
  }
  const file = path.join(folder, `${nextNumber(files)}-${options.name}.ts`);
  writeFileSync(file, migrationText(chosen, joined(steps), options.name, Date.now()), { flag: "wx" });
  process.stdout.write(
    `wrote ${path.relative(process.cwd(), file)}: review it, then npm run build and hub migrate\n`,
  );
}

export function newTables(datasets: readonly DatasetEntry[]): Steps {
  return { up: datasets.flatMap(tableSql), down: [...datasets].reverse().flatMap(dropTableSql) };
}

function joined(steps: readonly Steps[]): Steps {
  return { up: steps.flatMap((s) => s.up), down: [...steps].reverse().flatMap((s) => s.down) };
}

/** Compared with the migrated database, because what earlier migrations made together stands in none of them. */
async function changes(datasets: readonly DatasetEntry[]): Promise<Steps> {
  if (datasets.length === 0) return { up: [], down: [] };
  return withDatabase(readConfig(), async (url) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const steps: Steps[] = [];
      for (const dataset of datasets) steps.push(changesOf(dataset, await standingOf(client, dataset)));
      return joined(steps);
    } finally {
      await client.end();
    }
  });
}

export function changesOf(dataset: DatasetEntry, standing: Standing): Steps {
  if (standing.columns.size === 0)
    throw new Error(`the database has no table ${dataset.table}: run hub migrate first`);
  const left = undeclaredColumns(dataset, standing);
  if (left.length > 0)
    throw new Error(
      `${dataset.name} no longer declares ${left.join(", ")}: write by hand what becomes of the values`,
    );
  return changeTableSql(dataset, standing);
}

export async function standingOf(client: Pick<Client, "query">, { table }: DatasetEntry): Promise<Standing> {
  const { rows: columns } = await client.query<{ name: string }>(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1",
    [table],
  );
  const { rows: indexes } = await client.query<{ name: string; statement: string }>(
    `SELECT indexname AS name, replace(indexdef, format(' ON %I.', schemaname), ' ON ') AS statement
       FROM pg_indexes WHERE schemaname = current_schema() AND tablename = $1 ORDER BY indexname`,
    [table],
  );
  const { rows: told } = await client.query<{ body: string }>(
    "SELECT prosrc AS body FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND proname = $1",
    [`${table}_tell_change`],
  );
  return {
    changeTrigger: told[0]?.body,
    columns: new Set(columns.map(({ name }) => name)),
    indexes: new Map(indexes.map(({ name, statement }) => [name, statement])),
  };
}

/** The file's text; `timestamp` of 13 digits orders migrations. */
export function migrationText(
  datasets: readonly DatasetEntry[],
  { up, down }: Steps,
  name: string,
  timestamp: number,
): string {
  const words = name.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const subject =
    datasets.length > 5 ? `${datasets.length} datasets` : datasets.map((d) => d.name).join(", ");
  return `// The tables of ${subject} as they were declared when this was written.
import type { MigrationInterface, QueryRunner } from "typeorm";

// biome-ignore-start format: the text of the statements is kept as it was derived
const UP = [
${up.map(literal).join("\n")}
];

const DOWN = [
${down.map(literal).join("\n")}
];
// biome-ignore-end format: the text of the statements is kept as it was derived

export class ${words.join("")}${timestamp} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
`;
}

function literal(statement: string): string {
  return `  \`${statement.replace(/[\\`]|\$\{/g, "\\$&")}\`,`;
}

function datasetCalled(name: string): DatasetEntry {
  const found = catalogue.find(name);
  if (found?.linked)
    throw new Error(`${name} is read from the linked source ${found.linked}: it has no table`);
  if (found && !found.from) return found;
  throw new Error(
    `no dataset is declared as ${name}; there are ${catalogue.datasets.map((d) => d.name).join(", ")}`,
  );
}

function nextNumber(files: readonly string[]): string {
  const taken = files.map((file) => Number(/^(\d{4})-/.exec(file)?.[1] ?? 0));
  return String(Math.max(0, ...taken) + 1).padStart(4, "0");
}
