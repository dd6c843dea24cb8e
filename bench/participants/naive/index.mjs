// Compiles and starts the naive one.
import path from "node:path";
import { build } from "esbuild";
import { startChild } from "../child.mjs";

const outfile = path.join(import.meta.dirname, "..", "..", ".built", "naive.cjs");

export const naive = {
  name: "naive",
  async start({ url }) {
    await compile();
    const env = { DATABASE_URL: url, NODE_ENV: "production" };
    const { pid, address, stop } = await startChild("naive", process.execPath, [outfile], env);
    return {
      pid,
      stop,
      url: address,
      headers: () => ({ "content-type": "application/json" }),
      body: ({ naive: words }, _scope, variables) =>
        JSON.stringify({ query: words.query, variables: words.variables?.(variables) ?? variables }),
      read: (question, answer, variables) => question.naive.read(answer.data, variables),
    };
  },
};

/** Its packages stay as they are: only the decorators need a compiler. */
function compile() {
  return build({
    entryPoints: [path.join(import.meta.dirname, "server.ts")],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "cjs",
    target: "node20",
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
  });
}
