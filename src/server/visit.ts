// What the hub keeps about one HTTP request while it is here: who, when, what it cost, how it ended.
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Identity } from "../identity";
import type { RunningOperation } from "../sharing";

/** One HTTP request. Never holds variables, tokens or values: all of it may be logged. */
export interface Visit {
  readonly requestId: string;
  readonly at: Date;
  readonly started: number;
  identity?: Identity;
  /** The registered operation that an app runs. */
  registered?: RunningOperation;
  operation?: string;
  cost?: number;
  rows?: number;
  /** Codes of the errors that were answered. */
  readonly codes: string[];
}

/** On the response itself: a weak map of requests is work for the collector at each of its rounds. */
const VISIT = Symbol("visit");

interface Visited extends ServerResponse {
  [VISIT]?: Visit;
}

export function visitOf(response: ServerResponse): Visit {
  const visit = (response as Visited)[VISIT];
  if (!visit) throw new Error("a handler runs before the visit was opened");
  return visit;
}

/** A caller's own id is kept where it cannot disturb a log. */
const SANE = /^[A-Za-z0-9._:-]{8,100}$/;

/** Opens the visit and tells the caller its id, by which an operator finds it in logs and records. */
export function openVisit(request: IncomingMessage, response: ServerResponse): Visit {
  const asked = String(request.headers["x-request-id"] ?? "");
  const requestId = SANE.test(asked) ? asked : randomUUID();
  const visit: Visit = { requestId, at: new Date(), started: performance.now(), codes: [] };
  (response as Visited)[VISIT] = visit;
  response.setHeader("x-request-id", requestId);
  return visit;
}

export function millisecondsOf(visit: Visit): number {
  return Math.round(performance.now() - visit.started);
}
