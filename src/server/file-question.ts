// The question of a file: posted as JSON beside Apollo, so that what Apollo would refuse is refused here.
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import { HubError } from "../errors";
import type { Question } from "../read";

export interface Posted {
  readonly query?: unknown;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown> | null;
}

export function questionOf(schema: GraphQLSchema, { query, operationName, variables }: Posted): Question {
  if (typeof query !== "string")
    throw new HubError("BAD_USER_INPUT", "请求体需要 query。The body needs a query");
  if (!isLeftOut(operationName) && typeof operationName !== "string")
    throw new HubError("BAD_USER_INPUT", "operationName 须为文本。operationName is a text");
  if (!isLeftOut(variables) && (typeof variables !== "object" || Array.isArray(variables)))
    throw new HubError("BAD_USER_INPUT", "variables 须为对象。variables is an object");
  const document = parsed(query);
  const [wrong] = validate(schema, document);
  if (wrong) throw refused(wrong);
  return { document, operationName, variables: variables ?? {} };
}

function isLeftOut(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: 10_000 });
  } catch (error) {
    throw refused(error as GraphQLError);
  }
}

/** What graphql-js finds when an operation is chosen and its variables are coerced is the question's fault. */
export function ofQuestion(error: unknown): unknown {
  return error instanceof GraphQLError && !(error instanceof HubError) ? refused(error) : error;
}

function refused(error: GraphQLError): HubError {
  return new HubError("BAD_USER_INPUT", error.message.replace(/ ?Did you mean(.+?)\?$/, ""));
}
