/** What was frozen while a hold was on it is not erased before the hold is lifted. */
import { HubError } from "../../errors";
import type { Query } from "../../write";

/** A condition on the erasure of this id; a hold may be on any of its rows. */
export const heldSql = (erasure: string) => `EXISTS (SELECT FROM retention_hold h JOIN erased_row held
  ON held.dataset = h.dataset AND held.row_id = h.row_id WHERE held.erasure = ${erasure} AND h.lifted_at IS NULL)`;

export async function refuseHeld(query: Query, erasure: string): Promise<void> {
  const [found] = await query(`SELECT ${heldSql("$1")} AS held`, [erasure]);
  if (found?.held)
    throw new HubError(
      "BAD_USER_INPUT",
      "因诉讼、检查等保留，不能删除；先解除保留（liftRetentionHold）。It is held for a lawsuit or an inquiry: lift the hold first",
      { argument: "act", reason: "HELD", erasure },
    );
}
