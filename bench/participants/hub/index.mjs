// The hub, with its permissions on.
import { territoryOf } from "../../questions/territory.mjs";
import { startHub } from "./start.mjs";

const PURPOSE = "budget-review";

export const hub = {
  name: "hub",
  async start(place) {
    const { headersOf, ...started } = await startHub(place, { name: "hub" });
    const asker = (scope) => headersOf(`civil-affairs@${territoryOf(scope)}`, PURPOSE);
    const headers = { city: await asker("city"), district: await asker("district") };
    return {
      ...started,
      headers: (scope) => headers[scope],
      body: ({ hub: words }, _scope, variables) => JSON.stringify({ query: words.query, variables }),
      read: (question, answer, variables) => question.hub.read(answer.data, variables),
    };
  },
};
