/** A page of the walk through all rows that tells what other rights mean. */
import { intersect, type Range } from "../../declare";
import { rightEnds } from "../../identity";
import { visibleIds } from "../../read";
import { presentPlace } from "./journal";
import type { Named } from "./kept-decision";
import type { Ask, FoundChange, FoundPage, PageParts } from "./page-types";
import { rowsOf } from "./rows";
import { areasByEnd, groundsOf, rangesApart } from "./sight";

/**
 * Rows in the order of their ids: those that the decision shows, and of those that a former one showed what is lost.
 * What was there only after a right had ended was never open to the reader under it.
 */
export async function sweepPage(parts: PageParts, ask: Ask, former: readonly Named[]): Promise<FoundPage> {
  const { dataset, position, now, size, area } = ask;
  const { catalogue } = parts.reader.parts;
  const within = (ranges: readonly Range[]) => intersect(ranges, [area]);
  const sight = { dataset: dataset.name, after: position.sweep || undefined, limit: size + 1 };
  const apart = former.map(({ decision }) => within(rangesApart(decision, now.decision)));
  const areas = apart.map((ranges) => ({ ranges }));
  const shown = new Set(await visibleIds(catalogue, parts.pool, { ...sight, decision: now.decision, areas }));
  const ends = await rightEnds(
    parts.pool,
    former.flatMap(({ decision }) => groundsOf(decision)),
  );
  const held = await Promise.all(
    former.map(({ decision }, i) =>
      visibleIds(catalogue, parts.pool, {
        ...sight,
        decision,
        areas: areasByEnd(decision, ends).map(({ ranges, until }) => ({
          ranges: intersect(ranges, apart[i] ?? []),
          until,
        })),
      }),
    ),
  );
  const once = new Set(held.flat());
  const all = [...new Set([...shown, ...once])].sort();
  const ids = all.slice(0, size);
  const rows = await rowsOf(
    parts,
    ask,
    ids.filter((id) => shown.has(id)),
  );
  const at = new Date();
  const changes = ids.flatMap((uuid): FoundChange[] => {
    const row = rows.of(uuid);
    const kind = row ? "UPSERT" : once.has(uuid) ? "RETRACT" : undefined;
    if (!kind) return []; // it went meanwhile, as the journal will tell
    return [{ kind, uuid, at, position: { ...position, sweep: uuid }, rows: row ?? new Map() }];
  });
  if (all.length > size) {
    const end = { ...position, sweep: ids.at(-1) as string };
    return { changes, end, more: true, answers: rows.answers };
  }
  const { beyond } = await presentPlace(parts.pool);
  const end = { ...position, sweep: undefined, until: beyond };
  return { changes, end, more: true, answers: rows.answers };
}
