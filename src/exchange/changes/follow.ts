/** Follows feeds for as long as their reader may: decides anew at every event, records each before it leaves. */
import type { Decision, Decisions } from "../../access";
import { EVERYWHERE, type Range } from "../../declare";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import type { Answer } from "../../read";
import type { ChangePage, ChangeRow, Feed } from "./feed";
import type { Selections } from "./page-types";
import type { Watch } from "./watch";

/** What following needs of whoever serves it. */
export interface Live {
  /** Who asks, looked at anew, and what it may see now: refused once the token has expired or the app key is revoked. */
  now(): Promise<{ readonly asker: Identity; readonly decisions: Decisions }>;
  /** Records what is about to leave; where persons are concerned it is durable when this returns. */
  record(answers: readonly Answer[]): Promise<void>;
  /** Once the hub leaves. */
  readonly leaving: AbortSignal;
  /** Once nobody listens any more. */
  readonly gone: AbortSignal;
}

export interface Following {
  readonly datasets: readonly string[];
  readonly selections: ReadonlyMap<string, Selections>;
  readonly area?: Range;
}

/** Rows of one event at most. */
const SIZE = 200;
/** Milliseconds after which token and rights are looked at although nothing was told. */
const LOOK = 1_000;

/** From now on what changes; RETRACT for what was to be seen when it began, or has been told since. */
export async function* follow(
  feed: Feed,
  watch: Watch,
  live: Live,
  { datasets, selections, area = EVERYWHERE }: Following,
): AsyncGenerator<readonly ChangeRow[]> {
  const cursors = new Map<string, string>();
  const decided = new Map<string, Decision>();
  const open = new Map<string, boolean>();
  const follower = watch.follower();
  const first = await live.now();
  for (const dataset of datasets)
    cursors.set(dataset, await feed.present(first.asker, dataset, first.decisions));
  let told: ReadonlySet<string> = new Set(datasets);
  while (!live.gone.aborted) {
    const { asker, decisions } = await live.now();
    for (const dataset of datasets) {
      const decision = decisions.decide(dataset);
      if (!told.has(dataset) && decided.get(dataset) === decision) continue;
      decided.set(dataset, decision);
      let page: ChangePage;
      // Whoever takes pages slowly would go on with them for long after the token has expired.
      for (let by = { asker, decisions }; ; by = await live.now()) {
        const question = {
          asker: by.asker,
          dataset,
          after: cursors.get(dataset),
          size: SIZE,
          selections: selections.get(dataset) ?? new Map(),
          area,
        };
        page = await feed.page(question, by.decisions);
        if (page.answers.length > 0) await live.record(page.answers);
        if (page.changes.length > 0) yield page.changes;
        cursors.set(dataset, page.end);
        open.set(dataset, page.open);
        if (!page.more) break;
      }
    }
    if (![...open.values()].includes(true)) throw closed(datasets);
    if (live.leaving.aborted)
      throw new HubError("UNAVAILABLE", "平台正在重启。The hub is leaving: subscribe again");
    told = await follower.wait(datasets, LOOK);
  }
}

/** Nothing is left to be read: what was held has been taken back before this. */
function closed(datasets: readonly string[]): HubError {
  return new HubError(
    "FORBIDDEN",
    "本部门、本目的对所订阅数据已无可读权限。Nothing of what is subscribed to is open to you for this purpose",
    { datasets },
  );
}
