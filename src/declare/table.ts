/** The SQL of a dataset's table, derived from its declaration; migrations keep a frozen copy of the text. */
import type { ColumnOptions } from "typeorm";
import type { DatasetEntry, FieldEntry } from "./catalogue";
import { changeTriggerChange, changeTriggerSql, dropChangeTriggerSql } from "./change-trigger";
import { columnsOf } from "./dataset";
import { isTemporal } from "./kinds";

/** Statements that make the table of a dataset, the twin that keeps its superseded versions, and their indexes. */
export function tableSql(dataset: DatasetEntry): string[] {
  const table = quote(dataset.table);
  const history = quote(`${dataset.table}_history`);
  return [
    `CREATE TABLE ${table} (\n  ${[...lines(columnLines(dataset)), ...constraints(dataset)].join(",\n  ")}\n)`,
    ...lines(indexes(dataset)),
    // The added column stands first: a column that a later migration adds to both keeps the order of both equal.
    `CREATE TABLE ${history} (\n  superseded_at timestamptz NOT NULL,\n  LIKE ${table},\n  PRIMARY KEY (id, version)\n)`,
    `CREATE INDEX ${quote(`${dataset.table}_history_by_territory`)} ON ${history} (territory)`,
    ...historyTrigger(dataset.table),
    ...changeTriggerSql(dataset),
  ];
}

/** Statements that take back what `tableSql` made. */
export function dropTableSql(dataset: DatasetEntry): string[] {
  return [
    `DROP TABLE ${quote(dataset.table)}, ${quote(`${dataset.table}_history`)}`,
    `DROP FUNCTION ${quote(`${dataset.table}_keep_version`)}()`,
    dropChangeTriggerSql(dataset),
  ];
}

/** What a table has already, by name. */
export interface Standing {
  readonly columns: ReadonlySet<string>;
  /** The statement that makes each, as PostgreSQL writes it. */
  readonly indexes: ReadonlyMap<string, string>;
  /** What the function behind the triggers of the journal says. */
  readonly changeTrigger?: string;
}

/**
 * Statements that bring a table to its declaration, and those that take them back: columns and indexes that are missing,
 * derived indexes that are declared no more, what the journal is told.
 * What becomes of the values of a column that is no longer declared, or is declared otherwise, only a person can say.
 */
export function changeTableSql(dataset: DatasetEntry, standing: Standing): { up: string[]; down: string[] } {
  const [table, history] = [quote(dataset.table), quote(`${dataset.table}_history`)];
  const columns = columnLines(dataset).filter(([name]) => !standing.columns.has(name));
  const wanted = indexes(dataset);
  const added = wanted.filter(([name]) => !standing.indexes.has(name));
  const left = [...standing.indexes].filter(
    ([name]) => isDerived(dataset, name) && !wanted.some(([one]) => one === name),
  );
  const told = changeTriggerChange(dataset, standing.changeTrigger);
  return {
    up: [
      ...columns.flatMap(([, line]) => [
        `ALTER TABLE ${table} ADD COLUMN ${line}`,
        // As LIKE would have copied it.
        `ALTER TABLE ${history} ADD COLUMN ${line.replace(/ DEFAULT .*$/, "")}`,
      ]),
      ...added.map(([, statement]) => statement),
      ...left.map(([name]) => `DROP INDEX ${quote(name)}`),
      ...told.up,
    ],
    // An index goes with its column.
    down: [
      ...told.down,
      ...left.map(([, statement]) => statement),
      ...added.map(([name]) => `DROP INDEX ${quote(name)}`),
      ...columns.flatMap(([name]) =>
        [table, history].map((of) => `ALTER TABLE ${of} DROP COLUMN ${quote(name)}`),
      ),
    ],
  };
}

/** Columns of the table that no field declares. */
export function undeclaredColumns(dataset: DatasetEntry, standing: Standing): string[] {
  const declared = new Set(columnLines(dataset).map(([name]) => name));
  return [...standing.columns].filter((name) => !declared.has(name));
}

/** Columns by name as they are stored, in the order of the declaration, with type and default. */
function columnLines(dataset: DatasetEntry): [string, string][] {
  const declared = dataset.fields.flatMap((field) =>
    columnsOf(field).map(([, options]): [string, string] => [
      options.name as string,
      columnLine(field, options),
    ]),
  );
  return dataset.protected
    ? [...declared, ["cell_key", `cell_key bigint NOT NULL DEFAULT ${CELL_KEY}`]]
    : declared;
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
function indexes(dataset: DatasetEntry): [string, string][] {
  const table = quote(dataset.table);
  const key = dataset.key.map((name) => quote(columnOf(dataset, name))).join(", ");
  const named = (name: string, what: string, on: string): [string, string] => [
    name,
    `CREATE ${what} ${quote(name)} ON ${table} (${on})`,
  ];
  const [keyName, keyIndex] = named(`${dataset.table}_key`, "UNIQUE INDEX", key);
  const found = new Map(dataset.fields.flatMap((field) => ways(dataset, field)));
  return [
    [keyName, `${keyIndex} WHERE retired_at IS NULL`],
    ...[...found].map(([name, columns]) => named(`${dataset.table}_${name}`, "INDEX", columns)),
  ];
}

function isDerived({ table }: DatasetEntry, index: string): boolean {
  return index.startsWith(`${table}_by_`) || index.startsWith(`${table}_in_order_of_`);
}

/** The statements without their names. */
function lines(named: readonly [string, string][]): string[] {
  return named.map(([, line]) => line);
}

/**
 * The indexes that find rows by a field: division codes, what links go through, hashes that are searched, and what lists
 * are ordered by. The last carry the territory, so that the rows of one street are picked out of a city's order in the
 * index; dates stand behind it too, for the latest of each community.
 */
function ways({ links, fields }: DatasetEntry, field: FieldEntry): [string, string][] {
  const { name, column } = field;
  if (field.encrypted) return [[`by_${column}_hash`, quote(`${column}_hash`)]];
  if (name === "id") return [["by_id_territory", "id, territory"]];
  if (name === "territory" && fields.some(isDated)) return [];
  if (isDated(field))
    return [
      [`by_${column}_territory`, `${quote(column)}, territory`],
      [`by_territory_${column}`, `territory, ${quote(column)}`],
    ];
  // A column that leads the key is found by the key's index only among rows in use; links also reach retired ones.
  const linked = field.references || links.some((link) => link.here === name);
  const found: [string, string][] =
    field.check === "division" || linked ? [[`by_${column}`, quote(column)]] : [];
  // For lists in the order in which people look names up.
  const sorted: [string, string][] =
    field.kind === "text" && field.required
      ? [[`in_order_of_${column}_territory`, `${quote(column)} COLLATE "zh-Hans-x-icu", territory`]]
      : [];
  return [...found, ...sorted];
}

function isDated({ kind, required, encrypted }: FieldEntry): boolean {
  return isTemporal(kind) && required && !encrypted;
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
