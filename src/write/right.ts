/** Who may write what where: the steward with the duty, field by field, at both ends of a move (semantics 1). */
import { writable } from "../access";
import { contains, type DatasetEntry } from "../declare";
import { HubError } from "../errors";
import type { Identity, Rights } from "../identity";

/** Fields among `names` that the asker may not write in some of the territories; `undefined` stands for the row itself. */
export function unwritable(
  asker: Identity,
  dataset: DatasetEntry,
  rights: Rights,
  names: readonly (string | undefined)[],
  territories: readonly string[],
): (string | undefined)[] {
  const at = new Date();
  return names.filter((name) => {
    const ranges = writable(asker, dataset, rights, at, name);
    return !territories.every((code) => ranges.some((range) => contains(range, code)));
  });
}

/** Whether the asker may write rows of the dataset somewhere. */
export function writesSomewhere(asker: Identity, dataset: DatasetEntry, rights: Rights): boolean {
  return writable(asker, dataset, rights, new Date()).length > 0;
}

export function forbidden(dataset: DatasetEntry, fields: readonly (string | undefined)[]): HubError {
  const named = fields.filter((f) => f !== undefined);
  const which = named.length > 0 ? `字段 ${named.join("、")} ` : "";
  return new HubError(
    "FORBIDDEN",
    `${which}由数源部门的数据管理员在其属地内维护。Written by the stewards of ${dataset.name}${
      named.length > 0 ? ` (${named.join(", ")})` : ""
    } in their own territory alone`,
    { dataset: dataset.name, ...(named.length > 0 && { fields: named }) },
  );
}

/** Who wrote, as `createdBy` and `changedBy` keep it. */
export function signature({ department, subject }: Identity): string {
  return `${department.code}/${subject}`.slice(0, 160);
}
