/** What the doors of the feed are given about the request they serve. */
import type { Decisions } from "../../access";
import type { Identity } from "../../identity";
import type { Answer } from "../../read";
import type { ChangeRow, Feed } from "./feed";
import type { Following } from "./follow";

export interface ChangesContext {
  readonly identity: Identity;
  readonly decisions: Decisions;
  readonly changes: Feed;
  /** What the request has read goes into its record. */
  readonly tally: { readonly cost: number; add(answer: Answer): void };
  /** After what the request reads otherwise: what comes later must know what it has cost. */
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Where the request came by a way that stays open. */
  readonly live?: { follow(following: Following): AsyncIterableIterator<readonly ChangeRow[]> };
}
