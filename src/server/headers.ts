// Headers that every answer carries, so that a browser does nothing with it that was not meant.
import type { RequestHandler } from "express";

/** Answers are data, not pages: nothing in them may run, be framed, or be guessed at. Pages set their own policy. */
const SAFE = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
};

export const safeHeaders: RequestHandler = (_request, response, next) => {
  response.set(SAFE);
  next();
};

/** Answers belong to one reader at one moment: no cache may keep them. */
export const unkept: RequestHandler = (_request, response, next) => {
  response.set("Cache-Control", "no-store");
  next();
};
