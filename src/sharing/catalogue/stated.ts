/** The conditions that a request is judged by: those that the catalogue stated when it was filed (B-05). */
import type { ClientBase, Pool } from "pg";
import type { Sharing } from "../../declare";
import { type Closure, type Condition, classesOf, closureFor } from "./content";
import { type Criterion, conditionsFor, criteriaOf } from "./criteria";
import { publishedVersions, type Version } from "./store";

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
      fields.map((field) => conditionsOf(published.get(dataset), field)),
    ),
  );
}

/** An item that was published as something else, or not at all, has no conditions yet: what is stated of all means those of then. */
export function conditionsOf(version: Version | undefined, field: string): Condition[] {
  return version && wasPublished(version, field, "CONDITIONAL")
    ? conditionsFor(version.content.entry.conditions, field)
    : [];
}

export function closureOf(version: Version | undefined, field: string): Closure | undefined {
  return version && wasPublished(version, field, "NOT_SHARED")
    ? closureFor(version.content.entry.closures, field)
    : undefined;
}

function wasPublished({ content }: Version, name: string, sharing: Sharing): boolean {
  const field = content.declaration.fields[name];
  return field !== undefined && classesOf(field).includes(sharing);
}
