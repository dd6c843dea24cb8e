/** Keeps fields that repeat what a linked row says: set when their row is written, and again when the linked row changes. */
import type { EntityManager } from "typeorm";
import type { Catalogue, DatasetEntry, Follows } from "../declare";
import { absent } from "./check";
import type { LookUps } from "./look-ups";
import { refuse } from "./problem";
import type { Store } from "./store";
import type { Value, Values } from "./value";

type Row = Readonly<Record<string, unknown>>;

/** Values that the row takes over from the rows it names; they can no longer change before the transaction ends. */
export async function followed(
  manager: EntityManager,
  catalogue: Catalogue,
  dataset: DatasetEntry,
  row: Row,
  lookUps: LookUps,
): Promise<Values> {
  const values: Record<string, Value> = {};
  for (const { field, through, value } of dataset.follows ?? []) {
    const named = row[through];
    if (typeof named !== "string") continue;
    const target = targetOf(catalogue, dataset, through);
    await manager.query("SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))", [leadLock(target)]);
    const linked = await lookUps.row(target, named);
    if (linked) values[field] = value(linked);
    // Found when the row was checked, and erased since.
    else refuse(dataset.name, [absent(catalogue.field(dataset, through))]);
  }
  return values;
}

/** Fields that others follow are about to change: waits for those who are copying them, and keeps new ones waiting. */
export async function beforeLeading(
  manager: EntityManager,
  catalogue: Catalogue,
  dataset: DatasetEntry,
  changed: readonly string[],
): Promise<void> {
  if (followersOf(catalogue, dataset, changed).length > 0)
    await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [leadLock(dataset.name)]);
}

/** Sets the fields that follow a changed row, in all rows that name it, retired ones too. */
export async function leadOthers(
  manager: EntityManager,
  catalogue: Catalogue,
  store: Store,
  {
    dataset,
    after,
    changed,
    by,
  }: { dataset: DatasetEntry; after: Row; changed: readonly string[]; by: string },
): Promise<void> {
  for (const [follower, { field, through, value }] of followersOf(catalogue, dataset, changed))
    await store.updateFollowers(
      manager,
      follower,
      { field, through, uuid: String(after.id), value: value(after) },
      by,
    );
}

/** Datasets with a field that follows one of these. */
export function followersOf(
  catalogue: Catalogue,
  leader: DatasetEntry,
  changed: readonly string[],
): [DatasetEntry, Follows][] {
  return catalogue.kept.flatMap((dataset) =>
    (dataset.follows ?? [])
      .filter(
        ({ through, reads }) =>
          targetOf(catalogue, dataset, through) === leader.name && reads.some((f) => changed.includes(f)),
      )
      .map((follows): [DatasetEntry, Follows] => [dataset, follows]),
  );
}

export function targetOf(catalogue: Catalogue, dataset: DatasetEntry, through: string): string {
  const { references } = catalogue.field(dataset, through);
  if (!references) throw new Error(`${dataset.name}.${through} references no dataset to follow`);
  return references;
}

/** Shared by those who copy from rows of the dataset, held alone by who changes what is copied. */
export function leadLock(dataset: string): string {
  return `${dataset} followed`;
}
