/** Rules and runs of retention as rows: added, closed once, and never changed. */
import type { ClientBase, Pool } from "pg";
import { v7 } from "uuid";
import { instantSql } from "../../database/instant";
import type { Day } from "../clock";
import type { GivenRule } from "./rule-file";
import type { RetentionRule } from "./rules";

/** The office that brings rules by the command line. */
export const OPERATORS = "system";

export async function readRules(client: Pool | ClientBase): Promise<RetentionRule[]> {
  const { rows } = await client.query<{ rules: RetentionRule[] }>(
    `SELECT coalesce(json_agg(json_strip_nulls(json_build_object('id', id, 'dataset', dataset, 'starts', starts,
       'months', months, 'act', act, 'territory', territory, 'basis', basis, 'from', in_force_from,
       'until', in_force_until, 'department', department, 'decidedBy', decided_by, 'decidedAt', ${instantSql("decided_at")},
       'endReason', end_reason)) ORDER BY dataset, decided_at, id), '[]') AS rules FROM retention_rule`,
  );
  return rows[0]?.rules ?? [];
}

export interface Deciding {
  readonly department: string;
  readonly by: string;
  readonly at: Date;
}

export async function insertRule(
  client: Pool | ClientBase,
  rule: GivenRule,
  { department, by, at }: Deciding,
) {
  const id = v7();
  await client.query(
    `INSERT INTO retention_rule (id, dataset, starts, months, act, territory, basis, in_force_from, in_force_until,
       department, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[id, rule.dataset, rule.starts, rule.months, rule.act, rule.territory, rule.basis.trim()],
      ...[rule.from, rule.until ?? null, department, by, at],
    ],
  );
  return id;
}

/** False where it has ended before. A rule that was yet to begin never does. */
export async function endRule(
  client: Pool | ClientBase,
  id: string,
  { by, at, day, reason }: { by: string; at: Date; day: Day; reason: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE retention_rule SET in_force_until = greatest(in_force_from, least(in_force_until, $2::date)), ended_by = $3,
       ended_at = $4, end_reason = $5 WHERE id = $1 AND ended_at IS NULL AND coalesce(in_force_until > $2::date, true)`,
    [id, day, by, at, reason],
  );
  return rowCount === 1;
}

export interface RuleImport {
  readonly added: number;
  readonly kept: number;
  readonly ended: number;
}

const SAME = ["dataset", "starts", "months", "act", "territory", "basis", "from", "until"] as const;
const wordsOf = (rule: GivenRule) => JSON.stringify(SAME.map((name) => rule[name] ?? null));

/** Makes what the operators brought for the file's datasets what the file says; what bureaus decided stays. */
export async function storeRules(
  client: ClientBase,
  given: readonly GivenRule[],
  { by, at, day }: { by: string; at: Date; day: Day },
): Promise<RuleImport> {
  const named = new Set(given.map(({ dataset }) => dataset));
  const standing = (await readRules(client)).filter(
    (rule) =>
      rule.department === OPERATORS &&
      named.has(rule.dataset) &&
      (rule.until === undefined || rule.until > day),
  );
  const wanted = new Map(given.map((rule) => [wordsOf(rule), rule]));
  const gone = standing.filter((rule) => !wanted.has(wordsOf(rule)));
  for (const { id } of gone) await endRule(client, id, { by, at, day, reason: "hub retention rules import" });
  for (const rule of standing) wanted.delete(wordsOf(rule));
  for (const rule of wanted.values()) await insertRule(client, rule, { department: OPERATORS, by, at });
  return { added: wanted.size, kept: standing.length - gone.length, ended: gone.length };
}
