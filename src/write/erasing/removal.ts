/** Takes what is a person's out of the tables, former versions too, and puts it back where a freeze ends. */
import { type Catalogue, columnsOf, type DatasetEntry, type FieldEntry, recordsOf } from "../../declare";
import { quoted } from "../import/target";
import type { Query } from "../settle";

/** All versions of one row, as JSON texts: numbers are not to go through the program's own. */
export interface Removed {
  readonly dataset: DatasetEntry;
  readonly uuid: string;
  /** The row as it was; missing where only a former version spoke of the person. */
  readonly now?: string;
  readonly history: readonly string[];
  /** Fields that were emptied; missing: the whole row is gone. */
  readonly fields?: readonly string[];
}

interface Taken {
  readonly id: string;
  readonly was: string;
}

/** Takes out the row with all its versions, and the rows of other datasets that are its person's. */
export async function removeRows(
  query: Query,
  catalogue: Catalogue,
  dataset: DatasetEntry,
  uuids: readonly string[],
  by = "id",
): Promise<Removed[]> {
  const [table, history] = tablesOf(dataset);
  const rows = await take(query, table, `${quoted(by)} = ANY ($1::uuid[])`, [uuids]);
  const ids = rows.map(({ id }) => id);
  // A former version may name the person in a row that names another one now.
  const former = await take(query, history, `${quoted(by)} = ANY ($1::uuid[]) OR id = ANY ($2::uuid[])`, [
    uuids,
    ids,
  ]);
  const removed = gathered(dataset, rows, former);
  if (ids.length === 0) return removed;
  for (const { dataset: records, by: whose } of recordsOf(catalogue.kept, dataset))
    removed.push(...(await removeRows(query, catalogue, records, ids, whose.column)));
  return removed;
}

/** Empties fields of a row and of all its versions. */
export async function emptyFields(
  query: Query,
  dataset: DatasetEntry,
  uuid: string,
  fields: readonly FieldEntry[],
  by: string,
): Promise<Removed | undefined> {
  const [table, history] = tablesOf(dataset);
  const columns = fields.flatMap(columnNames);
  const sets = columns.map((name) => `${quoted(name)} = NULL`).join(", ");
  const changed = await query(
    `WITH gone AS (UPDATE ${table} SET ${sets}, changed_by = $2 WHERE id = $1 RETURNING id) SELECT id FROM gone`,
    [uuid, by],
  );
  if (changed.length === 0) return undefined;
  // The former version among them is the row as it was until now.
  const former = (await query(
    `WITH gone AS (DELETE FROM ${history} WHERE id = $1 RETURNING *),
          emptied AS (INSERT INTO ${history}
                      SELECT (jsonb_populate_record(NULL::${history}, to_jsonb(gone) - $2::text[])).* FROM gone)
     SELECT id, to_jsonb(gone)::text AS was FROM gone ORDER BY version`,
    [uuid, columns],
  )) as unknown as Taken[];
  return { dataset, uuid, history: former.map(({ was }) => was), fields: fields.map(({ name }) => name) };
}

/** Brings back what was taken out. */
export async function putBack(query: Query, removed: Removed, by: string): Promise<void> {
  const { dataset, uuid, now, history, fields } = removed;
  if (fields) return refill(query, dataset, uuid, fields, history, by);
  const [table, twin] = tablesOf(dataset);
  if (now) await put(query, table, now);
  for (const version of history) await put(query, twin, version);
}

async function refill(
  query: Query,
  dataset: DatasetEntry,
  uuid: string,
  names: readonly string[],
  history: readonly string[],
  by: string,
): Promise<void> {
  const [table, twin] = tablesOf(dataset);
  const columns = dataset.fields.filter(({ name }) => names.includes(name)).flatMap(columnNames);
  const latest = history.at(-1);
  // What was written meanwhile stays.
  const sets = columns.map((c) => `${quoted(c)} = coalesce(t.${quoted(c)}, k.${quoted(c)})`).join(", ");
  await query(
    `UPDATE ${table} t SET ${sets}, changed_by = $3
       FROM LATERAL jsonb_populate_record(NULL::${table}, $2::jsonb) k WHERE t.id = $1`,
    [uuid, latest, by],
  );
  const plain = columns.map((c) => `${quoted(c)} = k.${quoted(c)}`).join(", ");
  for (const version of history)
    await query(
      `UPDATE ${twin} t SET ${plain} FROM LATERAL jsonb_populate_record(NULL::${twin}, $2::jsonb) k
        WHERE t.id = $1 AND t.version = k.version`,
      [uuid, version],
    );
}

/** Columns that came since are left to their defaults. */
async function put(query: Query, table: string, version: string): Promise<void> {
  const columns = Object.keys(JSON.parse(version)).map(quoted).join(", ");
  await query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns}
       FROM LATERAL jsonb_populate_record(NULL::${table}, $1::jsonb) k`,
    [version],
  );
}

async function take(query: Query, table: string, where: string, values: unknown[]): Promise<Taken[]> {
  const found = await query(
    `WITH gone AS (DELETE FROM ${table} WHERE ${where} RETURNING *)
     SELECT id, to_jsonb(gone)::text AS was FROM gone ORDER BY id, version`,
    values,
  );
  return found as unknown as Taken[];
}

function gathered(dataset: DatasetEntry, rows: readonly Taken[], former: readonly Taken[]): Removed[] {
  const found = new Map<string, { now?: string; history: string[] }>();
  for (const { id, was } of rows) found.set(id, { now: was, history: [] });
  for (const { id, was } of former) {
    const known = found.get(id) ?? { history: [] };
    known.history.push(was);
    found.set(id, known);
  }
  return [...found].map(([uuid, versions]) => ({ dataset, uuid, ...versions }));
}

function tablesOf({ table }: DatasetEntry): [table: string, history: string] {
  return [quoted(table), quoted(`${table}_history`)];
}

function columnNames(field: FieldEntry): string[] {
  return columnsOf(field).map(([property, { name }]) => name ?? property);
}
