/** A plan rendered: its statements, with what values leave open, and the account of what they read. */
import { type GraphQLSchema, isNonNullType } from "graphql";
import type { HubError } from "../errors";
import type { AccessNote, TouchedDataset } from "./notes";
import type { RootPlan } from "./plan-types";
import { settled, type Values } from "./slot";
import { rootStatement, type Statement } from "./sql";

/** What an answer reads, known before SQL: for limits, `extensions` and the access record. */
export interface Account {
  readonly cost: number;
  readonly access: readonly AccessNote[];
  /** Parts of the id by which what is lacking is asked for; some of them open. */
  readonly apply: readonly unknown[];
  readonly touched: readonly TouchedDataset[];
  readonly grants: readonly string[];
  readonly personal: boolean;
}

/** An operation planned under the decisions of one epoch. */
export interface Prepared extends Account {
  readonly roots: readonly RootPlan[];
}

/** One root field: a statement to send, a text that is known already, or why there is none. */
export interface CompiledRoot {
  readonly key: string;
  readonly nullable: boolean;
  readonly statement?: Statement;
  readonly text?: string;
  readonly error?: HubError;
  /** Type of the one row, for graphql-js where it stands behind an interface. */
  readonly type?: string;
}

export interface Compiled extends Account {
  readonly roots: readonly CompiledRoot[];
  /** Characters that it takes, roughly. */
  readonly size: number;
}

export function compile(schema: GraphQLSchema, { roots, ...account }: Prepared, epoch: number): Compiled {
  const compiled = roots.map((root) => compileRoot(schema, root, epoch));
  const statements = compiled.reduce((sum, { statement }) => sum + 2 * (statement?.text.length ?? 0), 2_000);
  return { ...account, roots: compiled, size: statements + sizeOf(account.access) };
}

/** Notes name each territory for each field, and are kept as text too once they were sent. */
function sizeOf(notes: readonly AccessNote[]): number {
  return notes.reduce((sum, { held }) => sum + 500 + 200 * held.length, 0);
}

export function compileRoot(schema: GraphQLSchema, root: RootPlan, epoch: number): CompiledRoot {
  const { key } = root;
  switch (root.is) {
    case "typename":
      return { key, nullable: false, text: JSON.stringify(root.name) };
    case "nothing":
      return { key, nullable: true, text: "null" };
    case "refused":
      return { key, nullable: isNullable(schema, root.name), error: root.error };
    case "one":
      return {
        key,
        nullable: true,
        statement: rootStatement(root, epoch),
        type: root.row.source.dataset.type,
      };
    case "list":
    case "figures": {
      const { dataset } = root.is === "list" ? root.list.source : root.figures.source;
      // A linked source that is away leaves the rest of the answer as it is.
      return { key, nullable: dataset.linked !== undefined, statement: rootStatement(root, epoch) };
    }
    default:
      return { key, nullable: false, statement: rootStatement(root, epoch) };
  }
}

function isNullable(schema: GraphQLSchema, field: string): boolean {
  return !isNonNullType(schema.getQueryType()?.getFields()[field]?.type);
}

/** The roots with their open values filled in; throws as planning would where one of them will not do. */
export function bound({ roots }: Compiled, values: Values): CompiledRoot[] {
  return roots.map((root) => {
    const { statement } = root;
    if (!statement) return root;
    return {
      ...root,
      statement: { ...statement, values: statement.values.map((value) => settled(value, values)) },
    };
  });
}
