/** What of a dataset is about persons: whole rows, or the fields of a row that name somebody beside it. */
import type { DatasetEntry, FieldEntry } from "./catalogue";

export function isPersonal({ personal }: FieldEntry): boolean {
  return personal === "PERSONAL" || personal === "SENSITIVE";
}

/** Each row is a person, or a record of one: whatever it says is said of somebody. */
export function isOfPerson({ fields }: DatasetEntry): boolean {
  const told = fields.filter(({ key, generated }) => !key && !generated);
  return told.length > 0 && told.every(isPersonal);
}

/** Fields that an erasure empties in a row that is not a person's own. What a list of values leaves says nothing of who. */
export function namingFields(dataset: DatasetEntry): FieldEntry[] {
  return isOfPerson(dataset) ? [] : dataset.fields.filter((f) => isPersonal(f) && !f.key && !f.required);
}

/** Datasets whose rows are each of a person of this one, with the field that says whose. */
export function recordsOf(
  kept: readonly DatasetEntry[],
  dataset: DatasetEntry,
): { readonly dataset: DatasetEntry; readonly by: FieldEntry }[] {
  return kept.flatMap((held) => {
    const by = held.fields.find((f) => f.name === held.person && f.references === dataset.name);
    return by ? [{ dataset: held, by }] : [];
  });
}
