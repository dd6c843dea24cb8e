// Headers that every answer carries, so that a browser does nothing with it that was not meant.
import type { ServerResponse } from "node:http";
import type { RequestHandler } from "express";

/** Answers are data, not pages: nothing in them may run, be framed, or be guessed at. Pages set their own policy. */
const SAFE = Object.entries({
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
});

export function setSafeHeaders(response: ServerResponse): void {
  for (const [name, value] of SAFE) response.setHeader(name, value);
}

/** Answers belong to one reader at one moment: no cache may keep them. */
export function setUnkept(response: ServerResponse): void {
  response.setHeader("Cache-Control", "no-store");
}

export const unkept: RequestHandler = (_request, response, next) => {
  setUnkept(response);
  next();
};
