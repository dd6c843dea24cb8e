/** Rules across rows: one writer at a time looks at the rows that share a value, so that two cannot break a rule together. */
import type { EntityManager } from "typeorm";
import type { DatasetEntry, SharedRule } from "../declare";
import { ruleProblem } from "./check";
import type { LookUps } from "./look-ups";
import type { Problem } from "./problem";

/** Rules among the dataset's that a change of these fields can break. */
export function sharedRulesOf(dataset: DatasetEntry, changed: readonly string[]): SharedRule[] {
  return (dataset.sharedRules ?? []).filter((rule) =>
    [rule.same, ...rule.fields].some((field) => changed.includes(field)),
  );
}

/** Shared by writers of single rows; whoever writes many at once holds it alone instead of a lock for each value. */
export function sharedRulesLock(dataset: DatasetEntry): string {
  return `${dataset.name} shared rules`;
}

/** Broken rules of `row`, as it will be stored; holds the locks until the transaction ends. */
export async function sharedProblems(
  manager: EntityManager,
  dataset: DatasetEntry,
  rules: readonly SharedRule[],
  row: Readonly<Record<string, unknown>>,
  lookUps: LookUps,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  if (rules.length > 0)
    await manager.query("SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))", [
      sharedRulesLock(dataset),
    ]);
  // In one order for all writers, else two of them could wait for each other.
  for (const rule of [...rules].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    const value = row[rule.same];
    if (value === null || value === undefined) continue;
    await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [
      `${dataset.name}.${rule.same}=${String(value)}`,
    ]);
    const rows = await lookUps.rows(dataset.name, rule.same, value, rule.fields);
    if (
      !rule.holds(
        row,
        rows.filter((other) => other.id !== row.id),
      )
    )
      problems.push(ruleProblem(rule));
  }
  return problems;
}
