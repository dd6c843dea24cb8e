/** Random questions: one to three root fields of every door that reads. */
import { type DatasetEntry, reaches } from "../../../src/declare";
import type { Question } from "../reference/answer";
import { held, type Row } from "../reference/rows";
import { aggregateOf } from "./aggregates";
import type { Choose } from "./choose";
import { INSTANTS } from "./data";
import { Draft, type Setting } from "./draft";
import { filterArguments, listArguments } from "./lists";
import { connectionSelection, Part, rowSelection } from "./selection";

export function questionOf(choose: Choose, setting: Setting): Question {
  const draft = new Draft(choose, setting);
  const root = new Part(draft, "Query");
  const parts = choose.times(choose.maybe(20) ? choose.between(2, 3) : 1, () => rootField(draft, root));
  if (choose.maybe(4)) parts.push(root.field("__typename"));
  return { query: draft.document(root.set(parts)), variables: draft.variables };
}

function rootField(draft: Draft, root: Part): string {
  const { choose, setting } = draft;
  const dataset = datasetFor(draft);
  const kind = choose.upTo(19);
  if (kind < 9) {
    setting.tally.see("list");
    return root.field(
      dataset.plural,
      [...listArguments(draft, dataset), ...era(draft)].join(", "),
      connectionSelection(draft, dataset, 3),
    );
  }
  if (kind < 16) {
    setting.tally.see("aggregate");
    const [args, below] = aggregateOf(draft, dataset, true);
    return root.field(`${dataset.plural}Aggregate`, [args, ...era(draft)].filter(Boolean).join(", "), below);
  }
  return kind < 18 ? oneRow(draft, root, dataset) : node(draft, root, dataset);
}

/** Mostly datasets that the reader sees something of. */
function datasetFor({ choose, setting }: Draft): DatasetEntry {
  const open = setting.catalogue.datasets.filter((d) => setting.policy.bestOfAny(d) !== "NONE");
  return choose.of(open.length > 0 && choose.maybe(92) ? open : setting.catalogue.datasets);
}

/** Which rows of the past and of the retired a root field reads. */
function era({ choose, setting }: Draft, canLookBack = true): string[] {
  const parts: string[] = [];
  if (choose.maybe(12)) parts.push("retired: INCLUDE");
  if (canLookBack && choose.maybe(10))
    parts.push(
      `asOf: ${JSON.stringify(choose.of([...INSTANTS, "2024-06-15T12:00:00+08:00", "2023-06-01T00:00:00Z"]))}`,
    );
  if (parts.some((p) => p.startsWith("retired"))) setting.tally.see("retired rows included");
  if (parts.some((p) => p.startsWith("asOf"))) setting.tally.see("as of a former time");
  return parts;
}

function someRow({ choose, setting }: Draft, dataset: DatasetEntry): Row | undefined {
  const rows = setting.rows[dataset.name] ?? [];
  return rows.length > 0 && choose.maybe(95) ? choose.of(rows) : undefined;
}

function oneRow(draft: Draft, root: Part, dataset: DatasetEntry): string {
  const { choose, setting } = draft;
  const row = someRow(draft, dataset);
  const id = `id: ${JSON.stringify(row ? `${dataset.name}:${row.id}` : `${dataset.name}:01900000-0000-7000-8000-000000000000`)}`;
  const key = dataset.key.map((name) => {
    const field = dataset.fields.find((f) => f.name === name);
    return `${name}: ${JSON.stringify(row && field ? held(field, row) : field?.kind === "int" ? 2024 : "A1-0")}`;
  });
  setting.tally.see("one row by id or key");
  const both = choose.maybe(2);
  const args = both ? [id, ...key] : choose.maybe(50) ? key : [id];
  return root.field(dataset.name, [...args, ...era(draft)].join(", "), rowSelection(draft, dataset, 3));
}

function node(draft: Draft, root: Part, dataset: DatasetEntry): string {
  const { choose, setting } = draft;
  const row = someRow(draft, dataset);
  const id = row ? `${dataset.name}:${row.id}` : `${dataset.name}:01900000-0000-7000-8000-000000000000`;
  setting.tally.see("node");
  const own = `... on ${dataset.type} ${rowSelection(draft, dataset, 3)}`;
  const other = choose.of(setting.catalogue.datasets);
  const parts = ["id", own];
  if (choose.maybe(25)) parts.push("__typename");
  if (choose.maybe(15) && other !== dataset) parts.push(`... on ${other.type} { source }`);
  return root.field("node", `id: ${JSON.stringify(id)}`, `{ ${parts.join(" ")} }`);
}

/** A list that is walked page by page: its cursor is the variable `cursor`. */
export interface Walk {
  readonly dataset: DatasetEntry;
  readonly question: Question;
  readonly forward: boolean;
}

export function walkOf(choose: Choose, setting: Setting): Walk {
  const draft = new Draft(choose, setting);
  const seen = setting.catalogue.datasets.filter((d) => reaches(setting.policy.bestOfAny(d), "MASKED"));
  const dataset = seen.length > 0 ? choose.of(seen) : datasetFor(draft);
  const forward = choose.maybe(65);
  const cursor = draft.open("cursor", "String");
  const size = `${forward ? "first" : "last"}: ${choose.between(1, 4)}`;
  const args = [...filterArguments(draft, dataset, 70), size, ...era(draft)];
  const body = (page: string) => `{ walk: ${dataset.plural}(${[...args, page].join(", ")}) {
  nodes ${rowSelection(draft, dataset, 1)} totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const question = {
    query: draft.document(body(`${forward ? "after" : "before"}: ${cursor}`)),
    variables: draft.variables,
  };
  return { dataset, question, forward };
}
