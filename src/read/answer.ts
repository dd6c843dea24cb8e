/** What the reader gives back: the text of an answer beside its account, and its errors as graphql-js would tell them. */
import { GraphQLError, type OperationDefinitionNode } from "graphql";
import { fromWire, type WireText } from "../database/wire";
import type { HubError } from "../errors";
import type { Account, CompiledRoot } from "./compiled";
import { TYPE } from "./context";

export interface Answer {
  /** JSON text of `data`, as PostgreSQL sent it. */
  readonly wire: WireText;
  /** The same, decoded when it is asked for. */
  readonly text: string;
  readonly rows: number;
  readonly suppressed: number;
  readonly prepared: Account;
  /** Parts of the id by which what it lacks is asked for. */
  readonly apply: readonly string[];
  readonly errors: readonly GraphQLError[];
}

/** JSON text of one root field with what its record counts. */
export interface Part {
  readonly wire: WireText;
  readonly rows: number;
  readonly suppressed: number;
}

/** The value that graphql-js goes on with. */
export function parsed({ wire }: Part): unknown {
  return JSON.parse(fromWire(wire));
}

export function told(
  part: Part,
  prepared: Account,
  errors: readonly GraphQLError[] = [],
  apply = prepared.apply as readonly string[],
): Answer {
  return new Told(part, prepared, errors, apply);
}

/** A class: a getter in an object of its own would make each answer a shape of its own, for whoever reads it. */
class Told implements Answer {
  readonly wire: WireText;
  readonly rows: number;
  readonly suppressed: number;

  constructor(
    { wire, rows, suppressed }: Part,
    readonly prepared: Account,
    readonly errors: readonly GraphQLError[],
    readonly apply: readonly string[],
  ) {
    this.wire = wire;
    this.rows = rows;
    this.suppressed = suppressed;
  }

  get text(): string {
    return fromWire(this.wire);
  }
}

/** The error as graphql-js would place it. */
export function located(error: HubError, operation: OperationDefinitionNode, key: string): GraphQLError {
  const nodes = operation.selectionSet.selections.filter(
    (s) => s.kind === "Field" && (s.alias ?? s.name).value === key,
  );
  return new GraphQLError(error.message, {
    nodes,
    path: [key],
    extensions: error.extensions,
    originalError: error,
  });
}

/** A row tells graphql-js its type where it stands behind an interface. */
export function typed({ type }: Pick<CompiledRoot, "type">, value: unknown): unknown {
  return type === undefined || value === null ? value : Object.defineProperty(value, TYPE, { value: type });
}

/** What the record counts of all root fields. */
export function sum(parts: readonly Part[]): { rows: number; suppressed: number } {
  return {
    rows: parts.reduce((n, p) => n + p.rows, 0),
    suppressed: parts.reduce((n, p) => n + p.suppressed, 0),
  };
}
