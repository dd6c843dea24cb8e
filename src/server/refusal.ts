// Turns whatever was thrown into what a client may see, and what an operator may read of it in the log.
import type { ServerResponse } from "node:http";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { toWire, type WireText } from "../database/wire";
import { ERRORS, type ErrorCode, HubError } from "../errors";
import { visitOf } from "./visit";

/** Errors that graphql-js and Apollo make of the request alone, before any row is read. */
const OF_THE_REQUEST: readonly unknown[] = [
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "BAD_REQUEST",
  "BAD_USER_INPUT",
];

/** The database's way to say "not now": SQLSTATE classes 08 and 53, shutting down, starting up. 08P01 is a fault of the hub. */
const AWAY = /^(08(?!P01)|53|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)/;
const CANCELLED = "57014";
/** Only a text of the client can hold U+0000, which PostgreSQL keeps nowhere. */
const NO_TEXT = "22021";
const POOL_EXHAUSTED =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|not queryable/;

/** The hub's own error behind a thrown one; undefined where a client may know nothing of it. */
function ownError(thrown: unknown): HubError | undefined {
  const cause = causeOf(thrown) ?? {};
  if (cause instanceof HubError) return cause;
  const { code, message } = cause as { code?: unknown; message?: unknown };
  if (code === CANCELLED) return new HubError("TIMEOUT", "The statement took longer than it may.");
  if (code === NO_TEXT)
    return new HubError(
      "BAD_USER_INPUT",
      "文本含无法使用的字符。A text holds a character that cannot be used.",
    );
  if (AWAY.test(String(code)) || POOL_EXHAUSTED.test(String(message)))
    return new HubError("UNAVAILABLE", "The database cannot be reached now.");
  return undefined;
}

/** What fails before a question has its context, Apollo wraps without a path: by it alone that is not unwrapped. */
function causeOf(thrown: unknown): unknown {
  const cause = unwrapResolverError(thrown);
  const wraps = cause instanceof GraphQLError && !(cause instanceof HubError) && !cause.nodes;
  return wraps ? (cause.originalError ?? cause) : cause;
}

/** `formatError` of Apollo: everything not foreseen becomes INTERNAL_SERVER_ERROR, and says nothing more. */
export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const { locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const own = ownError(thrown);
  if (own) return { message: own.message, ...place, extensions: { ...own.extensions } };
  if (isOfRequest(thrown))
    return { message: plain(formatted.message), ...place, extensions: codeOf(formatted) };
  const { hint } = ERRORS.INTERNAL_SERVER_ERROR;
  return {
    message: "The hub failed to answer.",
    ...place,
    extensions: { code: "INTERNAL_SERVER_ERROR", hint },
  };
}

/** Whether it is a fault of the hub, to be looked into by an operator. */
export function isFault(thrown: unknown): boolean {
  return !ownError(thrown) && !isOfRequest(thrown);
}

/** Errors of resolvers may wear any code; only Apollo's and graphql-js's own are let through by code. */
function isOfRequest(thrown: unknown): boolean {
  const cause = unwrapResolverError(thrown);
  const { extensions } = thrown as Partial<GraphQLError>;
  return cause instanceof GraphQLError && OF_THE_REQUEST.includes(extensions?.code);
}

function codeOf(formatted: GraphQLFormattedError): Record<string, unknown> {
  const code = formatted.extensions?.code as string;
  return code in ERRORS ? { code, hint: ERRORS[code as ErrorCode].hint } : { code };
}

/** Suggestions tell nothing secret here, yet they cost a search through the schema's names per mistake. */
function plain(message: string): string {
  return message.replace(/ ?Did you mean(.+?)\?$/, "");
}

/** What the log may hold of a fault: messages of databases and parsers quote values, so they stay out. */
export function faultOf(thrown: unknown): Record<string, unknown> {
  const cause = unwrapResolverError(thrown) as Error & {
    code?: unknown;
    constraint?: unknown;
    table?: unknown;
  };
  const speaks = cause instanceof TypeError || cause instanceof ReferenceError || cause instanceof RangeError;
  const frames = String(cause?.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line));
  return {
    fault: cause?.name,
    ...(speaks && { message: cause.message }),
    code: typeof cause?.code === "string" ? cause.code : undefined,
    table: cause?.table,
    constraint: cause?.constraint,
    frames: frames.slice(0, 8).map((line) => line.trim()),
  };
}

/** The hub's error that tells a client of whatever was thrown. */
export function shown(thrown: unknown, requestId: string): HubError {
  return (
    ownError(thrown) ?? new HubError("INTERNAL_SERVER_ERROR", "The hub failed to answer.", { requestId })
  );
}

/** Answers a refusal outside Apollo in the same words: the door, the body and the limits come before it. */
export function sendRefusal(response: ServerResponse, error: HubError, status = error.status): void {
  visitOf(response).codes.push(error.code);
  const body = { errors: [{ message: error.message, extensions: { ...error.extensions } }] };
  response.setHeader("Cache-Control", "no-store");
  sendJson(response, status, toWire(JSON.stringify(body)));
}

export function sendJson(response: ServerResponse, status: number, text: WireText): void {
  response.statusCode = status;
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.setHeader("Content-Length", text.length);
  response.end(text, "latin1");
}
