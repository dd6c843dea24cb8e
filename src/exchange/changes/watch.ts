/** Tells those who follow a feed when there may be something new: notifications wake it, one look a second makes sure. */
import { Client, type Pool } from "pg";

export interface Watch {
  /** For one who reads and waits in turn: nothing that comes while it reads is missed by its next wait. */
  follower(): Follower;
  close(): Promise<void>;
}

export interface Follower {
  /** Resolves when the journal tells of one of these datasets, or rights move, or so many milliseconds are over. */
  wait(datasets: readonly string[], milliseconds: number): Promise<ReadonlySet<string>>;
}

interface Waiting {
  readonly datasets: readonly string[];
  /** Nothing below this transaction is news to it. */
  since: string;
  readonly wake: (told: readonly string[]) => void;
}

/** Datasets with entries that have become readable since a place, and whether some are to become so soon. */
const LOOK = `
SELECT h.horizon::text AS horizon,
  ARRAY(SELECT w.n::int FROM unnest($1::text[], $2::xid8[]) WITH ORDINALITY AS w(dataset, since, n)
         WHERE EXISTS (SELECT FROM dataset_change c
                        WHERE c.dataset = w.dataset AND c.xid >= w.since AND c.xid < h.horizon)) AS told,
  EXISTS (SELECT FROM unnest($1::text[]) AS d
           WHERE EXISTS (SELECT FROM dataset_change c WHERE c.dataset = d AND c.xid >= h.horizon)) AS late
  FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon) h`;

const EVERY = 1_000;
/** While a transaction that came first still runs. */
const SOON = 50;

export function createWatch(pool: Pool, onError: (error: Error) => void): Watch {
  const waiting = new Set<Waiting>();
  let closed = false;
  let looking = false;
  let again = false;
  let next: NodeJS.Timeout | undefined;
  let listener: Client | undefined;
  /** Notifications so far: by it a follower knows that something was told while it read. */
  let heard = 0;

  async function look(): Promise<void> {
    if (closed || waiting.size === 0) return;
    const asked = [...waiting];
    const places = placesOf(asked);
    const { rows } = await pool.query<{ horizon: string; told: number[]; late: boolean }>({
      name: "changes-watch",
      text: LOOK,
      values: [places.map(({ dataset }) => dataset), places.map(({ since }) => since)],
    });
    const [found] = rows;
    if (!found) return;
    const news = new Set(found.told.map((n) => nameOf(places[n - 1] as Place)));
    for (const one of asked) {
      if (!waiting.has(one)) continue; // it has gone on meanwhile, and asks again
      const told = one.datasets.filter((dataset) => news.has(nameOf({ dataset, since: one.since })));
      one.since = found.horizon;
      if (told.length > 0) one.wake(told);
    }
    if (found.late) soon(SOON);
  }

  /** One look at a time; what is told meanwhile is looked for right after. */
  function now(): void {
    if (closed) return;
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    look()
      .catch(onError)
      .finally(() => {
        looking = false;
        if (!again) return;
        again = false;
        now();
      });
  }

  function soon(milliseconds: number): void {
    clearTimeout(next);
    next = setTimeout(now, milliseconds);
    next.unref();
  }

  async function listen(): Promise<void> {
    if (closed || listener) return;
    const client = new Client({ ...pool.options, statement_timeout: undefined, query_timeout: undefined });
    listener = client;
    const lost = () => {
      if (listener === client) listener = undefined;
      client.end().catch(() => undefined);
    };
    client.on("error", lost);
    client.on("end", lost);
    client.on("notification", ({ channel }) => {
      if (channel === "grant_epoch") for (const one of [...waiting]) one.wake([]);
      else {
        heard++;
        now();
      }
    });
    try {
      await client.connect();
      await client.query("LISTEN dataset_change; LISTEN grant_epoch");
    } catch {
      lost(); // the look each second goes on without it
    }
  }

  const pulse = setInterval(() => {
    if (waiting.size === 0) return;
    void listen();
    now();
  }, EVERY);
  pulse.unref();

  return {
    follower() {
      // All that the journal holds is news at first: it costs a look at what may have been read already.
      let since = "0";
      let known = heard;
      return {
        wait(datasets, milliseconds) {
          return new Promise((resolve) => {
            const done = (told: readonly string[]) => {
              clearTimeout(timer);
              waiting.delete(one);
              since = one.since;
              known = heard;
              resolve(new Set(told));
            };
            const one: Waiting = { datasets, since, wake: done };
            const timer = setTimeout(() => done([]), milliseconds);
            waiting.add(one);
            void listen();
            if (closed) done([]);
            else if (known !== heard) now();
          });
        },
      };
    },
    async close() {
      closed = true;
      clearInterval(pulse);
      clearTimeout(next);
      for (const one of [...waiting]) one.wake([]);
      await listener?.end().catch(() => undefined);
    },
  };
}

interface Place {
  readonly dataset: string;
  readonly since: string;
}

const nameOf = ({ dataset, since }: Place) => `${dataset} ${since}`;

/** Each once: most of those who wait have seen as much as the others. */
function placesOf(waiting: readonly Waiting[]): Place[] {
  const places = waiting.flatMap(({ datasets, since }) => datasets.map((dataset) => ({ dataset, since })));
  return [...new Map(places.map((place) => [nameOf(place), place])).values()];
}
