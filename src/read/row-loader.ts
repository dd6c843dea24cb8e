/** Rows asked alike within one request are read by one statement: DataLoader over (dataset, selection). */
import DataLoader from "dataloader";
import type { GraphQLResolveInfo } from "graphql";

interface Wanted {
  readonly info: GraphQLResolveInfo;
  readonly dataset: string;
  readonly uuid: string;
}

/** Reads rows of one dataset under one selection; absent where out of reach. */
export type ReadRows = (
  info: GraphQLResolveInfo,
  dataset: string,
  uuids: readonly string[],
) => Promise<ReadonlyMap<string, unknown>>;

/** Nothing is remembered between batches: a row read again after a change is the changed one. */
export function createRowLoader(
  readRows: ReadRows,
): (info: GraphQLResolveInfo, dataset: string, uuid: string) => Promise<unknown> {
  const loader = new DataLoader<Wanted, unknown>((wanted) => readAlike(readRows, wanted), { cache: false });
  return (info, dataset, uuid) => loader.load({ info, dataset, uuid });
}

async function readAlike(readRows: ReadRows, wanted: readonly Wanted[]): Promise<unknown[]> {
  const found: unknown[] = wanted.map(() => null);
  for (const first of wanted) {
    const alike = wanted.flatMap((w, i) => (isAlike(first, w) ? [i] : []));
    if (wanted[alike[0] as number] !== first) continue;
    const rows = await readRows(first.info, first.dataset, [
      ...new Set(alike.map((i) => (wanted[i] as Wanted).uuid)),
    ]);
    for (const i of alike) found[i] = rows.get((wanted[i] as Wanted).uuid) ?? null;
  }
  return found;
}

/** The same field nodes stand for the same selection of the same operation. */
function isAlike(a: Wanted, b: Wanted): boolean {
  return a.dataset === b.dataset && a.info.fieldNodes === b.info.fieldNodes;
}
