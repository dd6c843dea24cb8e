/** Rows that a run froze, and that a later rule deletes: they are out of the tables, so that their sealed content tells the day. */
import type { Pool } from "pg";
import { contains, rangeOf } from "../../declare";
import { frozenValues } from "../../write";
import { type Day, dayOf } from "../clock";
import { heldSql } from "../erasures";
import type { RetentionParts } from "./parts";
import { type Bearing, isDeclared } from "./rules";
import { lastStart } from "./terms";

export interface FrozenDue {
  readonly erasure: string;
  readonly uuid: string;
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
  const { rows } = await client.query<{ id: string; uuid: string; territory: string; sealed: Buffer }>(
    `SELECT e.id, e.row_id AS uuid, e.territory, r.sealed FROM erasure e
       JOIN erased_row r ON r.erasure = e.id AND r.dataset = e.dataset AND r.row_id = e.row_id
      WHERE e.state = 'FROZEN' AND e.cause = 'RETENTION' AND e.dataset = $1 AND NOT ${heldSql("e.id")}
      ORDER BY e.id`,
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
    .map(({ id, uuid }) => ({ erasure: id, uuid }));
}

/** A day as it stands, an instant as its day in Shanghai. */
function dayIn(text: string): Day {
  return text.length === 10 ? text : dayOf(new Date(text));
}
