// Serves the console: its page at the root under a policy of its own, its files below /console.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import express from "express";
import { bundleFiles, bundleOf, PAGE_HEADERS, unbuilt } from "./bundle";

const BUNDLE = bundleOf("hub");
/** Stands in the built page wherever the nonce of an answer goes. */
const NONCE = "HUB_NONCE";

/** The component library writes style elements at run time: they carry the nonce, and nothing else inline is let in. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function pageOf(bundle: string): string | undefined {
  const file = path.join(bundle, "index.html");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** The router to mount at the root. It takes the root and /console alone; without a bundle it says how to build one. */
export function consoleRouter(): express.Router {
  const page = pageOf(BUNDLE);
  const router = express.Router();
  router.get("/", (_request, response) => {
    const nonce = randomBytes(16).toString("base64url");
    response.set({ ...PAGE_HEADERS, "Content-Security-Policy": policy(nonce), "Cache-Control": "no-store" });
    response.status(page ? 200 : 503).type("html");
    response.send(page?.replaceAll(NONCE, nonce) ?? unbuilt("Console"));
  });
  router.use("/console/assets", ...bundleFiles(path.join(BUNDLE, "assets"), false));
  router.get("/console", (_request, response) => response.redirect("/"));
  return router;
}
