/** What the hub holds of a person: the row and the rows that name it, by questions under the reader's own decision. */
import { type DocumentNode, parse } from "graphql";
import { type Decision, rightOf, somewhere } from "../../access";
import type { Catalogue, DatasetEntry, FieldEntry } from "../../declare";
import { type Question, toId } from "../../read";
import { spelled } from "../corrections";
import type { CopiedRow, RightsCopy } from "./case-types";
import type { DeskContext } from "./context";
import type { StoredCase } from "./store";

/** Rows of one question; the next go on from there. */
const PAGE = 200;

export async function copyOf(
  { ask, decisions, sharing }: DeskContext,
  { dataset: name, row }: StoredCase,
): Promise<RightsCopy | null> {
  const { catalogue } = sharing.reader.parts;
  const dataset = catalogue.find(name);
  if (!dataset) return null;
  const rows: CopiedRow[] = [];
  const withheld: string[] = [];
  for (const { held, by } of placesOf(catalogue, dataset)) {
    const decision = decisions.decide(held.name);
    const readable = held.fields.filter((field) => isReadable(decision, field));
    withheld.push(...held.fields.filter((f) => !readable.includes(f)).map((f) => `${held.name}.${f.name}`));
    // A condition counts a field where it is FULL (semantics 9).
    const found = by === "id" || somewhere(rightOf(decision, by), "FULL");
    if (!readable.some((f) => !f.key) || !found) continue;
    rows.push(...(await rowsOf(ask, { held, by, readable }, toId(name, row))));
  }
  return { rows, withheld };
}

/** The person's own row, then the datasets whose rows are each of a person of this one. */
function placesOf({ kept }: Catalogue, dataset: DatasetEntry): { held: DatasetEntry; by: string }[] {
  const linked = kept.flatMap((held) => {
    const by = held.fields.find((f) => f.name === held.person && f.references === dataset.name);
    return by ? [{ held, by: by.name }] : [];
  });
  return [{ held: dataset, by: "id" }, ...linked];
}

function isReadable(decision: Decision, { name, key }: FieldEntry): boolean {
  return key || somewhere(rightOf(decision, name), "MASKED");
}

interface Place {
  readonly held: DatasetEntry;
  readonly by: string;
  readonly readable: readonly FieldEntry[];
}

async function rowsOf(
  ask: (question: Question) => Promise<unknown>,
  place: Place,
  id: string,
): Promise<CopiedRow[]> {
  const document = documentOf(place);
  const found: CopiedRow[] = [];
  let after: string | null = null;
  do {
    const variables: Record<string, unknown> = { id, first: PAGE, after };
    const { rows } = (await ask({ document, variables })) as Answer;
    found.push(...rows.nodes.map((node) => copied(place, node)));
    after = rows.pageInfo.hasNextPage ? rows.pageInfo.endCursor : null;
  } while (after);
  return found;
}

interface Answer {
  readonly rows: {
    readonly nodes: readonly Readonly<Record<string, unknown>>[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

function documentOf({ held, by, readable }: Place): DocumentNode {
  const names = readable.map(({ name }) => name).filter((name) => name !== "id");
  return parse(`query rightsCopy($id: ID!, $first: Int!, $after: String) {
    rows: ${held.plural}(where: { ${by}: { eq: $id } }, retired: INCLUDE, first: $first, after: $after) {
      nodes { rowId: id ${names.join(" ")} } pageInfo { hasNextPage endCursor } } }`);
}

function copied({ held, readable }: Place, node: Readonly<Record<string, unknown>>): CopiedRow {
  return {
    row: String(node.rowId),
    dataset: held.name,
    datasetName: held.zh,
    values: readable
      .filter(({ name }) => name !== "id")
      .map((field) => ({ field: field.name, name: field.zh, value: spelled(field, node[field.name]) })),
  };
}
