/** Rows that a run froze, and that a later rule deletes: they are out of the tables, so that their sealed content tells the day. */
import type { Pool } from "pg";
import { contains, rangeOf } from "../../declare";
import { frozenValues, type Query } from "../../write";
import { type Day, dayOf } from "../clock";
import { heldSql } from "../erasures";
import type { RetentionParts } from "./parts";
import { type Bearing, isDeclared } from "./rules";
import { lastStart } from "./terms";

export interface FrozenDue {
  readonly erasure: string;
  readonly uuid: string;
  /** For a lawsuit or an inquiry. */
  readonly held: boolean;
}

/** Only where an office decided so: what a declaration says stands behind the rule that froze them. */
export async function someFrozenDue(
  { catalogue, cipher }: Pick<RetentionParts, "catalogue" | "cipher">,
  client: Pick<Pool, "query">,
  { rule }: Bearing,
  day: Day,
  within: readonly string[] = [],
): Promise<FrozenDue[]> {
  const dataset = catalogue.kept.find(({ name }) => name === rule.dataset);
  const clock = dataset?.fields.find(({ name }) => name === rule.starts);
  if (!clock || rule.act !== "DELETE" || isDeclared(rule)) return [];
  const { rows } = await client.query<{
    id: string;
    uuid: string;
    territory: string;
    sealed: Buffer;
    held: boolean;
  }>(
    `SELECT e.id, e.row_id AS uuid, e.territory, r.sealed, ${heldSql("e.id")} AS held FROM erasure e
       JOIN erased_row r ON r.erasure = e.id AND r.dataset = e.dataset AND r.row_id = e.row_id
      WHERE e.state = 'FROZEN' AND e.cause = 'RETENTION' AND e.dataset = $1 ORDER BY e.id`,
    [rule.dataset],
  );
  const last = lastStart(day, rule.months);
  const lies = [rule.territory, ...within].map((code) => rangeOf(code as typeof rule.territory));
  return rows
    .filter(({ territory }) => lies.every((range) => contains(range, territory)))
    .filter(({ id, uuid, sealed }) => {
      const started = frozenValues(cipher, id, uuid, sealed)[clock.column];
      return typeof started === "string" && dayIn(started) <= last;
    })
    .map(({ id, uuid, held }) => ({ erasure: id, uuid, held }));
}

/** A day as it stands, an instant as its day in Shanghai. */
function dayIn(text: string): Day {
  return text.length === 10 ? text : dayOf(new Date(text));
}

/** Of these erasures those that are frozen still, locked until the transaction ends, and whether something holds them back. */
export async function lockFrozen(
  query: Query,
  erasures: readonly string[],
): Promise<{ readonly id: string; readonly held: boolean }[]> {
  await query("LOCK TABLE retention_hold IN SHARE MODE", []);
  const rows = await query(
    `SELECT e.id, ${heldSql("e.id")} AS held
       FROM erasure e WHERE e.id = ANY ($1::uuid[]) AND e.state = 'FROZEN' ORDER BY e.id FOR UPDATE`,
    [erasures],
  );
  return rows as unknown as { id: string; held: boolean }[];
}

/** Where a frozen row lay; undefined where it is none. */
export async function territoryOfFrozen(
  pool: Pool,
  dataset: string,
  uuid: string,
): Promise<string | undefined> {
  const { rows } = await pool.query<{ territory: string }>(
    `SELECT e.territory FROM erasure e JOIN erased_row r ON r.erasure = e.id
      WHERE e.state = 'FROZEN' AND r.dataset = $1 AND r.row_id = $2`,
    [dataset, uuid],
  );
  return rows[0]?.territory;
}
