// Starts the limit.
import path from "node:path";
import { profiling, startChild } from "../child.mjs";

export const limit = {
  name: "limit",
  async start({ url, profile }) {
    const env = { DATABASE_URL: url, NODE_ENV: "production" };
    const program = path.join(import.meta.dirname, "server.mjs");
    const { pid, address, stop } = await startChild(
      "limit",
      process.execPath,
      [...profiling(profile), program],
      env,
    );
    return {
      pid,
      stop,
      url: address,
      headers: () => ({ "content-type": "application/json" }),
      body: (question, _scope, variables) => JSON.stringify({ question: question.name, variables }),
      read: (_question, answer) => answer,
    };
  },
};
