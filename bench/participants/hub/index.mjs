// Starts the hub as production does: `hub serve` with the database's address, the key and the login service.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { dataDir, hubProgram } from "../../place.mjs";
import { territoryOf } from "../../questions/territory.mjs";
import { startChild } from "../child.mjs";
import { openIssuer } from "./issuer.mjs";

const PURPOSE = "budget-review";
const SCOPES = ["city", "district"];

/** `HUB_BENCH_PROFILE=<folder>` leaves a profile of the hub's process there, for Chrome's or Node's own tools. */
function profiling() {
  const folder = process.env.HUB_BENCH_PROFILE;
  return folder ? ["--cpu-prof", `--cpu-prof-dir=${path.resolve(folder)}`] : [];
}

export const hub = {
  name: "hub",
  async start({ url, masterKey }) {
    const issuer = await openIssuer();
    const home = path.join(dataDir, "hub");
    mkdirSync(home, { recursive: true });
    const env = {
      DATABASE_URL: url,
      HUB_KEY: masterKey,
      HUB_DATA: home,
      NODE_ENV: "production",
      PORT: "0",
      RATE_LIMIT: "10000000", // counted as always, never reached
      STATEMENT_TIMEOUT_MS: "120000", // 64 at a time wait for two cores; waiting costs nothing
      ...issuer.env,
    };
    const args = [...profiling(), hubProgram, "serve"];
    const child = await startChild("hub", process.execPath, args, env, /(http:\S+\/graphql)\n/);
    const tokens = new Map();
    for (const scope of SCOPES)
      tokens.set(scope, await issuer.sign(`civil-affairs@${territoryOf(scope)}`, PURPOSE));
    return {
      pid: child.pid,
      url: child.address,
      stop: async () => {
        await child.stop();
        issuer.close();
      },
      headers: (scope) => ({
        "content-type": "application/json",
        authorization: `Bearer ${tokens.get(scope)}`,
      }),
      body: ({ hub: words }, _scope, variables) => JSON.stringify({ query: words.query, variables }),
      read: (question, answer, variables) => question.hub.read(answer.data, variables),
    };
  },
};
