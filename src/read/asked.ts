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
  type SelectionSetNode,
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
  const { operation, values } = coerce(schema, question);
  return { operation, fields: fieldsOf(schema, question.document, operation, values) };
}

/** The operation that was asked for, with its variables as the schema has them. */
export function coerce(
  schema: GraphQLSchema,
  { document, operationName, variables }: Question,
): { operation: OperationDefinitionNode; values: Record<string, unknown> } {
  const operation = getOperationAST(document, operationName);
  if (!operation)
    throw new GraphQLError("the document holds no such operation", {
      extensions: { code: "BAD_USER_INPUT" },
    });
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
  if (coerced.errors) throw coerced.errors[0];
  return { operation, values: coerced.coerced };
}

/** The root fields of an operation; what stands in `variables` goes into their arguments as it is. */
export function fieldsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): readonly Asked[] {
  const root = schema.getRootType(operation.operation) as GraphQLObjectType;
  const scope: Scope = { schema, fragments: fragmentsOf(document), variables };
  return toAsked(
    scope,
    root,
    collectFields(schema, scope.fragments, variables, root, operation.selectionSet),
  );
}

/** Names of all root fields that an operation may lead to, whatever its variables; a circle of fragments has an end here. */
export function rootNames(document: DocumentNode, operation: OperationDefinitionNode): Set<string> {
  const fragments = fragmentsOf(document);
  const names = new Set<string>();
  // Each once: thirty fragments that each spread the next one twice would be walked a thousand million times.
  const walked = new Set<string>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      else {
        const { value } = selection.name;
        const fragment = walked.has(value) ? undefined : fragments[value];
        walked.add(value);
        if (fragment) walk(fragment.selectionSet);
      }
    }
  };
  walk(operation.selectionSet);
  return names;
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
