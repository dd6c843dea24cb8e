/** The lines of a division change: which code gives way to which, from when, decided by which document. */
import { type Code, DateScalar, LEVEL_DIGITS, levelOf, prefixOf } from "../../declare";
import { divisionProblem } from "../../declare/code/division-code";
import { dayInChina } from "../../declare/code/identity-number";
import { HubError } from "../../errors";
import { openRecords } from "../import/records";
import type { SourceFile } from "../import/source-file";

export interface Change {
  /** Line of the file. */
  readonly line: number;
  readonly from: Code;
  readonly to: Code;
  /** Day from which the new code holds, yyyy-mm-dd. */
  readonly validFrom: string;
  /** Number of the decision. */
  readonly basis: string;
}

/** Columns of the file, by the first of their titles. */
const TITLES = [
  ["oldcode", "原代码"],
  ["newcode", "新代码"],
  ["validfrom", "生效日期"],
  ["basis", "依据文号"],
] as const;

/** A city has 1,500 divisions. */
const MOST = 5_000;

/** The lines in the order of the file; throws BAD_USER_INPUT with everything that is wrong in themselves. */
export async function readChanges(file: SourceFile): Promise<Change[]> {
  const { header, batches } = await openRecords(file, MOST);
  const rows = (await batches.next()).value ?? [];
  await batches.return();
  const titles = header.cells.map((cell) => cell.toLowerCase().replace(/[\s_\ufeff-]/g, ""));
  const places = TITLES.map((names) =>
    titles.findIndex((title) => (names as readonly string[]).includes(title)),
  );
  if (places.includes(-1) || rows.length === 0 || rows.length === MOST)
    throw new HubError(
      "BAD_USER_INPUT",
      "文件应有“原代码、新代码、生效日期、依据文号”四列，每行一个代码。The file has the columns oldCode, newCode, validFrom, basis, and a line for each code",
      { argument: "file" },
    );
  const changes = rows.map(({ line, cells }): Change => {
    const [from = "", to = "", validFrom = "", basis = ""] = places.map((at) => (cells[at] ?? "").trim());
    return { line, from, to, validFrom, basis };
  });
  refuseLines(changes.flatMap((change) => ownProblems(change).map((problem) => at(change, problem))));
  return changes;
}

export const at = ({ line, from }: Change, problem: string) => `第 ${line} 行 ${from}：${problem}`;

/** Refuses the whole file with all that is wrong. */
export function refuseLines(lines: readonly string[]): void {
  if (lines.length === 0) return;
  throw new HubError("BAD_USER_INPUT", `区划变更不能执行。The change cannot be made.\n${lines.join("\n")}`, {
    argument: "file",
    problems: lines,
  });
}

function ownProblems({ from, to, validFrom, basis }: Change): string[] {
  const form = [from, to].map(divisionProblem).filter((problem) => problem !== undefined);
  if (form.length > 0) return form;
  const problems: string[] = [];
  if (from === to) problems.push("新旧代码相同。The codes are the same");
  else if (levelOf(from) !== levelOf(to)) problems.push("新旧代码级别不同。The codes are of two levels");
  if (!isDay(validFrom))
    problems.push("生效日期应为 yyyy-mm-dd，且不晚于今天。A day, yyyy-mm-dd, not after today");
  if (basis === "" || basis.length > 80)
    problems.push(
      "依据文号必填，至多 80 字。The number of the decision is required, of 80 characters at most",
    );
  return problems;
}

/** Rows are re-coded at once, so that a change of a later day waits for its day. */
function isDay(text: string): boolean {
  try {
    return DateScalar.parseValue(text) === text && text <= dayInChina();
  } catch {
    return false;
  }
}

/** The node above: its code with one level of digits less. */
export function parentOf(code: Code): Code {
  const digits = prefixOf(code).length;
  const above = Object.values(LEVEL_DIGITS).filter((n) => n < digits);
  return code.slice(0, Math.max(2, ...above)).padEnd(12, "0");
}
