// Starts the floor: the limit with what the hub may not leave out, added step by step.
import path from "node:path";
import { territoryOf } from "../../questions/territory.mjs";
import { profiling, startChild } from "../child.mjs";
import { openIssuer } from "../hub/issuer.mjs";

/** Each does what those before it do, too. */
export const STEPS = ["who", "record", "kept", "durable"];

/** @param {"who" | "record" | "kept" | "durable"} step */
export async function startFloor({ url, profile }, step) {
  const issuer = await openIssuer();
  const env = { DATABASE_URL: url, NODE_ENV: "production", STEP: step, ...issuer.env };
  const args = [...profiling(profile), path.join(import.meta.dirname, "server.mjs")];
  const { pid, address, stop } = await startChild(`floor-${step}`, process.execPath, args, env);
  const department = (scope) => `civil-affairs@${territoryOf(scope)}`;
  const headers = {};
  for (const scope of ["city", "district"])
    headers[scope] = {
      "content-type": "application/json",
      authorization: `Bearer ${await issuer.sign(department(scope), "budget-review")}`,
    };
  return {
    name: step,
    pid,
    url: address,
    headers: (scope) => headers[scope],
    body: (question, _scope, variables) => JSON.stringify({ question: question.name, variables }),
    read: (_question, answer) => answer,
    stop: async () => {
      await stop();
      issuer.close();
    },
  };
}
