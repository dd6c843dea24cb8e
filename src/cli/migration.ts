/** `hub migration`: writes the migration that makes the tables of datasets as they are declared now. */
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { catalogue } from "../datasets";
import type { DatasetEntry } from "../declare";
import { dropTableSql, tableSql } from "../declare/table";

export interface MigrationOptions {
  readonly all?: boolean;
  /** Kebab-case; becomes part of the file's and the class's name. */
  readonly name: string;
}

export async function migration(names: readonly string[], options: MigrationOptions): Promise<void> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(options.name)) throw new Error("--name is written in kebab-case");
  if (options.all === names.length > 0) throw new Error("name the datasets, or say --all");
  const chosen = options.all ? catalogue.datasets : names.map(datasetCalled);
  const folder = path.resolve("migrations");
  const file = path.join(folder, `${nextNumber(readdirSync(folder))}-${options.name}.ts`);
  writeFileSync(file, migrationText(chosen, options.name, Date.now()), { flag: "wx" });
  process.stdout.write(
    `wrote ${path.relative(process.cwd(), file)}: review it, then npm run build and hub migrate\n`,
  );
}

/** The file's text; `timestamp` of 13 digits orders migrations. */
export function migrationText(datasets: readonly DatasetEntry[], name: string, timestamp: number): string {
  const words = name.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const subject =
    datasets.length > 5 ? `${datasets.length} datasets` : datasets.map((d) => d.name).join(", ");
  return `// The tables of ${subject} as they were declared when this was written.
import type { MigrationInterface, QueryRunner } from "typeorm";

// biome-ignore-start format: the text of the statements is kept as it was derived
const UP = [
${datasets.flatMap(tableSql).map(literal).join("\n")}
];

const DOWN = [
${[...datasets].reverse().flatMap(dropTableSql).map(literal).join("\n")}
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
  if (found) return found;
  throw new Error(
    `no dataset is declared as ${name}; there are ${catalogue.datasets.map((d) => d.name).join(", ")}`,
  );
}

function nextNumber(files: readonly string[]): string {
  const taken = files.map((file) => Number(/^(\d{4})-/.exec(file)?.[1] ?? 0));
  return String(Math.max(0, ...taken) + 1).padStart(4, "0");
}
