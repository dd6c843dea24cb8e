// Finds where a row lies and lay, as far as the asker may see it: by that the log tells which accesses could have held it.
import { parse } from "graphql";
import type { Pool } from "pg";
import { type Catalogue, contains, type DatasetEntry, rangeOf } from "../declare";
import { HubError } from "../errors";
import { type Identity, readsData } from "../identity";
import { parseId, type Question, SystemRows } from "../read";

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

/** The same refusal for a row that does not exist and one that is out of reach. */
export async function placesOf(
  asking: RowAsking,
  id: string,
  asker: Identity,
  pool: Pool,
): Promise<RowPlaces> {
  const told = parseId(id);
  const dataset = told && asking.catalogue.datasets.find(({ name }) => name === told.dataset);
  if (!told || !dataset)
    throw new HubError("BAD_USER_INPUT", "这不是记录的 id。This is no id of a row.", { argument: "row" });
  const found = readsData(asker)
    ? await seenPlaces(asking, dataset, id)
    : await placesWithin(
        new SystemRows(asking.catalogue, pool, "where a row lies"),
        dataset,
        told.uuid,
        asker,
      );
  if (found.length === 0)
    throw new HubError("NOT_FOUND", "没有这条记录，或不在可见范围。No such row within your reach.");
  return { dataset: dataset.name, territories: [...new Set(found)].sort() };
}

/** Where the asker may see the row, now or as it was; a linked source offers no former versions. */
async function seenPlaces({ ask }: RowAsking, dataset: DatasetEntry, id: string): Promise<string[]> {
  const rows = dataset.linked
    ? `${dataset.plural}(where: { id: { eq: $id } }, first: 1)`
    : `${dataset.name}History(id: $id, first: 1000)`;
  const document = parse(`query ($id: ID!) { rows: ${rows} { nodes { territory } } }`);
  const answer = (await ask({ document, variables: { id } })) as { readonly rows: Versions | null };
  return (answer.rows?.nodes ?? []).flatMap(({ territory }) => territory ?? []);
}

interface Versions {
  readonly nodes: readonly { readonly territory: string | null }[];
}

/** Auditors read no rows by their duty: one that lies or lay in their territory is there for them, and no more of it. */
async function placesWithin(
  rows: SystemRows,
  dataset: DatasetEntry,
  uuid: string,
  { department }: Identity,
): Promise<string[]> {
  const versions = await rows.select({
    ...{ dataset: dataset.name, fields: ["territory"], uuids: [uuid] },
    ...{ retired: true, versions: !dataset.linked },
  });
  const places = versions.map(({ territory }) => String(territory));
  const own = rangeOf(department.territory);
  return places.some((code) => contains(own, code)) ? places : [];
}
