// Apollo, TypeGraphQL, TypeORM entities and DataLoader, put together as their manuals do it. No permission.
import "reflect-metadata";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import { expressMiddleware } from "@as-integrations/express5";
import express from "express";
import { buildSchema } from "type-graphql";
import { DataSource } from "typeorm";
import * as entities from "./entities";
import { createLoaders } from "./loaders";
import * as resolvers from "./resolvers";

async function main(): Promise<void> {
  const { Row: _base, ...tables } = entities;
  const source = new DataSource({
    type: "postgres",
    url: process.env.DATABASE_URL,
    entities: Object.values(tables),
    extra: { max: 12, idleTimeoutMillis: 60_000 },
    installExtensions: false,
  });
  await source.initialize();
  const schema = await buildSchema({
    resolvers: Object.values(resolvers) as never,
    validate: false,
  });
  const apollo = new ApolloServer({
    schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    plugins: [ApolloServerPluginCacheControlDisabled()],
  });
  await apollo.start();
  const context = async () => ({ source, loaders: createLoaders(source) });
  const app = express().use("/graphql", express.json(), expressMiddleware(apollo, { context }));
  const server = createServer(app);
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo;
    console.log(`listening http://127.0.0.1:${port}/graphql`);
  });
  process.on("SIGTERM", () => process.exit(0));
}

void main();
