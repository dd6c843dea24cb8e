/** The feed of a dataset's changes: pages that follow one another across restarts, under the rights of each moment. */
import type { Pool } from "pg";
import type { Decisions } from "../../access";
import { type Catalogue, type DatasetEntry, EVERYWHERE, type Range } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { type Answer, type Reader, toId } from "../../read";
import { open, type Position, seal } from "./cursor";
import { type Present, presentPlace, tooOld } from "./journal";
import { keep, type Named, NOTHING } from "./kept-decision";
import { pageOf } from "./page";
import type { ChangeKind, PageParts, Selections } from "./page-types";

export interface FeedParts {
  readonly catalogue: Catalogue;
  /** Reads. */
  readonly pool: Pool;
  /** Keeps the decisions that are delivered under. */
  readonly writes: Pick<Pool, "query">;
  readonly reader: PageParts["reader"] & Pick<Reader, "schema">;
  readonly cipher: Pick<Cipher, "hash">;
}

export interface ChangeRow {
  readonly dataset: string;
  readonly kind: ChangeKind;
  readonly id: string;
  readonly changedAt: string;
  readonly cursor: string;
  /** The row by the place where a client asks for it. */
  readonly rows: ReadonlyMap<string, unknown>;
}

export interface ChangePage {
  readonly changes: readonly ChangeRow[];
  /** Goes on after everything that this page is made of, also where it holds no change. */
  readonly end: string;
  readonly more: boolean;
  readonly answers: readonly Answer[];
  /** Whether any row can be read at all under the decision. */
  readonly open: boolean;
  /** Name of the decision it is made under. */
  readonly decided: string;
}

export interface FeedQuestion {
  readonly asker: Identity;
  readonly dataset: string;
  readonly after?: string;
  /** End of the same page as it was read before: what the journal has told since is left to the next one. */
  readonly until?: string;
  readonly size: number;
  readonly selections: Selections;
  readonly area?: Range;
  /** What the request has cost before. */
  readonly spent?: number;
}

export interface Feed {
  page(question: FeedQuestion, decisions: Decisions): Promise<ChangePage>;
  /** Where a feed begins that shows what changes from now on, and not what there is. */
  present(asker: Identity, dataset: string, decisions: Decisions): Promise<string>;
  readonly parts: FeedParts;
}

/** Times a page is made anew while rights keep changing under it. */
const ATTEMPTS = 5;
/** Decisions that a feed can lag behind; more at once come of none but a cursor that is never gone on with. */
const MOST_FORMER = 32;

/** Rights have moved since the page was begun: what it would say of them is not so any more. */
class Moved extends Error {}

export function createFeed(parts: FeedParts): Feed {
  const { catalogue, pool, writes, cipher } = parts;

  async function page(question: FeedQuestion, decisions: Decisions): Promise<ChangePage> {
    const { asker, after, size, selections, area = EVERYWHERE, spent = 0 } = question;
    const dataset = datasetOf(catalogue, question.dataset);
    const bound = { asker, dataset: dataset.name };
    const now = await keep(writes, decisions.decide(dataset.name));
    const former = after === undefined ? undefined : open(cipher, bound, after);
    const present = await presentPlace(pool);
    if (present.epoch !== decisions.epoch) throw new Moved();
    const position = positionFor(present, now, former);
    const pinned: Decisions = { ...decisions, refresh: () => Promise.reject(new Moved()) };
    const until = question.until === undefined ? undefined : open(cipher, bound, question.until).place;
    const ask = { dataset, position, now, decisions: pinned, selections, size, area, until, spent };
    const found = await pageOf(parts, ask);
    return {
      changes: found.changes.map(({ kind, uuid, at, position: place, rows }) => ({
        dataset: dataset.name,
        kind,
        id: toId(dataset.name, uuid),
        changedAt: at.toISOString(),
        cursor: seal(cipher, bound, place),
        rows,
      })),
      end: seal(cipher, bound, found.end),
      more: found.more,
      answers: found.answers,
      open: shownAnywhere(now),
      decided: now.hash,
    };
  }

  return {
    parts,
    async page(question, decisions) {
      let now = decisions;
      for (let i = 0; i < ATTEMPTS; i++) {
        try {
          return await page(question, now);
        } catch (error) {
          if (!(error instanceof Moved)) throw error;
          now = await now.refresh();
        }
      }
      throw new HubError("UNAVAILABLE", "权限正在变更。Rights keep changing; ask again");
    },
    async present(asker, name, decisions) {
      const dataset = datasetOf(catalogue, name);
      const now = await keep(writes, decisions.decide(dataset.name));
      const { place, era } = await presentPlace(pool);
      const position = { era, place, now: { hash: now.hash }, former: [] };
      return seal(cipher, { asker, dataset: dataset.name }, position);
    },
  };
}

/** Where the page begins: all rows are gone through at the beginning, and whenever rights are others than they were. */
function positionFor({ place, era }: Present, { hash }: Named, held: Position | undefined): Position {
  if (!held) return { era, place, now: { hash }, former: [{ hash: NOTHING }], sweep: "" };
  if (held.era !== era) throw tooOld();
  if (held.now.hash === hash) return held;
  const known = held.former.some((f) => f.hash === held.now.hash);
  const former = known ? held.former : [...held.former, held.now];
  if (former.length > MOST_FORMER) throw tooOld();
  return { era, place: held.place, now: { hash, since: place.xid }, former, sweep: "" };
}

export function datasetOf(catalogue: Catalogue, name: string): DatasetEntry {
  const found = catalogue.find(name);
  if (found?.linked)
    throw new HubError(
      "BAD_USER_INPUT",
      `${found.zh}由链接源提供，没有变更记录。${name} is read from a linked source, which tells no changes: read it anew`,
      { argument: "dataset", dataset: name },
    );
  if (found && !found.from) return found;
  throw new HubError(
    "BAD_USER_INPUT",
    `没有数据集 ${name}，见 catalogue。There is no dataset ${name}: see catalogue`,
    { argument: "dataset" },
  );
}

function shownAnywhere({ decision }: Named): boolean {
  return [...decision.fields.values()].some(({ spans, strict }) =>
    [...spans, ...(strict?.spans ?? [])].some(({ level }) => level === "MASKED" || level === "FULL"),
  );
}
