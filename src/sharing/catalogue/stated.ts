/** The conditions that a request is judged by: those that the catalogue stated when it was filed (B-05). */
import type { ClientBase, Pool } from "pg";
import type { Sharing } from "../../declare";
import { type Criterion, conditionsFor, criteriaOf } from "./criteria";
import { publishedVersions } from "./store";

interface Asked {
  readonly sharing: Sharing;
  readonly filedAt: string;
  readonly items: readonly { readonly dataset: string; readonly fields: readonly string[] }[];
}

/** What is stated of every field that is asked for; where nothing was published, the lawful need alone. */
export async function statedCriteria(
  client: Pool | ClientBase,
  { sharing, filedAt, items }: Asked,
): Promise<readonly Criterion[]> {
  if (sharing !== "CONDITIONAL") return criteriaOf(sharing, []);
  const datasets = [...new Set(items.map(({ dataset }) => dataset))];
  const published = await publishedVersions(client, datasets, new Date(filedAt));
  return criteriaOf(
    sharing,
    items.flatMap(({ dataset, fields }) =>
      fields.map((field) => conditionsFor(published.get(dataset)?.content.entry.conditions ?? [], field)),
    ),
  );
}
