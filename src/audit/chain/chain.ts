// Keeps the chain going in a hub process: seals what has come every two seconds, and publishes the head.
import type { Pool } from "pg";
import { toldOf } from "./heads";
import { type Place, type Published, Publisher } from "./publisher";
import { type LastSeal, lastSeal } from "./seal";
import { createSealer, drawnIn } from "./sealer";

export interface ChainParts {
  readonly pool: Pool;
  readonly now: () => Date;
  readonly places: readonly Place[];
  /** Told of what failed, and is tried again; and of a head that differs from the published one. */
  readonly onError?: (error: Error, doing: string) => void;
  readonly onSealed?: (records: number) => void;
  /** Milliseconds between seals; 0: only when `turn` is called. */
  readonly interval?: number;
}

/** What this process knows of the chain without asking. */
export interface ChainView {
  readonly last?: LastSeal;
  readonly published: Published;
  /** All records from before this time are sealed, and the head is published. */
  readonly coveredAt?: Date;
}

export interface Chain {
  view(): ChainView;
  /** Seals what there is and publishes; failures are told to `onError`. */
  turn(): Promise<void>;
  /** A last turn, so that nothing stays uncovered while the hub is away. */
  close(): Promise<void>;
}

export const INTERVAL = 2_000;

export function createChain(parts: ChainParts): Chain {
  return new Sealing(parts);
}

class Sealing implements Chain {
  readonly #parts: ChainParts;
  readonly #publisher: Publisher;
  readonly #sealAll: () => Promise<boolean>;
  readonly #timer: NodeJS.Timeout | undefined;
  #turning: Promise<void> | undefined;
  #last: LastSeal | undefined;
  #coveredAt: Date | undefined;
  #told: number | undefined;

  constructor(parts: ChainParts) {
    const { pool, now, places, interval = INTERVAL } = parts;
    this.#parts = parts;
    this.#sealAll = createSealer({ pool, now });
    const onError = (error: Error, place: string) => parts.onError?.(error, `publish to the ${place}`);
    this.#publisher = new Publisher({ client: pool, places, now, onError });
    if (interval > 0) {
      this.#timer = setInterval(() => void this.turn(), interval);
      this.#timer.unref();
    }
  }

  view(): ChainView {
    return { last: this.#last, published: this.#publisher.published, coveredAt: this.#coveredAt };
  }

  turn(): Promise<void> {
    this.#turning ??= this.#turn()
      .catch((error: Error) => this.#parts.onError?.(error, "seal access records"))
      .finally(() => {
        this.#turning = undefined;
      });
    return this.#turning;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#turning;
    await this.turn();
  }

  async #turn(): Promise<void> {
    const { pool, now, onSealed } = this.#parts;
    const began = now();
    const drawn = await drawnIn(pool);
    this.#last ??= await lastSeal(pool);
    const before = this.#last?.total ?? 0;
    if (!this.#last || this.#last.upto < drawn || this.#last.open !== "{}") await this.#sealAll();
    const last = await lastSeal(pool);
    if (last) {
      onSealed?.(last.total - before);
      this.#last = last;
      await this.#publisher.publish(toldOf(last));
      this.#tellDifference();
    }
    const { head } = this.#publisher.published;
    const sealed = (last?.upto ?? 0) >= drawn && (last?.open ?? "{}") === "{}";
    if (sealed && head?.seal === last?.number) this.#coveredAt = began;
  }

  /** Once for each seal that differs. */
  #tellDifference(): void {
    const { differs } = this.#publisher.published;
    if (differs === undefined || differs === this.#told) return;
    this.#told = differs;
    const text = `the head of seal ${differs} differs from the published one: run hub audit verify`;
    this.#parts.onError?.(new Error(text), "compare heads");
  }
}
