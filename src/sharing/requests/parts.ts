/** What the rooms of requests work with, and where they look things up. */
import type { Pool } from "pg";
import type { KeyedHash } from "../../database/idempotency";
import { type Catalogue, CITY, type Code, contains, rangeOf } from "../../declare";
import type { RightsStore } from "../../identity";
import { divisionsAmong, SystemRows } from "../../read";

/** Time as the hub takes it; tests steer it. */
export type Now = () => Date;

export interface RequestParts {
  readonly catalogue: Catalogue;
  /** A pool that writes. */
  readonly pool: Pool;
  readonly rights: Pick<RightsStore, "current" | "refresh" | "purposes">;
  readonly now: Now;
  /** For the keys of filings that may be sent again. */
  readonly hash: KeyedHash;
}

/** Where look-ups are made: in the pool, or in a transaction that runs. */
export interface Place {
  readonly catalogue: Catalogue;
  readonly pool: Pick<Pool, "query">;
}

/** Names of registered departments among these codes. */
export async function departmentsAmong(
  { catalogue, pool }: Place,
  codes: readonly string[],
): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = new SystemRows(catalogue, pool, "departments of a request");
  const where = { code: { in: [...new Set(codes)] } };
  const found = await rows.select({ dataset: "department", fields: ["code", "name"], where });
  return new Map(found.map(({ code, name }) => [String(code), String(name)]));
}

/** Territories of items that are no divisions of the city now: a grant of one would mean what nobody judged. */
export async function strangersAmong(
  { catalogue, pool }: Place,
  items: readonly { readonly territory: Code }[],
): Promise<Code[]> {
  const codes = [...new Set(items.map((item) => item.territory))];
  const known = await divisionsAmong(new SystemRows(catalogue, pool, "territories of a request"), codes);
  return codes.filter((code) => !known.has(code) || !contains(rangeOf(CITY), code));
}
