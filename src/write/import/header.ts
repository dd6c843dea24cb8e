/** Finds the field behind each column of a file: by its name, its column's name or its Chinese words. */
import type { DatasetEntry, FieldEntry } from "../../declare";
import { HubError } from "../../errors";

/** Columns that the file of refused rows adds, so that it can be imported again once it is corrected. */
export const REFUSAL_COLUMNS = ["行号 line", "原因 reasons"] as const;

export interface Header {
  /** The field of each column; undefined for a column that is passed over. */
  readonly columns: readonly (FieldEntry | undefined)[];
  readonly fields: readonly FieldEntry[];
  /** Columns that only the hub fills: they may stand in a file that was exported, and change nothing. */
  readonly ignored: readonly string[];
}

interface HeaderProblem {
  readonly column: string;
  readonly reason: string;
}

/** Throws BAD_USER_INPUT with all problems at once: a file whose columns are in doubt changes nothing. */
export function matchHeader(cells: readonly string[], dataset: DatasetEntry): Header {
  const names = namesOf(dataset);
  const problems: HeaderProblem[] = [];
  const ignored: string[] = [];
  const taken = new Map<FieldEntry, string>();
  const columns = cells.map((cell, i) => {
    const title = titleOf(cell);
    if ((REFUSAL_COLUMNS as readonly string[]).includes(title)) return undefined;
    const field = names.get(keyOf(title));
    if (!field) {
      if (title !== "" || i < cells.length - 1) problems.push(unknown(title, i, dataset, names));
      return undefined;
    }
    if (field.generated) {
      ignored.push(field.name);
      return undefined;
    }
    const before = taken.get(field);
    if (before !== undefined)
      problems.push({
        column: title,
        reason: `与“${before}”列是同一字段 ${field.name}。It is the same field as another column`,
      });
    taken.set(field, title);
    return field;
  });
  problems.push(...missing(dataset, taken));
  if (problems.length > 0) throw refused(dataset, problems);
  return { columns, fields: [...taken.keys()], ignored };
}

function titleOf(cell: string): string {
  return cell.replace(/^\ufeff/, "").trim();
}

/** Case, spaces, underlines and hyphens do not tell columns apart. */
function keyOf(title: string): string {
  return title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_-]/g, "");
}

/** The first clause of a field's Chinese words, as a clerk would head the column. */
export function headOf(field: FieldEntry): string {
  return (field.zh.split(/[，；：（、。,;:(]/, 1)[0] as string).trim();
}

/** Chinese words that stand for two fields stand for neither. */
function namesOf(dataset: DatasetEntry): Map<string, FieldEntry> {
  const chinese = new Map<string, FieldEntry | undefined>();
  for (const field of dataset.fields)
    for (const words of new Set([keyOf(headOf(field)), keyOf(field.zh)]))
      chinese.set(words, chinese.has(words) ? undefined : field);
  const names = new Map<string, FieldEntry>();
  for (const [words, field] of chinese) if (field) names.set(words, field);
  for (const field of dataset.fields) {
    names.set(keyOf(field.column), field);
    names.set(keyOf(field.name), field);
  }
  return names;
}

function unknown(
  title: string,
  i: number,
  dataset: DatasetEntry,
  names: ReadonlyMap<string, FieldEntry>,
): HeaderProblem {
  if (title === "") return { column: `#${i + 1}`, reason: "该列没有列名。The column has no name" };
  const near = nearest(keyOf(title), names);
  const hint = near
    ? `是否为 ${near.name}（${headOf(near)}）？Is it ${near.name}?`
    : `可用的列：${dataset.fields
        .filter((f) => !f.generated)
        .map((f) => f.name)
        .join(" ")}。Those are the columns it may have`;
  return { column: title, reason: `没有这一字段。No such field. ${hint}` };
}

function missing(dataset: DatasetEntry, taken: ReadonlyMap<FieldEntry, string>): HeaderProblem[] {
  return dataset.fields
    .filter((f) => dataset.key.includes(f.name) && !taken.has(f))
    .map((f) => ({
      column: f.name,
      reason: `缺少业务主键列 ${f.name}（${headOf(f)}）。A column of the business key is missing`,
    }));
}

function refused(dataset: DatasetEntry, problems: readonly HeaderProblem[]): HubError {
  const lines = problems.map(({ column, reason }) => `“${column}”：${reason}`);
  return new HubError(
    "BAD_USER_INPUT",
    `文件的列与 ${dataset.name} 不符。The columns do not fit.\n${lines.join("\n")}`,
    {
      argument: "file",
      problems,
    },
  );
}

/** The name that differs in the fewest letters, if in few enough to be a slip. */
function nearest(key: string, names: ReadonlyMap<string, FieldEntry>): FieldEntry | undefined {
  let best: FieldEntry | undefined;
  let least = Math.max(1, Math.floor(key.length / 3)) + 1;
  for (const [name, field] of names) {
    if (field.generated || Math.abs(name.length - key.length) >= least) continue;
    const steps = distance(key, name);
    if (steps < least) [best, least] = [field, steps];
  }
  return best;
}

/** Letters to insert, drop or replace to make one text of another. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
