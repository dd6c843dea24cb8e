// Serves the built GraphiQL page, under headers that let it talk to this hub alone.
import express from "express";
import { bundleFiles, bundleOf, PAGE_HEADERS, unbuilt } from "./bundle";

/** Monaco writes style elements at run time, hence 'unsafe-inline' for styles; scripts never need it. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** The router to mount at /graphiql; without a bundle it answers 503 and says which command builds it. */
export function graphiqlRouter(): express.Router {
  const router = express.Router();
  router.use((_request, response, next) => {
    response.set({ ...PAGE_HEADERS, "Content-Security-Policy": POLICY });
    next();
  });
  router.use(bundleFiles(bundleOf("graphiql"), true));
  router.get("/", (_request, response) => {
    response.status(503).set("Cache-Control", "no-store").type("html").send(unbuilt("GraphiQL"));
  });
  return router;
}
