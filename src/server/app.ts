// Puts the doors of the hub together, each behind what must come before it.
import type { ServerResponse } from "node:http";
import type { ApolloServer } from "@apollo/server";
import { expressMiddleware } from "@as-integrations/express5";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import type { Logger } from "pino";
import { HubError } from "../errors";
import { consoleRouter } from "./console";
import type { HubContext } from "./context";
import { type DemoIdentities, demoIdentities } from "./demo";
import { type Admit, admitted, type OnRefusal, readBody, refuseBody } from "./entrance";
import { graphiqlRouter } from "./graphiql";
import { unkept } from "./headers";
import { alive, type LookAtLinked, type Readiness, ready } from "./health";
import { inspectVariables } from "./limits";
import type { Metrics } from "./metrics";
import { metricsPage } from "./metrics";
import { faultOf, isFault, sendRefusal, shown } from "./refusal";
import { closedToRegisteredOnly, type Registered, registeredDoor } from "./registered";
import { type Visit, visitOf } from "./visit";

export interface AppParts {
  readonly apollo: ApolloServer<HubContext>;
  readonly admit: Admit;
  readonly contextOf: (visit: Visit) => Promise<HubContext>;
  readonly inspect: (document: string) => void;
  readonly registered: Registered;
  readonly onRefusal: OnRefusal;
  readonly files?: RequestHandler;
  readonly imports?: RequestHandler;
  /** Left out: no subscriptions. */
  readonly events?: RequestHandler;
  readonly readiness: Readiness;
  readonly lookAtLinked?: LookAtLinked;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Left out: no demo. */
  readonly demo?: DemoIdentities;
}

export function createApp(parts: AppParts): express.Express {
  const { logger, metrics, readiness } = parts;
  const app = express();
  app.disable("x-powered-by");
  // A tag would cost a hash of every answer, and no answer is ever asked for again by its tag.
  app.set("etag", false);
  const entry = admitted(parts.admit);
  app.use("/graphql", unkept, entry, ...graphqlDoor(parts));
  if (parts.imports)
    app.post("/imports/:dataset", unkept, entry, closedToRegisteredOnly(parts.onRefusal), parts.imports);
  app.use("/graphiql", graphiqlRouter());
  app.use(consoleRouter());
  app.get("/healthz", unkept, alive);
  app.get("/readyz", unkept, ready(readiness, parts.lookAtLinked));
  app.get("/metrics", unkept, metricsPage(metrics));
  if (parts.demo) app.get("/demo/identities", unkept, demoIdentities(parts.demo));
  app.use((_request, response) => {
    response.status(404).json({ status: "not found" });
  });
  app.use(lastResort(logger));
  return app;
}

/** The line a question walks behind the entrance: how large, how deep; only then the document is validated. */
function graphqlDoor(parts: AppParts): (RequestHandler | ErrorRequestHandler)[] {
  const { apollo, contextOf } = parts;
  const contexts = new WeakMap<ServerResponse, HubContext>();
  return [
    readBody(),
    refuseBody,
    registeredDoor(parts.registered),
    inspectDocument(parts),
    ...(parts.events ? [parts.events] : []),
    ...(parts.files ? [parts.files] : []),
    contextDoor(contextOf, contexts),
    expressMiddleware(apollo, { context: async ({ res }) => contexts.get(res) as HubContext }),
  ];
}

/** Before Apollo, which has 500 for whatever fails while a context is made. */
function contextDoor(
  contextOf: AppParts["contextOf"],
  contexts: WeakMap<ServerResponse, HubContext>,
): RequestHandler {
  return async (_request, response, next) => {
    contexts.set(response, await contextOf(visitOf(response)));
    next();
  };
}

function inspectDocument({ inspect, onRefusal }: AppParts): RequestHandler {
  return (request, response, next) => {
    const inBody: unknown = (request.body as { query?: unknown } | undefined)?.query;
    try {
      for (const document of [inBody, ...documentsIn(request.url)])
        if (typeof document === "string") inspect(document);
      inspectVariables(request.body);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      onRefusal(visitOf(response), error.code);
      return sendRefusal(response, error);
    }
    return next();
  };
}

/** Everything after the first question mark, as Apollo reads it: a document may hold more of them. */
function documentsIn(address: string): string[] {
  const mark = address.indexOf("?");
  return mark < 0 ? [] : new URLSearchParams(address.slice(mark)).getAll("query");
}

/** Four parameters are how express knows a handler of errors. */
function lastResort(logger: Logger): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const { requestId } = visitOf(response);
    if (isFault(error)) logger.error({ requestId, ...faultOf(error) }, "a request failed");
    if (response.headersSent) response.destroy();
    else sendRefusal(response, shown(error, requestId));
  };
}
