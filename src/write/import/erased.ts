/** Moves rows of a batch that would record an erased or frozen person anew to the refused. */
import type { Cipher } from "../../declare/cipher";
import { erasedProblems, namedIn } from "../erasing";
import type { Problem } from "../problem";
import type { Query } from "../settle";
import { changedFields } from "./follow";
import type { ChangedRow, NewRow, Verdict } from "./judge";
import { keep } from "./shared";
import type { Target } from "./target";

export async function applyErased(
  query: Query,
  cipher: Cipher,
  target: Target,
  verdict: Verdict,
): Promise<void> {
  const judged: readonly (NewRow | ChangedRow)[] = [...verdict.added, ...verdict.changed];
  if (judged.length === 0) return;
  const rows = judged.map((one) => writtenOf(target, one));
  const problems = await erasedProblems(query, cipher, target.dataset, rows);
  const refused = new Map<NewRow, Problem[]>();
  judged.forEach((one, i) => {
    const problem = problems[i];
    if (problem) refused.set(one, [problem]);
  });
  if (refused.size === 0) return;
  for (const [{ line }, found] of refused) verdict.refused.push({ line, problems: found });
  verdict.refused.sort((a, b) => a.line - b.line);
  keep(verdict.added, refused);
  keep(verdict.changed, refused);
}

/** Of a changed row what changes: of encrypted fields only these are at hand as themselves. */
function writtenOf(target: Target, one: NewRow | ChangedRow): Readonly<Record<string, unknown>> {
  if (!("stored" in one)) return one.row;
  return namedIn(target.dataset, one.row, changedFields(target, one));
}
