/** A GraphQL question given as text: parsed and validated as the hub would, every fault told as BAD_USER_INPUT. */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  validate,
} from "graphql";
import { HubError } from "../errors";
import { type Asked, ask } from "../read/asked";
import type { Sharing } from "./context";

export interface QuestionText {
  readonly operation: string;
  /** Variables as JSON text. */
  readonly variables?: string | null;
  readonly operationName?: string | null;
}

/** The root fields that the question asks, with coerced arguments. */
export function fieldsOf({ reader, inspect }: Sharing, given: QuestionText): readonly Asked[] {
  const { schema } = reader;
  const variables = variablesOf(given.variables);
  inspect(given.operation, variables);
  const document = documentOf(schema, given.operation);
  const { operation, fields } = coerced(() =>
    ask(schema, { document, operationName: given.operationName, variables }),
  );
  if (operation.operation !== OperationTypeNode.QUERY)
    throw refused("operation", "须为查询。It must be a query.", []);
  return fields;
}

function documentOf(schema: GraphQLSchema, text: string): DocumentNode {
  const document = coerced(() => parse(text));
  const problems = validate(schema, document, undefined, { maxErrors: 20, hideSuggestions: true });
  if (problems.length > 0)
    throw refused(
      "operation",
      "查询不符合模式。The question does not fit the schema.",
      problems.map((p) => p.message),
    );
  return document;
}

/** Faults of a document or its variables, as graphql-js words them. */
function coerced<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw refused("operation", "查询无法执行。The question cannot be asked.", [error.message]);
  }
}

function variablesOf(text: string | null | undefined): Readonly<Record<string, unknown>> {
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === "object" && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>;
  } catch {
    // Not JSON: told below.
  }
  throw refused("variables", "variables 须为 JSON 对象文本。variables is the text of a JSON object.", []);
}

function refused(argument: string, message: string, problems: readonly string[]): HubError {
  return new HubError("BAD_USER_INPUT", message, { argument, problems });
}
