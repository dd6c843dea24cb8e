// Starts PostGraphile, within row-level security and without any permission, on a Node that it runs on.
import { existsSync } from "node:fs";
import path from "node:path";
import { rangeOf, territoryOf } from "../../questions/territory.mjs";
import { startChild } from "../child.mjs";

const program = path.join(import.meta.dirname, "server.mjs");

/** PostGraphile wants Node 22 or newer; the registry brings one. */
export function newerNode() {
  if (Number(process.versions.node.split(".")[0]) >= 22) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const found = path.join(import.meta.dirname, "..", "..", "node_modules", name, "bin", "node");
  if (!existsSync(found)) throw new Error(`PostGraphile needs Node 22 or newer, and ${found} is missing`);
  return found;
}

const postgraphile = (name, role) => ({
  name,
  async start({ url }) {
    const env = { DATABASE_URL: url, NODE_ENV: "production", GRAPHILE_ENV: "production", ...role };
    const { pid, address, stop } = await startChild(name, newerNode(), [program], env);
    return {
      pid,
      stop,
      url: address,
      headers: (scope) => ({
        "content-type": "application/json",
        "x-territory": rangeOf(territoryOf(scope)).join("-"),
      }),
      body: ({ postgraphile: words }, _scope, variables) =>
        JSON.stringify({ query: words.query, variables: words.variables?.(variables) ?? variables }),
      read: (question, answer, variables) => question.postgraphile.read(answer.data, variables),
    };
  },
});

export const postgraphileRls = postgraphile("postgraphile-rls", { PEER_ROLE: "peer_reader" });
export const postgraphileOpen = postgraphile("postgraphile-open", {});
