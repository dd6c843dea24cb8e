/** Ends open corrections with the change of the row itself, in the transaction that changes it. */
import type { DatasetEntry, FieldEntry } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import type { Settle, SettledRow, Settlement } from "../../write";
import type { CorrectionOutcome, CorrectionState } from "./steps";
import { insertCorrectionTransition } from "./store";
import { openText, sameText, spelled } from "./values";

interface OpenCorrection {
  readonly id: string;
  readonly row: string;
  readonly field: string;
  readonly state: CorrectionState;
  readonly seq: number;
  readonly found: Buffer;
  readonly proposed: Buffer;
}

/** Looks for open corrections of rows that were changed: by their index, and nothing where there are none. */
export function createSettle({ cipher, now }: { cipher: Cipher; now: () => Date }): Settle {
  return async (query, change) => {
    const { dataset, rows } = change;
    if (rows.length === 0) return;
    const open = (await query(
      `SELECT id, row_id AS row, field, state, seq, found, proposed FROM correction
        WHERE open AND dataset = $1 AND row_id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE`,
      [dataset.name, rows.map(({ uuid }) => uuid)],
    )) as unknown as OpenCorrection[];
    if (open.length === 0) return;
    const changed = new Map(rows.map((row) => [row.uuid, row]));
    for (const correction of open) {
      const row = changed.get(correction.row) as SettledRow;
      const end = row.retired ? RETIRED : correctedBy(cipher, dataset, correction, row);
      if (end)
        await insertCorrectionTransition(query, correction.id, ended(correction, row, end, change, now()));
    }
  };
}

interface End {
  readonly act: "CORRECT" | "RETIRE";
  readonly to: "CORRECTED" | "RETIRED";
  readonly outcome?: CorrectionOutcome;
}

const RETIRED: End = { act: "RETIRE", to: "RETIRED" };

/** Undefined where the field says what it said: an encrypted one is written anew even so. */
function correctedBy(
  cipher: Cipher,
  dataset: DatasetEntry,
  { id, field: name, found, proposed }: OpenCorrection,
  { values }: SettledRow,
): End | undefined {
  const field = dataset.fields.find((f): f is FieldEntry => f.name === name);
  const value = values[name];
  if (!field || value === undefined) return undefined;
  const place = { dataset: dataset.name, field };
  const said = spelled(field, value);
  if (sameText(cipher, place, said, openText(cipher, id, "found", found))) return undefined;
  const asProposed = sameText(cipher, place, said, openText(cipher, id, "proposed", proposed));
  return { act: "CORRECT", to: "CORRECTED", outcome: asProposed ? "AS_PROPOSED" : "OTHERWISE" };
}

function ended(
  { state, seq }: OpenCorrection,
  { version }: SettledRow,
  end: End,
  { actor, department }: Settlement,
  at: Date,
) {
  const whose =
    department === "system"
      ? ({ party: "hub", duty: "system" } as const)
      : ({ party: "provider", duty: "steward" } as const);
  const versions = { versionBefore: version, versionAfter: version + 1 };
  return { ...end, ...whose, ...versions, seq: seq + 1, at, from: state, actor, department };
}
