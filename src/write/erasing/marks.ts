/** Marks of the erased: keyed hashes by which a write of the same person is known again, and nobody can be read. */
import { columnsOf, type DatasetEntry, type FieldEntry, isOfPerson, namingFields } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import type { Removed } from "./removal";

type Row = Readonly<Record<string, unknown>>;

/** Of a person's own row: its business key and its identity number. Of another row: each value that named somebody in it. */
export function marksOf(cipher: Cipher, dataset: DatasetEntry, row: Row): Buffer[] {
  const key = keyOf(dataset, row);
  if (isOfPerson(dataset)) {
    const numbers = dataset.fields.filter(({ mask, encrypted }) => encrypted && mask === "ID_NUMBER");
    const named = numbers.filter(({ name }) => isText(row[name]));
    return [
      ...(key === undefined ? [] : [cipher.hash(dataset.name, "erased key", key)]),
      ...named.map(({ name }) => cipher.hash(dataset.name, name, String(row[name]))),
    ];
  }
  if (key === undefined) return [];
  return namingFields(dataset)
    .filter((field) => field.kind === "text" && isText(row[field.name]))
    .map(({ name }) => cipher.hash(dataset.name, `erased ${name}`, `${key} ${row[name]}`));
}

/** Of all versions of what was taken out. */
export function marksOfRemoved(cipher: Cipher, { dataset, now, history, fields }: Removed): Buffer[] {
  const marks = [...(now ? [now] : []), ...history].flatMap((text) => {
    const stored = JSON.parse(text) as Row;
    const row = Object.fromEntries(
      dataset.fields
        .filter(({ name, key }) => !fields || key || fields.includes(name))
        .map((field) => [field.name, givenOf(cipher, dataset, field, stored)]),
    );
    return marksOf(cipher, dataset, row);
  });
  return [...new Map(marks.map((mark) => [mark.toString("hex"), mark])).values()];
}

/** As a client would give it. */
function givenOf(cipher: Cipher, { name: dataset }: DatasetEntry, field: FieldEntry, stored: Row): unknown {
  const value = stored[columnsOf(field)[0]?.[1].name ?? field.column];
  if (!field.encrypted || !isText(value)) return value;
  // As JSON writes bytes: \x and their digits.
  return cipher.open(dataset, field.name, Buffer.from(value.slice(2), "hex"));
}

function keyOf({ key }: DatasetEntry, row: Row): string | undefined {
  const parts = key.map((name) => row[name]);
  return parts.some((part) => part === null || part === undefined)
    ? undefined
    : JSON.stringify(parts.map(String));
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
