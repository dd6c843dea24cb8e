/** The statements of a division change: counting, finding keys that would meet, and changing rows dataset by dataset. */
import type { ClientBase } from "pg";
import { type Code, type DatasetEntry, rangeOf } from "../../declare";
import type { SystemRows } from "../../read";
import { WORKING_NODE } from "../../read/registers";
import { rowProblems } from "../check";
import { quoted } from "../import/target";
import type { Change } from "./change";
import { CHANGES, type CodeColumn } from "./columns";
import type { RecodedDataset } from "./recode";

interface Coded {
  readonly dataset: DatasetEntry;
  readonly columns: readonly CodeColumn[];
}

/** Rows that hold one of these codes, by dataset; the codes are among the changes. */
export async function countRows(
  client: ClientBase,
  coded: readonly Coded[],
  codes: readonly Code[],
): Promise<Record<string, number>> {
  const only = `(SELECT old FROM ${CHANGES} WHERE old = ANY ($1::text[]))`;
  const counts: Record<string, number> = {};
  for (const { dataset, columns } of coded.filter((c) => c.columns.length > 0)) {
    const any = columns
      .map(({ moves }) => moves.replaceAll(`(SELECT old FROM ${CHANGES})`, only))
      .join(" OR ");
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${quoted(dataset.table)} t WHERE ${any}`,
      [codes],
    );
    if (rows[0]?.n) counts[dataset.name] = rows[0].n;
  }
  return counts;
}

/** New codes that stand for more than one old code did: several lines lead there, or rows in use lie there already. */
export async function inhabited(
  client: ClientBase,
  datasets: readonly DatasetEntry[],
  changes: readonly Change[],
): Promise<Code[]> {
  const targets = [...new Set(changes.map(({ to }) => to))];
  const ranges = targets.map(rangeOf);
  const found = new Set(targets.filter((code) => changes.filter(({ to }) => to === code).length > 1));
  for (const { table } of datasets) {
    const { rows } = await client.query<{ code: Code }>(
      `SELECT code FROM unnest($1::text[], $2::text[], $3::text[]) AS n(code, f, u) WHERE EXISTS (
         SELECT FROM ${quoted(table)} t WHERE retired_at IS NULL AND t.territory >= n.f AND t.territory < n.u)`,
      [targets, ranges.map((r) => r.from), ranges.map((r) => r.to)],
    );
    for (const { code } of rows) found.add(code);
  }
  return [...found];
}

/** Rows in use whose business key another row in use has, or will have; by dataset. */
export async function takenKeys(
  client: ClientBase,
  coded: readonly Coded[],
): Promise<Record<string, number>> {
  const taken: Record<string, number> = {};
  for (const { dataset, columns } of coded) {
    const key = dataset.fields.filter((f) => dataset.key.includes(f.name));
    const moving = columns.filter(({ field }) => key.includes(field));
    if (moving.length === 0) continue;
    const after = key.map((f) => columns.find((c) => c.field === f)?.after ?? `t.${quoted(f.column)}`);
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT ${moving.map((c) => c.moves).join(" OR ")} AS moved,
         count(*) OVER (PARTITION BY ${after.join(", ")}) AS holders
         FROM ${quoted(dataset.table)} t WHERE retired_at IS NULL) AS k WHERE moved AND holders > 1`,
    );
    if (rows[0]?.n) taken[dataset.name] = rows[0].n;
  }
  return taken;
}

/** Brings the codes of a dataset's rows, retired ones too, to what they are now; the trigger keeps what they were. */
export async function recodeRows(
  client: ClientBase,
  system: SystemRows,
  dataset: DatasetEntry,
  columns: readonly CodeColumn[],
  by: string,
): Promise<RecodedDataset> {
  const names = columns.map(({ field }) => field.name);
  const ruled = dataset.rules.some((rule) => rule.fields.some((name) => names.includes(name)));
  const sets = columns.map(({ name, after }) => `${quoted(name)} = ${after}`).join(", ");
  const { rows, rowCount } = await client.query<{ id: string }>(
    `UPDATE ${quoted(dataset.table)} t SET ${sets}, changed_by = $1
      WHERE ${columns.map(({ moves }) => moves).join(" OR ")} ${ruled ? "RETURNING id" : ""}`,
    [by],
  );
  const toCorrect = await brokenRules(
    system,
    dataset,
    names,
    rows.map(({ id }) => id),
  );
  return { dataset: dataset.name, fields: names, rows: rowCount ?? 0, toCorrect };
}

const AT_ONCE = 5_000;

/** Rules that codes broke: a village that became a community has a code of one kind and says the other. */
async function brokenRules(
  system: SystemRows,
  dataset: DatasetEntry,
  changed: readonly string[],
  ids: readonly string[],
): Promise<Record<string, number>> {
  const fields = dataset.fields.map((f) => f.name);
  const broken: Record<string, number> = {};
  for (let i = 0; i < ids.length; i += AT_ONCE)
    for (const row of await system.select({
      dataset: dataset.name,
      fields,
      uuids: ids.slice(i, i + AT_ONCE),
    }))
      for (const { rule } of rowProblems(dataset, row, changed)) broken[rule] = (broken[rule] ?? 0) + 1;
  return broken;
}

/** Old codes can no longer be written; what followed them, when and why stays in the tree. */
export async function retireDivisions(
  client: ClientBase,
  { table }: DatasetEntry,
  by: string,
): Promise<number> {
  const { rowCount } = await client.query(
    `UPDATE ${quoted(table)} t SET retired_at = now(), valid_to = coalesce(t.valid_to, m.valid_from),
       changed_on = coalesce(t.changed_on, m.valid_from), change_decision = coalesce(t.change_decision, m.basis),
       changed_by = $1
      FROM ${CHANGES} m WHERE t.node = '${WORKING_NODE}' || m.old AND t.retired_at IS NULL`,
    [by],
  );
  return rowCount ?? 0;
}
