// The hub, with its permissions on; and the same program under a decision that opens everything, made in the bench alone.
import { territoryOf } from "../../questions/territory.mjs";
import { startHub } from "./start.mjs";

const PURPOSE = "budget-review";

const participant = (options) => ({
  name: options.name,
  async start(place) {
    const { headersOf, ...started } = await startHub(place, options);
    const asker = (scope) => headersOf(`civil-affairs@${territoryOf(scope)}`, PURPOSE);
    const headers = { city: await asker("city"), district: await asker("district") };
    return {
      ...started,
      headers: (scope) => headers[scope],
      body: ({ hub: words }, _scope, variables) => JSON.stringify({ query: words.query, variables }),
      read: (question, answer, variables) => question.hub.read(answer.data, variables),
    };
  },
});

export const hub = participant({ name: "hub" });
export const hubOpen = participant({ name: "hub-open", preload: "open.cjs" });
