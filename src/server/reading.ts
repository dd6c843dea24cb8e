// What the server needs of the room that reads: an operation prepared under a decision, and its answer as text.
import type { DocumentNode } from "graphql";
import type { Decide } from "../access";
import type { TouchedDataset } from "../audit";
import type { Identity } from "../identity";

export interface ReadRequest {
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly identity: Identity;
  readonly decide: Decide;
  readonly epoch: number;
}

export interface Prepared {
  readonly cost: number;
  /** Levels held and needed, for `extensions.access`. */
  readonly access: readonly unknown[];
  readonly touched: readonly TouchedDataset[];
  readonly grants: readonly string[];
  /** Whether rows of persons may be in the answer: its record must be durable first. */
  readonly personal: boolean;
}

export interface ReadAnswer {
  /** JSON text of `data`. */
  readonly text: string;
  readonly rows: number;
  readonly suppressed: number;
}

export interface Reader {
  prepare(request: ReadRequest): Prepared;
  text(prepared: Prepared): Promise<ReadAnswer>;
  /** Whether all root fields of the operation are the reader's, so that its text is the whole answer. */
  answers(document: DocumentNode, operationName?: string | null): boolean;
}
