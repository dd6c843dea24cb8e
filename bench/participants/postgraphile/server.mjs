// PostGraphile 5 as its manual sets it up for production; with PEER_ROLE it answers within row-level security.
import { createServer } from "node:http";
import { PgAggregatesPreset } from "@graphile/pg-aggregates";
import { PgSimplifyInflectionPreset } from "@graphile/simplify-inflection";
import { grafserv } from "grafserv/node";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";

const role = process.env.PEER_ROLE;

/** Role and range of the request, as PostGraphile puts them into the transaction that row-level security needs. */
function settingsOf({ node }) {
  const [first, next] = node.req.headers["x-territory"].split("-");
  return { pgSettings: { role, "peer.first": first, "peer.next": next } };
}

const preset = {
  extends: [
    PostGraphileAmberPreset,
    PgSimplifyInflectionPreset,
    PostGraphileConnectionFilterPreset,
    PgAggregatesPreset,
  ],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ["peer"],
      poolConfig: { max: 12, idleTimeoutMillis: 60_000 },
    }),
  ],
  grafserv: {
    graphiql: false,
    graphqlOverGET: false,
    watch: false,
    websockets: false,
    outputDataAsString: true,
  },
  grafast: { explain: false, ...(role && { context: settingsOf }) },
};

const server = createServer();
const served = postgraphile(preset).createServ(grafserv);
await served.addTo(server);
server.listen(0, "127.0.0.1", () =>
  console.log(`listening http://127.0.0.1:${server.address().port}/graphql`),
);
process.on("SIGTERM", () => process.exit(0));
