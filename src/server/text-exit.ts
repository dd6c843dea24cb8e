// The text exit: operations of dataset fields alone are answered with the JSON text that the reader brings.
import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLResponse } from "@apollo/server";
import { HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";
import type { WireText } from "../database/wire";
import type { Question } from "../read";
import type { Asking, HubContext } from "./context";
import type { Known } from "./known";
import { rawResult, type Single } from "./raw-json";
import type { Reader } from "./reading";
import { formatError } from "./refusal";

export type OnFault = (thrown: unknown, requestId: string) => void;

/** As a plugin of Apollo, which has validated the document; `known` is told of it. */
export function textExit(reader: Reader, known: Known, onFault: OnFault): ApolloServerPlugin<HubContext> {
  return {
    async requestDidStart() {
      return { responseForOperation: (asked) => respond(reader, known, asked, onFault) };
    },
  };
}

/** Null lets graphql-js execute the operation. */
async function respond(
  reader: Reader,
  known: Known,
  asked: GraphQLRequestContext<HubContext>,
  onFault: OnFault,
): Promise<GraphQLResponse | null> {
  const { document, operation, request, source, contextValue } = asked;
  if (!document || !source || operation?.operation !== "query") return null;
  const question = known.learn(source, document, request);
  if (!reader.answers(question)) return null;
  const { result, status } = await answerOf(reader, question, contextValue, onFault);
  return { body: { kind: "single", singleResult: result }, http: { status, headers: new HeaderMap() } };
}

export interface Outcome {
  readonly result: Single;
  /** Left out where the result itself tells. */
  readonly status?: number;
}

/** What the reader makes of a question that is all its own. */
export async function answerOf(
  reader: Reader,
  question: Question,
  context: Asking,
  onFault: OnFault,
): Promise<Outcome> {
  try {
    const answer = await reader.answer(question, context.decisions);
    context.tally.add(answer);
    for (const error of answer.errors) onFault(error, context.requestId);
    return { result: resultOf(answer.wire, answer.errors) };
  } catch (thrown) {
    onFault(thrown, context.requestId);
    return refused(thrown);
  }
}

function resultOf(wire: WireText, thrown: readonly GraphQLError[]): Single {
  const data = wire === "null" ? { data: null } : rawResult(wire);
  if (thrown.length === 0) return data;
  return { ...data, errors: thrown.map((error) => formatError(error.toJSON(), error)) };
}

/** Wrong variables are refused before anything runs, hence without `data`, as graphql-js and Apollo do it. */
function refused(thrown: unknown): Outcome {
  const error =
    thrown instanceof GraphQLError ? thrown : new GraphQLError("", { originalError: thrown as Error });
  const ofVariables = error.nodes?.[0]?.kind === "VariableDefinition";
  const code = error.extensions.code ?? (ofVariables ? "BAD_USER_INPUT" : undefined);
  // What is no error of GraphQL is told by what it is: a database that is away, not a fault of the hub.
  const cause = thrown instanceof GraphQLError ? coded(error, code) : thrown;
  const told = formatError({ ...error.toJSON(), extensions: { ...error.extensions, code } }, cause);
  return ofVariables
    ? { result: { errors: [told] }, status: 400 }
    : { result: { errors: [told], data: null } };
}

function coded(error: GraphQLError, code: unknown): GraphQLError {
  if (code !== undefined && error.extensions.code === undefined) error.extensions.code = code;
  return error;
}
