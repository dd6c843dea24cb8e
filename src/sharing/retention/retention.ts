/** Retention as one thing to its doors, to the serving hub and to the command: rules, what is due, what was done. */
import type { Identity } from "../../identity";
import { type Connection, type ForwardPage, toId } from "../../read";
import { type Day, dayOf } from "../clock";
import { ranOn, type StoredRun } from "./book";
import { decideRule, endOneRule, type RuleDraft } from "./deciding";
import { liftHold, listHolds, openOf, opensReasons, placeHold, readHold, type StoredHold } from "./holding";
import { type DueOfRule, dueOfRules, listRuns } from "./overview";
import { type RetentionParts, refused } from "./parts";
import { declaredRules, type RetentionRule } from "./rules";
import { alone, runRetention } from "./running";
import { type RetentionSight, sees, sightOf } from "./sight";
import { readRules } from "./store";

export interface SeenHold extends StoredHold {
  readonly rowId: string;
  readonly said?: string;
  readonly liftSaid?: string;
}

export interface Retention {
  rules(asker: Identity, ended: boolean): Promise<RetentionRule[]>;
  due(asker: Identity, days: number): Promise<{ readonly day: Day; readonly rules: DueOfRule[] }>;
  runs(asker: Identity, page: ForwardPage): Promise<Connection<StoredRun>>;
  decide(asker: Identity, draft: RuleDraft): Promise<RetentionRule>;
  end(asker: Identity, id: string, reason: string): Promise<RetentionRule>;
  hold(asker: Identity, row: string, reason: string): Promise<SeenHold>;
  lift(asker: Identity, id: string, reason: string): Promise<SeenHold>;
  holds(asker: Identity, open: boolean, page: ForwardPage): Promise<Connection<SeenHold>>;
  /** Today's run by the timer, where no process did it or is doing it. */
  runIfDue(): Promise<void>;
  /** Ends a run between two batches. */
  close(): Promise<void>;
}

export const MOST_DAYS = 3_660;

export function createRetention(parts: RetentionParts): Retention {
  const { catalogue, pool, rights, now } = parts;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  async function sightFor(asker: Identity): Promise<RetentionSight> {
    return sightOf(asker, await rights.current(), now());
  }

  async function ruleOf(id: string): Promise<RetentionRule> {
    return (await readRules(pool)).find((rule) => rule.id === id) as RetentionRule;
  }

  function seen(asker: Identity, hold: StoredHold): SeenHold {
    const { id, dataset, row, reason, liftReason } = hold;
    const rowId = toId(dataset, row);
    // Empty once the row was erased, and the texts about its person with it (B-40).
    if (!opensReasons(asker, hold) || !reason) return { ...hold, rowId };
    const liftSaid = liftReason && openOf(parts.cipher, id, "lift", liftReason);
    return { ...hold, rowId, said: openOf(parts.cipher, id, "reason", reason), liftSaid };
  }

  const seenById = async (asker: Identity, id: string) =>
    seen(asker, (await readHold(pool, id)) as StoredHold);

  return {
    async rules(asker, ended) {
      const sight = await sightFor(asker);
      const today = dayOf(now());
      const all = [...declaredRules(catalogue), ...(await readRules(pool))];
      return all.filter(
        ({ dataset, until }) => sees(sight, dataset) && (ended || until === undefined || until > today),
      );
    },
    async due(asker, days) {
      if (days < 0 || days > MOST_DAYS)
        throw refused("DAYS", `within 为 0 至 ${MOST_DAYS} 日。It is 0 to ${MOST_DAYS} days`, {
          argument: "within",
        });
      const sight = await sightFor(asker);
      return { day: dayOf(now()), rules: await dueOfRules(parts, days, sight) };
    },
    async runs(asker, page) {
      const sight = await sightFor(asker);
      return listRuns(pool, sight, page);
    },
    decide: async (asker, draft) => ruleOf(await decideRule(parts, asker, draft)),
    async end(asker, id, reason) {
      await endOneRule(parts, asker, id, reason);
      return ruleOf(id);
    },
    hold: async (asker, row, reason) => seenById(asker, await placeHold(parts, asker, row, reason)),
    async lift(asker, id, reason) {
      await liftHold(parts, asker, id, reason);
      return seenById(asker, id);
    },
    async holds(asker, open, page) {
      await sightFor(asker);
      const found = await listHolds(pool, asker, open, page);
      const nodes = found.nodes.map((hold) => seen(asker, hold));
      const edges = found.edges.map(({ cursor }, i) => ({ cursor, node: nodes[i] as SeenHold }));
      return { ...found, nodes, edges };
    },
    runIfDue() {
      running = running.then(async () => {
        if (stopped || (await ranOn(pool, dayOf(now())))) return;
        await alone(pool, async () => {
          // Another process may have ended it between the look and the lock.
          if (await ranOn(pool, dayOf(now()))) return;
          await runRetention(parts, { by: "hub", origin: "TIMER", stops: () => stopped });
        });
      });
      const done = running;
      running = running.catch(() => undefined);
      return done;
    },
    async close() {
      stopped = true;
      await running;
    },
  };
}
