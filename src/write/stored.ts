/** Brings values into their columns: sealed with hash and masked form where encrypted, masked beside where declared. */
import { type DatasetEntry, type FieldEntry, masked } from "../declare";
import type { Cipher } from "../declare/cipher";
import type { Values } from "./value";

/** Columns by the names of the entity's properties, as `columnsOf` names them. */
export function storedOf(dataset: DatasetEntry, values: Values, cipher: Cipher): Record<string, unknown> {
  const stored: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = dataset.fields.find((f) => f.name === name);
    if (field) Object.assign(stored, columnsOfValue(dataset, field, value, cipher));
  }
  return stored;
}

function columnsOfValue(
  dataset: DatasetEntry,
  field: FieldEntry,
  value: Values[string],
  cipher: Cipher,
): Record<string, unknown> {
  const { name, mask } = field;
  if (field.encrypted && mask) {
    if (value === null) return { [name]: null, [`${name}Masked`]: null, [`${name}Hash`]: null };
    const sealed = cipher.seal(dataset.name, name, String(value), mask);
    return { [name]: sealed.value, [`${name}Masked`]: sealed.masked, [`${name}Hash`]: sealed.hash };
  }
  if (mask === "ADDRESS")
    return { [name]: value, [`${name}Masked`]: value === null ? null : masked(mask, String(value)) };
  return { [name]: value };
}
