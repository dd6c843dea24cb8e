/** The hub's schema as composition reads it: every dataset by `@key`, without the doors that gateways themselves use. */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type GraphQLSchema,
  Kind,
  lexicographicSortSchema,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  printSchema,
} from "graphql";
import type { Catalogue, DatasetEntry } from "../../declare";

/** What the hub needs of the specification is in it since its first edition. */
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])`;

/** Types that other subgraphs have in the same shape (Relay). */
const COMMON = ["PageInfo"];

const DOORS = ["_service", "_entities", "_Service", "_Entity", "_Any"];

const known = new WeakMap<GraphQLSchema, string>();

export function subgraphSdl(schema: GraphQLSchema, catalogue: Catalogue): string {
  const sdl = known.get(schema) ?? made(schema, catalogue);
  known.set(schema, sdl);
  return sdl;
}

function made(schema: GraphQLSchema, catalogue: Catalogue): string {
  const document = parse(printSchema(lexicographicSortSchema(schema)), { noLocation: true });
  const keys = new Map(catalogue.readable.map((dataset) => [dataset.type, keysOf(dataset)]));
  for (const type of COMMON) keys.set(type, ["@shareable"]);
  const definitions = document.definitions.flatMap((one): DefinitionNode[] => {
    if (!("name" in one) || !one.name || DOORS.includes(one.name.value)) return [];
    return [one.kind === Kind.OBJECT_TYPE_DEFINITION ? typeOf(one, keys.get(one.name.value) ?? []) : one];
  });
  return `${LINK}\n\n${print({ ...document, definitions })}\n`;
}

/** By id and by business key; a key with a list or an object in it would need a selection, and none has one. */
function keysOf({ key }: DatasetEntry): string[] {
  return ['@key(fields: "id")', `@key(fields: "${key.join(" ")}")`];
}

function typeOf(type: ObjectTypeDefinitionNode, directives: readonly string[]): ObjectTypeDefinitionNode {
  return {
    ...type,
    directives: [...(type.directives ?? []), ...directives.map(directiveOf)],
    fields: type.fields?.filter((field) => !DOORS.includes(field.name.value)),
  };
}

function directiveOf(text: string): ConstDirectiveNode {
  const [definition] = parse(`type T ${text} { t: Int }`, { noLocation: true }).definitions;
  return (definition as ObjectTypeDefinitionNode).directives?.[0] as ConstDirectiveNode;
}
