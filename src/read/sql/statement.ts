/** A statement in the making: its parameters, in the order they are bound. */
import { createHash } from "node:crypto";
import type { DatasetEntry } from "../../declare";

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Name under which the server keeps it prepared. */
  readonly name: string;
  /** Datasets that it reads at their linked sources. */
  readonly linked?: readonly DatasetEntry[];
  /** Whether the server shall plan it for the values of each execution, though it is prepared. */
  readonly forValues?: boolean;
}

export class Parameters {
  readonly values: unknown[] = [];

  /** Binds a value; the cast keeps the server from guessing its type. */
  bind(value: unknown, cast: string): string {
    this.values.push(value);
    return `$${this.values.length}::${cast}`;
  }
}

export function statement(text: string, parameters: Parameters): Statement {
  const name = createHash("sha256").update(text).digest("base64url").slice(0, 32);
  return { text, values: parameters.values, name };
}

/** A text as a literal; for texts of declarations and plans, never of clients. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A column of a row of the statement. */
export function column(row: string, name: string): string {
  return `${row}."${name}"`;
}
