// The hub's log: one structured line for each request, without variables, tokens or values.
import type { IncomingMessage, ServerResponse } from "node:http";
import pino, { type DestinationStream, type Logger } from "pino";
import type { Metrics } from "./metrics";
import { millisecondsOf, visitOf } from "./visit";

export function createLogger(level = "info", destination?: DestinationStream): Logger {
  const options = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime };
  return pino(options, destination ?? gathered());
}

/** Lines go out some at a time, at the latest after a second: a system call for each would cost as much as its answer. */
function gathered(): DestinationStream {
  const out = pino.destination({ dest: 1, minLength: 16_000, sync: false });
  const flush = setInterval(() => out.flush(), 1_000);
  flush.unref();
  return out;
}

const DOORS = new Set([
  "/graphql",
  "/graphiql",
  "/console",
  "/imports",
  "/healthz",
  "/readyz",
  "/metrics",
  "/demo",
]);

/** The door's name, of a closed list: a path is a client's free text. */
function doorOf(path: string): string {
  const first = `/${path.split("/")[1] ?? ""}`;
  if (DOORS.has(first)) return first;
  return first === "/" ? "/" : "other";
}

function pathOf(address: string): string {
  const mark = address.indexOf("?");
  return mark < 0 ? address : address.slice(0, mark);
}

/** Probes and scrapes come every few seconds: they are counted, and written only where they fail. */
const QUIET = new Set(["/healthz", "/readyz", "/metrics", "/graphiql", "/console"]);

export type Journal = (request: IncomingMessage, response: ServerResponse) => void;

/** Writes the request's line when its answer has left, or its caller. */
export function createJournal(logger: Logger, metrics: Metrics): Journal {
  const counted = counts(metrics);
  return (request, response) => {
    const { method } = request;
    const door = doorOf(pathOf(request.url ?? ""));
    response.once("close", () => {
      const visit = visitOf(response);
      const ms = millisecondsOf(visit);
      // 499: the caller left before the answer's end.
      const status = response.writableFinished ? response.statusCode : 499;
      const { requests, seconds } = counted(door, status);
      requests.inc();
      seconds.observe(ms / 1_000);
      metrics.rows.inc(visit.rows ?? 0);
      for (const code of visit.codes) metrics.refusals.inc({ code });
      if (QUIET.has(door) && status < 500) return;
      const { requestId, identity, operation, codes, cost, rows } = visit;
      const who = identity && { department: identity.department.code, app: identity.app };
      const what = { operation, cost, rows, ...(codes.length > 0 && { codes }) };
      logger.info({ requestId, method, door, status, ms, ...who, ...what }, "request");
    });
  };
}

interface Counted {
  readonly requests: { inc(): void };
  readonly seconds: { observe(seconds: number): void };
}

/** Doors and statuses are few: the place of each in the metrics is sought once. */
function counts({ requests, seconds }: Metrics): (door: string, status: number) => Counted {
  const known = new Map<string, Counted>();
  return (door, status) => {
    const name = `${status} ${door}`;
    const before = known.get(name);
    if (before) return before;
    const found = { requests: requests.labels({ door, status }), seconds: seconds.labels({ door }) };
    known.set(name, found);
    return found;
  };
}
