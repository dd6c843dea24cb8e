/** Whether a division change may be made: against the division tree, and as a function from old codes to new ones. */
import { type Code, levelOf, prefixOf } from "../../declare";
import type { SystemRow, SystemRows } from "../../read";
import { WORKING, WORKING_NODE } from "../../read/registers";
import { at, type Change, parentOf } from "./change";

/** Lines for codes that are to become several: which row goes where only a person can say. */
export function splits(changes: readonly Change[]): Change[] {
  const first = new Map<Code, Change>();
  for (const change of changes) if (!first.has(change.from)) first.set(change.from, change);
  return changes.filter((change) => first.get(change.from) !== change);
}

/** Everything that the division tree holds against the changes. */
export async function treeProblems(rows: SystemRows, changes: readonly Change[]): Promise<string[]> {
  const codes = [...new Set(changes.flatMap(({ from, to }) => [from, to, parentOf(to)]))];
  const known = await divisions(rows, { code: { in: codes } }, true);
  const inUse = new Map(known.filter((d) => d.retiredAt === null).map((d) => [d.code, d]));
  const given = new Set(known.filter((d) => d.retiredAt !== null && d.successorNode).map((d) => d.code));
  const leaving = new Set(changes.map(({ from }) => from));
  const problems = changes.flatMap((change) => {
    const { from, to } = change;
    const [before, after] = [inUse.get(from), inUse.get(to)];
    const own: string[] = [];
    if (!before) own.push("原代码不是在用区划。The old code is no division in use");
    if (!after)
      own.push(`新代码 ${to} 不是在用区划，请先登记。The new code is no division in use: enter it first`);
    if (before && after) own.push(...datesAgainst(change, before, after));
    // Decisions, tokens and versions of rows may still speak of the code as what it was.
    if (leaving.has(to)) own.push(`新代码 ${to} 在同一变更中停用。The new code leaves in the same change`);
    if (given.has(to))
      own.push(`新代码 ${to} 曾经停用，不得再用。The new code was in use before and is not given again`);
    if (leaving.has(parentOf(to)) || !inUse.has(parentOf(to)))
      own.push(`新代码 ${to} 的上级不是在用区划。No division in use lies above the new code`);
    return own.map((problem) => at(change, problem));
  });
  return [...problems, ...(await leftBehind(rows, changes, leaving))];
}

function datesAgainst({ to, validFrom }: Change, before: SystemRow, after: SystemRow): string[] {
  const problems: string[] = [];
  if (before.successorNode !== `${WORKING_NODE}${to}`)
    problems.push(`区划树中其后继不是 ${to}。The division tree names another successor, or none`);
  if (isBefore(validFrom, after.validFrom) || (after.validTo && !isBefore(validFrom, after.validTo)))
    problems.push("生效日期不在新代码的有效期内。The new code is not valid on that day");
  if (isBefore(validFrom, before.validFrom) || (before.validTo && before.validTo !== validFrom))
    problems.push("生效日期与原代码的有效期不符。The day is not the end of the old code's validity");
  return problems;
}

function isBefore(day: string, other: unknown): boolean {
  return typeof other === "string" && day < other;
}

/** A street that leaves takes all its communities along, each by a line of its own. */
async function leftBehind(
  rows: SystemRows,
  changes: readonly Change[],
  leaving: ReadonlySet<Code>,
): Promise<string[]> {
  const above = changes.filter(({ from }) => levelOf(from) !== "COMMUNITY");
  if (above.length === 0) return [];
  const or = above.map(({ from }) => ({ code: { startsWith: prefixOf(from) } }));
  const below = (await divisions(rows, { or }, false)).map(({ code }) => String(code));
  return above.flatMap((change) => {
    const forgotten = below.filter((code) => code.startsWith(prefixOf(change.from)) && !leaving.has(code));
    if (forgotten.length === 0) return [];
    const named = `${forgotten.slice(0, 5).join(" ")}${forgotten.length > 5 ? " …" : ""}`;
    return [
      at(
        change,
        `其下 ${forgotten.length} 个在用区划未列入。Divisions below it are not in the file: ${named}`,
      ),
    ];
  });
}

const FIELDS = ["code", "successorNode", "validFrom", "validTo", "retiredAt"];

function divisions(rows: SystemRows, where: object, retired: boolean): Promise<SystemRow[]> {
  return rows.select({ dataset: "division", fields: FIELDS, where: { ...WORKING, ...where }, retired });
}
