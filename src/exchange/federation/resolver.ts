/** The two doors by which gateways of Apollo Federation know the hub: `_service` and `_entities`. */
import { type GraphQLResolveInfo, GraphQLScalarType, GraphQLString } from "graphql";
import { Arg, type ClassType, Ctx, createUnionType, Info, Query, Resolver } from "type-graphql";
import { type Catalogue, classOf } from "../../declare";
import { objectType, TYPE } from "../../read";
import { entitiesOf, type FederationContext } from "./entities";
import { subgraphSdl } from "./subgraph";

const Representation = new GraphQLScalarType({
  name: "_Any",
  description:
    "联邦网关所指的一条记录：__typename 与 id 或业务主键。A row as a federation gateway names it: __typename, and id or the business key.",
});

const Service = objectType("_Service", "作为联邦子图的说明。What the hub is as a subgraph of a federation.", [
  {
    name: "sdl",
    type: () => GraphQLString,
    description: "带 @key 的模式，供组合。its schema with @key, for composition",
  },
]);

/** To be handed to `schemaOf` beside the catalogue. */
export function federationOf(catalogue: Catalogue): ClassType {
  const Entity = createUnionType({
    name: "_Entity",
    description: "联邦网关可取的全部类型。Every type that a federation gateway can ask for.",
    types: () => catalogue.readable.map((d) => classOf(d.name) as ClassType),
    resolveType: (row: { readonly [TYPE]?: string }) => row[TYPE],
  });

  @Resolver()
  class FederationResolver {
    @Query(() => Service, {
      description: "联邦子图（Apollo Federation 2）。The hub as a subgraph of Apollo Federation 2.",
    })
    _service(@Info() info: GraphQLResolveInfo, @Ctx() context: FederationContext): { sdl: string } {
      return { sdl: subgraphSdl(info.schema, context.catalogue) };
    }

    @Query(() => [Entity], {
      nullable: "items",
      description:
        "联邦网关按 id 或业务主键取记录；不可见的为空。Rows by id or business key, for federation gateways; null where out of reach.",
    })
    _entities(
      @Ctx() context: FederationContext,
      @Info() info: GraphQLResolveInfo,
      @Arg("representations", () => [Representation]) representations: unknown[],
    ): Promise<unknown[]> {
      return entitiesOf(context, info, representations);
    }
  }
  return FederationResolver;
}
