/** Decides for each row of a batch: new, changed, unchanged or refused, and why. */
import { rowProblems } from "../check";
import type { Problem } from "../problem";
import type { Value } from "../value";
import type { Candidate, Stored } from "./candidate";
import { type Importer, within } from "./importer";
import type { Target } from "./target";

export interface Refusal {
  readonly line: number;
  readonly problems: readonly Problem[];
}

export interface NewRow {
  readonly line: number;
  readonly row: Readonly<Record<string, Value>>;
}

export interface ChangedRow extends NewRow {
  readonly stored: Stored;
}

export interface Verdict {
  readonly added: NewRow[];
  readonly changed: ChangedRow[];
  unchanged: number;
  readonly refused: Refusal[];
}

export function judge(target: Target, importer: Importer, candidates: readonly Candidate[]): Verdict {
  const verdict: Verdict = { added: [], changed: [], unchanged: 0, refused: [] };
  for (const candidate of candidates) {
    if (candidate.stored) judgeKnown(target, importer, candidate, candidate.stored, verdict);
    else judgeNew(target, importer, candidate, verdict);
  }
  return verdict;
}

function judgeNew(target: Target, importer: Importer, candidate: Candidate, verdict: Verdict): void {
  const { line, values } = candidate;
  const row: Readonly<Record<string, Value>> = { source: importer.department, ...values };
  const problems = problemsOf(candidate, rowProblems(target.dataset, row));
  if (typeof row.territory === "string") problems.push(...mayAdd(target, importer, row, row.territory));
  if (problems.length > 0) verdict.refused.push({ line, problems });
  else verdict.added.push({ line, row });
}

function mayAdd(
  target: Target,
  importer: Importer,
  row: Readonly<Record<string, Value>>,
  territory: string,
): Problem[] {
  if (!within(importer.rows, territory)) return [OUTSIDE];
  return target.given
    .filter(({ field }) => row[field.name] !== null && !within(importer.fieldRanges(field.name), territory))
    .map(({ field }) => notYours(field.name));
}

function judgeKnown(
  target: Target,
  importer: Importer,
  candidate: Candidate,
  stored: Stored,
  verdict: Verdict,
): void {
  const { line, values } = candidate;
  const here = String(stored.values.territory);
  // Before any comparison: whether a row elsewhere is the same is none of the importer's business (semantics 17).
  if (!target.given.some(({ field }) => within(importer.fieldRanges(field.name), here))) {
    verdict.refused.push({ line, problems: [...candidate.problems, TAKEN] });
    return;
  }
  const changed: string[] = [];
  for (const { field, same } of target.given) {
    const given = values[field.name];
    if (given !== undefined && !same(stored.values[field.name] ?? null, given)) changed.push(field.name);
  }
  if (changed.length === 0 && candidate.problems.length === 0) {
    verdict.unchanged++;
    return;
  }
  const row = { ...stored.values, ...values };
  const problems = problemsOf(candidate, rowProblems(target.dataset, row, changed));
  problems.push(...mayChange(importer, changed, here, String(row.territory)));
  if (problems.length > 0) verdict.refused.push({ line, problems });
  else verdict.changed.push({ line, row, stored });
}

/** Moving a row needs the right at both ends. */
function mayChange(importer: Importer, changed: readonly string[], here: string, there: string): Problem[] {
  const problems = changed.filter((name) => !within(importer.fieldRanges(name), here)).map(notYours);
  if (there !== here && !within(importer.rows, there)) problems.push(OUTSIDE);
  return problems;
}

const OUTSIDE: Problem = {
  field: "territory",
  rule: "OUTSIDE_TERRITORY",
  problem: "不在本部门可维护的属地之内。Outside the territory in which you may write",
};

const TAKEN: Problem = {
  field: "",
  rule: "DUPLICATE_KEY",
  problem: "业务主键已被占用。The business key is taken",
};

function notYours(field: string): Problem {
  return {
    field,
    rule: "OTHER_STEWARD",
    problem:
      "该字段由其他部门维护，此处不得改变。Another department is its steward: it may not be changed here",
  };
}

/** A value that is wrong in itself is not also missing, and says nothing about rules over several fields. */
function problemsOf(candidate: Candidate, rules: readonly Problem[]): Problem[] {
  const { problems } = candidate;
  if (problems.length === 0) return [...rules];
  const wrong = new Set(problems.map((p) => p.field));
  if (wrong.has("")) return [...problems];
  const others = rules.filter((p) => !(p.fields ?? [p.field]).some((name) => wrong.has(name)));
  return [...problems, ...others];
}
