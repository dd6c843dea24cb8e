// The two libraries that compose and plan a federation, and what the tests need of them.
import type { DocumentNode, GraphQLSchema } from "graphql";

export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

export interface Composition {
  readonly supergraphSdl?: string;
  readonly errors?: readonly { readonly message: string }[];
}

/** What the gateway sends to a subgraph: the headers follow from the request that it serves. */
export type Headers = (asking?: { context?: { headers?: Record<string, string> } }) => Record<string, string>;

interface Composing {
  composeServices(subgraphs: readonly Subgraph[]): Composition;
}

interface Stitching {
  getStitchedSchemaFromSupergraphSdl(options: {
    supergraphSdl: string;
    httpExecutorOpts: { headers: Headers };
    batch: boolean;
  }): GraphQLSchema;
}

/** Whether the subgraphs fit together, and the schema that tells a gateway how. */
export function compose(subgraphs: readonly Subgraph[]): Composition {
  const { composeServices } = require("@theguild/federation-composition") as Composing;
  return composeServices(subgraphs);
}

/** A schema whose resolvers ask the subgraphs over HTTP. */
export function gatewaySchema(supergraphSdl: string, headers: Headers): GraphQLSchema {
  const { getStitchedSchemaFromSupergraphSdl } = require("@graphql-tools/federation") as Stitching;
  return getStitchedSchemaFromSupergraphSdl({ supergraphSdl, httpExecutorOpts: { headers }, batch: false });
}
