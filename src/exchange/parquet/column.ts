/** Columns of a Parquet file: each of its field's own type, its values gathered until a group of rows is full. */
import type { SchemaElement } from "hyparquet-writer";
import type { FieldEntry } from "../../declare";
import type { Column, Leaf, RowCells, RowStream } from "../../read";

/** A value as the library takes it; undefined where there is none. */
type Value = string | number | bigint | boolean | undefined;

/** What is gathered of one cell of the rows. */
export interface Gathered {
  readonly schema: SchemaElement;
  values: Value[];
}

interface Type {
  readonly schema: Omit<SchemaElement, "name" | "repetition_type">;
  /** Of PostgreSQL's own text, or the text of a JSON value. */
  readonly read: (text: string) => Value;
}

const MILLISECONDS = 86_400_000;

const TEXT: Type = { schema: { type: "BYTE_ARRAY", converted_type: "UTF8" }, read: (text) => text };

const TYPES: Partial<Record<FieldEntry["kind"], Type>> = {
  int: { schema: { type: "INT32" }, read: Number },
  float: { schema: { type: "DOUBLE" }, read: Number },
  boolean: { schema: { type: "BOOLEAN" }, read: (text) => text === "true" },
  // All that numeric(18,2) holds.
  decimal: {
    schema: { type: "INT64", converted_type: "DECIMAL", precision: 18, scale: 2 },
    read: cents,
  },
  date: {
    schema: { type: "INT32", converted_type: "DATE" },
    read: (text) => Date.parse(`${text}T00:00:00Z`) / MILLISECONDS,
  },
  // An instant, whatever clock it is shown by.
  datetime: {
    schema: {
      type: "INT64",
      converted_type: "TIMESTAMP_MILLIS",
      logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
    },
    read: (text) => BigInt(Date.parse(text)),
  },
};

/** Money in hundredths. */
function cents(text: string): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(2, "0").slice(0, 2));
}

function typeOf(field: FieldEntry | undefined): Type {
  // What no rule of the hub has held for may be no value of its type.
  return (field && !field.mask && !field.unchecked && TYPES[field.kind]) || TEXT;
}

/** Cells in order, and what takes them from a row. */
export function columnsOf({ columns, open }: Pick<RowStream, "columns" | "open">): {
  readonly gathered: readonly Gathered[];
  readonly take: (cells: RowCells) => void;
} {
  const gathered: Gathered[] = [];
  const takers = columns.map((column) => {
    const own = column.leaves.map(gatheredOf);
    gathered.push(...own);
    return takerOf(column, own, open);
  });
  return {
    gathered,
    take: (cells) => {
      for (const take of takers) take(cells);
    },
  };
}

function gatheredOf({ path, field }: Leaf): Gathered {
  const { schema } = typeOf(field);
  return { schema: { ...schema, name: path.join("."), repetition_type: "OPTIONAL" }, values: [] };
}

function takerOf(
  column: Column,
  gathered: readonly Gathered[],
  open: RowStream["open"],
): (cells: RowCells) => void {
  const readers = column.leaves.map(({ field }) => typeOf(field).read);
  const [own, read] = [gathered[0] as Gathered, readers[0] as Type["read"]];
  switch (column.is) {
    case "constant": {
      const value: unknown = JSON.parse(column.json);
      return () => own.values.push(readValue(value, read));
    }
    case "json":
      return (cells) => {
        const value: unknown = cells.nextCell() ? JSON.parse(open(cells.text())) : null;
        column.paths.forEach((path, i) => {
          const found = path.reduce(member, value);
          (gathered[i] as Gathered).values.push(readValue(found, readers[i] as Type["read"]));
        });
      };
    case "bare":
      return (cells) => own.values.push(cells.nextCell() ? read(cells.text()) : undefined);
    case "text": {
      const { before, after } = column;
      return (cells) => own.values.push(cells.nextCell() ? read(before + cells.text() + after) : undefined);
    }
  }
}

function member(value: unknown, key: string): unknown {
  return (value as Record<string, unknown> | null)?.[key];
}

function readValue(value: unknown, read: Type["read"]): Value {
  if (value === null || value === undefined) return undefined;
  return read(typeof value === "object" ? JSON.stringify(value) : String(value));
}
