/** Which fields an answer will hold, as graphql-js collects them: aliases, fragments, @skip and @include applied. */

import type { FieldNode, FragmentDefinitionNode, GraphQLSchema } from "graphql";
import { type GraphQLObjectType, type GraphQLResolveInfo, getNamedType } from "graphql";
import { collectSubfields } from "graphql/execution/collectFields";
import type { DatasetEntry, FieldEntry } from "../../../src/declare";
import type { Asked } from "./figures";

export interface Reading {
  readonly schema: GraphQLSchema;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly variableValues: Record<string, unknown>;
}

/** Selected fields by response key, with the nodes that ask for each. */
export function fieldsBelow(
  reading: Reading,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): FieldNode[][] {
  return [
    ...collectSubfields(reading.schema, reading.fragments, reading.variableValues, type, nodes).values(),
  ].map((n) => [...n]);
}

const FIGURES = ["sum", "avg", "min", "max"] as const;

/** Figures selected anywhere in this aggregate. */
export function selectedFigures(dataset: DatasetEntry, info: GraphQLResolveInfo): Asked[] {
  const aggregate = getNamedType(info.returnType) as GraphQLObjectType;
  const below = (type: GraphQLObjectType, nodes: readonly FieldNode[], name: string) =>
    fieldsBelow(info, type, nodes).filter((n) => n[0]?.name.value === name);
  const typeOf = (type: GraphQLObjectType, name: string) =>
    getNamedType(type.getFields()[name]?.type) as GraphQLObjectType;
  const group = typeOf(aggregate, "groups");
  return below(aggregate, info.fieldNodes, "groups").flatMap((groups) =>
    FIGURES.flatMap((figure) =>
      below(group, groups, figure).flatMap((nodes) =>
        fieldsBelow(info, typeOf(group, figure), nodes)
          .map((n) => dataset.fields.find((f) => f.name === n[0]?.name.value))
          .filter((field): field is FieldEntry => field !== undefined)
          .map((field) => ({ figure, field })),
      ),
    ),
  );
}
