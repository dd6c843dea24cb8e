// Finds where a row lies and lay, as far as the asker may see it: by that the log tells which accesses could have held it.
import { parse } from "graphql";
import type { Catalogue } from "../declare";
import { HubError } from "../errors";
import { parseId, type Question } from "../read";

export interface RowAsking {
  readonly catalogue: Catalogue;
  /** Asks the planner under the asker's decisions. */
  ask(question: Question): Promise<unknown>;
}

export interface RowPlaces {
  readonly dataset: string;
  /** Codes of the territories of its versions, the present one among them. */
  readonly territories: readonly string[];
}

/** The same refusal for a row that does not exist and one that the asker may not see. */
export async function placesOf({ catalogue, ask }: RowAsking, id: string): Promise<RowPlaces> {
  const told = parseId(id);
  const dataset = told && catalogue.datasets.find(({ name }) => name === told.dataset);
  if (!dataset)
    throw new HubError("BAD_USER_INPUT", "这不是记录的 id。This is no id of a row.", { argument: "row" });
  const field = `${dataset.name}History`;
  const document = parse(`query ($id: ID!) { ${field}(id: $id, first: 1000) { nodes { territory } } }`);
  const answer = (await ask({ document, variables: { id } })) as Record<string, History | null>;
  const territories = (answer[field]?.nodes ?? []).flatMap(({ territory }) => territory ?? []);
  if (territories.length === 0)
    throw new HubError("NOT_FOUND", "没有这条记录，或不在可见范围。No such row within your reach.");
  return { dataset: dataset.name, territories: [...new Set(territories)].sort() };
}

interface History {
  readonly nodes: readonly { readonly territory: string | null }[];
}
