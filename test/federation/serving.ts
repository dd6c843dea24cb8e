// A GraphQL schema behind node:http, as the bureau's service and the gateway of these tests are served.
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { type GraphQLSchema, graphql } from "graphql";

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

export interface ServedContext {
  readonly headers: Record<string, string>;
}

/** What is passed on of who asks. */
const PASSED = ["authorization", "hub-purpose"];

export async function serve(schema: GraphQLSchema): Promise<Served> {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    const { query: source, variables: variableValues } = JSON.parse(text);
    const contextValue: ServedContext = { headers: passedOn(request.headers) };
    const result = await graphql({ schema, source, variableValues, contextValue });
    response.setHeader("content-type", "application/json").end(JSON.stringify(result));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${port}/graphql`, close };
}

function passedOn(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(PASSED.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}
