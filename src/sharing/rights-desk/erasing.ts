/** Erases or freezes the row of a case, in the transaction of the step that decides it (B-40). */
import type { ClientBase, PoolClient } from "pg";
import { isOfPerson, namingFields } from "../../declare";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { type EraseOrder, unwritable } from "../../write";
import { holdEpoch } from "../erasures/erasures";
import { heldRows } from "../retention";
import { type DeskParts, refused, rowOf } from "./parts";
import type { CaseStep } from "./steps";
import type { StoredCase } from "./store";

type Fields = readonly string[] | null | undefined;

/** Names of fields are for rows that name persons beside each other; a person's own row goes whole. */
export function checkFields(
  { catalogue }: DeskParts,
  { kind, dataset: name }: StoredCase,
  { act }: CaseStep,
  fields: Fields,
): void {
  if (!fields) return;
  const dataset = catalogue.dataset(name);
  const known = kind === "ERASE" && takesOut(act) ? namingFields(dataset).map((field) => field.name) : [];
  if (fields.length > 0 && fields.every((field) => known.includes(field))) return;
  throw refused(
    "NO_SUCH_FIELDS",
    isOfPerson(dataset)
      ? `${name} 的记录整条处理，不按字段。A row of ${name} goes as a whole, not by fields`
      : `可指明的字段：${known.join("、") || "无"}。The fields that can be named: ${known.join(", ") || "none"}`,
    { argument: "fields", fields: known },
  );
}

function takesOut(act: CaseStep["act"]): boolean {
  return act === "FULFIL" || act === "FREEZE";
}

/** Version in which the row was taken out; undefined where it is not, or nothing of it is held any more. */
export async function takeOut(
  parts: DeskParts,
  asker: Identity,
  client: ClientBase,
  { id, dataset, row: uuid }: StoredCase,
  { act, duty }: CaseStep,
  reason: string | null | undefined,
  fields: Fields,
): Promise<number | undefined> {
  if (!takesOut(act)) return undefined;
  await holdRights(parts, asker, client, dataset, uuid);
  const query = async (text: string, values: unknown[]) => (await client.query(text, values)).rows;
  const order: EraseOrder = {
    ...{ dataset, uuid, fields: fields ?? undefined, cause: { kind: "RIGHTS_CASE", id } },
    by: {
      ...{ actor: asker.subject, department: asker.department.code },
      ...{ duty: duty as "decide", reason: reason ?? undefined },
    },
  };
  if (act === "FULFIL") await refuseHeld(parts, client, dataset, uuid);
  if (act === "FULFIL") return (await parts.eraser.erase(query, order))?.version;
  const frozen = await parts.eraser.freeze(query, order);
  if (frozen) return frozen.version;
  throw refused("GONE", "记录已不存在，没有可冻结的内容。The row is gone: there is nothing to freeze", {
    argument: "act",
  });
}

/** A lawsuit or an inquiry needs the row, or one of its person. */
async function refuseHeld(
  { catalogue }: DeskParts,
  client: ClientBase,
  name: string,
  uuid: string,
): Promise<void> {
  const held = await heldRows(catalogue, client as PoolClient, catalogue.dataset(name));
  if (held.get("HOLD")?.has(uuid))
    throw refused(
      "HELD",
      "记录因诉讼、检查等保留，不能删除：可以冻结（FREEZE），或者先解除保留（liftRetentionHold）。The row is held for a lawsuit or an inquiry: freeze it, or lift the hold first",
      { argument: "act" },
    );
}

/** The department must keep the row still, and goes on to until the transaction ends (semantics 7). */
async function holdRights(
  parts: DeskParts,
  asker: Identity,
  client: ClientBase,
  name: string,
  uuid: string,
): Promise<void> {
  const dataset = parts.catalogue.dataset(name);
  const rights = await parts.rights.current();
  await holdEpoch(async (text, values) => (await client.query(text, values)).rows, rights.epoch);
  const row = await rowOf({ ...parts, pool: client }, dataset, uuid);
  // The department's right, whoever of it decides.
  const department: Identity = { ...asker, duties: ["steward"] };
  if (row && unwritable(department, dataset, rights, [undefined], [String(row.territory)]).length > 0)
    throw new HubError(
      "FORBIDDEN",
      "该记录已不由本部门维护。The row is not your department's to keep any more",
      { dataset: name },
    );
}
