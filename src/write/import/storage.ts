/** How the values of a dataset go into its columns and come out of them, in the text form of COPY. */
import { columnsOf, type DatasetEntry, type FieldEntry, masked } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import { sameValue, type Value } from "../value";

/** One field of a dataset at rest. */
export interface StoredField {
  readonly field: FieldEntry;
  /** Columns that a write fills, in the order of `put`. */
  readonly columns: readonly string[];
  /** Appends the cells of a value, each after a tab. */
  put(value: Value): string;
  /** The value from what PostgreSQL writes of it; of an encrypted field its keyed hash in hex, from the hash. */
  get(text: string | null): Value;
  same(stored: Value, given: Value): boolean;
}

export function storedField(dataset: DatasetEntry, field: FieldEntry, cipher: Cipher): StoredField {
  const columns = columnsOf(field).map(([property, options]) => options.name ?? property);
  const plain = {
    field,
    columns,
    put: (value: Value) => `\t${copied(value)}`,
    get: (text: string | null) => (text === null ? null : GETTERS[field.kind](text)),
    same: (stored: Value, given: Value) => sameValue(field, stored, given),
  };
  if (field.encrypted && field.mask) return encrypted(plain, dataset, field, cipher);
  if (field.mask !== "ADDRESS") return plain;
  const put = (value: Value) =>
    `\t${copied(value)}\t${copied(value === null ? null : masked("ADDRESS", String(value)))}`;
  return { ...plain, put };
}

function encrypted(
  plain: StoredField,
  dataset: DatasetEntry,
  field: FieldEntry,
  cipher: Cipher,
): StoredField {
  const mask = field.mask as NonNullable<FieldEntry["mask"]>;
  return {
    ...plain,
    put: (value) => {
      if (value === null) return "\t\\N\t\\N\t\\N";
      const sealed = cipher.seal(dataset.name, field.name, String(value), mask);
      return `\t\\\\x${sealed.value.toString("hex")}\t${copied(sealed.masked)}\t\\\\x${sealed.hash.toString("hex")}`;
    },
    get: (text) => text?.slice(2) ?? null,
    same: (stored, given) =>
      stored === null || given === null
        ? stored === given
        : stored === cipher.hash(dataset.name, field.name, String(given)).toString("hex"),
  };
}

/** A value in COPY's text format. */
export function copied(value: Value): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return NEEDS_ESCAPE.test(value) ? value.replace(ESCAPED, escaped) : value;
  if (typeof value === "object") return `{${value.join(",")}}`; // names of an enum need no quotes
  return String(value);
}

const NEEDS_ESCAPE = /[\\\t\n\r]/;
const ESCAPED = /[\\\t\n\r]/g;
const LETTERS: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function escaped(character: string): string {
  return LETTERS[character] as string;
}

const asIs = (text: string): Value => text;

const GETTERS: Record<FieldEntry["kind"], (text: string) => Value> = {
  text: asIs,
  code: asIs,
  enum: asIs,
  enumList: (text) => (text === "{}" ? [] : text.slice(1, -1).split(",")),
  int: Number,
  decimal: asIs,
  float: Number,
  boolean: (text) => text === "t",
  date: asIs,
  // 2024-03-05 08:00:00.5+08 as ISO 8601
  datetime: (text) => `${text.slice(0, 10)}T${text.slice(11).replace(/([+-]\d\d)$/, "$1:00")}`,
  reference: asIs,
};
