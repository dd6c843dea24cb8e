/** Goes round the webhooks in each process of the hub; a lock sees to it that one process at a time tells each. */
import { Client } from "pg";
import type { WebhookParts } from "./parts";
import { type ActiveWebhook, activeWebhooks, readWebhook } from "./store";
import { tellNext } from "./telling";

export interface Deliverer {
  /** There is something new to look at. */
  look(): void;
  close(): Promise<void>;
}

const ROUND = 1_000;
/** A look at what nothing was told of: notifications get lost, rights end, and cursors must not grow old. */
const ANYWAY = 5_000;
/** Told at the same time by one process, and of these of one department: slow receivers hold up their own alone. */
const MOST = 8;
const MOST_OF_ONE = 2;
/** After it a webhook with more to be told lets others come first. */
const TURN = 10_000;

export function createDeliverer(parts: WebhookParts): Deliverer {
  const { pool, watch, now, onError } = parts;
  const follower = watch.follower();
  const busy = new Map<string, { readonly department: string; readonly work: Promise<void> }>();
  const again = new Set<string>();
  const looked = new Map<string, number>();
  const leaving = new AbortController();
  const telling = { ...parts, leaving: leaving.signal };
  let closed = false;
  let wake = () => {};
  let locks: Promise<Client> | undefined;

  /** A session that holds locks and no transaction: one that waits for a receiver would hold all feeds back. */
  async function connect(): Promise<Client> {
    const client = new Client({ ...pool.options });
    const lost = () => {
      locks = undefined;
    };
    client.on("error", lost);
    client.on("end", lost);
    await client.connect();
    return client;
  }

  async function locked(id: string, work: () => Promise<void>): Promise<void> {
    locks ??= connect().catch((error) => {
      locks = undefined;
      throw error;
    });
    const client = await locks;
    const name = [`webhook ${id}`];
    const { rows } = await client.query<{ mine: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine",
      name,
    );
    if (!rows[0]?.mine) return;
    try {
      await work();
    } finally {
      await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", name).catch(onError);
    }
  }

  async function tellAll(id: string): Promise<void> {
    const began = performance.now();
    again.delete(id);
    for (let more = true; more && !closed; ) {
      if (performance.now() - began > TURN) {
        again.add(id);
        return;
      }
      const hook = await readWebhook(pool, id);
      if (hook?.state !== "ACTIVE" || !isDue(hook)) return;
      more = await tellNext(telling, hook);
    }
  }

  const isDue = ({ nextAttempt }: Pick<ActiveWebhook, "nextAttempt">) =>
    nextAttempt === undefined || nextAttempt <= now();

  function start({ id, department }: ActiveWebhook): void {
    const own = [...busy.values()].filter((one) => one.department === department);
    if (busy.size >= MOST || own.length >= MOST_OF_ONE || busy.has(id)) return;
    looked.set(id, performance.now());
    const work = locked(id, () => tellAll(id))
      .catch(onError)
      .finally(() => busy.delete(id));
    busy.set(id, { department, work });
  }

  async function round(): Promise<readonly string[]> {
    const active = await activeWebhooks(pool);
    for (const id of looked.keys()) if (!active.some((hook) => hook.id === id)) looked.delete(id);
    // Whoever has waited longest comes first.
    active.sort((a, b) => (looked.get(a.id) ?? 0) - (looked.get(b.id) ?? 0));
    for (const hook of active) {
      const before = looked.get(hook.id) ?? 0;
      const waits = hook.nextAttempt !== undefined || before === 0 || again.has(hook.id);
      if ((waits || performance.now() - before > ANYWAY) && isDue(hook)) start(hook);
    }
    return [...new Set(active.map(({ dataset }) => dataset))];
  }

  async function go(): Promise<void> {
    while (!closed) {
      try {
        const datasets = await round();
        if (datasets.length === 0) await pause();
        const told = datasets.length > 0 ? await follower.wait(datasets, ROUND) : new Set<string>();
        if (told.size === 0) continue;
        for (const { id, dataset } of await activeWebhooks(pool)) if (told.has(dataset)) looked.delete(id);
      } catch (error) {
        if (closed) return;
        onError(error as Error);
        await pause();
      }
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      setTimeout(resolve, ROUND).unref();
    });
  }

  const going = go();
  return {
    look: () => looked.clear(),
    async close() {
      closed = true;
      leaving.abort();
      wake();
      await watch.close();
      await going;
      await Promise.all([...busy.values()].map(({ work }) => work));
      await (await locks?.catch(() => undefined))?.end().catch(() => undefined);
    },
  };
}
