/** What an asker sees of a field in full, by a question to the planner: it goes into the asker's own access record. */
import { type DocumentNode, GraphQLError, parse } from "graphql";
import type { DatasetEntry, FieldEntry } from "../../declare";
import { type Question, toId } from "../../read";
import type { SharingContext } from "../context";

/** Asks the planner under the request's decisions; what was read goes into its tally and record. */
export type Ask = (question: Question) => Promise<unknown>;

/** What the doors that show values need of the request they serve. */
export interface CorrectionContext extends SharingContext {
  readonly ask: Ask;
}

/** A row in which the asker reads the field in full. */
export interface SeenField {
  readonly version: number;
  readonly territory: string;
  readonly retired: boolean;
  readonly value: unknown;
}

const documents = new Map<string, DocumentNode>();

/**
 * By the row's uuid; rows that are not there, out of reach, or in which the field is less than FULL are all left out
 * alike: a condition counts a field where it is FULL in that row (semantics 9), and one of the two always holds there.
 */
export async function seenFields(
  ask: Ask,
  dataset: DatasetEntry,
  { name }: FieldEntry,
  rows: readonly string[],
): Promise<ReadonlyMap<string, SeenField>> {
  const place = `${dataset.plural}.${name}`;
  const document = documents.get(place) ?? parse(questionOf(dataset.plural, name));
  documents.set(place, document);
  const ids = [...new Set(rows)].map((uuid) => toId(dataset.name, uuid));
  const variables = { ids, first: ids.length };
  try {
    const { rows: found } = (await ask({ document, variables })) as { rows: { nodes: Node[] } };
    return new Map(found.nodes.map((node) => [node.id.split(":")[1] as string, seenOf(node)]));
  } catch (error) {
    // FULL nowhere for this asker.
    if (error instanceof GraphQLError && error.extensions.code === "FIELD_WITHHELD") return new Map();
    throw error;
  }
}

function questionOf(plural: string, field: string): string {
  return `query correction($ids: [ID!]!, $first: Int!) {
    rows: ${plural}(where: { id: { in: $ids }, or: [{ ${field}: { isNull: true } }, { ${field}: { isNull: false } }] },
      retired: INCLUDE, first: $first) { nodes { id version territory retiredAt value: ${field} } } }`;
}

interface Node {
  readonly id: string;
  readonly version: number;
  readonly territory: string;
  readonly retiredAt: string | null;
  readonly value: unknown;
}

function seenOf({ version, territory, retiredAt, value }: Node): SeenField {
  return { version, territory, retired: retiredAt !== null, value };
}
