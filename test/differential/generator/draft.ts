/** A question in the making: its variables, its fragments, and the words for values. */
import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
} from "graphql";
import type { Catalogue } from "../../../src/declare";
import type { Policy } from "../reference/levels";
import type { Rows } from "../reference/rows";
import type { Choose } from "./choose";
import type { Tally } from "./tally";

/** What a question is asked about, and by whom. */
export interface Setting {
  readonly catalogue: Catalogue;
  readonly schema: GraphQLSchema;
  readonly rows: Rows;
  readonly policy: Policy;
  readonly tally: Tally;
}

export class Draft {
  readonly variables: Record<string, unknown> = {};
  readonly #declared: string[] = [];
  readonly #fragments: string[] = [];
  #names = 0;

  constructor(
    readonly choose: Choose,
    readonly setting: Setting,
  ) {}

  name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  /** `argument: value`, the value written out or lifted into a variable. */
  argument(name: string, type: GraphQLInputType, value: unknown): string {
    return `${name}: ${this.value(type, value)}`;
  }

  /** A value as GraphQL text; now and then any part of it becomes a variable. */
  value(type: GraphQLInputType, value: unknown): string {
    if (value !== null && this.choose.maybe(7)) return this.variable(String(type), type, value);
    return spell(type, value, (t, v) => this.value(t, v));
  }

  /** Declares a variable; sometimes its value is only its default. */
  variable(declared: string, type: GraphQLInputType, value: unknown): string {
    const name = this.name("v");
    this.setting.tally.see("variables");
    if (this.choose.maybe(25)) {
      this.#declared.push(`$${name}: ${declared.replace(/!$/, "")} = ${literal(type, value)}`);
    } else {
      this.#declared.push(`$${name}: ${declared}`);
      this.variables[name] = value;
    }
    return `$${name}`;
  }

  flag(value: boolean): string {
    const name = this.name("v");
    this.#declared.push(`$${name}: Boolean!`);
    this.variables[name] = value;
    return `$${name}`;
  }

  /** A variable that the caller fills in, left out in the first asking. */
  open(name: string, type: string): string {
    this.#declared.push(`$${name}: ${type}`);
    return `$${name}`;
  }

  fragment(type: string, body: string): string {
    const name = this.name("F");
    this.#fragments.push(`fragment ${name} on ${type} ${body}`);
    return `...${name}`;
  }

  document(body: string): string {
    const declared = this.#declared.length > 0 ? `(${this.#declared.join(", ")})` : "";
    return [`query Q${declared} ${body}`, ...this.#fragments].join("\n");
  }
}

/** A value as GraphQL writes it, its parts as `below` writes them. */
function spell(
  type: GraphQLInputType,
  value: unknown,
  below: (type: GraphQLInputType, value: unknown) => string,
): string {
  if (value === null) return "null";
  const bare = getNullableType(type);
  if (isListType(bare)) return `[${(value as unknown[]).map((v) => below(bare.ofType, v)).join(", ")}]`;
  if (!isInputObjectType(bare)) return isEnumType(bare) ? String(value) : JSON.stringify(value);
  const typeOf = (name: string) => bare.getFields()[name]?.type as GraphQLInputType;
  return `{${Object.entries(value as object)
    .map(([k, v]) => `${k}: ${below(typeOf(k), v)}`)
    .join(", ")}}`;
}

const literal = (type: GraphQLInputType, value: unknown): string => spell(type, value, literal);
