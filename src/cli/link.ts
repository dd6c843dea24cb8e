/** `hub link`: reads datasets at a bureau's own PostgreSQL, by foreign tables in the place of the hub's own. */
import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { Client } from "pg";
import { v7 } from "uuid";
import { recordWithin } from "../audit";
import { type Config, readConfig } from "../config";
import { runMigrations } from "../database/source";
import { catalogue } from "../datasets";
import type { Catalogue, DatasetEntry } from "../declare";
import { type LinkPlace, linkSql, mappingSql, viewSql } from "../declare/linked";
import { HubError } from "../errors";
import { withDatabase } from "./database";
import { missingFile } from "./failed";

export interface LinkOptions extends LinkPlace {
  readonly passwordFile?: string;
  readonly print?: boolean;
}

export function printView(name: string, { schema }: { schema: string }): void {
  process.stdout.write(viewSql(linkedDataset(catalogue, name), schema));
}

export async function linkSource(name: string, options: LinkOptions): Promise<void> {
  const datasets = datasetsAt(catalogue, name);
  if (options.print) {
    const statements = [...linkSql(name, options, datasets), mappingSql(name, options.user, "…")];
    return void process.stdout.write(`${statements.join(";\n")};\n`);
  }
  const config = readConfig();
  const password = await passwordOf(options, config);
  await withDatabase(config, async (url) => {
    await runMigrations(url);
    await link(url, name, { ...options, password }, datasets);
  });
  process.stdout.write(
    `${name}：${datasets.map((d) => d.zh).join("、")}。Read there from now on: ${datasets.map((d) => d.name).join(", ")}.\n`,
  );
}

/** Puts the foreign tables in place and reads a row of each; where that fails all is as it was. */
export async function link(
  url: string,
  name: string,
  place: LinkPlace & { readonly password: string },
  datasets: readonly DatasetEntry[],
): Promise<void> {
  const startedAt = new Date();
  const client = new Client({ connectionString: url, application_name: "community-hub link" });
  await client.connect();
  try {
    await client.query("BEGIN");
    await refuseKept(client, datasets);
    const statements = linkSql(name, place, datasets);
    for (const statement of statements) await client.query(statement);
    await quietly(client, mappingSql(name, place.user, place.password));
    for (const dataset of datasets) await look(client, dataset);
    await recordWithin(client, recordOf(name, statements, datasets.length, startedAt));
    await client.query("COMMIT");
  } finally {
    await client.end(); // what was not committed is rolled back with it
  }
}

/** The statement holds a secret: neither the server's log nor its statistics shall keep it. */
async function quietly(client: Client, statement: string): Promise<void> {
  const settings = {
    log_statement: "none",
    log_min_duration_statement: "-1",
    log_min_duration_sample: "-1",
    log_transaction_sample_rate: "0",
    log_min_error_statement: "panic",
    "pg_stat_statements.track_utility": "off",
  };
  const mayQuieten = "current_setting('is_superuser') = 'on'";
  for (const [name, value] of Object.entries(settings))
    await client.query(`SELECT set_config($1, $2, true) WHERE ${mayQuieten}`, [name, value]);
  await client.query(statement).catch((error: { code?: string }) => {
    // Its message might quote the statement.
    throw new HubError("BAD_USER_INPUT", `无法登记账号（${error.code}）。The account could not be entered`);
  });
}

async function look(client: Client, { name, table }: DatasetEntry): Promise<void> {
  await client.query(`SELECT * FROM "${table}" LIMIT 1`).catch((error: Error) => {
    throw new HubError(
      "UNAVAILABLE",
      `${name} 在链接源读不到，未作更改。${name} cannot be read at the source, nothing was changed: ${error.message}`,
      { dataset: name },
    );
  });
}

/** A table of the hub's own may hold rows: what becomes of them only a person can say. */
async function refuseKept(client: Client, datasets: readonly DatasetEntry[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relname = ANY($1) AND relkind = 'r' AND pg_table_is_visible(oid)",
    [datasets.map((d) => d.table)],
  );
  if (rows.length > 0)
    throw new HubError(
      "BAD_USER_INPUT",
      `平台自有数据表 ${rows.map((r) => r.name).join("、")}，请先移走。The hub keeps these tables itself: move them away first`,
    );
}

function recordOf(name: string, statements: readonly string[], tables: number, at: Date) {
  return {
    at,
    requestId: v7(),
    subject: `cli:${userInfo().username}`,
    department: "system",
    kind: "COMMAND" as const,
    operation: `hub link source ${name}`,
    document: statements.join(";\n"),
    datasets: [],
    rows: tables,
    suppressed: 0,
    grants: [],
    cost: 0,
    outcome: "ANSWERED" as const,
    milliseconds: Date.now() - at.getTime(),
  };
}

async function passwordOf({ passwordFile }: LinkOptions, { linkPassword }: Config): Promise<string> {
  const given = passwordFile ? await readFile(passwordFile, "utf8").catch(missingFile) : linkPassword;
  const password = given?.trimEnd();
  if (password) return password;
  throw new HubError(
    "BAD_USER_INPUT",
    "请在 HUB_LINK_PASSWORD 或 --password-file 中给出密码。Give the password in HUB_LINK_PASSWORD or by --password-file",
  );
}

function datasetsAt(of: Catalogue, source: string): readonly DatasetEntry[] {
  const datasets = of.linked.filter((d) => d.linked === source);
  if (datasets.length > 0) return datasets;
  const known = [...new Set(of.linked.map((d) => d.linked))].join("、") || "—";
  throw new HubError(
    "BAD_USER_INPUT",
    `没有数据集声明链接到 ${source}（已有：${known}）。No dataset is declared as linked to ${source}; there are: ${known}`,
  );
}

function linkedDataset(of: Catalogue, name: string): DatasetEntry {
  const found = of.find(name);
  if (found?.linked) return found;
  throw new HubError(
    "BAD_USER_INPUT",
    `${name} 未声明 linked。${name} is not declared as linked: add linked to its @Dataset first`,
  );
}
