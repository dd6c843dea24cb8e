/** What an import into a dataset needs to know of it, worked out once for a file: columns, keys, references. */
import type { Catalogue, DatasetEntry, FieldEntry } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import type { Value } from "../value";
import type { Header } from "./header";
import { type StoredField, storedField } from "./storage";

export interface Target {
  readonly dataset: DatasetEntry;
  readonly header: Header;
  /** Every field a client may write, in the order of the declaration. */
  readonly fields: readonly StoredField[];
  /** Those of them that the file has. */
  readonly given: readonly StoredField[];
  readonly key: readonly StoredField[];
  readonly references: readonly Reference[];
}

/** A column of the file whose cells name rows of another dataset. */
export interface Reference {
  readonly field: FieldEntry;
  readonly target: DatasetEntry;
  /** Fields of the target's business key. */
  readonly key: readonly FieldEntry[];
}

export function targetOf(
  catalogue: Catalogue,
  dataset: DatasetEntry,
  header: Header,
  cipher: Cipher,
): Target {
  const fields = dataset.fields.filter((f) => !f.generated).map((f) => storedField(dataset, f, cipher));
  // What follows another row is set whether the file speaks of it or not.
  const follows = dataset.follows?.map(({ field }) => field) ?? [];
  const given = fields.filter((f) => header.fields.includes(f.field) || follows.includes(f.field.name));
  const key = dataset.key.map((name) => fields.find((f) => f.field.name === name) as StoredField);
  const references = header.fields.filter((f) => f.references).map((f) => referenceOf(catalogue, f));
  return {
    dataset,
    header: { ...header, fields: given.map((f) => f.field) },
    fields,
    given,
    key,
    references,
  };
}

function referenceOf(catalogue: Catalogue, field: FieldEntry): Reference {
  const target = catalogue.dataset(field.references as string);
  return { field, target, key: target.key.map((name) => catalogue.field(target, name)) };
}

/** Stands between the parts of a key: no text of a file holds it. */
const SEPARATOR = "\0";

/** The business key of a row as one text, or undefined where a part is missing. */
export function keyOf(target: Target, values: Readonly<Record<string, Value>>): string | undefined {
  let text = "";
  for (const { field } of target.key) {
    const value = values[field.name];
    if (value === null || value === undefined) return undefined;
    text += `${value}${SEPARATOR}`;
  }
  return text;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
