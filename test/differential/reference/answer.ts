/** Answers a whole GraphQL question: graphql-js executes, the model resolves. */
import {
  execute,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import { type DatasetEntry, type LinkEntry, reaches } from "../../../src/declare";
import { type Input, isReadable, linkedRows } from "./conditions";
import { coverageOf } from "./coverage";
import { type Asked, figuresOf } from "./figures";
import { fingerprint, pageOf, writeCursor } from "./lists";
import { maskedValue } from "./masks";
import type { Model } from "./model";
import { refusalsOf } from "./operation";
import type { Refusal } from "./refusals";
import { fieldOf, held, type Row } from "./rows";
import { selectedFigures } from "./selection";

export interface Question {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** A refused root field is null where the schema allows it, else the whole answer is. */
export interface Reply {
  readonly data: unknown;
  /** By response key of the root field: every reason there is to refuse it. */
  readonly refused: Readonly<Record<string, readonly Refusal[]>>;
}

export async function answer(schema: GraphQLSchema, model: Model, question: Question): Promise<Reply> {
  const document = parse(question.query);
  const faults = validate(schema, document);
  if (faults.length > 0)
    throw new Error(`the question is invalid: ${faults.map((f) => f.message).join("; ")}\n${question.query}`);
  const operation = document.definitions.find(
    (d) => d.kind === "OperationDefinition",
  ) as OperationDefinitionNode;
  const { refused, isLost } = refusalsOf(schema, model, document, operation, question.variables ?? {});
  if (isLost) return { data: null, refused };
  const contextValue: Reading = { model, refused };
  const variableValues = question.variables;
  const result = await execute({
    schema,
    document,
    variableValues,
    fieldResolver,
    typeResolver,
    contextValue,
  });
  if (result.errors) throw result.errors[0]?.originalError ?? result.errors[0];
  return { data: JSON.parse(JSON.stringify(result.data)), refused };
}

interface Reading {
  readonly model: Model;
  readonly refused: Reply["refused"];
}

/** A row on its way through the tree, with the model it was read by. */
class Visible {
  constructor(
    readonly model: Model,
    readonly dataset: DatasetEntry,
    readonly row: Row,
  ) {}
}

const typeResolver = (value: unknown) => (value as Visible).dataset.type;

const fieldResolver: GraphQLFieldResolver<unknown, Reading> = (source, args, { model, refused }, info) => {
  if (info.parentType.name === "Query") return info.path.key in refused ? null : ofRoot(model, args, info);
  if (source instanceof Visible) return ofRow(source, args, info);
  return (source as Record<string, unknown>)[info.fieldName];
};

function ofRoot(model: Model, args: Input, info: GraphQLResolveInfo): unknown {
  const name = info.fieldName;
  const reading = model.under(args);
  if (name === "node")
    return oneRow(reading, model.catalogue.find(String(args.id).split(":")[0] as string), { id: args.id });
  for (const dataset of model.catalogue.datasets) {
    if (name === dataset.name) return oneRow(reading, dataset, args);
    if (name === dataset.plural) return connection(reading, dataset, reading.rowsOf(dataset), args);
    if (name === `${dataset.plural}Aggregate`)
      return aggregate(reading, dataset, reading.rowsOf(dataset), args, info);
  }
  throw new Error(`no root field ${name}`);
}

function oneRow(
  model: Model,
  dataset: DatasetEntry | undefined,
  { retired: _, asOf: __, ...named }: Input,
): unknown {
  if (!dataset) return null;
  const found = model
    .rowsOf(dataset)
    .find((r) =>
      Object.entries(named).every(
        ([name, value]) => value == null || held(fieldOf(dataset, name), r) === value,
      ),
    );
  return found && model.policy.visible(dataset, found) ? new Visible(model, dataset, found) : null;
}

function ofRow({ model, dataset, row }: Visible, args: Input, info: GraphQLResolveInfo): unknown {
  const link = dataset.links.find((l) => l.name === info.fieldName);
  if (link) {
    const target = model.catalogue.dataset(link.target);
    const linked = linkedRows(model, dataset, link, row, "ROWS");
    if (link.many) return connection(model, target, linked, args);
    return linked[0] ? new Visible(model, target, linked[0]) : null;
  }
  const aggregated = dataset.links.find((l) => `${l.name}Aggregate` === info.fieldName);
  if (aggregated) {
    const target = model.catalogue.dataset(aggregated.target);
    return aggregate(model, target, countedLinks(model, dataset, aggregated, row), args, info, aggregated);
  }
  if (info.fieldName === "disputed") return disputedIn(model, dataset, row);
  return maskedValue(model, dataset, fieldOf(dataset, info.fieldName), row);
}

/** Fields in dispute that the reader sees at least masked, by name; of former times nothing is told. */
function disputedIn({ era, policy }: Model, dataset: DatasetEntry, row: Row): string[] | null {
  if (era.asOf !== undefined) return null;
  const names = (row.disputed ?? []).filter((name) =>
    reaches(policy.level(dataset, fieldOf(dataset, name), row), "MASKED"),
  );
  return [...new Set(names)].sort();
}

/** Linked rows that may be counted: the link is a condition on the field that holds it. */
function countedLinks(model: Model, dataset: DatasetEntry, link: LinkEntry, row: Row): Row[] {
  const target = model.catalogue.dataset(link.target);
  const [here, there] = [fieldOf(dataset, link.here), fieldOf(target, link.there)];
  const value = held(here, row);
  return model
    .rowsOf(target)
    .filter((r) => value !== null && held(there, r) === value)
    .filter((r) => isReadable(model, target, there, there.coded, r, "FIGURES"));
}

function connection(model: Model, dataset: DatasetEntry, candidates: readonly Row[], args: Input): unknown {
  const page = pageOf(model, dataset, candidates, args);
  const made = fingerprint(model, dataset, args);
  const edges = page.rows.map((r) => ({
    cursor: writeCursor(made, r),
    node: new Visible(model, dataset, r),
  }));
  return {
    edges,
    nodes: edges.map((e) => e.node),
    totalCount: page.total,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function aggregate(
  model: Model,
  dataset: DatasetEntry,
  rows: readonly Row[],
  args: Input,
  info: GraphQLResolveInfo,
  link?: LinkEntry,
): unknown {
  const selected: Asked[] = selectedFigures(dataset, info);
  return {
    groups: figuresOf(model, dataset, rows, args, selected, link),
    coverage: coverageOf(model, dataset, args, selected, link),
  };
}
