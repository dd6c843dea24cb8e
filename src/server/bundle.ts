// Serves what the build left of a page under dist/console: its files, compressed where the browser takes it.
import { existsSync } from "node:fs";
import path from "node:path";
import express from "express";

/** The compiled file lies two folders deeper than its source: the first folder that holds package.json is the root. */
function packageRoot(from: string): string {
  const parent = path.dirname(from);
  return existsSync(path.join(from, "package.json")) || parent === from ? from : packageRoot(parent);
}

const BUNDLES = path.join(packageRoot(__dirname), "dist", "console");

/** Headers of a page beside its Content-Security-Policy. */
export const PAGE_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
};

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".ttf": "font/ttf",
};

/** Where the build leaves the page of this name. */
export function bundleOf(name: string): string {
  return path.join(BUNDLES, name);
}

/** Files under assets/ carry a hash of their content in their name; everything else may change at any build. */
function fileHeaders(response: express.Response, file: string): void {
  const hashed = path.basename(path.dirname(file)) === "assets";
  response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
  if (!file.endsWith(".gz")) return;
  response.setHeader("Content-Encoding", "gzip");
  response.setHeader("Content-Type", TYPES[path.extname(file.slice(0, -3))] ?? "application/octet-stream");
}

/** The build leaves a compressed twin beside each large file: three quarters less to send. */
function compressed(bundle: string): express.RequestHandler {
  return (request, response, next) => {
    response.vary("Accept-Encoding");
    const twin = `${request.path}.gz`;
    const known =
      Object.hasOwn(TYPES, path.extname(request.path)) && existsSync(path.join(bundle, path.normalize(twin)));
    if (known && request.acceptsEncodings("gzip")) request.url = twin;
    next();
  };
}

/** The files of a bundle; `index` says whether its folder answers with its page. */
export function bundleFiles(folder: string, index: boolean): express.RequestHandler[] {
  const files = express.static(folder, { setHeaders: fileHeaders, ...(index ? {} : { index: false }) });
  return [compressed(folder), files];
}

/** What stands in the place of a page that was not built. */
export function unbuilt(page: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>社区信息共享平台 ${page}</title>
<p>${page} 页面尚未构建。请在项目目录运行 <code>npm run build</code>，然后刷新本页。</p>
<p lang="en">The page of ${page} has not been built. Run <code>npm run build</code> in the project, then reload.</p>
</html>
`;
}
