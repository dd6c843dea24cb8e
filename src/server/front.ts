// The way in: every request's visit is opened here. A plain question that is known goes straight to the reader; all
// else goes through express and Apollo. Both lines end in the same functions, so that they answer alike.
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type DocumentNode, getOperationAST, type OperationDefinitionNode } from "graphql";
import type { Logger } from "pino";
import type { Recorder } from "../audit";
import { HubError } from "../errors";
import type { Asking } from "./context";
import { type Admit, BODY_LIMIT, type OnRefusal, unreadableBody } from "./entrance";
import { setSafeHeaders, setUnkept } from "./headers";
import type { Readiness } from "./health";
import type { Journal } from "./journal";
import type { KindOf } from "./kinds";
import type { Known } from "./known";
import { inspectVariables } from "./limits";
import type { Metrics } from "./metrics";
import { wireResult } from "./raw-json";
import type { Reader } from "./reading";
import { end } from "./recording";
import { faultOf, isFault, sendJson, sendRefusal, shown } from "./refusal";
import { concerns, type Registered } from "./registered";
import { answerOf, type OnFault } from "./text-exit";
import { openVisit, type Visit, visitOf } from "./visit";

export interface FrontParts {
  readonly reader: Reader;
  readonly known: Known;
  readonly kindOf: KindOf;
  readonly recorder: Recorder;
  readonly admit: Admit;
  readonly askingOf: (visit: Visit) => Promise<Asking>;
  readonly registered: Registered;
  readonly onRefusal: OnRefusal;
  readonly onFault: OnFault;
  readonly readiness: Readiness;
  readonly journal: Journal;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Takes what is not plain; finds in `body` what was read already. */
  readonly app: RequestListener;
}

/** What only Apollo does: GET, other media types, hashes for documents, documents met for the first time, refusals of a body. */
interface Plain {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

export function createFront(parts: FrontParts): RequestListener {
  const { readiness, journal, app, logger } = parts;
  return (request, response) => {
    const visit = openVisit(request, response);
    journal(request, response);
    setSafeHeaders(response);
    // While the hub leaves, each answer is the last on its connection: the caller's next one goes elsewhere.
    if (readiness.leaving) response.setHeader("Connection", "close");
    if (!isPlain(request)) return app(request, response);
    setUnkept(response);
    askedPlainly(parts, request, response).catch((error: unknown) => {
      const { requestId } = visit;
      if (isFault(error)) logger.error({ requestId, ...faultOf(error) }, "a request failed");
      if (response.headersSent) response.destroy();
      else sendRefusal(response, shown(error, requestId));
    });
  };
}

const JSON_TYPE = /^application\/json(; ?charset=utf-8)?$/i;
const ACCEPTED = new Set([undefined, "*/*", "application/json", "application/json, */*"]);

/** Asked as nearly everybody asks: JSON posted whole, JSON wanted back. */
function isPlain({ method, url, headers }: IncomingMessage): boolean {
  const length = Number(headers["content-length"]);
  return (
    method === "POST" &&
    url === "/graphql" &&
    length > 0 &&
    length <= BODY_LIMIT &&
    JSON_TYPE.test(headers["content-type"] ?? "") &&
    headers["content-encoding"] === undefined &&
    headers.expect === undefined &&
    ACCEPTED.has(headers.accept)
  );
}

async function askedPlainly(
  parts: FrontParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!(await parts.admit(request, response))) return;
  const posted = jsonOf(await textOf(request));
  if (posted === undefined) return sendRefusal(response, unreadableBody(), 400);
  const body = concerns(visitOf(response), posted)
    ? await parts.registered(request, response, posted)
    : posted;
  if (!body) return;
  const document = isQuestion(body) ? parts.known.find(body.query) : undefined;
  const operation = document && getOperationAST(document, (body as Plain).operationName);
  if (
    !document ||
    !operation ||
    !parts.reader.answers({ ...(body as Plain), variables: undefined, document })
  )
    return parts.app(Object.assign(request, { body }), response);
  return answer(parts, body as Plain, document, operation, response);
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.once("error", reject);
  });
}

/** The object or list that a body is; undefined where it is none. */
function jsonOf(text: string): object | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return body !== null && typeof body === "object" ? body : undefined;
  } catch {
    return undefined;
  }
}

function isQuestion(body: object): body is Plain {
  const { query, operationName: name, variables, extensions } = body as Record<string, unknown>;
  const isObject = typeof variables === "object" && !Array.isArray(variables);
  return (
    typeof query === "string" &&
    (name === undefined || name === null || typeof name === "string") &&
    (variables === undefined || isObject) &&
    extensions === undefined
  );
}

async function answer(
  parts: FrontParts,
  body: Plain,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  response: ServerResponse,
): Promise<void> {
  const operationName = operation.name?.value;
  const { reader, recorder, askingOf, onRefusal, onFault, metrics } = parts;
  const visit = visitOf(response);
  metrics.straight.inc();
  try {
    inspectVariables(body);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    onRefusal(visit, error.code);
    return sendRefusal(response, error);
  }
  const contextValue = await askingOf(visit);
  const question = { document, operationName, variables: body.variables ?? undefined };
  const outcome = await answerOf(reader, question, contextValue, onFault);
  const ended = await end(recorder, {
    ...outcome,
    contextValue,
    source: body.query,
    operationName,
    kind: parts.kindOf(document, operation),
  });
  sendJson(response, ended.status ?? 200, wireResult(ended.result));
}
