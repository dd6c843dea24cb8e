/** What the rooms of corrections work with. */
import type { ClientBase, Pool } from "pg";
import type { Catalogue } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import { HubError } from "../../errors";
import type { RightsStore } from "../../identity";
import { SystemRows } from "../../read";
import type { Disputed } from "./store";

export interface CorrectionParts {
  readonly catalogue: Catalogue;
  readonly cipher: Cipher;
  /** A pool that writes. */
  readonly pool: Pool;
  readonly rights: Pick<RightsStore, "current">;
  readonly now: () => Date;
}

/** The row's version now; with `hold` it stays so until the transaction ends. */
export async function versionOf(
  { catalogue }: Pick<CorrectionParts, "catalogue">,
  client: ClientBase,
  { dataset, row }: Disputed,
  hold = false,
): Promise<{ readonly version: number; readonly retired: boolean } | undefined> {
  const rows = new SystemRows(catalogue, client as ClientBase & Pool, "version of a corrected row");
  const wanted = { dataset, fields: ["version", "retiredAt"], uuids: [row], retired: true, hold };
  const [found] = await rows.select(wanted);
  return found && { version: Number(found.version), retired: found.retiredAt !== null };
}

export function refused(reason: string, message: string, facts: Readonly<Record<string, unknown>>): HubError {
  return new HubError("BAD_USER_INPUT", message, { ...facts, reason });
}

export function notFound(): HubError {
  return new HubError("NOT_FOUND", "没有这样的校核，或不在可见范围。No such correction within your reach");
}
