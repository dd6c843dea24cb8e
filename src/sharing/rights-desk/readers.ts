/** Who read a person's row: by department and purpose, from the access log as the reader may read it (B-31). */
import { HubError } from "../../errors";
import type { CaseReader } from "./case-types";
import type { DeskContext } from "./context";
import type { SeenCase } from "./rights-desk";

/** As many of the newest accesses are counted. */
const NEWEST = 1_000;

/** Null where the row is gone: then nobody can tell which readings could have held it. */
export async function readersOf(
  context: DeskContext,
  { stored, rowId }: SeenCase,
): Promise<CaseReader[] | null> {
  const { accessLog, identity, sharing } = context;
  const { dataset } = stored;
  const { catalogue } = sharing.reader.parts;
  const row = { id: rowId, catalogue, ask: context.ask };
  const found = await accessLog.read(identity, { dataset }, { first: NEWEST }, row).catch((error) => {
    if (error instanceof HubError && error.code === "NOT_FOUND") return undefined;
    throw error;
  });
  if (!found) return null;
  const readers = new Map<string, CaseReader>();
  // Newest first: the first of each is the last time.
  for (const { department, purpose, at } of found.nodes) {
    const key = `${department} ${purpose ?? ""}`;
    const known = readers.get(key);
    if (known) known.times++;
    else
      readers.set(key, { department, name: department, purpose: purpose ?? undefined, times: 1, last: at });
  }
  const names = await sharing.rightsDesk.names([...readers.values()].map((r) => r.department));
  return [...readers.values()].map((r) => ({ ...r, name: names.get(r.department) ?? r.department }));
}
