// Rows as lines of PostgreSQL's COPY text format: every column of a dataset's table, values checked by kind, secrets sealed.
import { columnsOf, type DatasetEntry, type FieldEntry, masked } from "../src/declare";
import type { Cipher } from "../src/declare/cipher";

type Row = Readonly<Record<string, unknown>>;
type Write = (row: Row) => string;

export interface CopyLines {
  /** `COPY "table" ("column", …) FROM STDIN`. */
  readonly statement: string;
  line(row: Row): string;
}

/** What the hub sets itself, the same for every row of a load. */
export interface Recorded {
  readonly by: string;
  /** An instant with its offset. */
  readonly at: string;
}

export function copyLines(dataset: DatasetEntry, cipher: Cipher, recorded: Recorded): CopyLines {
  const fixed = new Map([
    ["version", "1"],
    ["retiredAt", NULL],
    ["createdAt", recorded.at],
    ["changedAt", recorded.at],
    ["createdBy", recorded.by],
    ["changedBy", recorded.by],
  ]);
  const writes = dataset.fields.map((field) => fieldWriter(dataset, field, cipher, fixed.get(field.name)));
  const columns = dataset.fields.flatMap(columnNames).map((name) => `"${name}"`);
  const known = new Set(dataset.fields.map(({ name }) => name));
  return {
    statement: `COPY "${dataset.table}" (${columns.join(", ")}) FROM STDIN`,
    line: (row) => {
      for (const name in row)
        if (!known.has(name)) throw new Error(`${dataset.name} declares no field ${name}`);
      let line = "";
      for (let i = 0; i < writes.length; i++) line += (i === 0 ? "" : "\t") + (writes[i] as Write)(row);
      return `${line}\n`;
    },
  };
}

const NULL = "\\N";

function columnNames(field: FieldEntry): string[] {
  if (field.name === "id") return ["id"];
  return columnsOf(field).map(([, { name }]) => name as string);
}

/** The writer of a field's columns, with tabs between where it has several. */
function fieldWriter(dataset: DatasetEntry, field: FieldEntry, cipher: Cipher, fixed?: string): Write {
  const { name } = field;
  if (fixed !== undefined) return () => fixed;
  if (field.encrypted) return sealed(dataset, field, cipher);
  const plain = plainWriter(field);
  if (field.mask !== "ADDRESS")
    return ({ [name]: value }) => (value === undefined ? missing(field) : plain(value));
  return ({ [name]: value }) =>
    value === undefined
      ? `${NULL}\t${NULL}`
      : `${plain(value)}\t${escaped(masked("ADDRESS", String(value)))}`;
}

function missing(field: FieldEntry): string {
  if (field.required) throw new Error(`a row lacks ${field.name}`);
  return NULL;
}

function plainWriter(field: FieldEntry): (value: unknown) => string {
  switch (field.kind) {
    case "boolean":
      return (value) => (value ? "t" : "f");
    case "enumList":
      return (value) => `{${(value as string[]).join(",")}}`; // names of enums need no quotes
    case "int":
    case "float":
    case "decimal":
    case "date":
    case "datetime":
    case "reference":
    case "enum":
      return String;
    case "text":
    case "code":
      return (value) => escaped(String(value));
  }
}

function sealed({ name: dataset }: DatasetEntry, field: FieldEntry, cipher: Cipher): Write {
  const { name, mask = "PHONE" } = field;
  return ({ [name]: value }) => {
    if (value === undefined) return `${NULL}\t${NULL}\t${NULL}`;
    const { value: bytes, hash, masked: shown } = cipher.seal(dataset, name, String(value), mask);
    return `\\\\x${bytes.toString("hex")}\t${escaped(shown)}\t\\\\x${hash.toString("hex")}`;
  };
}

const SPECIAL: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (c) => SPECIAL[c] as string) : text;
}
