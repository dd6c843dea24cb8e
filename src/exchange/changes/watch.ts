/** Tells those who follow a feed when there may be something new: notifications wake it, one look a second makes sure. */
import { Client, type Pool } from "pg";

export interface Watch {
  /** Resolves when the journal tells of one of these datasets, or rights move, or so many milliseconds are over. */
  wait(datasets: readonly string[], milliseconds: number): Promise<ReadonlySet<string>>;
  close(): Promise<void>;
}

interface Waiting {
  readonly datasets: readonly string[];
  readonly wake: (told: readonly string[]) => void;
}

/** Datasets with entries that are readable since the last look, and whether some are to become so soon. */
const LOOK = `
SELECT h.horizon::text AS horizon,
  ARRAY(SELECT d FROM unnest($2::text[]) AS d
         WHERE EXISTS (SELECT FROM dataset_change c WHERE c.dataset = d AND c.xid >= $1::xid8 AND c.xid < h.horizon)) AS told,
  EXISTS (SELECT FROM unnest($2::text[]) AS d
           WHERE EXISTS (SELECT FROM dataset_change c WHERE c.dataset = d AND c.xid >= h.horizon)) AS late
  FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon) h`;

const EVERY = 1_000;
/** While a transaction that came first still runs. */
const SOON = 50;

export function createWatch(pool: Pool, onError: (error: Error) => void): Watch {
  const waiting = new Set<Waiting>();
  let horizon: string | undefined;
  let closed = false;
  let looking = false;
  let again = false;
  let next: NodeJS.Timeout | undefined;
  let listener: Client | undefined;

  async function look(): Promise<void> {
    if (closed || waiting.size === 0) return;
    const datasets = [...new Set([...waiting].flatMap((w) => w.datasets))];
    const { rows } = await pool.query<{ horizon: string; told: string[]; late: boolean }>({
      name: "changes-watch",
      text: LOOK,
      values: [horizon ?? "0", datasets],
    });
    const [found] = rows;
    if (!found) return;
    // Whoever waits has read what there was before the first look.
    const told = found.told;
    horizon = found.horizon;
    for (const one of [...waiting]) if (one.datasets.some((d) => told.includes(d))) one.wake(told);
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
      else now();
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
    wait(datasets, milliseconds) {
      return new Promise((resolve) => {
        const done = (told: readonly string[]) => {
          clearTimeout(timer);
          waiting.delete(one);
          resolve(new Set(told));
        };
        const one = { datasets, wake: done };
        const timer = setTimeout(() => done([]), milliseconds);
        waiting.add(one);
        void listen();
        if (closed) done([]);
      });
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
