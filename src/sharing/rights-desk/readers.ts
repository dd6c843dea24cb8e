/** Who read a person's row: by department and purpose, from the access log as the reader may read it (B-31). */
import { parse } from "graphql";
import type { CaseReader } from "./case-types";
import type { DeskContext } from "./context";
import type { SeenCase } from "./rights-desk";

/** As many of the newest accesses are counted. */
const NEWEST = 1_000;

export async function readersOf(context: DeskContext, { stored, rowId }: SeenCase): Promise<CaseReader[]> {
  const { accessLog, identity, sharing } = context;
  const { dataset } = stored;
  const places = async () => ({ dataset, territories: await territoriesOf(context, dataset, rowId) });
  const { nodes } = await accessLog.read(identity, { dataset }, { first: NEWEST }, places);
  const readers = new Map<string, CaseReader>();
  // Newest first: the first of each is the last time.
  for (const { department, purpose, at } of nodes) {
    const key = `${department} ${purpose ?? ""}`;
    const known = readers.get(key);
    if (known) known.times++;
    else
      readers.set(key, { department, name: department, purpose: purpose ?? undefined, times: 1, last: at });
  }
  const names = await sharing.rightsDesk.names([...readers.values()].map((r) => r.department));
  return [...readers.values()].map((r) => ({ ...r, name: names.get(r.department) ?? r.department }));
}

/** Where the row lies and lay, as far as the asker sees it. */
async function territoriesOf({ ask }: DeskContext, dataset: string, id: string): Promise<string[]> {
  const document = parse(
    `query ($id: ID!) { versions: ${dataset}History(id: $id, first: 1000) { nodes { territory } } }`,
  );
  const { versions } = (await ask({ document, variables: { id } })) as {
    versions: { nodes: { territory: string | null }[] } | null;
  };
  return [...new Set((versions?.nodes ?? []).flatMap(({ territory }) => territory ?? []))].sort();
}
