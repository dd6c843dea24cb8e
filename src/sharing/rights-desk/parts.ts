/** What the rooms of the rights desk work with, and what they share. */
import type { Pool } from "pg";
import type { Catalogue, DatasetEntry } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import { HubError } from "../../errors";
import type { RightsStore } from "../../identity";
import { type SystemRow, SystemRows } from "../../read";
import type { Eraser, Writer } from "../../write";

export interface DeskParts {
  readonly catalogue: Catalogue;
  readonly cipher: Cipher;
  /** A pool that writes. */
  readonly pool: Pool;
  readonly rights: Pick<RightsStore, "current">;
  /** The ordinary write path: the desk changes a row as its steward does, and in no other way. */
  readonly writer: Pick<Writer, "update">;
  /** Takes a row out in the transaction of the step that decides it. */
  readonly eraser: Pick<Eraser, "erase" | "freeze">;
  readonly now: () => Date;
}

/** What the desk itself must know of the row, in use or not; nothing of it is shown. */
export async function rowOf(
  { catalogue, pool }: { readonly catalogue: Catalogue; readonly pool: Pick<Pool, "query"> },
  { name, consent }: DatasetEntry,
  uuid: string,
): Promise<SystemRow | undefined> {
  const rows = new SystemRows(catalogue, pool, "case of the rights desk");
  const told = [consent?.field, consent?.guardian].filter((field) => field !== undefined);
  const fields = ["territory", "version", "retiredAt", ...told];
  const [row] = await rows.select({ dataset: name, fields, uuids: [uuid], retired: true });
  return row;
}

export function refused(reason: string, message: string, facts: Readonly<Record<string, unknown>>): HubError {
  return new HubError("BAD_USER_INPUT", message, { ...facts, reason });
}

export function notFound(): HubError {
  return new HubError("NOT_FOUND", "没有这样的事项，或不在可见范围。No such case within your reach");
}

/** Texts of one case at rest: bound to their place in it, so that none can stand in for another. */
export function sealText(cipher: Cipher, id: string, what: string, text: string): Buffer {
  // The mask is of no use here, the cipher wants one.
  return cipher.seal("rightsCase", `${id} ${what}`, text, "NAME").value;
}

export function openText(cipher: Cipher, id: string, what: string, sealed: string): string {
  return cipher.open("rightsCase", `${id} ${what}`, Buffer.from(sealed, "base64"));
}
