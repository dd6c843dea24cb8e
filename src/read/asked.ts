/** What was asked: the operation's fields with coerced arguments, fragments and directives resolved as graphql-js does. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
} from "graphql";
import { collectFields, collectSubfields } from "graphql/execution/collectFields";

export interface Question {
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** One field of the answer: where it goes, what it is, how it was asked, what is asked of it. */
export interface Asked {
  readonly key: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Subfields under the given concrete type; the field's own type where it is one. */
  readonly of: (type?: string) => readonly Asked[];
  readonly type: string;
}

interface Scope {
  readonly schema: GraphQLSchema;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly variables: Record<string, unknown>;
}

export interface AskedOperation {
  readonly operation: OperationDefinitionNode;
  readonly fields: readonly Asked[];
}

/** Resolves a validated document; wrong variables are told as graphql-js tells them. */
export function ask(schema: GraphQLSchema, question: Question): AskedOperation {
  const operation = getOperationAST(question.document, question.operationName);
  if (!operation)
    throw new GraphQLError("the document holds no such operation", {
      extensions: { code: "BAD_USER_INPUT" },
    });
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], { ...question.variables });
  if (coerced.errors) throw coerced.errors[0];
  const root = schema.getRootType(operation.operation) as GraphQLObjectType;
  const scope: Scope = { schema, fragments: fragmentsOf(question.document), variables: coerced.coerced };
  const fields = collectFields(schema, scope.fragments, scope.variables, root, operation.selectionSet);
  return { operation, fields: toAsked(scope, root, fields) };
}

/** The root field that graphql-js is about to resolve, for the objects exit. */
export function askField(info: GraphQLResolveInfo): Asked {
  const { schema, fragments, variableValues: variables, parentType, fieldNodes, path } = info;
  const scope: Scope = { schema, fragments: { ...fragments }, variables: { ...variables } };
  return toAsked(scope, parentType, new Map([[String(path.key), fieldNodes]]))[0] as Asked;
}

function toAsked(
  scope: Scope,
  parent: GraphQLObjectType,
  fields: Map<string, readonly FieldNode[]>,
): Asked[] {
  return [...fields].map(([key, nodes]) => {
    const node = nodes[0] as FieldNode;
    const definition = parent.getFields()[node.name.value];
    if (!definition) return { key, name: node.name.value, args: {}, type: "String", of: () => [] };
    const type = getNamedType(definition.type);
    const of = (concrete = type.name): readonly Asked[] => {
      const object = scope.schema.getType(concrete);
      if (!object || !isCompositeType(object) || isAbstractType(object)) return [];
      return toAsked(
        scope,
        object,
        collectSubfields(scope.schema, scope.fragments, scope.variables, object, [...nodes]),
      );
    };
    return {
      key,
      name: node.name.value,
      args: getArgumentValues(definition, node, scope.variables),
      of,
      type: type.name,
    };
  });
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const d of document.definitions) if (d.kind === Kind.FRAGMENT_DEFINITION) fragments[d.name.value] = d;
  return fragments;
}
