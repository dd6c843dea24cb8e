// Subscriptions over WebSocket, by the protocol graphql-transport-ws.
import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError } from "graphql";
import type { ServerOptions } from "graphql-ws/use/ws";
import type { WebSocketServer } from "ws";
import { HubError } from "../errors";
import type { Identify, RequestHeaders } from "../identity";
import { BODY_LIMIT } from "./entrance";
import type { Subscribing, Subscriptions } from "./live";
import { formatError } from "./refusal";
import type { Visit } from "./visit";

/** Open sockets of one hub; the number of subscriptions has bounds of its own. */
const MOST = 1_000;

export interface Sockets {
  close(): Promise<void>;
}

interface Opened {
  readonly sockets: WebSocketServer;
  close(): Promise<void>;
}

/** Takes upgrades of the server's connections. */
export function openSockets(server: Server, identify: Identify, subscriptions: Subscriptions): Sockets {
  let opened: Promise<Opened> | undefined;
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const [path] = (request.url ?? "").split("?");
    socket.on("error", () => socket.destroy());
    if (path !== "/graphql") return refuse(socket, "404 Not Found");
    opened ??= open(protocolOf(identify, subscriptions));
    opened
      .then(({ sockets }) => {
        if (sockets.clients.size >= MOST) return refuse(socket, "503 Service Unavailable");
        sockets.handleUpgrade(request, socket, head, (own) => sockets.emit("connection", own, request));
      })
      .catch(() => refuse(socket, "503 Service Unavailable"));
  });
  return { close: async () => (await opened)?.close() };
}

/** The libraries are loaded when the first one asks for a socket: most hubs answer over HTTP alone. */
async function open(protocol: ServerOptions): Promise<Opened> {
  const [{ WebSocketServer }, { useServer }] = await Promise.all([import("ws"), import("graphql-ws/use/ws")]);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_LIMIT, perMessageDeflate: false });
  // biome-ignore lint/correctness/useHookAtTopLevel: no hook of React, though named like one
  const server = useServer(protocol, sockets);
  return { sockets, close: () => server.dispose() };
}

function protocolOf(identify: Identify, subscriptions: Subscriptions): ServerOptions {
  return {
    async onConnect({ extra, connectionParams }) {
      try {
        await identify(headersOf(extra.request, connectionParams));
        return true;
      } catch (error) {
        // The library would say 4403 for everybody.
        const isStranger = error instanceof HubError && error.code === "UNAUTHENTICATED";
        extra.socket.close(isStranger ? 4401 : 4403, isStranger ? "Unauthorized" : "Forbidden");
        return false;
      }
    },
    async onSubscribe({ extra, connectionParams }, _id, asked) {
      const headers = headersOf(extra.request, connectionParams);
      const visit: Visit = {
        requestId: randomUUID(),
        at: new Date(),
        started: performance.now(),
        codes: [],
      };
      try {
        visit.identity = await identify(headers);
        return await subscriptions.argsOf(asked as Subscribing, visit, headers);
      } catch (error) {
        return [told(subscriptions, error, visit.requestId)];
      }
    },
    onNext: (_opened, _id, _asked, _args, { data, errors }) => ({
      data,
      errors: errors?.map((error) => formatError(error.toJSON(), error)),
    }),
    onError: (_opened, _id, _asked, errors) =>
      errors.map((error) =>
        (error instanceof Told ? error : told(subscriptions, error.originalError ?? error, "")).toJSON(),
      ),
  };
}

/** An error in the words that all doors use. */
class Told extends GraphQLError {}

function told(subscriptions: Subscriptions, error: unknown, requestId: string): Told {
  const [first] = subscriptions.told(error, requestId).errors ?? [];
  return new Told(first?.message ?? "", { extensions: first?.extensions });
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Browsers cannot set headers of a socket: token and purpose may come in the first message as well. */
function headersOf(
  request: IncomingMessage,
  given: Readonly<Record<string, unknown>> | undefined,
): RequestHeaders {
  const named = Object.entries(given ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const own = new Map(named.map(([name, value]) => [name.toLowerCase(), value]));
  const one = (name: string) => own.get(name) ?? request.headers[name];
  return { authorization: one("authorization"), "hub-purpose": one("hub-purpose") };
}
