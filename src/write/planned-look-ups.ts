/** Answers the write path's look-ups through the planner: nothing else reads a dataset's table. */

import { type Decide, decideIn } from "../access";
import type { Catalogue } from "../declare";
import type { Identity, RightsStore } from "../identity";
import { divisionsAmong, type Reader, SystemRows } from "../read";
import { codesElsewhere } from "../read/registers";
import type { LookUps, StoredRow } from "./look-ups";

export interface PlannedParts {
  readonly catalogue: Catalogue;
  readonly reader: Reader;
  readonly rights: Pick<RightsStore, "current">;
}

export function createLookUps({ catalogue, reader, rights }: PlannedParts): LookUps {
  const system = new SystemRows(catalogue, reader.parts.pool, "integrity-check");
  const decideFor = async (asker: Identity): Promise<Decide> => {
    const [now, at] = [await rights.current(), new Date()];
    return (name) => decideIn(catalogue, name, asker, now, at);
  };
  const existing = async (dataset: string, field: string, values: readonly string[]) => {
    const wanted = field === "id" ? { uuids: values } : { where: { [field]: { in: [...values] } } };
    const rows = await system.select({ dataset, fields: [field], ...wanted });
    return new Set(rows.map((row) => String(row[field])));
  };
  return {
    lookUp: existing,
    divisions: (codes) => divisionsAmong(system, codes),
    elsewhere: (codes) => codesElsewhere(system, codes),
    row: async (dataset, uuid) => {
      const fields = catalogue.dataset(dataset).fields.map((f) => f.name);
      const [row] = await system.select({ dataset, fields, uuids: [uuid], retired: true });
      return row as StoredRow | undefined;
    },
    rows: (dataset, field, value, fields) =>
      system.select({
        dataset,
        fields: ["id", ...fields],
        where: { [field]: { eq: asked(catalogue, dataset, field, value) } },
      }),
    sees: async (asker, dataset, uuid) => system.sees(await decideFor(asker), dataset, uuid),
  };
}

/** A reference is asked for as the API writes it. */
function asked(catalogue: Catalogue, dataset: string, field: string, value: unknown): unknown {
  const entry = catalogue.dataset(dataset).fields.find((f) => f.name === field);
  return entry?.kind === "reference" ? `${entry.references}:${value}` : value;
}
