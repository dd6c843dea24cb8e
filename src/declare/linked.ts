/** Datasets that a bureau keeps: what the hub asks of its database, and the foreign tables through which it reads there. */
import type { DatasetEntry } from "./catalogue";
import { columnsOf } from "./dataset";

/** The same dataset, held by a linked source. */
export function linkedTo(linked: string, dataset: DatasetEntry): DatasetEntry {
  return { ...dataset, linked, fields: dataset.fields.map((field) => ({ ...field, unchecked: true })) };
}

/** The foreign server of a linked source. */
export function serverOf(source: string): string {
  return `linked_${source.replaceAll("-", "_")}`;
}

/** A column that the source offers: by name, with its type and what stands in it. */
interface OfferedColumn {
  readonly name: string;
  readonly type: string;
  readonly words: string;
}

/** In the order of the declaration; all of them may be empty but those that the hub finds and decides rows by. */
function offeredColumns(dataset: DatasetEntry): OfferedColumn[] {
  const declared = dataset.fields.flatMap((field) =>
    columnsOf(field).map(([property, { name = "", type, array, precision, scale, collation }]) => {
      const digits = precision === undefined ? "" : `(${precision},${scale})`;
      const collate = collation ? ` COLLATE "${collation}"` : "";
      const words =
        property === field.name ? `${field.zh}。${field.en}` : `${field.zh}：脱敏形式。Masked form.`;
      return { name, type: `${String(type)}${digits}${array ? "[]" : ""}${collate}`, words };
    }),
  );
  const cellKey = {
    name: "cell_key",
    type: "bigint",
    words: "保密的随机数 0–4294967295，一行一个，不变。Secret, random, constant.",
  };
  return dataset.protected ? [...declared, cellKey] : declared;
}

/** The foreign table that stands in the place of the dataset's own. No column is said to be filled: nobody here checks it. */
function foreignTableSql(dataset: DatasetEntry, schema: string): string {
  const columns = offeredColumns(dataset).map(({ name, type }) => `"${name}" ${type}`);
  return `CREATE FOREIGN TABLE "${dataset.table}" (\n  ${columns.join(",\n  ")}\n) SERVER "${serverOf(
    dataset.linked ?? "",
  )}" OPTIONS (schema_name ${quoted(schema)}, table_name ${quoted(dataset.table)})`;
}

/** Where a linked source is, and how the hub's own PostgreSQL goes there. */
export interface LinkPlace {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly schema: string;
  readonly sslmode: string;
  readonly rootCertificate?: string;
}

/** Seconds and milliseconds after which a source that does not answer is given up; less than the hub gives a statement. */
const TIMES = { connect: "2", silent: "8000", statement: "8000" };

/** Statements that put a source and its foreign tables in place, in the place of former ones; without who goes there. */
export function linkSql(source: string, place: LinkPlace, datasets: readonly DatasetEntry[]): string[] {
  const server = serverOf(source);
  const options = {
    host: place.host,
    port: String(place.port),
    dbname: place.database,
    sslmode: place.sslmode,
    ...(place.rootCertificate ? { sslrootcert: place.rootCertificate } : {}),
    application_name: "community-hub",
    connect_timeout: TIMES.connect,
    tcp_user_timeout: TIMES.silent,
    options: `-c statement_timeout=${TIMES.statement} -c default_transaction_read_only=on`,
    fetch_size: "2000",
    updatable: "false",
    truncatable: "false",
  };
  const listed = Object.entries(options).map(([name, value]) => `${name} ${quoted(value)}`);
  return [
    "CREATE EXTENSION IF NOT EXISTS postgres_fdw",
    `DROP SERVER IF EXISTS "${server}" CASCADE`,
    `CREATE SERVER "${server}" FOREIGN DATA WRAPPER postgres_fdw OPTIONS (${listed.join(", ")})`,
    ...datasets.map((dataset) => foreignTableSql(dataset, place.schema)),
  ];
}

/** As whom the hub's account goes there. */
export function mappingSql(source: string, user: string, password: string): string {
  return `CREATE USER MAPPING FOR CURRENT_USER SERVER "${serverOf(source)}" OPTIONS (user ${quoted(user)}, password ${quoted(password)})`;
}

/** For the bureau to fill in: the view that the hub reads, and who may read it. */
export function viewSql(dataset: DatasetEntry, schema: string): string {
  const columns = offeredColumns(dataset).map(
    ({ name, type, words }) => `  NULL::${type} AS "${name}" -- ${words}`,
  );
  const lines = columns.map((line, i) => (i < columns.length - 1 ? line.replace(" --", ", --") : line));
  return [
    `-- ${dataset.zh}。${dataset.en}.`,
    `CREATE SCHEMA IF NOT EXISTS "${schema}";`,
    `CREATE VIEW "${schema}"."${dataset.table}" AS SELECT`,
    ...lines,
    "FROM your_table;",
    `GRANT USAGE ON SCHEMA "${schema}" TO hub_reader;`,
    `GRANT SELECT ON "${schema}"."${dataset.table}" TO hub_reader;`,
    "",
  ].join("\n");
}

/** A text as a literal. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
