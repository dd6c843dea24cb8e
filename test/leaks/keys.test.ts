/** Way 9: an error of a taken key is the same whoever's row holds it, and names no value of that row (semantics 17). */
import type { DataSource } from "typeorm";
import { createSource } from "../../src/database/source";
import { catalogue, datasets } from "../../src/datasets";
import type { DatasetEntry } from "../../src/declare";
import { HubError } from "../../src/errors";
import { createRightsStore } from "../../src/identity";
import { storedOf } from "../../src/write";
import { Store } from "../../src/write/store";
import type { Values } from "../../src/write/value";
import { told } from "../permission/check";
import { cipher, Hub } from "../permission/hub";
import { isMarker, makeRows, type Row } from "../permission/rows";
import { GRANTS, PLACES } from "../permission/rules";

const rows = makeRows(catalogue);
let hub: Hub;
let source: DataSource;
let store: Store;

beforeAll(async () => {
  hub = await Hub.open(catalogue, rows, GRANTS);
  source = await createSource(hub.database.url, datasets).initialize();
  store = new Store(source, createRightsStore(hub.database.pool));
}, 120_000);

afterAll(async () => {
  await source?.destroy();
  await hub?.close();
});

/** What is told to who creates a row under the key that this row holds. */
async function taken(dataset: DatasetEntry, holder: Row): Promise<string> {
  const values = { ...holder.values, id: holder.uuid.replace(/^01900000/, "01900001") } as Values;
  for (const f of dataset.fields)
    if (f.kind === "reference" && f.name !== "id" && values[f.name] !== null)
      Object.assign(values, { [f.name]: String(values[f.name]).split(":")[1] });
  const change = { dataset, rights: hub.rights };
  try {
    await store.change(change, (manager) =>
      store.insert(manager, dataset, storedOf(dataset, values, cipher), "matrix"),
    );
  } catch (error) {
    if (error instanceof HubError) return JSON.stringify([error.code, error.message, error.extensions]);
    throw error;
  }
  throw new Error(`${dataset.name} took the key of ${holder.id} twice`);
}

test.each(catalogue.datasets.map((d) => [d.name, d] as const))("%s", async (name, dataset) => {
  const held = (place: string) => (rows.get(name) ?? []).filter((row) => row.place === place && !row.retired);
  const holders = [...held(PLACES.community), ...held(PLACES.foreign)];
  const errors = await Promise.all(holders.map((row) => taken(dataset, row)));
  expect(new Set(errors).size).toBe(1);
  expect(errors[0]).toContain("DUPLICATE_KEY");
  const isTold = told(errors.join("\n"));
  for (const field of dataset.fields.filter((f) => f.key || isMarker(catalogue, name, f)))
    for (const row of holders)
      if (field.kind === "text" || field.kind === "code")
        expect(isTold(row.values[field.name] ?? null)).toBe(false);
});
