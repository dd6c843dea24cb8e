// Tells the newest head to places outside the database, and notices where the database no longer holds what was told.
import { appendHead, type Head, lastHead } from "./heads";
import type { Queryable } from "./leaves";

export interface Place {
  /** What the log calls it. */
  readonly name: string;
  /** Resolves once the place has it for good. */
  tell(head: Head): Promise<void>;
  /** The last head that the place has, where it can say so. */
  last?(): Promise<Head | undefined>;
}

export function fileOf(file: string): Place {
  return { name: "file", tell: (head) => appendHead(file, head), last: () => lastHead(file) };
}

const PATIENCE = 5_000;

/** Posts the head as JSON; any answer of 2xx means that it is kept. */
export function urlOf(url: string): Place {
  return {
    name: "url",
    async tell(head) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(head),
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the place for heads answered ${response.status}`);
    },
  };
}

export interface Published {
  /** The newest head that every place has. */
  readonly head?: Head;
  /** When it was told. */
  readonly at?: Date;
  /** Seal whose head the database tells otherwise than it was published. */
  readonly differs?: number;
}

export interface PublisherParts {
  readonly client: Queryable;
  readonly places: readonly Place[];
  readonly now: () => Date;
  readonly onError: (error: Error, place: string) => void;
}

/** A place that fails is tried again with the newest head, which covers those that it missed. */
export class Publisher {
  readonly #told = new Map<Place, Head | undefined>();
  #published: Published = {};

  constructor(private readonly parts: PublisherParts) {}

  get published(): Published {
    return this.#published;
  }

  async publish(newest: Head): Promise<void> {
    const { places, onError, now } = this.parts;
    let all = places.length > 0;
    for (const place of places) {
      try {
        await this.#tell(place, newest);
      } catch (error) {
        all = false;
        onError(error as Error, place.name);
      }
    }
    if (all && this.#published.head?.seal !== newest.seal)
      this.#published = { ...this.#published, head: newest, at: now() };
  }

  async #tell(place: Place, newest: Head): Promise<void> {
    const last = this.#told.has(place) ? this.#told.get(place) : await place.last?.();
    if (last && !(await this.#stands(last))) this.#published = { ...this.#published, differs: last.seal };
    // Of one seal the place keeps the head that it was told first.
    if (last?.seal !== newest.seal) await place.tell(newest);
    this.#told.set(place, newest);
  }

  /** Whether the database still tells of this seal what was published. */
  async #stands({ seal, head }: Head): Promise<boolean> {
    const text = "SELECT FROM access_seal WHERE number = $1 AND head = $2";
    return (await this.parts.client.query(text, [seal, Buffer.from(head, "hex")])).rows.length === 1;
  }
}
