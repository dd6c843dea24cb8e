/** What the entries of a page say together of each row: whether it is to be given, and whether it was held. */
import { rightEnds } from "../../identity";
import type { Entry, RowState } from "./journal";
import type { Named } from "./kept-decision";
import type { Ask, ChangeKind, PageParts } from "./page-types";
import { endOf, groundsOf, type Seen, sightOf } from "./sight";

/** What the journal tells of a row within one page. */
export interface Told {
  readonly first: Entry;
  /** Something that this reader sees became so. */
  upsert: boolean;
  /** The row was open to this reader before one of these changes. */
  held: boolean;
  /** It is there no more. */
  gone: boolean;
}

/** Whether anything may be said of the row. */
export function isOpen({ upsert, held }: Told): boolean {
  return upsert || held;
}

export function kindOf(
  { upsert, held, gone }: Told,
  visible: boolean,
  retired: boolean,
): ChangeKind | undefined {
  if (visible) return upsert ? "UPSERT" : undefined;
  if (retired) return upsert || held ? "DELETE" : undefined;
  if (gone) return "DELETE";
  return held ? "RETRACT" : undefined;
}

/** The entries of each row as one, in the order in which rows come first. */
export async function toldOf(
  { pool }: PageParts,
  { dataset, now, area, position }: Ask,
  former: readonly Named[],
  entries: readonly Entry[],
): Promise<Map<string, Told>> {
  const ends = await rightEnds(
    pool,
    former.flatMap(({ decision }) => groundsOf(decision)),
  );
  const inArea = (look: (state: RowState | undefined) => Seen | undefined) => (state: RowState | undefined) =>
    state && !state.retired && area.from <= state.territory && state.territory < area.to
      ? look(state)
      : undefined;
  const sees = inArea(sightOf(now.decision));
  const begins = new Map(position.former.map(({ hash, since }) => [hash, since]));
  const saw = former.map(({ hash, decision }) => ({
    look: inArea(sightOf(decision)),
    from: begins.get(hash),
  }));
  const keys = new Set(dataset.fields.filter((f) => f.key).map((f) => f.name));
  const told = new Map<string, Told>();
  for (const entry of entries) {
    const { before, after, since } = entry;
    const [seenBefore, seenAfter] = [sees(before), sees(after)];
    const open = seenBefore !== undefined && !isBefore(entry, position.now.since);
    const formerly = saw.some(({ look, from }) => {
      const seen = isBefore(entry, from) ? undefined : look(before);
      return seen !== undefined && (since?.getTime() ?? 0) <= endOf(seen.grounds, ends);
    });
    const known = told.get(entry.uuid) ?? { first: entry, upsert: false, held: false, gone: false };
    known.upsert ||= seenAfter !== undefined && shows(entry, seenBefore, seenAfter, keys);
    known.held ||= open || formerly;
    known.gone ||= after === undefined && open;
    told.set(entry.uuid, known);
  }
  return told;
}

/** A row that was gone before anything was delivered under a decision was never open under it. */
function isBefore({ place }: Entry, since: string | undefined): boolean {
  return since !== undefined && BigInt(place.xid) < BigInt(since);
}

/** Whether the change is one that this reader can see. Key fields are seen wherever the row is. */
function shows({ fields }: Entry, before: Seen | undefined, after: Seen, keys: ReadonlySet<string>): boolean {
  if (before?.name !== after.name) return true;
  return fields.some((name) => after.fields.has(name) || keys.has(name));
}
