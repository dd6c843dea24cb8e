/** Fields that repeat what a linked row says, for a batch: taken over from the rows it names, handed on where it leads. */
import type { ClientBase } from "pg";
import type { Catalogue, DatasetEntry } from "../../declare";
import type { SystemRows } from "../../read";
import { absent } from "../check";
import { followersOf, leadLock, targetOf } from "../follow";
import type { Value } from "../value";
import type { Candidate } from "./candidate";
import type { ChangedRow } from "./judge";
import { quoted, type Target } from "./target";

/** Puts the linked rows' word in the place of the file's. */
export async function applyFollows(
  client: ClientBase,
  rows: SystemRows,
  catalogue: Catalogue,
  dataset: DatasetEntry,
  candidates: readonly Candidate[],
): Promise<void> {
  for (const { field, through, reads, value } of dataset.follows ?? []) {
    const leader = targetOf(catalogue, dataset, through);
    const nameOf = ({ values, stored }: Candidate) => values[through] ?? stored?.values[through] ?? null;
    const uuids = [...new Set(candidates.map(nameOf).filter((name) => name !== null))].map(String);
    if (uuids.length === 0) continue;
    await client.query("SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))", [leadLock(leader)]);
    const linked = await rows.select({ dataset: leader, fields: ["id", ...reads], uuids, retired: true });
    const said = new Map(linked.map((row): [unknown, Value] => [row.id, value(row)]));
    for (const candidate of candidates) {
      const found = said.get(nameOf(candidate));
      if (found !== undefined) candidate.values[field] = found;
      // Found when the batch was prepared, and erased since.
      else if (nameOf(candidate) !== null && !candidate.problems.some((p) => p.field === through))
        candidate.problems.push(absent(catalogue.field(dataset, through)));
    }
  }
}

/** Changed rows as others follow them; keeps those who are copying from them waiting until the transaction ends. */
export async function beforeLeading(
  client: ClientBase,
  catalogue: Catalogue,
  target: Target,
  changed: readonly ChangedRow[],
  by: string,
): Promise<() => Promise<void>> {
  const { dataset } = target;
  const leading = changed.map((one) => ({ one, fields: changedFields(target, one) }));
  const others = followersOf(
    catalogue,
    dataset,
    leading.flatMap(({ fields }) => fields),
  );
  if (others.length === 0) return async () => undefined;
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [leadLock(dataset.name)]);
  return async () => {
    for (const [follower, { field, through, reads, value }] of others) {
      const columnOf = (name: string) => quoted(catalogue.field(follower, name).column);
      const byValue = new Map<Value, string[]>();
      for (const { one, fields } of leading) {
        if (!reads.some((read) => fields.includes(read))) continue;
        const said = value(one.row);
        byValue.set(said, [...(byValue.get(said) ?? []), one.stored.id]);
      }
      for (const [said, uuids] of byValue)
        await client.query(
          `UPDATE ${quoted(follower.table)} SET ${columnOf(field)} = $1, changed_by = $2
             WHERE ${columnOf(through)} = ANY($3::uuid[]) AND ${columnOf(field)} IS DISTINCT FROM $1`,
          [said, by, uuids],
        );
    }
  };
}

export function changedFields(target: Target, { row, stored }: ChangedRow): string[] {
  return target.given
    .filter(({ field, same }) => !same(stored.values[field.name] ?? null, row[field.name] ?? null))
    .map(({ field }) => field.name);
}
