/** What the doors of the feed are given about the request they serve. */
import type { Decisions } from "../../access";
import type { Identity } from "../../identity";
import type { Answer } from "../../read";
import type { Feed } from "./feed";

export interface ChangesContext {
  readonly identity: Identity;
  readonly decisions: Decisions;
  readonly changes: Feed;
  /** What the request has read goes into its record. */
  readonly tally: { add(answer: Answer): void };
}
