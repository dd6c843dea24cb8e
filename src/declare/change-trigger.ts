/** The triggers that tell the journal of every change of a dataset's rows, in the transaction that makes it. */
import type { DatasetEntry, FieldEntry, Stricter } from "./catalogue";
import { rowTestSql } from "./row-test";

/** Every update counts and signs anew: a change in these alone is none. */
const ALWAYS = ["version", "changedAt", "changedBy"];

/**
 * Statements for a table's journal. Rows that changed alike in one statement are one entry, so that an import of a
 * million rows leaves some thousand; nothing of a row's values is kept but its id and where it lies.
 */
export function changeTriggerSql(dataset: DatasetEntry): string[] {
  const tell = nameOf(dataset);
  const on = (what: string, tables: string) =>
    `CREATE TRIGGER "${dataset.table}_${what}_told" AFTER ${what.toUpperCase()} ON "${dataset.table}" REFERENCING ${tables} ` +
    `FOR EACH STATEMENT EXECUTE FUNCTION ${tell}()`;
  return [
    `CREATE FUNCTION ${tell}() RETURNS trigger LANGUAGE plpgsql AS $$${changeTriggerBody(dataset)}$$`,
    on("insert", "NEW TABLE AS became"),
    on("update", "OLD TABLE AS was NEW TABLE AS became"),
    on("delete", "OLD TABLE AS was"),
  ];
}

/** Statements that bring the triggers of a table to its declaration, and back; `standing` is the body that they have now. */
export function changeTriggerChange(
  dataset: DatasetEntry,
  standing: string | undefined,
): { up: string[]; down: string[] } {
  const body = changeTriggerBody(dataset);
  if (standing === body) return { up: [], down: [] };
  if (standing === undefined)
    return { up: changeTriggerSql(dataset), down: [`DROP FUNCTION ${nameOf(dataset)}() CASCADE`] };
  const replaced = (text: string) =>
    `CREATE OR REPLACE FUNCTION ${nameOf(dataset)}() RETURNS trigger LANGUAGE plpgsql AS $$${text}$$`;
  return { up: [replaced(body)], down: [replaced(standing)] };
}

export function dropChangeTriggerSql(dataset: DatasetEntry): string {
  return `DROP FUNCTION ${nameOf(dataset)}()`;
}

/** The name of the function behind a table's triggers, in quotation marks. */
function nameOf({ table }: DatasetEntry): string {
  return `"${table}_tell_change"`;
}

/** Row conditions of a dataset, each once. */
export function conditionsOf(dataset: DatasetEntry): Stricter[] {
  const all = dataset.fields.flatMap(({ stricter }) => (stricter ? [stricter] : []));
  return all.filter((one, i) => all.findIndex(({ code }) => code === one.code) === i);
}

function changeTriggerBody(dataset: DatasetEntry): string {
  const into =
    "INSERT INTO dataset_change (dataset, row_ids, since, territory_before, territory_after, closed_before, closed_after, retired_before, retired_after, fields)";
  const state = (row: string) =>
    `${row}.territory AS territory_${row}, ${closedSql(dataset, row)} AS closed_${row}, ${row}.retired_at IS NOT NULL AS retired_${row}`;
  return `
BEGIN
  IF TG_OP = 'INSERT' THEN
    ${into}
    SELECT '${dataset.name}', array_agg(id ORDER BY id), NULL, NULL, territory_n, NULL, closed_n, NULL, retired_n, NULL
      FROM (SELECT n.id, ${state("n")} FROM became n) c GROUP BY territory_n, closed_n, retired_n;
  ELSIF TG_OP = 'DELETE' THEN
    ${into}
    SELECT '${dataset.name}', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, NULL, closed_o, NULL, retired_o, NULL, NULL
      FROM (SELECT o.id, o.changed_at, ${state("o")} FROM was o) c GROUP BY territory_o, closed_o, retired_o;
  ELSE
    ${into}
    SELECT '${dataset.name}', array_agg(id ORDER BY id), array_agg(changed_at ORDER BY id), territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields
      FROM (SELECT n.id, o.changed_at, ${state("o")}, ${state("n")}, ${changedSql(dataset)} AS fields
              FROM was o JOIN became n ON n.id = o.id) c
     WHERE cardinality(fields) > 0 OR closed_o <> closed_n
     GROUP BY territory_o, territory_n, closed_o, closed_n, retired_o, retired_n, fields;
  END IF;
  IF FOUND THEN PERFORM pg_notify('dataset_change', '${dataset.name}'); END IF;
  RETURN NULL;
END `;
}

/** Codes of the conditions that hold in a row. */
function closedSql(dataset: DatasetEntry, row: string): string {
  const held = conditionsOf(dataset).map(
    ({ code, when }) => `CASE WHEN ${rowTestSql(row, when)} THEN '${code}' END`,
  );
  return held.length === 0 ? "'{}'::text[]" : `array_remove(ARRAY[${held.join(", ")}]::text[], NULL)`;
}

/** Names of the fields that differ. */
function changedSql(dataset: DatasetEntry): string {
  const tests = dataset.fields
    .filter(({ name }) => name !== "id" && !ALWAYS.includes(name))
    .map((field) => `CASE WHEN ${differsSql(field)} THEN '${field.name}' END`);
  return `array_remove(ARRAY[${tests.join(", ")}]::text[], NULL)`;
}

/** The same value sealed twice has other bytes: its hash tells. */
function differsSql({ column, encrypted }: FieldEntry): string {
  const stored = encrypted ? `${column}_hash` : column;
  return `o."${stored}" IS DISTINCT FROM n."${stored}"`;
}
