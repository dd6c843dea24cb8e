/** What holds a row back from deletion and freezing: an open correction, an open case of the person, a hold. */
import type { ClientBase, Pool } from "pg";
import { type Catalogue, type DatasetEntry, recordsOf } from "../../declare";
import { SystemRows } from "../../read";

export const HELD_BY = ["CORRECTION", "RIGHTS_CASE", "HOLD"] as const;
export type HeldBy = (typeof HELD_BY)[number];

const OPEN: Record<HeldBy, string> = {
  CORRECTION: "SELECT row_id FROM correction WHERE open AND dataset = $1",
  RIGHTS_CASE: "SELECT row_id FROM rights_case WHERE open AND dataset = $1",
  HOLD: "SELECT row_id FROM retention_hold WHERE lifted_at IS NULL AND dataset = $1",
};

/** Nothing is opened on a row between the look and the end of the transaction. */
export async function keepFromOpening(client: ClientBase): Promise<void> {
  await client.query("LOCK TABLE correction, rights_case, retention_hold IN SHARE MODE");
}

/** Rows of the dataset that are held back, by why: for what is open on themselves, or on rows of the same person. */
export async function heldRows(
  catalogue: Catalogue,
  client: Pick<Pool, "query">,
  dataset: DatasetEntry,
): Promise<ReadonlyMap<HeldBy, ReadonlySet<string>>> {
  const held = new Map<HeldBy, Set<string>>();
  for (const why of HELD_BY) {
    const open = async (name: string) =>
      (await client.query<{ row_id: string }>(OPEN[why], [name])).rows.map(({ row_id }) => row_id);
    const rows = new Set(await open(dataset.name));
    for (const { dataset: linked, by } of recordsOf(catalogue.kept, dataset))
      for (const person of await personsOf(catalogue, client, linked, by.name, await open(linked.name)))
        rows.add(person);
    held.set(why, rows);
  }
  return held;
}

async function personsOf(
  catalogue: Catalogue,
  client: Pick<Pool, "query">,
  linked: DatasetEntry,
  by: string,
  uuids: readonly string[],
): Promise<string[]> {
  if (uuids.length === 0) return [];
  const rows = new SystemRows(catalogue, client, "persons of rows that are held back");
  const found = await rows.select({ dataset: linked.name, fields: [by], uuids, retired: true });
  return found.map((row) => String(row[by]));
}
