/** The SQL of a dataset's table, derived from its declaration; migrations keep a frozen copy of the text. */
import type { ColumnOptions } from "typeorm";
import type { DatasetEntry, FieldEntry } from "./catalogue";
import { columnsOf } from "./dataset";
import { isTemporal } from "./kinds";

/** Statements that make the table of a dataset, the twin that keeps its superseded versions, and their indexes. */
export function tableSql(dataset: DatasetEntry): string[] {
  const table = quote(dataset.table);
  const history = quote(`${dataset.table}_history`);
  return [
    `CREATE TABLE ${table} (\n  ${[...columnLines(dataset), ...constraints(dataset)].join(",\n  ")}\n)`,
    ...indexes(dataset),
    // The added column stands first: a column that a later migration adds to both keeps the order of both equal.
    `CREATE TABLE ${history} (\n  superseded_at timestamptz NOT NULL,\n  LIKE ${table},\n  PRIMARY KEY (id, version)\n)`,
    `CREATE INDEX ${quote(`${dataset.table}_history_by_territory`)} ON ${history} (territory)`,
    ...historyTrigger(dataset.table),
  ];
}

/** Statements that take back what `tableSql` made. */
export function dropTableSql(dataset: DatasetEntry): string[] {
  return [
    `DROP TABLE ${quote(dataset.table)}, ${quote(`${dataset.table}_history`)}`,
    `DROP FUNCTION ${quote(`${dataset.table}_keep_version`)}()`,
  ];
}

/** Columns as they are stored, in the order of the declaration, with type and default. */
function columnLines(dataset: DatasetEntry): string[] {
  const declared = dataset.fields.flatMap((field) =>
    columnsOf(field).map(([, options]) => columnLine(field, options)),
  );
  return dataset.protected ? [...declared, `cell_key bigint NOT NULL DEFAULT ${CELL_KEY}`] : declared;
}

/** 32 bits of the server's strong random source; the version digits of a UUID come after them. */
const CELL_KEY = "('x' || left(gen_random_uuid()::text, 8))::bit(32)::bigint";

const DEFAULTS: Readonly<Record<string, string>> = {
  version: "1",
  createdAt: "now()",
  changedAt: "now()",
};

function columnLine(field: FieldEntry, options: ColumnOptions): string {
  const { type, name = "", array, precision, scale, collation, nullable } = options;
  const digits = precision === undefined ? "" : `(${precision},${scale})`;
  const preset = DEFAULTS[field.name];
  return [
    quote(name),
    `${String(type)}${digits}${array ? "[]" : ""}`,
    ...(collation ? [`COLLATE ${quote(collation)}`] : []),
    ...(nullable ? [] : ["NOT NULL"]),
    ...(preset ? [`DEFAULT ${preset}`] : []),
  ].join(" ");
}

/** References are no foreign keys: rows are never deleted while others name them, and an error of the server names values. */
function constraints(dataset: DatasetEntry): string[] {
  const named = (what: string) => quote(`${dataset.table}_${what}`);
  return [
    `CONSTRAINT ${named("pkey")} PRIMARY KEY (id)`,
    `CONSTRAINT ${named("territory_code")} CHECK (territory ~ '^[0-9]{12}$')`,
    `CONSTRAINT ${named("version_counts")} CHECK (version >= 1)`,
    ...(dataset.protected
      ? [`CONSTRAINT ${named("cell_key_32_bits")} CHECK (cell_key BETWEEN 0 AND 4294967295)`]
      : []),
  ];
}

/** The business key is unique among rows in use: a retired code may be given again. */
function indexes(dataset: DatasetEntry): string[] {
  const table = quote(dataset.table);
  const key = dataset.key.map((name) => quote(columnOf(dataset, name))).join(", ");
  const wanted = new Set(dataset.fields.flatMap((field) => indexedColumn(dataset, field)));
  // A column that leads the key is found by the key's index only among rows in use; links also reach retired ones.
  return [
    `CREATE UNIQUE INDEX ${quote(`${dataset.table}_key`)} ON ${table} (${key}) WHERE retired_at IS NULL`,
    ...[...wanted].map((c) => `CREATE INDEX ${quote(`${dataset.table}_by_${c}`)} ON ${table} (${quote(c)})`),
    ...dataset.fields
      .filter((field) => field.kind === "text" && field.required && !field.encrypted)
      .map(({ column }) => sortedIndex(dataset.table, column)),
  ];
}

/** For lists in the order in which people look names up. */
function sortedIndex(table: string, column: string): string {
  const name = quote(`${table}_in_order_of_${column}`);
  return `CREATE INDEX ${name} ON ${quote(table)} (${quote(column)} COLLATE "zh-Hans-x-icu")`;
}

/** Territory and other division codes, what links go through, what lists are ordered by, hashes that are searched. */
function indexedColumn(dataset: DatasetEntry, field: FieldEntry): string[] {
  if (field.encrypted) return [`${field.column}_hash`];
  const linked = dataset.links.some((link) => link.here === field.name);
  const dated = isTemporal(field.kind) && field.required;
  const found = field.check === "division" || field.references || linked || dated;
  return found && field.name !== "id" ? [field.column] : [];
}

/**
 * Every update leaves the version it supersedes in the twin and counts the next one, whoever makes it. The clock's time
 * and not the transaction's: a transaction that began earlier may change the row later.
 */
function historyTrigger(table: string): string[] {
  const keep = quote(`${table}_keep_version`);
  return [
    `CREATE FUNCTION ${keep}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  NEW.changed_at := greatest(clock_timestamp(), OLD.changed_at + interval '1 microsecond');
  INSERT INTO ${quote(`${table}_history`)} SELECT NEW.changed_at, OLD.*;
  RETURN NEW;
END $$`,
    `CREATE TRIGGER ${keep} BEFORE UPDATE ON ${quote(table)} FOR EACH ROW EXECUTE FUNCTION ${keep}()`,
  ];
}

function columnOf(dataset: DatasetEntry, name: string): string {
  const field = dataset.fields.find((f) => f.name === name);
  if (!field) throw new Error(`${dataset.name} declares no field ${name}`);
  return field.column;
}

function quote(name: string): string {
  // Longer names would be cut by the server, and two of them could become one.
  if (!/^[a-zA-Z][a-zA-Z0-9_]{0,62}$/.test(name)) throw new Error(`${name} is no name for a table or column`);
  return `"${name}"`;
}
