/** Empties the sealed texts that corrections, rights cases and holds keep of an erased row; that there was one stays (B-40). */
import type { Forgotten, Query } from "../../write";

/** To be called once the erasure is written down: the tables let nothing else empty them. */
export async function forgetTexts(query: Query, rows: readonly Forgotten[]): Promise<void> {
  for (const { dataset, uuid, fields } of rows) {
    for (const statement of OF_CORRECTIONS) await query(statement, [dataset, uuid, fields ?? null]);
    for (const statement of [...OF_CASES, OF_HOLDS]) await query(statement, [dataset, uuid]);
  }
}

/** Where only some fields were emptied, corrections of the others say nothing of the person. */
const OF_CORRECTIONS = [
  `UPDATE correction_transition t SET reason = ''
     FROM correction c WHERE c.id = t.correction AND c.dataset = $1 AND c.row_id = $2
      AND ($3::text[] IS NULL OR c.field = ANY ($3::text[])) AND t.reason <> ''`,
  `UPDATE correction SET found = '', proposed = '', evidence = '', reason = '',
       usage = CASE WHEN usage IS NOT NULL THEN ''::bytea END
    WHERE dataset = $1 AND row_id = $2 AND ($3::text[] IS NULL OR field = ANY ($3::text[]))`,
];

const OF_CASES = [
  `UPDATE rights_case_transition t SET reason = ''
     FROM rights_case c WHERE c.id = t.rights_case AND c.dataset = $1 AND c.row_id = $2 AND t.reason <> ''`,
  "UPDATE rights_case SET verified_how = '', reason = '' WHERE dataset = $1 AND row_id = $2",
];

const OF_HOLDS = `UPDATE retention_hold SET reason = '', lift_reason = CASE WHEN lift_reason IS NOT NULL THEN ''::bytea END
    WHERE dataset = $1 AND row_id = $2`;
