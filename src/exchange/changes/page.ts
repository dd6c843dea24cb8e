/** One page of a feed: rows gone through by their ids where rights are new, else what the journal tells. */
import { intersect } from "../../declare";
import type { Position } from "./cursor";
import { type Entry, type Place, readEntries } from "./journal";
import { kept, type Named } from "./kept-decision";
import type { Ask, FoundChange, FoundPage, PageParts } from "./page-types";
import { retiredOf, rowsOf } from "./rows";
import { rangesSeen } from "./sight";
import { sweepPage } from "./sweep";
import { isOpen, kindOf, type Told, toldOf } from "./told";

export async function pageOf(parts: PageParts, ask: Ask): Promise<FoundPage> {
  const former = await kept(
    parts.pool,
    ask.dataset,
    ask.position.former.map(({ hash }) => hash),
  );
  return ask.position.sweep === undefined ? journalPage(parts, ask, former) : sweepPage(parts, ask, former);
}

async function journalPage(parts: PageParts, ask: Ask, former: readonly Named[]): Promise<FoundPage> {
  const { position } = ask;
  const { told, end: place, more } = await lookOn(parts, ask, former);
  const rows = await rowsOf(
    parts,
    ask,
    [...told].filter(([, t]) => isOpen(t)).map(([uuid]) => uuid),
  );
  const missing = [...told].filter(([uuid, t]) => isOpen(t) && !rows.of(uuid)).map(([uuid]) => uuid);
  const retired = await retiredOf(parts, ask, missing);
  const changes = [...told].flatMap(([uuid, t]): FoundChange[] => {
    const row = rows.of(uuid);
    const kind = kindOf(t, row !== undefined, retired.ids.has(uuid));
    if (!kind) return [];
    const after = forgetting(position, t.first.place);
    return [{ kind, uuid, at: t.first.at, position: after, rows: (kind === "UPSERT" && row) || new Map() }];
  });
  const end = forgetting(position, place);
  return { changes, end, more, answers: [...rows.answers, ...retired.answers] };
}

/** Entries that one statement looks through while none of them is this reader's, and such statements of one page. */
const [AT_ONCE, MOST_LOOKS] = [1_000, 20];

interface Look {
  readonly told: ReadonlyMap<string, Told>;
  readonly end: Place;
  readonly more: boolean;
}

/** Passes over what is not the reader's to know: an empty page that said there is more would count it. */
async function lookOn(parts: PageParts, ask: Ask, former: readonly Named[]): Promise<Look> {
  let found = await look(parts, ask, former, { after: ask.position.place, limit: ask.size });
  for (let i = 1; i < MOST_LOOKS && found.more && ![...found.told.values()].some(isOpen); i++)
    found = await look(parts, ask, former, { after: found.end, limit: Math.max(AT_ONCE, ask.size) });
  return found;
}

async function look(
  parts: PageParts,
  ask: Ask,
  former: readonly Named[],
  { after, limit }: { readonly after: Place; readonly limit: number },
): Promise<Look> {
  const { dataset, now, size, area, until } = ask;
  const decisions = [now, ...former].map((n) => n.decision);
  const ranges = intersect(decisions.flatMap(rangesSeen), [area]);
  const read = await readEntries(parts.pool, { dataset: dataset.name, after, ranges, limit, until });
  const told = await toldOf(parts, ask, former, read.entries);
  const first = read.entries.findIndex(({ uuid }) => isOpen(told.get(uuid) as Told));
  const own = read.entries.slice(0, first + size);
  if (first < 0 || own.length === read.entries.length)
    return { told, end: read.end, more: read.entries.length === limit };
  return { told: await toldOf(parts, ask, former, own), end: (own.at(-1) as Entry).place, more: true };
}

/** A former decision is behind once the journal is read beyond all that the sweep has seen. */
function forgetting(position: Position, place: Place): Position {
  const { until } = position;
  if (until === undefined || BigInt(place.xid) < BigInt(until)) return { ...position, place };
  return { ...position, place, now: { hash: position.now.hash }, former: [], until: undefined };
}
