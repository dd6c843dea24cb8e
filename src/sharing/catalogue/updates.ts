/** Updates of the catalogue as one thing to the doors: propose, take a step, look. */
import { type Identity, watches } from "../../identity";
import { type Connection, type ForwardPage, UUID, withNodes } from "../../read";
import { dueOf, isPast } from "../requests/course";
import { type Clocks, readClocks } from "../requests/deciding";
import { departmentsAmong } from "../requests/parts";
import type { EntryContent } from "./content";
import { runningAfter } from "./course";
import { propose, takeStep } from "./deciding";
import { type Difference, differencesOf } from "./differences";
import { type Duplicate, decideDuplicate, duplicatesOf } from "./duplicates";
import { notFound, openActs } from "./judging";
import { listUpdates, type UpdateFilter } from "./list";
import { pastOf, ruleOf, standingOf } from "./moving";
import { noticeChanges, presentOf } from "./notice";
import type { CatalogueParts } from "./parts";
import type { ReviewAct, UpdateAct } from "./steps";
import {
  openUpdates,
  publishedVersions,
  readUpdate,
  type StoredUpdate,
  type Version,
  versionsOf,
} from "./store";

/** An update as its reader sees it now. */
export interface SeenUpdate extends StoredUpdate {
  readonly providerName: string;
  readonly authorityName: string;
  readonly deadline?: {
    readonly act: string;
    readonly workingDays: number;
    readonly extensionDays: number;
    readonly extended: boolean;
    readonly article: string;
    readonly calendarKnown: boolean;
  };
  readonly overdue: boolean;
  /** Acts that this reader could take now. */
  readonly acts: readonly UpdateAct[];
  /** What it would change of what is published. */
  readonly differences: readonly Difference[];
}

/** What there is of a dataset's entry: the version that holds, and what is declared and not yet published. */
export interface EntryState {
  readonly version?: Version;
  readonly unpublished: readonly Difference[];
  /** Known to both sides and to those who watch. */
  readonly update?: SeenUpdate;
}

export interface CatalogueUpdates {
  /** Compares declarations with what is published; at start, and now and then. */
  notice(): Promise<number>;
  propose(asker: Identity, dataset: string, content: EntryContent): Promise<SeenUpdate>;
  review(asker: Identity, id: string, act: ReviewAct, reason?: string | null): Promise<SeenUpdate>;
  one(asker: Identity, id: string): Promise<SeenUpdate | undefined>;
  list(asker: Identity, filter: UpdateFilter, page: ForwardPage): Promise<Connection<SeenUpdate>>;
  /** Of these datasets, by name; without an asker, what everybody may know. */
  entries(asker: Identity | undefined, datasets: readonly string[]): Promise<ReadonlyMap<string, EntryState>>;
  versions(dataset: string): Promise<Version[]>;
  duplicates(): Promise<Duplicate[]>;
  decideDuplicate(
    asker: Identity,
    given: { readonly fields: readonly string[]; readonly allowed: boolean; readonly reason: string },
  ): Promise<Duplicate[]>;
}

export function createCatalogueUpdates(parts: CatalogueParts): CatalogueUpdates {
  const { pool, catalogue, now } = parts;

  /** Hash and differences by dataset, of what is declared now. */
  async function presents(datasets: readonly string[]) {
    const [rights, at] = [await parts.rights.current(), now()];
    const declared = datasets.flatMap((name) => catalogue.find(name) ?? []).filter((entry) => !entry.from);
    return new Map(declared.map((entry) => [entry.name, presentOf(entry, rights, at).snapshot]));
  }

  async function seen(asker: Identity, updates: readonly StoredUpdate[]): Promise<SeenUpdate[]> {
    if (updates.length === 0) return [];
    const clocks = await readClocks(pool);
    const codes = updates.flatMap((u) => [u.provider, u.authority]);
    const names = await departmentsAmong(parts, codes);
    const datasets = [...new Set(updates.map((u) => u.dataset))];
    const [present, published] = [await presents(datasets), await publishedVersions(pool, datasets)];
    return updates.map((update) => ({
      ...update,
      providerName: names.get(update.provider) ?? update.provider,
      authorityName: names.get(update.authority) ?? update.authority,
      differences: isOpen(update)
        ? differencesOf(published.get(update.dataset)?.content.declaration, update.content.declaration)
        : [],
      ...standing(asker, update, clocks, present.get(update.dataset)?.hash ?? "", now()),
    }));
  }

  async function one(asker: Identity, id: string): Promise<SeenUpdate | undefined> {
    const update = UUID.test(id.toLowerCase()) ? await readUpdate(pool, id) : undefined;
    if (!update || !mayKnow(asker, update)) return undefined;
    return (await seen(asker, [update]))[0];
  }

  async function known(asker: Identity, id: string): Promise<SeenUpdate> {
    const update = await one(asker, id);
    if (!update) throw notFound();
    return update;
  }

  return {
    notice: () => noticeChanges(parts),
    one,
    propose: async (asker, dataset, content) => known(asker, await propose(parts, asker, dataset, content)),
    async review(asker, id, act, reason) {
      await known(asker, id);
      await takeStep(parts, asker, { id, act, reason });
      return known(asker, id);
    },
    async list(asker, filter, page) {
      const found = await listUpdates(pool, asker, { filter, page, now: now() });
      return withNodes(found, await seen(asker, found.nodes));
    },
    async entries(asker, datasets) {
      const [present, published] = [await presents(datasets), await publishedVersions(pool, datasets)];
      const open = asker ? (await openUpdates(pool, datasets)).filter((u) => mayKnow(asker, u)) : [];
      const shown = asker ? await seen(asker, open) : [];
      const updates = new Map(shown.map((update) => [update.dataset, update]));
      return new Map(
        [...present].map(([dataset, { declared }]) => {
          const version = published.get(dataset);
          const unpublished = differencesOf(version?.content.declaration, declared);
          return [dataset, { version, unpublished, update: updates.get(dataset) }];
        }),
      );
    },
    versions: (dataset) => versionsOf(pool, dataset),
    duplicates: async () => duplicatesOf(parts),
    async decideDuplicate(asker, given) {
      await decideDuplicate(parts, asker, given);
      return duplicatesOf(parts);
    },
  };
}

const isOpen = ({ number, state }: StoredUpdate) =>
  number === undefined && state !== "WITHDRAWN" && state !== "LAPSED";

/** Both sides, and the duties that watch; what is published is everybody's. */
export function mayKnow(asker: Identity, { provider, authority, state }: StoredUpdate): boolean {
  const { code } = asker.department;
  return watches(asker) || code === provider || code === authority || state === "PUBLISHED";
}

/** What depends on the present: the clock, what is open to the reader. */
function standing(asker: Identity, update: StoredUpdate, clocks: Clocks, present: string, now: Date) {
  const running = runningAfter(pastOf(update));
  const rule = running && ruleOf(update, running, clocks.rules);
  return {
    deadline:
      running && rule
        ? {
            act: rule.act,
            workingDays: rule.workingDays,
            extensionDays: rule.extensionDays,
            extended: running.extended,
            article: rule.article,
            calendarKnown: dueOf(running, rule, clocks.calendar).calendarKnown,
          }
        : undefined,
    overdue: isPast(update.due, now),
    acts: openActs(asker, update, standingOf(update, clocks, present), now),
  };
}
