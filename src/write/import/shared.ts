/** Rules across rows, for a batch: its rows are laid beside those that stand, one after the other as the file has them. */
import type { ClientBase } from "pg";
import type { DatasetEntry, SharedRule } from "../../declare";
import { type SystemRow, type SystemRows, toId } from "../../read";
import { ruleProblem } from "../check";
import type { Problem } from "../problem";
import { sharedRulesLock, sharedRulesOf } from "../shared-rules";
import { sameValue, type Value } from "../value";
import type { ChangedRow, NewRow, Verdict } from "./judge";

type Row = Readonly<Record<string, unknown>>;

/** Moves rows that break a shared rule to the refused; where `alone`, other writers wait until the transaction ends. */
export async function applySharedRules(
  client: ClientBase,
  rows: SystemRows,
  dataset: DatasetEntry,
  verdict: Verdict,
  alone: boolean,
): Promise<void> {
  if (alone)
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [sharedRulesLock(dataset)]);
  const judged = [...verdict.added, ...verdict.changed].sort((a, b) => a.line - b.line);
  const broken = new Map<NewRow, Problem[]>();
  for (const rule of dataset.sharedRules ?? []) {
    const standing = await standingRows(rows, dataset, rule, judged);
    for (const one of judged) {
      if (broken.has(one) || !concerns(dataset, rule, one)) continue;
      if (!standing.admit(one, rule)) broken.set(one, [ruleProblem(rule)]);
    }
  }
  if (broken.size === 0) return;
  for (const [{ line }, problems] of broken) verdict.refused.push({ line, problems });
  verdict.refused.sort((a, b) => a.line - b.line);
  keep(verdict.added, broken);
  keep(verdict.changed, broken);
}

export function keep<T extends NewRow>(of: T[], broken: ReadonlyMap<NewRow, unknown>): void {
  of.splice(0, of.length, ...of.filter((one) => !broken.has(one)));
}

/** A change of other fields cannot break the rule. */
function concerns(dataset: DatasetEntry, rule: SharedRule, one: NewRow | ChangedRow): boolean {
  if ((one.row[rule.same] ?? null) === null) return false;
  if (!("stored" in one)) return true;
  const changed = dataset.fields
    .filter((f) => !f.encrypted && !f.generated)
    .filter((f) => !sameValue(f, one.stored.values[f.name], one.row[f.name] as Value))
    .map((f) => f.name);
  return sharedRulesOf(dataset, changed).includes(rule);
}

async function standingRows(
  rows: SystemRows,
  dataset: DatasetEntry,
  rule: SharedRule,
  judged: readonly NewRow[],
): Promise<Standing> {
  const values = new Set(judged.map(({ row }) => row[rule.same]).filter((v) => (v ?? null) !== null));
  const field = dataset.fields.find((f) => f.name === rule.same);
  const asked = [...values].map((v) => (field?.references ? toId(field.references, String(v)) : v));
  const fields = [...new Set(["id", rule.same, ...rule.fields])];
  if (asked.length === 0) return new Standing([], rule.same);
  return new Standing(
    await rows.select({ dataset: dataset.name, fields, where: { [rule.same]: { in: asked } } }),
    rule.same,
  );
}

/** Rows that share a value, as they are and as the batch makes them. */
class Standing {
  readonly #byValue = new Map<unknown, Map<unknown, Row>>();

  constructor(
    rows: readonly SystemRow[],
    readonly same: string,
  ) {
    for (const row of rows) this.#of(row[same]).set(row.id, row);
  }

  /** True where the row may stand beside the others; it is then one of them. */
  admit(one: NewRow | ChangedRow, rule: SharedRule): boolean {
    const id = "stored" in one ? one.stored.id : one;
    const beside = this.#of(one.row[this.same]);
    const others = [...beside].filter(([other]) => other !== id).map(([, row]) => row);
    if (!rule.holds(one.row, others)) return false;
    if ("stored" in one) this.#of(one.stored.values[this.same]).delete(id);
    beside.set(id, one.row);
    return true;
  }

  #of(value: unknown): Map<unknown, Row> {
    let found = this.#byValue.get(value);
    if (!found) {
      found = new Map();
      this.#byValue.set(value, found);
    }
    return found;
  }
}
