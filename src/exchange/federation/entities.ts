/** Rows for a gateway: what its representations name, one statement for all that are named alike. */
import type { GraphQLResolveInfo } from "graphql";
import type { Catalogue } from "../../declare";
import { HubError } from "../../errors";
import type { ReadContext } from "../../read";
import { type Representation, readRepresentation } from "./representation";

export interface FederationContext extends ReadContext {
  readonly catalogue: Catalogue;
}

/** Errors that are told each at its place: a thousand times the same would take longer to tell than a thousand rows. */
const MOST_ERRORS = 100;

/** At each place the row, null where none is to be seen, or why the representation names none. */
export async function entitiesOf(
  context: FederationContext,
  info: GraphQLResolveInfo,
  given: readonly unknown[],
): Promise<unknown[]> {
  const entities: unknown[] = given.map(() => null);
  const batches = new Map<string, Place[]>();
  let refused = 0;
  given.forEach((value, at) => {
    const read = readAt(context.catalogue, info, value);
    if (read instanceof HubError) {
      entities[at] = read;
      if (++refused > MOST_ERRORS) throw read;
    } else if (!read.values.includes(null)) {
      const name = `${read.dataset.name} ${read.by.map(({ name }) => name).join()}`;
      const batch = batches.get(name) ?? [];
      batches.set(name, batch);
      batch.push({ ...read, at });
    }
  });
  await Promise.all([...batches.values()].map((batch) => fill(context, info, batch, entities)));
  refuseMany(entities);
  return entities;
}

function refuseMany(entities: readonly unknown[]): void {
  const errors = entities.filter((entity) => entity instanceof HubError);
  if (errors.length > MOST_ERRORS) throw errors[0];
}

interface Place extends Representation {
  readonly at: number;
}

function readAt(catalogue: Catalogue, info: GraphQLResolveInfo, value: unknown): Representation | HubError {
  try {
    return readRepresentation(catalogue, info.schema, value);
  } catch (error) {
    if (error instanceof HubError) return error;
    throw error;
  }
}

/** What cannot be read is told at each place of its batch, while these are few; the other batches are answered. */
async function fill(
  context: FederationContext,
  info: GraphQLResolveInfo,
  batch: readonly Place[],
  entities: unknown[],
): Promise<void> {
  const [{ dataset, by }] = batch as [Place];
  const values = by.map((_, i) => batch.map((place) => place.values[i]));
  const found = await context.named(info, { dataset, by, values }).catch((error: unknown) => {
    if (error instanceof HubError) return batch.map(() => error);
    throw error;
  });
  batch.forEach((place, i) => {
    entities[place.at] = found[i];
  });
}
