/** One page of a feed: rows gone through by their ids where rights are new, else what the journal tells. */
import type { Pool } from "pg";
import type { Decisions } from "../../access";
import { type DatasetEntry, intersect, type Range } from "../../declare";
import { rightEnds } from "../../identity";
import { type Answer, type Asked, type Reader, TYPE, visibleIds } from "../../read";
import type { Position } from "./cursor";
import { type Entry, type Place, presentPlace, type RowState, readEntries } from "./journal";
import { kept, type Named } from "./kept-decision";
import { areasByEnd, endOf, groundsOf, rangesApart, rangesSeen, type Seen, sightOf } from "./sight";

export type ChangeKind = "UPSERT" | "DELETE" | "RETRACT";

/** What is asked of the row of each change, at the places where a client asks it. */
export type Selections = ReadonlyMap<string, readonly Asked[]>;

export interface FoundChange {
  readonly kind: ChangeKind;
  readonly uuid: string;
  readonly at: Date;
  readonly position: Position;
  /** The row as each selection wants it. */
  readonly rows: ReadonlyMap<string, unknown>;
}

export interface FoundPage {
  readonly changes: readonly FoundChange[];
  readonly end: Position;
  readonly more: boolean;
  readonly answers: readonly Answer[];
}

export interface Ask {
  readonly dataset: DatasetEntry;
  readonly position: Position;
  readonly now: Named;
  /** They refuse where rights have moved since. */
  readonly decisions: Decisions;
  readonly selections: Selections;
  readonly size: number;
  /** Where alone changes are sought. */
  readonly area: Range;
}

export interface PageParts {
  readonly pool: Pool;
  readonly reader: Pick<Reader, "found" | "parts">;
}

export async function pageOf(parts: PageParts, ask: Ask): Promise<FoundPage> {
  const former = await kept(parts.pool, ask.dataset, ask.position.former);
  return ask.position.sweep === undefined ? journalPage(parts, ask, former) : sweepPage(parts, ask, former);
}

/**
 * Rows in the order of their ids: those that the decision shows, and of those that a former one showed what is lost.
 * What was there only after a right had ended was never open to the reader under it.
 */
async function sweepPage(parts: PageParts, ask: Ask, former: readonly Named[]): Promise<FoundPage> {
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

/** What the journal tells of a row within one page. */
interface Told {
  readonly first: Entry;
  /** Something that this reader sees became so. */
  upsert: boolean;
  /** The row was open to this reader before one of these changes. */
  held: boolean;
  /** It is there no more. */
  gone: boolean;
}

async function journalPage(parts: PageParts, ask: Ask, former: readonly Named[]): Promise<FoundPage> {
  const { dataset, position, now, size, area } = ask;
  const decisions = [now, ...former].map((n) => n.decision);
  const ranges = intersect(decisions.flatMap(rangesSeen), [area]);
  const wanted = { dataset: dataset.name, after: position.place, ranges, limit: size };
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

function kindOf({ upsert, held, gone }: Told, visible: boolean, retired: boolean): ChangeKind | undefined {
  if (visible) return upsert ? "UPSERT" : undefined;
  if (retired) return upsert || held ? "DELETE" : undefined;
  if (gone) return "DELETE";
  return held ? "RETRACT" : undefined;
}

/** The entries of each row as one, in the order in which rows come first. */
async function toldOf(
  { pool }: PageParts,
  { dataset, now, area }: Ask,
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
  const saw = former.map(({ decision }) => inArea(sightOf(decision)));
  const keys = new Set(dataset.fields.filter((f) => f.key).map((f) => f.name));
  const told = new Map<string, Told>();
  for (const entry of entries) {
    const { before, after, since } = entry;
    const [seenBefore, seenAfter] = [sees(before), sees(after)];
    const formerly = saw.some((look) => {
      const seen = look(before);
      return seen !== undefined && (since?.getTime() ?? 0) <= endOf(seen.grounds, ends);
    });
    const known = told.get(entry.uuid) ?? { first: entry, upsert: false, held: false, gone: false };
    known.upsert ||= seenAfter !== undefined && shows(entry, seenBefore, seenAfter, keys);
    known.held ||= seenBefore !== undefined || formerly;
    known.gone ||= after === undefined && seenBefore !== undefined;
    told.set(entry.uuid, known);
  }
  return told;
}

/** Whether the change is one that this reader can see. Key fields are seen wherever the row is. */
function shows({ fields }: Entry, before: Seen | undefined, after: Seen, keys: ReadonlySet<string>): boolean {
  if (before?.name !== after.name) return true;
  return fields.some((name) => after.fields.has(name) || keys.has(name));
}

/** A former decision is behind once the journal is read beyond all that the sweep has seen. */
function forgetting(position: Position, place: Place): Position {
  const { until } = position;
  if (until === undefined || BigInt(place.xid) < BigInt(until)) return { ...position, place };
  return { ...position, place, former: [], until: undefined };
}

/** Rows as they are now, as far as the reader may see them: the first selection tells which these are. */
async function rowsOf(
  { reader }: PageParts,
  { dataset, decisions, selections, area }: Ask,
  uuids: readonly string[],
) {
  const answers: Answer[] = [];
  const found: [path: string, values: ReadonlyMap<string, unknown>][] = [];
  if (uuids.length > 0)
    for (const [path, asked] of selections.size > 0 ? selections : NOTHING_ASKED) {
      const wanted = { dataset: dataset.name, uuids, asked, retired: false, within: area };
      const { values, answer } = await reader.found(wanted, decisions, spentIn(answers));
      answers.push(answer);
      found.push([path, values]);
    }
  return {
    answers,
    of(uuid: string): ReadonlyMap<string, unknown> | undefined {
      if (!found[0]?.[1].has(uuid)) return undefined;
      return new Map(found.map(([path, values]) => [path, typed(values.get(uuid), dataset.type)]));
    },
  };
}

const NOTHING_ASKED: Selections = new Map([["", []]]);

/** Rows that the reader could see if they were not out of use. */
async function retiredOf({ reader }: PageParts, { dataset, decisions, area }: Ask, uuids: readonly string[]) {
  if (uuids.length === 0) return { ids: new Set<string>(), answers: [] };
  const wanted = { dataset: dataset.name, uuids, asked: [], retired: true, within: area };
  const { values, answer } = await reader.found(wanted, decisions);
  return { ids: new Set(values.keys()), answers: [answer] };
}

function spentIn(answers: readonly Answer[]): number {
  return answers.reduce((sum, { prepared }) => sum + prepared.cost, 0);
}

/** A row tells graphql-js its type, because it stands behind an interface. */
function typed(row: unknown, type: string): unknown {
  return row === undefined || row === null ? null : Object.defineProperty(row, TYPE, { value: type });
}
