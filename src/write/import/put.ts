/** Puts judged rows into their table: new ones by COPY, changed ones by one statement guarded by version. */
import { once } from "node:events";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { v7 } from "uuid";
import type { Importer } from "./importer";
import type { ChangedRow, NewRow } from "./judge";
import { copied } from "./storage";
import { quoted, type Target } from "./target";

/** A row was changed by somebody between reading and writing: the batch is to be judged anew. */
export class Overtaken extends Error {}

const STAGE = "import_stage";

/** Makes the session's own table for changed rows. */
export async function prepareStage(client: ClientBase, target: Target): Promise<void> {
  const columns = ["id", "version", ...columnsOf(target)].map(quoted).join(", ");
  await client.query(`DROP TABLE IF EXISTS pg_temp.${STAGE}`);
  await client.query(
    `CREATE TEMP TABLE ${STAGE} AS SELECT ${columns} FROM ${quoted(target.dataset.table)} WITH NO DATA`,
  );
}

export async function addRows(
  client: ClientBase,
  target: Target,
  importer: Importer,
  rows: readonly NewRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const by = copied(importer.signature);
  // A column that no row fills is left to its default.
  const fields = target.fields.filter(
    ({ field }) => target.header.fields.includes(field) || field.name === "source",
  );
  const columns = ["id", "created_by", "changed_by", ...fields.flatMap((f) => f.columns)];
  let text = "";
  for (const { row } of rows) {
    text += `${v7()}\t${by}\t${by}`;
    for (const { field, put } of fields) text += put(row[field.name] ?? null);
    text += "\n";
  }
  await copy(client, quoted(target.dataset.table), columns, text);
}

export async function changeRows(
  client: ClientBase,
  target: Target,
  importer: Importer,
  rows: readonly ChangedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  let text = "";
  for (const { row, stored } of rows) {
    text += `${stored.id}\t${stored.version}`;
    for (const { field, put } of target.given) text += put(row[field.name] ?? null);
    text += "\n";
  }
  const columns = columnsOf(target);
  await client.query(`TRUNCATE pg_temp.${STAGE}`);
  await copy(client, `pg_temp.${STAGE}`, ["id", "version", ...columns], text);
  const sets = columns.map((c) => `${quoted(c)} = s.${quoted(c)}`).join(", ");
  const { rowCount } = await client.query(
    `UPDATE ${quoted(target.dataset.table)} t SET ${sets}, changed_by = $1
     FROM pg_temp.${STAGE} s WHERE t.id = s.id AND t.version = s.version AND t.retired_at IS NULL`,
    [importer.signature],
  );
  if (rowCount !== rows.length) throw new Overtaken();
}

function columnsOf(target: Target): string[] {
  return target.given.flatMap((f) => f.columns);
}

async function copy(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  text: string,
): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${columns.map(quoted).join(", ")}) FROM STDIN`));
  const finished = once(stream, "finish");
  stream.end(text);
  await finished;
}
