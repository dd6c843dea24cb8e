// The text exit: operations of dataset fields alone are answered with the JSON text that the reader brings.
import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLResponse } from "@apollo/server";
import { HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { HubContext } from "./context";
import { rawResult } from "./raw-json";
import type { Reader } from "./reading";
import { formatError } from "./refusal";

export type OnFault = (thrown: unknown, requestId: string) => void;

export function textExit(reader: Reader, onFault: OnFault): ApolloServerPlugin<HubContext> {
  return {
    async requestDidStart() {
      return { responseForOperation: (asked) => answer(reader, asked, onFault) };
    },
  };
}

/** Null lets graphql-js execute the operation. */
async function answer(
  reader: Reader,
  asked: GraphQLRequestContext<HubContext>,
  onFault: OnFault,
): Promise<GraphQLResponse | null> {
  const { document, operation, request, contextValue: context } = asked;
  if (!document || operation?.operation !== "query") return null;
  const question = { document, operationName: request.operationName, variables: request.variables };
  try {
    if (!reader.answers(question)) return null;
    const answer = await reader.answer(question, context.decisions);
    context.tally.add(answer);
    for (const error of answer.errors) onFault(error, context.requestId);
    return single(resultOf(answer.text, answer.errors));
  } catch (thrown) {
    onFault(thrown, context.requestId);
    return refused(thrown);
  }
}

function resultOf(text: string, thrown: readonly GraphQLError[]): Single {
  const data = text === "null" ? { data: null } : rawResult(text);
  if (thrown.length === 0) return data;
  return { ...data, errors: thrown.map((error) => formatError(error.toJSON(), error)) };
}

type Single = Extract<GraphQLResponse["body"], { kind: "single" }>["singleResult"];

function single(singleResult: Single, status?: number): GraphQLResponse {
  return { body: { kind: "single", singleResult }, http: { status, headers: new HeaderMap() } };
}

/** Wrong variables are refused before anything runs, hence without `data`, as graphql-js and Apollo do it. */
function refused(thrown: unknown): GraphQLResponse {
  const error =
    thrown instanceof GraphQLError ? thrown : new GraphQLError("", { originalError: thrown as Error });
  const ofVariables = error.nodes?.[0]?.kind === "VariableDefinition";
  const code = error.extensions.code ?? (ofVariables ? "BAD_USER_INPUT" : undefined);
  const told = formatError(
    { ...error.toJSON(), extensions: { ...error.extensions, code } },
    coded(error, code),
  );
  return ofVariables ? single({ errors: [told] }, 400) : single({ errors: [told], data: null });
}

function coded(error: GraphQLError, code: unknown): GraphQLError {
  if (code !== undefined && error.extensions.code === undefined) error.extensions.code = code;
  return error;
}
