/** The schema: every type derived from the catalogue, every dataset field resolved from what the planner brought. */
import "reflect-metadata";
import { type GraphQLObjectType, type GraphQLSchema, isInterfaceType, isObjectType } from "graphql";
import { buildSchemaSync, type ClassType, type NonEmptyArray, type PubSub } from "type-graphql";
import type { Catalogue } from "../../declare";
import { TYPE } from "../context";
import { doorsOf } from "../plan";
import { resolversOf, rowClasses } from "./queries";

/** Builds the schema of a catalogue; other rooms add resolvers of their own doors. */
export function schemaOf(catalogue: Catalogue, more: readonly ClassType[] = []): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [...resolversOf(catalogue), ...more] as unknown as NonEmptyArray<ClassType>,
    orphanedTypes: rowClasses(catalogue),
    validate: false,
    nullableByDefault: false,
    pubSub: UNUSED,
  });
  attach(schema, catalogue);
  return schema;
}

/** Subscriptions follow the journal of changes, which outlives the process; the library wants a bus of topics all the same. */
const UNUSED: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error("there are no topics");
  },
};

/** Values below a root field come keyed as they will be answered: aliases and arguments were planned with them. */
function attach(schema: GraphQLSchema, catalogue: Catalogue): void {
  const planned = plannedTypes(schema, catalogue);
  for (const type of planned)
    for (const field of Object.values(type.getFields()))
      field.resolve = (source, _args, _context, info) =>
        (source as Record<string, unknown>)[String(info.path.key)];
  const node = schema.getType("Node");
  if (isInterfaceType(node)) node.resolveType = (value: { readonly [TYPE]?: string }) => value[TYPE];
}

/** All object types reachable below the doors: their values are made by the planner alone. */
function plannedTypes(schema: GraphQLSchema, catalogue: Catalogue): Set<GraphQLObjectType> {
  const found = new Set<GraphQLObjectType>();
  const visit = (type: unknown): void => {
    if (!isObjectType(type) || found.has(type)) return;
    found.add(type);
    for (const field of Object.values(type.getFields())) visit(unwrap(field.type));
  };
  const query = schema.getQueryType();
  for (const name of doorsOf(catalogue.readable).keys()) visit(unwrap(query?.getFields()[name]?.type));
  return found;
}

function unwrap(type: unknown): unknown {
  let inner = type as { ofType?: unknown };
  while (inner && typeof inner === "object" && "ofType" in inner && inner.ofType)
    inner = inner.ofType as { ofType?: unknown };
  return inner;
}
