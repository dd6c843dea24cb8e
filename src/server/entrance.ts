// The entrance of every door that returns data: who asks, how often, and whether the body may be read at all.
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { type ErrorCode, HubError } from "../errors";
import type { Identify, Identity } from "../identity";
import { sendRefusal } from "./refusal";
import { type Visit, visitOf } from "./visit";

/** Nothing of the body is read before the token is known to be good. */
export function requireIdentity(identify: Identify): RequestHandler {
  return async (request, response, next) => {
    try {
      visitOf(response).identity = await identify(request.headers);
    } catch (error) {
      if (!(error instanceof HubError)) return next(error);
      if (error.code === "UNAUTHENTICATED") response.set("WWW-Authenticate", 'Bearer realm="community-hub"');
      return sendRefusal(response, error, error.code === "BAD_USER_INPUT" ? 400 : error.status);
    }
    return next();
  };
}

/** Told of what is refused before Apollo sees it, so that it is recorded too. */
export type OnRefusal = (visit: Visit, code: ErrorCode) => void;

export function limitRate(perMinute: number, onRefusal: OnRefusal): RequestHandler {
  if (perMinute === 0) return (_request, _response, next) => next();
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (_request, response, next) => {
    const visit = visitOf(response);
    try {
      await limiter.consume(keyOf(visit.identity));
    } catch (spent) {
      if (!(spent instanceof RateLimiterRes)) return next(spent);
      const retryAfter = Math.max(1, Math.ceil(spent.msBeforeNext / 1_000));
      // The first in each minute, so that a flood leaves one record and not a flood.
      if (spent.consumedPoints === perMinute + 1) onRefusal(visit, "RATE_LIMITED");
      response.set("Retry-After", String(retryAfter));
      const error = new HubError("RATE_LIMITED", `More than ${perMinute} requests in a minute.`, {
        retryAfter,
      });
      return sendRefusal(response, error);
    }
    return next();
  };
}

/** JSON keeps the three names apart whatever characters they hold. */
function keyOf(identity: Identity | undefined): string {
  return JSON.stringify([identity?.department.code, identity?.app, identity?.subject]);
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
  return sendRefusal(response, new HubError("BAD_USER_INPUT", "The body is not readable JSON."), status);
};
