// Sets up Apollo Server so that it tells nothing it should not, and sends nothing anywhere.
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { HubContext } from "./context";
import { DOCUMENT_LIMITS } from "./limits";
import { stringifyResult } from "./raw-json";
import { faultOf, formatError } from "./refusal";

/** Reports are switched off by name: an APOLLO_… variable in the environment would otherwise switch them on. */
const SILENT = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

export function createApollo(
  schema: GraphQLSchema,
  plugins: ApolloServerPlugin<HubContext>[],
  logger: Logger,
): ApolloServer<HubContext> {
  return new ApolloServer<HubContext>({
    schema,
    plugins: [...SILENT, faults(logger), ...plugins],
    formatError,
    stringifyResult,
    // The catalogue of fields is open to every department.
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    // Known documents are kept by their text alone; a hash from a client is never looked up.
    persistedQueries: false,
    parseOptions: { maxTokens: DOCUMENT_LIMITS.tokens },
    // The hub has its own order of stopping.
    stopOnTerminationSignals: false,
    logger: quiet(logger),
  });
}

function faults(logger: Logger): ApolloServerPlugin<HubContext> {
  return {
    async unexpectedErrorProcessingRequest({ error, requestContext }) {
      const { requestId } = requestContext.contextValue;
      logger.error({ requestId, ...faultOf(error) }, "a request failed");
    },
  };
}

/** Apollo's own lines may quote what a client sent: they are kept for who asks for them. */
function quiet(logger: Logger) {
  const low = (text?: string) => logger.debug(text);
  return { debug: low, info: low, warn: low, error: low };
}
