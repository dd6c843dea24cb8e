// Starts the hub as production does: `hub serve` with the database's address, the key and the login service.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { dataDir, hubProgram } from "../../place.mjs";
import { territoryOf } from "../../questions/territory.mjs";
import { startChild } from "../child.mjs";
import { openIssuer } from "./issuer.mjs";

const PURPOSE = "budget-review";
const SCOPES = ["city", "district"];

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
      ...issuer.env,
    };
    const child = await startChild("hub", process.execPath, [hubProgram, "serve"], env, /(http:\S+\/graphql)\n/);
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
