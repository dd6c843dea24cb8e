/** Asks every door of a dataset as one asker and tells where the answer is not what the rules demand. */
import { type DocumentNode, parse } from "graphql";
import type { Catalogue, DatasetEntry } from "../../src/declare";
import type { Rights } from "../../src/identity";
import { type Ask, doorsTo, type Extent } from "./doors";
import type { Hub, Reply } from "./hub";
import { isMarker, type Rows } from "./rows";
import { type Asker, factsOf, levelAt, nonKeys } from "./rules";
import { View } from "./view";

export interface Options extends Partial<Extent> {
  readonly bothExits?: boolean;
  /** What the hub decides by in place of its own: a test widens it. */
  readonly catalogue?: Catalogue;
  readonly rights?: Rights;
}

export interface Checked {
  readonly cells: number;
  /** Empty where all is as it must be. */
  readonly differences: readonly string[];
}

export async function check(
  hub: Hub,
  rows: Rows,
  dataset: DatasetEntry,
  asker: Asker,
  { bothExits = false, turn = 0, all = false, ...widened }: Options = {},
): Promise<Checked> {
  const view = new View(asker, hub.catalogue, rows);
  const decisions = hub.decisions(asker, widened.catalogue, widened.rights);
  const asks = doorsTo(view, dataset, { turn, all });
  const answered = asks.filter((ask) => "value" in ask.expected);
  const refused = asks.filter((ask) => "refused" in ask.expected);
  const open = parse(documentOf(answered));
  const shown = await hub.text(open, decisions, widened.catalogue);
  const closed =
    refused.length > 0 ? await hub.text(parse(documentOf(refused)), decisions, widened.catalogue) : undefined;
  const differences = [
    ...answered.flatMap((ask, i) => compare(ask, `a${i}`, shown)),
    ...refused.flatMap((ask, i) => compareRefusal(ask, `a${i}`, closed as Reply)),
    ...leaks(view, dataset, [shown, closed]),
    ...notes(view, dataset, shown),
    ...compareFile(view, dataset, await hub.file(fileOf(dataset), decisions, widened.catalogue)),
  ];
  if (bothExits && differences.length === 0) {
    const objects = await hub.objects(open, decisions);
    if (JSON.stringify(objects) !== JSON.stringify(shown.data)) differences.push("the two exits differ");
  }
  return { cells: asks.length + 1, differences };
}

function documentOf(asks: readonly Ask[]): string {
  return `{ ${asks.map((ask, i) => `a${i}: ${ask.text}`).join("\n")} }`;
}

function fileOf(dataset: DatasetEntry): DocumentNode {
  const fields = dataset.fields.map((f) => f.name).join(" ");
  return parse(`{ ${dataset.plural} { nodes { ${fields} } } }`);
}

function compareFile(view: View, dataset: DatasetEntry, rows: readonly unknown[]): string[] {
  const listed = view.listed(dataset.name).map((row) => view.cells(row, dataset));
  const [got, wanted] = [JSON.stringify(rows), JSON.stringify(listed)];
  return got === wanted ? [] : [`file: ${firstDifference(got, wanted)}`];
}

function compare(ask: Ask, key: string, reply: Reply): string[] {
  const refusal = reply.refusals.find((r) => r.key === key);
  if (refusal) return [`${ask.door}: refused (${String(refusal.code)} ${String(refusal.field)})`];
  if (!reply.data) return [];
  const answer = ask.reads ? ask.reads(reply.data[key]) : reply.data[key];
  const [got, wanted] = [JSON.stringify(answer), JSON.stringify((ask.expected as { value: unknown }).value)];
  return got === wanted ? [] : [`${ask.door}: ${firstDifference(got, wanted)}`];
}

function firstDifference(got: string, wanted: string): string {
  let at = 0;
  while (got[at] === wanted[at]) at++;
  const part = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  return `got …${part(got)}… wanted …${part(wanted)}…`;
}

function compareRefusal(ask: Ask, key: string, reply: Reply): string[] {
  const wanted = (ask.expected as { refused: string }).refused;
  const refusal = reply.refusals.find((r) => r.key === key);
  if (!refusal) return [`${ask.door}: answered, though ${wanted} is withheld`];
  const right = refusal.code === "FIELD_WITHHELD" && refusal.field === wanted;
  return right
    ? []
    : [`${ask.door}: refused as ${String(refusal.code)} ${String(refusal.field)}, not as ${wanted}`];
}

/** Whether a value of a row stands in these bytes. */
export function told(bytes: string): (value: unknown) => boolean {
  const words = new Set(bytes.match(/[0-9a-z][0-9a-z.-]*/g) ?? []);
  return (value) => value !== null && words.has(String(value).replace("赵", ""));
}

/** No byte of what left the hub holds a value that is not FULL, or a masked form where not even that may be shown. */
function leaks(view: View, dataset: DatasetEntry, replies: readonly (Reply | undefined)[]): string[] {
  const isTold = told(replies.map((reply) => reply?.raw ?? "").join("\n"));
  const found: string[] = [];
  for (const field of dataset.fields.filter((f) => isMarker(view.catalogue, dataset.name, f)))
    for (const row of view.rows.get(dataset.name) ?? []) {
      const level = row.retired ? "NONE" : view.level(row, field.name);
      if (level !== "FULL" && isTold(row.values[field.name] ?? null))
        found.push(`${field.name} of ${row.id} is in the answer's bytes`);
      if (level !== "MASKED" && isTold(row.masked[field.name] ?? null))
        found.push(`the masked form of ${field.name} of ${row.id} is in the answer's bytes`);
    }
  return found;
}

/** What the answer says about itself: every asked field that is not FULL everywhere, at the levels of the rules. */
function notes(view: View, dataset: DatasetEntry, reply: Reply): string[] {
  const own = reply.access.filter((note) => note.dataset === dataset.name);
  if (own.some((note) => note.field === undefined)) {
    const seen = nonKeys(dataset.name).some((f) => !isEverywhere(view, dataset, f, "NONE", "AGGREGATE"));
    return seen ? ["access says that no row is visible"] : [];
  }
  return nonKeys(dataset.name).flatMap((field) => {
    const note = own.find((n) => n.field === field);
    if (!note)
      return isEverywhere(view, dataset, field, "FULL")
        ? []
        : [`access does not say that ${field} is withheld`];
    return note.held
      .filter((h) => h.level !== levelAt(view.asker, dataset.name, field, h.territory, false))
      .map((h) => `access says ${field} is ${h.level} in ${h.territory}`);
  });
}

function isEverywhere(view: View, dataset: DatasetEntry, field: string, ...levels: string[]): boolean {
  const { strict } = factsOf(dataset.name, field);
  return (view.rows.get(dataset.name) ?? []).every(
    (row) =>
      levels.includes(levelAt(view.asker, dataset.name, field, row.place, false)) &&
      (!strict || levels.includes(levelAt(view.asker, dataset.name, field, row.place, true))),
  );
}
