// The entrance of every door that returns data: who asks, how often, and whether the body may be read at all.
import type { IncomingMessage, ServerResponse } from "node:http";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { type ErrorCode, HubError } from "../errors";
import type { Identify, Identity } from "../identity";
import { sendRefusal } from "./refusal";
import { type Visit, visitOf } from "./visit";

/** Told of what is refused before Apollo sees it, so that it is recorded too. */
export type OnRefusal = (visit: Visit, code: ErrorCode) => void;

/** Lets a request in, once, or refuses it. Nothing of the body is read before the token is known to be good. */
export type Admit = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Counts what an asker wants, whichever way it comes by; throws RATE_LIMITED. */
export type Rate = (visit: Visit) => Promise<void>;

export function createAdmit(identify: Identify, rate: Rate): Admit {
  return async (request, response) => {
    const visit = visitOf(response);
    if (visit.identity) return true;
    try {
      visit.identity = await identify(request.headers);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      if (error.code === "UNAUTHENTICATED")
        response.setHeader("WWW-Authenticate", 'Bearer realm="community-hub"');
      sendRefusal(response, error, error.code === "BAD_USER_INPUT" ? 400 : error.status);
      return false;
    }
    try {
      await rate(visit);
      return true;
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      response.setHeader("Retry-After", String(error.extensions.retryAfter));
      sendRefusal(response, error);
      return false;
    }
  };
}

export function admitted(admit: Admit): RequestHandler {
  return async (request, response, next) => {
    if (await admit(request, response)) next();
  };
}

export function createRate(perMinute: number, onRefusal: OnRefusal): Rate {
  if (perMinute === 0) return async () => {};
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (visit) => {
    try {
      await limiter.consume(keyOf(visit.identity as Identity));
    } catch (spent) {
      if (!(spent instanceof RateLimiterRes)) throw spent;
      const retryAfter = Math.max(1, Math.ceil(spent.msBeforeNext / 1_000));
      // The first in each minute, so that a flood leaves one record and not a flood.
      if (spent.consumedPoints === perMinute + 1) onRefusal(visit, "RATE_LIMITED");
      throw new HubError("RATE_LIMITED", `More than ${perMinute} requests in a minute.`, { retryAfter });
    }
  };
}

const keys = new WeakMap<Identity, string>();

/** JSON keeps the three names apart whatever characters they hold. */
export function keyOf(identity: Identity): string {
  const known = keys.get(identity);
  if (known !== undefined) return known;
  const key = JSON.stringify([identity.department.code, identity.app, identity.subject]);
  keys.set(identity, key);
  return key;
}

/** Mebibyte: variables of an import may be large, the document itself may not. */
export const BODY_LIMIT = 1024 * 1024;

export function readBody(): RequestHandler {
  return express.json({ limit: BODY_LIMIT, type: ["application/json", "application/graphql+json"] });
}

/** What the body's reader refuses, in the hub's words: its own messages quote the body. */
export const refuseBody: ErrorRequestHandler = (error, _request, response, next) => {
  const { type, status } = error as { type?: string; status?: number };
  if (!type || !status || status >= 500) return next(error);
  if (type === "entity.too.large")
    return sendRefusal(
      response,
      new HubError("TOO_COSTLY", `The body is larger than ${BODY_LIMIT} bytes.`, {
        limit: "body",
        most: BODY_LIMIT,
      }),
      413,
    );
  return sendRefusal(response, unreadableBody(), status);
};

export function unreadableBody(): HubError {
  return new HubError("BAD_USER_INPUT", "The body is not readable JSON.");
}
