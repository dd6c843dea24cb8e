// Serves the built GraphiQL page, under headers that let it talk to this hub alone.
import { existsSync } from "node:fs";
import path from "node:path";
import express from "express";

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

const SAFE_HEADERS = {
  "Content-Security-Policy": POLICY,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
};

/** The compiled file lies two folders deeper than its source: the first folder that holds package.json is the root. */
function packageRoot(from: string): string {
  const parent = path.dirname(from);
  return existsSync(path.join(from, "package.json")) || parent === from ? from : packageRoot(parent);
}

const BUNDLE = path.join(packageRoot(__dirname), "dist", "console", "graphiql");

const MISSING = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>社区信息共享平台 GraphiQL</title>
<p>GraphiQL 页面尚未构建。请在项目目录运行 <code>npm run build</code>，然后刷新本页。</p>
<p lang="en">The GraphiQL page has not been built. Run <code>npm run build</code> in the project, then reload.</p>
</html>
`;

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".ttf": "font/ttf",
};

/** Files under assets/ carry a hash of their content in their name; everything else may change at any build. */
function fileHeaders(response: express.Response, file: string): void {
  const hashed = path.basename(path.dirname(file)) === "assets";
  response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
  if (!file.endsWith(".gz")) return;
  response.setHeader("Content-Encoding", "gzip");
  response.setHeader("Content-Type", TYPES[path.extname(file.slice(0, -3))] ?? "application/octet-stream");
}

/** The build leaves a compressed twin beside each large file: three quarters less to send. */
function compressed(request: express.Request, response: express.Response, next: express.NextFunction): void {
  response.vary("Accept-Encoding");
  const twin = `${request.path}.gz`;
  const known =
    Object.hasOwn(TYPES, path.extname(request.path)) && existsSync(path.join(BUNDLE, path.normalize(twin)));
  if (known && request.acceptsEncodings("gzip")) request.url = twin;
  next();
}

/** The router to mount at /graphiql; without a bundle it answers 503 and says which command builds it. */
export function graphiqlRouter(): express.Router {
  const router = express.Router();
  router.use((_request, response, next) => {
    response.set(SAFE_HEADERS);
    next();
  });
  router.use(compressed);
  router.use(express.static(BUNDLE, { setHeaders: fileHeaders }));
  router.get("/", (_request, response) => {
    response.status(503).set("Cache-Control", "no-store").type("html").send(MISSING);
  });
  return router;
}
