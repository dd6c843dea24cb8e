/** Finds the rows that a rule makes due on a day, through the planner, retired ones too. */
import type { Pool } from "pg";
import { type Catalogue, type Code, type DatasetEntry, isOfPerson, namingFields } from "../../declare";
import { SystemRows } from "../../read";
import type { Day } from "../clock";
import type { Bearing } from "./rules";
import { daysAfter, lastStart } from "./terms";

/** What is asked of the planner; undefined where the hub keeps no such rows. */
export interface Due {
  readonly dataset: DatasetEntry;
  readonly where: Readonly<Record<string, unknown>>;
}

/** Rows due on this day; `within` leaves those of other territories out. */
export function dueOn(
  catalogue: Catalogue,
  { rule, except }: Bearing,
  day: Day,
  within: readonly Code[] = [],
): Due | undefined {
  const dataset = catalogue.kept.find(({ name }) => name === rule.dataset);
  const clock = dataset?.fields.find((f) => f.name === rule.starts);
  // A rule outlives its declaration: a dataset may go, or become linked.
  if (!dataset || !clock) return undefined;
  const last = lastStart(day, rule.months);
  const started = clock.kind === "date" ? { lte: last } : { lt: `${daysAfter(last, 1)}T00:00:00+08:00` };
  const lies = [rule.territory, ...within].map((code) => ({ territory: { within: code } }));
  const elsewhere = except.map((code) => ({ not: { territory: { within: code } } }));
  return { dataset, where: { and: [{ [clock.name]: started }, ...lies, ...elsewhere, ...toErase(dataset)] } };
}

/** A row that only names somebody stays when the names go: it is due while there is one. */
function toErase(dataset: DatasetEntry): object[] {
  if (isOfPerson(dataset)) return [];
  return [{ or: namingFields(dataset).map(({ name }) => ({ [name]: { isNull: false } })) }];
}

export interface Found {
  readonly uuid: string;
  /** Values of the business key, as text. */
  readonly key: string;
}

/** In the order of their ids, those after `after`; nobody changes them before the transaction ends. */
export async function someDue(
  catalogue: Catalogue,
  client: Pick<Pool, "query">,
  { dataset, where }: Due,
  { first, after }: { readonly first: number; readonly after?: string },
): Promise<Found[]> {
  const rows = new SystemRows(catalogue, client, "rows whose retention has ended");
  const fields = ["id", ...dataset.key];
  const found = await rows.select({
    dataset: dataset.name,
    fields,
    where,
    retired: true,
    hold: true,
    first,
    after,
  });
  return found.map((row) => ({
    uuid: String(row.id),
    key: dataset.key.map((name) => String(row[name] ?? "")).join("|"),
  }));
}

export function countDue(
  catalogue: Catalogue,
  client: Pick<Pool, "query">,
  { dataset, where }: Due,
  uuids?: readonly string[],
): Promise<number> {
  const rows = new SystemRows(catalogue, client, "rows whose retention has ended");
  return rows.count({ dataset: dataset.name, where, uuids, retired: true });
}
