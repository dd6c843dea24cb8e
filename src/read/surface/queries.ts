/** The queries a dataset gets by being declared, as type-graphql resolvers over the planner's objects exit. */
import { GraphQLID, GraphQLInt, type GraphQLResolveInfo, GraphQLString } from "graphql";
import { Arg, type ClassType, Ctx, FieldResolver, Info, Query, Resolver } from "type-graphql";
import { type Catalogue, classOf, type DatasetEntry, DateTimeScalar, Node } from "../../declare";
import type { ReadContext } from "../context";
import { keepsHistory } from "../plan";
import { afterArg, firstArg } from "./connection";
import { valueType } from "./filters";
import { declareDisputed, declareLinks, Outputs, RetiredRows, type Surface } from "./outputs";
import type { GraphType } from "./words";

interface ArgFacts {
  readonly name: string;
  readonly type: () => GraphType;
  readonly nullable?: boolean;
  readonly description: string;
}

/** Resolver classes of all datasets. */
export function resolversOf(catalogue: Catalogue): ClassType[] {
  const outputs = new Outputs(catalogue);
  return [nodeResolver(), ...catalogue.readable.map((dataset) => resolverOf(dataset, outputs))];
}

function nodeResolver(): ClassType {
  class NodeResolver {}
  Resolver()(NodeResolver);
  rootQuery(
    NodeResolver,
    "node",
    () => Node,
    "按全局标识取一条记录。Any row by its id.",
    [idArg, retiredArg],
    true,
  );
  return NodeResolver;
}

function resolverOf(dataset: DatasetEntry, outputs: Outputs): ClassType {
  const resolver = { [`${dataset.type}Resolver`]: class {} }[`${dataset.type}Resolver`] as ClassType;
  const surface = outputs.of(dataset.name);
  Resolver(() => surface.row)(resolver);
  // A source that is away takes its own fields with it, and no others.
  const isLinked = dataset.linked !== undefined;
  const timeArgs = isLinked ? [] : [asOfArg, ...(dataset.byYear ? [yearArg] : [])];
  const words = `${dataset.zh}${dataset.article ? `（${dataset.article}）` : ""}`;
  rootQuery(
    resolver,
    dataset.name,
    () => surface.row,
    `${words}：按 id 或业务主键取一条。One row by id or business key.`,
    [...keyArgs(dataset), retiredArg, ...timeArgs],
    true,
  );
  rootQuery(
    resolver,
    dataset.plural,
    () => surface.connection,
    `${words}列表。A page of rows.`,
    [...listArgs(surface), retiredArg, ...timeArgs],
    isLinked,
  );
  rootQuery(
    resolver,
    `${dataset.plural}Aggregate`,
    () => surface.aggregate,
    `${words}汇总。Figures over rows.`,
    [...figureArgs(surface), retiredArg, ...timeArgs],
    isLinked,
  );
  if (keepsHistory(dataset))
    rootQuery(
      resolver,
      `${dataset.name}History`,
      () => surface.connection,
      `${words}：一条记录的各版本，由旧到新；各版本按其当时所在区划、今日权限显示。The versions of one row, oldest first, each as far as today's rights reach where it then was.`,
      [idArg, ...listArgs(surface).filter(({ name }) => name !== "where" && name !== "orderBy")],
    );
  if (!dataset.from && !dataset.linked) declareDisputed(surface);
  declareLinks(dataset, outputs, (link, target) => {
    const words = `${link.zh}${link.article ? `（${link.article}）` : ""}。${link.en}.`;
    fieldResolver(resolver, link.name, () => target.connection, words, listArgs(target));
    fieldResolver(
      resolver,
      `${link.name}Aggregate`,
      () => target.aggregate,
      `${link.zh}汇总。Figures over ${link.name}.`,
      figureArgs(target),
    );
  });
  return resolver;
}

const idArg: ArgFacts = { name: "id", type: () => GraphQLID, description: "全局标识。Global id." };
const retiredArg: ArgFacts = {
  name: "retired",
  type: () => RetiredRows,
  nullable: true,
  description: "是否含已停用。Whether retired rows are included.",
};
const asOfArg: ArgFacts = {
  name: "asOf",
  type: () => DateTimeScalar,
  nullable: true,
  description: "按该时刻有效的版本。As the rows were at this instant.",
};

const yearArg: ArgFacts = {
  name: "year",
  type: () => GraphQLInt,
  nullable: true,
  description: "只算该年度；不填为历年合计。Figures of this year; of all years if left out.",
};

function keyArgs(dataset: DatasetEntry): ArgFacts[] {
  const keys = dataset.key
    .map((name) => dataset.fields.find((f) => f.name === name))
    .filter((f) => f !== undefined);
  return [
    { name: "id", type: () => GraphQLID, nullable: true, description: "全局标识。Global id." },
    ...keys.map((f) => ({
      name: f.name,
      type: () => valueType(f),
      nullable: true,
      description: `${f.zh}。${f.en}`,
    })),
  ];
}

function listArgs(surface: Surface): ArgFacts[] {
  return [
    { name: "where", type: () => surface.where, nullable: true, description: "筛选条件。Condition." },
    {
      name: "orderBy",
      type: () => [surface.order],
      nullable: true,
      description: "排序，先列者优先。Order, first key first.",
    },
    firstArg,
    afterArg,
    { name: "last", type: () => GraphQLInt, nullable: true, description: "自后取几条。Rows from the end." },
    {
      name: "before",
      type: () => GraphQLString,
      nullable: true,
      description: "在此游标之前。Before this cursor.",
    },
  ];
}

function figureArgs(surface: Surface): ArgFacts[] {
  return [
    { name: "where", type: () => surface.where, nullable: true, description: "筛选条件。Condition." },
    {
      name: "groupBy",
      type: () => [surface.groupKey],
      nullable: true,
      description: "分组依据。What to group by.",
    },
    {
      name: "having",
      type: () => surface.having,
      nullable: true,
      description: "按公布的数字筛选。Condition on published figures.",
    },
    {
      name: "orderBy",
      type: () => [surface.groupOrder],
      nullable: true,
      description: "分组排序。Order of groups.",
    },
    {
      name: "first",
      type: () => GraphQLInt,
      nullable: true,
      description: "最多几组，默认 1000，最多 10000。Groups at most; 1,000 if left out.",
    },
  ];
}

/** A root field: resolved by the planner as a whole, whatever lies below it. */
function rootQuery(
  resolver: ClassType,
  name: string,
  type: () => GraphType,
  description: string,
  args: readonly ArgFacts[],
  nullable = false,
): void {
  define(resolver, name, (context, info) => context.read(info));
  Query(type, { nullable, description })(resolver.prototype, name, descriptorOf(resolver, name));
  declareArgs(resolver, name, args);
}

/** A field below a root field: its value was planned with the root. */
function fieldResolver(
  resolver: ClassType,
  name: string,
  type: () => GraphType,
  description: string,
  args: readonly ArgFacts[],
): void {
  define(resolver, name, () => undefined);
  FieldResolver(type, { description })(resolver.prototype, name, descriptorOf(resolver, name));
  declareArgs(resolver, name, args);
}

function define(
  resolver: ClassType,
  name: string,
  run: (context: ReadContext, info: GraphQLResolveInfo) => unknown,
): void {
  Object.defineProperty(resolver.prototype, name, {
    configurable: true,
    writable: true,
    value: (context: ReadContext, info: GraphQLResolveInfo) => run(context, info),
  });
}

function descriptorOf(resolver: ClassType, name: string): PropertyDescriptor {
  return Object.getOwnPropertyDescriptor(resolver.prototype, name) as PropertyDescriptor;
}

function declareArgs(resolver: ClassType, name: string, args: readonly ArgFacts[]): void {
  Ctx()(resolver.prototype, name, 0);
  Info()(resolver.prototype, name, 1);
  args.forEach((arg, i) => {
    Arg(arg.name, arg.type, {
      nullable: arg.nullable ?? false,
      description: arg.description,
      validate: false,
    })(resolver.prototype, name, i + 2);
  });
}

/** Classes of the datasets, as orphaned types, so that every declared type is in the schema. */
export function rowClasses(catalogue: Catalogue): ClassType[] {
  return catalogue.readable.map((d) => classOf(d.name) as ClassType);
}
