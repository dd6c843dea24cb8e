// The one schema that is served, printed and tested: the doors of every dataset, and those of the other rooms.
import type { GraphQLSchema } from "graphql";
import { AccessLogResolver } from "../audit";
import { catalogue } from "../datasets";
import { ChangedResolver, ChangesResolver, StampResolver, WebhookResolver } from "../exchange";
import { federationOf } from "../exchange/federation";
import { schemaOf } from "../read";
import { ReportResolver, RuleResolver } from "../reports";
import { sharingResolvers } from "../sharing";
import { mutationsOf } from "../write";
import { importsOf } from "../write/import";

let built: GraphQLSchema | undefined;

/** Built once: the classes behind its types are decorated as it is built. */
export function hubSchema(): GraphQLSchema {
  built ??= schemaOf(catalogue, [
    AccessLogResolver,
    ReportResolver,
    RuleResolver,
    ChangesResolver,
    ChangedResolver,
    WebhookResolver,
    StampResolver,
    ...sharingResolvers,
    ...mutationsOf(catalogue),
    ...importsOf(catalogue),
    federationOf(catalogue),
  ]);
  return built;
}
