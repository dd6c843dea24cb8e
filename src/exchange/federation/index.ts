/** What the server and the command line take from federation. */
export { federationOf } from "./resolver";
export { subgraphSdl } from "./subgraph";
