// What the server needs of the room that reads: whether a question is all its own, and the answer as text.
import type { GraphQLError, GraphQLResolveInfo } from "graphql";
import type { Decisions } from "../access";
import type { TouchedDataset } from "../audit";
import type { WireText } from "../database/wire";
import type { AccessNote, NamedRows, Question } from "../read";

/** What one answer read, whichever exit it left by: for `extensions` and for the access record. */
export interface Reading {
  readonly rows: number;
  readonly suppressed: number;
  /** Parts of the id by which what it lacks is asked for. */
  readonly apply: readonly string[];
  readonly prepared: {
    readonly cost: number;
    /** Levels held and needed, for `extensions.access`. */
    readonly access: readonly AccessNote[];
    readonly touched: readonly TouchedDataset[];
    readonly grants: readonly string[];
    /** Whether rows of persons may be in the answer: its record must be durable first. */
    readonly personal: boolean;
  };
}

export interface Reader {
  /** Whether all root fields of the operation are the reader's, so that its text is the whole answer. */
  answers(question: Question): boolean;
  /** JSON text of `data`, and the errors of root fields that were not answered. */
  answer(
    question: Question,
    decisions: Decisions,
  ): Promise<
    Reading & { readonly text: string; readonly wire: WireText; readonly errors: readonly GraphQLError[] }
  >;
  /** Value of one root field of an operation that graphql-js executes; `spent` is what others of it have cost. */
  value(
    info: GraphQLResolveInfo,
    decisions: Decisions,
    spent: number,
  ): Promise<{ value: unknown; answer: Reading }>;
  /** Rows by their uuids, for a field of such an operation. */
  rows(
    info: GraphQLResolveInfo,
    dataset: string,
    uuids: readonly string[],
    decisions: Decisions,
    spent: number,
  ): Promise<{ values: ReadonlyMap<string, unknown>; answer: Reading }>;
  /** Rows by what names them, for such a field. */
  named(
    info: GraphQLResolveInfo,
    wanted: NamedRows,
    decisions: Decisions,
    spent: number,
  ): Promise<{ values: readonly unknown[]; answer: Reading }>;
}
