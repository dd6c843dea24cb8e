// Subscriptions over WebSocket, by the protocol graphql-transport-ws.
import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError } from "graphql";
import type { ServerOptions } from "graphql-ws/use/ws";
import type WebSocket from "ws";
import type { WebSocketServer } from "ws";
import { HubError } from "../errors";
import type { Identify, Identity, RequestHeaders } from "../identity";
import { BODY_LIMIT, keyOf, type Rate } from "./entrance";
import type { Subscribing, Subscriptions } from "./live";
import { formatError } from "./refusal";
import type { Visit } from "./visit";

/** Open sockets of one hub, of one asker in it, and of those who have not said yet who they are. */
const MOST = 1_000;
const MOST_OF_ONE = 50;
const MOST_STRANGERS = 200;

/** Bytes that may wait for one who asks and does not read: a stranger is told nothing long. */
const UNREAD = 4 * BODY_LIMIT;
const UNREAD_BY_STRANGER = 64 * 1024;

export interface SocketParts {
  readonly identify: Identify;
  readonly rate: Rate;
  readonly subscriptions: Subscriptions;
}

export interface Sockets {
  close(): Promise<void>;
}

interface Opened {
  readonly sockets: WebSocketServer;
  close(): Promise<void>;
}

/** Takes upgrades of the server's connections. */
export function openSockets(server: Server, parts: SocketParts): Sockets {
  const lines = createLines();
  let opened: Promise<Opened> | undefined;
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const [path] = (request.url ?? "").split("?");
    socket.on("error", () => socket.destroy());
    if (path !== "/graphql") return refuse(socket, "404 Not Found");
    opened ??= open(protocolOf(parts, lines));
    opened
      .then(({ sockets }) => {
        if (sockets.clients.size >= MOST || lines.strangers >= MOST_STRANGERS)
          return refuse(socket, "503 Service Unavailable");
        sockets.handleUpgrade(request, socket, head, (own) => {
          lines.add(own);
          sockets.emit("connection", own, request);
        });
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

interface Lines {
  /** Sockets on which nobody has said yet who it is. */
  readonly strangers: number;
  add(socket: WebSocket): void;
  /** False where this asker has as many as one may have. */
  welcome(socket: WebSocket, asker: Identity): boolean;
  /** Aborted once the socket is closed: the library forgets a subscription whose id is given twice. */
  signalOf(socket: WebSocket): AbortSignal | undefined;
}

function createLines(): Lines {
  const strangers = new Set<WebSocket>();
  const open = new Map<WebSocket, AbortController>();
  const taken = new Map<string, number>();
  return {
    get strangers() {
      return strangers.size;
    },
    add(socket) {
      const line = new AbortController();
      // Each subscription of the socket listens.
      setMaxListeners(0, line.signal);
      strangers.add(socket);
      open.set(socket, line);
      // Each ping is answered: whoever sends them and reads nothing would fill the memory.
      const look = () => {
        const most = strangers.has(socket) ? UNREAD_BY_STRANGER : UNREAD;
        if (socket.readyState === socket.CLOSING || socket.bufferedAmount > most) socket.terminate();
      };
      socket.on("message", look);
      socket.on("ping", look);
      socket.once("close", () => {
        strangers.delete(socket);
        open.delete(socket);
        line.abort();
      });
    },
    welcome(socket, asker) {
      const who = keyOf(asker);
      const own = taken.get(who) ?? 0;
      if (own >= MOST_OF_ONE || !strangers.delete(socket)) return false;
      taken.set(who, own + 1);
      socket.once("close", () => {
        const left = (taken.get(who) ?? 1) - 1;
        if (left > 0) taken.set(who, left);
        else taken.delete(who);
      });
      return true;
    },
    signalOf: (socket) => open.get(socket)?.signal,
  };
}

function protocolOf({ identify, rate, subscriptions }: SocketParts, lines: Lines): ServerOptions {
  return {
    // Faults of the library are not told in its own words.
    isProd: true,
    async onConnect({ extra, connectionParams }) {
      try {
        const asker = await identify(headersOf(extra.request, connectionParams));
        if (lines.welcome(extra.socket, asker)) return true;
        extra.socket.close(4429, "Too many sockets");
        return false;
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
        await rate(visit);
        const line = lines.signalOf(extra.socket) ?? AbortSignal.abort();
        return await subscriptions.argsOf(asked as Subscribing, visit, headers, line);
      } catch (error) {
        // A flood would go on being read and answered.
        if (error instanceof HubError && error.code === "RATE_LIMITED")
          extra.socket.close(4429, "Too many requests");
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
