/** Walks a whole operation for what is refused before any row is read. */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from "graphql";
import { collectFields } from "graphql/execution/collectFields";
import { getArgumentValues, getVariableValues } from "graphql/execution/values";
import type { Input } from "./conditions";
import type { Model } from "./model";
import { ofAggregate, ofList, type Refusal } from "./refusals";
import { typeNamed } from "./rows";
import { fieldsBelow, type Reading } from "./selection";

export function refusalsOf(
  schema: GraphQLSchema,
  model: Model,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Record<string, unknown>,
): Refused {
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (!coerced) throw errors[0] as Error;
  const fragments = Object.fromEntries(
    document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d]] : [])),
  );
  const reading: Reading = { schema, fragments, variableValues: coerced };
  const query = schema.getQueryType() as GraphQLObjectType;
  const roots = [...collectFields(schema, fragments, coerced, query, operation.selectionSet)];
  const refused = Object.fromEntries(
    roots
      .map(([key, nodes]) => [key, [...ofField(reading, model, query, [...nodes])]] as const)
      .filter(([, refusals]) => refusals.length > 0),
  );
  const isRequired = (nodes: readonly FieldNode[]) =>
    isNonNullType(query.getFields()[(nodes[0] as FieldNode).name.value]?.type);
  return { refused, isLost: roots.some(([key, nodes]) => key in refused && isRequired(nodes)) };
}

export interface Refused {
  readonly refused: Readonly<Record<string, readonly Refusal[]>>;
  /** A root field that cannot be null is refused, and the whole answer with it. */
  readonly isLost: boolean;
}

function* ofField(
  reading: Reading,
  model: Model,
  parent: GraphQLObjectType,
  nodes: FieldNode[],
): Generator<Refusal> {
  const node = nodes[0] as FieldNode;
  const definition = parent.getFields()[node.name.value];
  if (!definition) return; // __typename
  const args: Input = getArgumentValues(definition, node, reading.variableValues);
  const here = parent.name === "Query" ? model.under(args) : model;
  yield* ofArguments(here, parent, definition.name, args);
  let type = getNamedType(definition.type);
  if (isAbstractType(type)) {
    const named = model.catalogue.find(String(args.id).split(":")[0] as string);
    if (!named) return;
    type = reading.schema.getType(named.type) as GraphQLObjectType;
  }
  if (isObjectType(type))
    for (const below of fieldsBelow(reading, type, nodes)) yield* ofField(reading, here, type, below);
}

function* ofArguments(
  model: Model,
  parent: GraphQLObjectType,
  name: string,
  args: Input,
): Generator<Refusal> {
  for (const dataset of model.catalogue.datasets) {
    if (parent.name !== "Query") break;
    if (name === dataset.plural) yield* ofList(model, dataset, args);
    if (name === `${dataset.plural}Aggregate`) yield* ofAggregate(model, dataset, args);
    if (name === dataset.name) yield* ofOne(dataset.key, args);
  }
  const owner = typeNamed(model.catalogue, parent.name);
  for (const link of owner?.links ?? []) {
    const target = model.catalogue.dataset(link.target);
    if (name === link.name && link.many) yield* ofList(model, target, args);
    if (name === `${link.name}Aggregate`) yield* ofAggregate(model, target, args, link);
  }
}

/** One row is asked for by its id or by its whole business key, exactly one. */
function* ofOne(key: readonly string[], args: Input): Generator<Refusal> {
  const given = key.filter((name) => args[name] != null).length;
  const byId = args.id != null;
  if (byId ? given > 0 : given < key.length) yield { code: "BAD_USER_INPUT" };
}
