/** What is asked of one page of a feed, and what is found for it. */
import type { Pool } from "pg";
import type { Decisions } from "../../access";
import type { DatasetEntry, Range } from "../../declare";
import type { Answer, Asked, Reader } from "../../read";
import type { Position } from "./cursor";
import type { Place } from "./journal";
import type { Named } from "./kept-decision";

export type ChangeKind = "UPSERT" | "DELETE" | "RETRACT";

/** What is asked of the row of each change, at the places where a client asks it. */
export type Selections = ReadonlyMap<string, readonly Asked[]>;

export interface FoundChange {
  readonly kind: ChangeKind;
  readonly uuid: string;
  readonly at: Date;
  readonly position: Position;
  /** The row as each selection wants it. */
  readonly rows: ReadonlyMap<string, unknown>;
}

export interface FoundPage {
  readonly changes: readonly FoundChange[];
  readonly end: Position;
  readonly more: boolean;
  readonly answers: readonly Answer[];
}

export interface Ask {
  readonly dataset: DatasetEntry;
  readonly position: Position;
  readonly now: Named;
  /** They refuse where rights have moved since. */
  readonly decisions: Decisions;
  readonly selections: Selections;
  readonly size: number;
  /** Where alone changes are sought. */
  readonly area: Range;
  /** What the journal tells beyond it is not of this page. */
  readonly until?: Place;
  readonly spent: number;
}

export interface PageParts {
  readonly pool: Pool;
  readonly reader: Pick<Reader, "found" | "parts">;
}
