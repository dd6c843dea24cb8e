/** The rows of a division change: where some lie already, and how those of a dataset are brought to the new codes. */
import type { ClientBase } from "pg";
import { type Code, type DatasetEntry, prefixOf } from "../../declare";
import type { SystemRows } from "../../read";
import { WORKING_NODE } from "../../read/registers";
import { rowProblems } from "../check";
import { quoted } from "../import/target";
import type { Change } from "./change";
import type { CodeColumn } from "./columns";
import type { RecodedDataset } from "./recode";

/** New codes that stand for more than one old code did: several lines lead there, or rows in use lie there already. */
export async function inhabited(
  system: SystemRows,
  datasets: readonly DatasetEntry[],
  changes: readonly Change[],
): Promise<Set<Code>> {
  const targets = changes.map(({ to }) => to);
  const found = new Set(targets.filter((code, i) => targets.indexOf(code) !== i));
  for (const { name } of datasets)
    for (const code of targets.filter((one) => !found.has(one))) {
      const where = { territory: { within: prefixOf(code) } };
      if ((await system.select({ dataset: name, fields: ["territory"], where })).length > 0) found.add(code);
    }
  return found;
}

/** Does the work, or takes it back and gives undefined where a business key would be held by two rows in use. */
export async function unlessTaken<T>(
  client: ClientBase,
  { table }: DatasetEntry,
  work: () => Promise<T>,
): Promise<T | undefined> {
  await client.query("SAVEPOINT dataset");
  try {
    const done = await work();
    await client.query("RELEASE SAVEPOINT dataset");
    return done;
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code !== "23505" || constraint !== `${table}_key`) throw error;
    await client.query("ROLLBACK TO SAVEPOINT dataset");
    return undefined;
  }
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
      FROM pg_temp.division_change m WHERE t.node = '${WORKING_NODE}' || m.old AND t.retired_at IS NULL`,
    [by],
  );
  return rowCount ?? 0;
}
