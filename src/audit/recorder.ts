// Takes access records from requests and brings them to the store, sharing each durable commit among all who wait.
import type { Pool } from "pg";
import { HubError } from "../errors";
import { type AccessRecord, type Entry, entryOf } from "./record";
import { insert, isFaultOfRow, makePartitions } from "./store";

export interface RecorderOptions {
  /** Told of records that could not be written, and how many of them are lost. */
  onError?: (error: Error, lost: number) => void;
  /** Milliseconds after which a durable record counts as failed. */
  patience?: number;
  /** Milliseconds that a record nobody waits for may stay in memory. */
  delay?: number;
}

export interface Recorder {
  /** Resolves once the record survives a crash; else throws UNAVAILABLE, and the answer must not leave. */
  recordDurably(record: AccessRecord): Promise<void>;
  /** Takes a record that nobody waits for; a crash loses at most the last second of them. */
  record(record: AccessRecord): void;
  /** Writes what is waiting. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly entry: Entry;
  settle?(error?: Error): void;
}

const BATCH = 500;
/** What an outage may pile up in memory: nothing of persons is answered meanwhile, so these are refusals. */
const MOST = 20_000;
const DAY = 24 * 60 * 60 * 1000;

export async function createRecorder(pool: Pool, options: RecorderOptions = {}): Promise<Recorder> {
  await makePartitions(pool);
  return new GroupCommit(pool, options);
}

class GroupCommit implements Recorder {
  readonly #pool: Pool;
  readonly #onError: (error: Error, lost: number) => void;
  readonly #patience: number;
  readonly #timers: NodeJS.Timeout[];
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  constructor(pool: Pool, { onError = () => {}, patience = 5_000, delay = 1_000 }: RecorderOptions) {
    this.#pool = pool;
    this.#onError = onError;
    this.#patience = patience;
    const ahead = () => makePartitions(pool).catch((error: Error) => onError(error, 0));
    this.#timers = [setInterval(() => void this.flush(), delay / 2), setInterval(() => void ahead(), DAY)];
    for (const timer of this.#timers) timer.unref();
  }

  recordDurably(record: AccessRecord): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = () => reject(new HubError("UNAVAILABLE", "The access could not be recorded."));
      const timer = setTimeout(refuse, this.#patience);
      const settle = (error?: Error) => {
        clearTimeout(timer);
        if (error) refuse();
        else resolve();
      };
      this.#waiting.push({ entry: entryOf(record), settle });
      void this.flush();
    });
  }

  record(record: AccessRecord): void {
    this.#waiting.push({ entry: entryOf(record) });
    if (this.#waiting.length >= BATCH) void this.flush();
  }

  /** One commit at a time: those who come while it runs share the next. */
  flush(): Promise<void> {
    this.#writing ??= this.#drain();
    return this.#writing;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#writing;
    await this.flush();
    if (this.#waiting.length > 0)
      this.#onError(new Error("closed while records were waiting"), this.#waiting.length);
  }

  async #drain(): Promise<void> {
    await undefined; // the requests of this turn of the event loop come along
    try {
      while (this.#waiting.length > 0) {
        const batch = this.#waiting.splice(0, BATCH);
        const failure = await this.#write(batch);
        if (!failure) continue;
        this.#keep(
          batch.filter((w) => !w.settle),
          failure,
        );
        return;
      }
    } finally {
      this.#writing = undefined; // here, not later: a record that comes in between would wait for the timer
    }
  }

  async #write(batch: readonly Waiting[]): Promise<Error | undefined> {
    try {
      await insert(
        this.#pool,
        batch.map((w) => w.entry),
      );
      for (const w of batch) w.settle?.();
      return undefined;
    } catch (error) {
      if (isFaultOfRow(error)) return this.#writeSingly(batch);
      for (const w of batch) w.settle?.(error as Error);
      return error as Error;
    }
  }

  /** One row that the table refuses must not take the others of its commit with it. */
  async #writeSingly(batch: readonly Waiting[]): Promise<undefined> {
    for (const w of batch) {
      const failure = await insert(this.#pool, [w.entry]).catch((error: Error) => error);
      w.settle?.(failure ?? undefined);
      if (failure) this.#onError(failure, 1);
    }
  }

  /** Puts records back that nobody waits for, the newest up to a bound. */
  #keep(records: readonly Waiting[], failure: Error): void {
    const all = [...records, ...this.#waiting];
    const lost = Math.max(0, all.length - MOST);
    this.#waiting = all.slice(lost);
    this.#onError(failure, lost);
  }
}
