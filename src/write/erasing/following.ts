/** Brings rows that were put back to what the rows they follow say now: consent may have been withdrawn meanwhile. */
import type { ClientBase } from "pg";
import type { Catalogue, DatasetEntry } from "../../declare";
import { HubError } from "../../errors";
import { SystemRows } from "../../read";
import { leadLock, targetOf } from "../follow";
import { quoted } from "../import/target";

/** Refuses where a person named by a row is held no more: the row would be about nobody who can be asked. */
export async function followAnew(
  client: ClientBase,
  catalogue: Catalogue,
  dataset: DatasetEntry,
  uuid: string,
  by: string,
): Promise<void> {
  const system = new SystemRows(catalogue, client, "a row that is put back");
  const one = (name: string, id: string, fields: readonly string[]) =>
    system.select({ dataset: name, fields: ["id", ...fields], uuids: [id], retired: true });
  const named = [...new Set([...(dataset.follows ?? []).map((f) => f.through), ...personOf(dataset)])];
  const [row] = await one(dataset.name, uuid, named);
  for (const through of row ? named : []) {
    const id = row?.[through];
    if (typeof id !== "string") continue;
    const target = targetOf(catalogue, dataset, through);
    await client.query("SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))", [leadLock(target)]);
    const follows = (dataset.follows ?? []).filter((f) => f.through === through);
    const [linked] = await one(
      target,
      id,
      follows.flatMap((f) => f.reads),
    );
    if (!linked) throw gone(dataset, target);
    for (const { field, value } of follows) {
      const column = quoted(catalogue.field(dataset, field).column);
      await client.query(
        `UPDATE ${quoted(dataset.table)} SET ${column} = $2, changed_by = $3
          WHERE id = $1 AND ${column} IS DISTINCT FROM $2`,
        [uuid, value(linked), by],
      );
    }
  }
}

function personOf({ person, fields }: DatasetEntry): string[] {
  return fields.some(({ name, references }) => name === person && references) ? [person as string] : [];
}

function gone({ name }: DatasetEntry, target: string): HubError {
  return new HubError(
    "BAD_USER_INPUT",
    `该 ${name} 所属的 ${target} 已被删除或者冻结，不能恢复。The ${target} that this ${name} belongs to is erased or frozen: it cannot be put back`,
    { argument: "act", reason: "PERSON_GONE", dataset: target },
  );
}
