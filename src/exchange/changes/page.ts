/** One page of a feed: rows gone through by their ids where rights are new, else what the journal tells. */
import { intersect } from "../../declare";
import type { Position } from "./cursor";
import { type Place, readEntries } from "./journal";
import { kept, type Named } from "./kept-decision";
import type { Ask, FoundChange, FoundPage, PageParts } from "./page-types";
import { retiredOf, rowsOf } from "./rows";
import { rangesSeen } from "./sight";
import { sweepPage } from "./sweep";
import { kindOf, toldOf } from "./told";

export async function pageOf(parts: PageParts, ask: Ask): Promise<FoundPage> {
  const former = await kept(parts.pool, ask.dataset, ask.position.former);
  return ask.position.sweep === undefined ? journalPage(parts, ask, former) : sweepPage(parts, ask, former);
}

async function journalPage(parts: PageParts, ask: Ask, former: readonly Named[]): Promise<FoundPage> {
  const { dataset, position, now, size, area, until } = ask;
  const decisions = [now, ...former].map((n) => n.decision);
  const ranges = intersect(decisions.flatMap(rangesSeen), [area]);
  const wanted = { dataset: dataset.name, after: position.place, ranges, limit: size, until };
  const { entries, end: place } = await readEntries(parts.pool, wanted);
  const told = await toldOf(parts, ask, former, entries);
  const rows = await rowsOf(
    parts,
    ask,
    [...told].filter(([, t]) => t.upsert || t.held).map(([uuid]) => uuid),
  );
  const missing = [...told]
    .filter(([uuid, t]) => (t.upsert || t.held) && !rows.of(uuid))
    .map(([uuid]) => uuid);
  const retired = await retiredOf(parts, ask, missing);
  const changes = [...told].flatMap(([uuid, t]): FoundChange[] => {
    const row = rows.of(uuid);
    const kind = kindOf(t, row !== undefined, retired.ids.has(uuid));
    if (!kind) return [];
    const after = forgetting(position, t.first.place);
    return [{ kind, uuid, at: t.first.at, position: after, rows: (kind === "UPSERT" && row) || new Map() }];
  });
  const end = forgetting(position, place);
  return { changes, end, more: entries.length === size, answers: [...rows.answers, ...retired.answers] };
}

/** A former decision is behind once the journal is read beyond all that the sweep has seen. */
function forgetting(position: Position, place: Place): Position {
  const { until } = position;
  if (until === undefined || BigInt(place.xid) < BigInt(until)) return { ...position, place };
  return { ...position, place, former: [], until: undefined };
}
