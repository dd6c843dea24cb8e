/** The mutations a dataset gets by being declared, as type-graphql resolvers over the writer. */
import { GraphQLID, GraphQLInt, type GraphQLResolveInfo, GraphQLString } from "graphql";
import { Arg, type ClassType, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from "type-graphql";
import { type Catalogue, classOf, type DatasetEntry, describe, outputTypeOf } from "../declare";
import type { Identity } from "../identity";
import { inputType, objectType, type ReadContext } from "../read";
import type { Input, Writer, Written } from "./writer";

/** What the mutations need of the request they serve. */
export interface WriteContext extends ReadContext {
  readonly identity: Identity;
  readonly writer: Writer;
}

/** Resolver classes of all datasets' mutations. */
export function mutationsOf(catalogue: Catalogue): ClassType[] {
  return catalogue.kept.flatMap((dataset) => {
    const payload = payloadOf(dataset);
    return [mutationOf(dataset, payload), payloadResolver(dataset, payload)];
  });
}

interface ArgFacts {
  readonly name: string;
  readonly type: () => unknown;
  readonly nullable?: boolean;
  readonly description: string;
}

const ID: ArgFacts = { name: "id", type: () => GraphQLID, description: "全局标识。Global id." };
const VERSION: ArgFacts = {
  name: "expectedVersion",
  type: () => GraphQLInt,
  description:
    "所读到的版本号；已被他人修改时不写入。The version that was read; nothing is written where it has moved.",
};
const KEY: ArgFacts = {
  name: "idempotencyKey",
  type: () => GraphQLString,
  nullable: true,
  description:
    "重复提交同一请求时用同一值，只登记一次（保留七天）。The same for a request sent again: it is stored once; kept for seven days.",
};

/** Arguments as the client gave them, by name. */
interface Given {
  readonly id: string;
  readonly input: Input;
  readonly expectedVersion?: number | null;
  readonly idempotencyKey?: string | null;
}

function mutationOf(dataset: DatasetEntry, payload: ClassType): ClassType {
  const { name, type } = dataset;
  const zh = shortly(dataset);
  const resolver = named(`${type}Mutations`);
  Resolver()(resolver);
  const fresh = inputOf(dataset, "Input", `登记${zh}的内容。What a new row holds.`, true);
  const changes = inputOf(
    dataset,
    "Changes",
    `对${zh}的修改：未给出的不变，null 为清空。What is left out stays, null clears.`,
    false,
  );
  const input = (of: ClassType): ArgFacts => ({
    name: "input",
    type: () => of,
    description: "内容。The content.",
  });
  const by = "限数源部门的数据管理员在其属地内。By its stewards, in their own territory.";
  const define = (verb: string, words: string, args: readonly ArgFacts[], run: Run) =>
    defineMutation(resolver, `${verb}${type}`, () => payload, `${words}${by}`, args, run);

  define("create", `登记一条${zh}。Records a row. `, [input(fresh), KEY], ({ writer, identity }, given) =>
    writer.create(identity, name, { ...given.input }, given.idempotencyKey ?? undefined),
  );
  const words = `修改一条${zh}，旧版本留存。Changes a row; the former version is kept. `;
  define("update", words, [ID, input(changes), VERSION], ({ writer, identity }, given) =>
    writer.update(identity, name, given.id, { ...given.input }, given.expectedVersion as number),
  );
  const retiring = `停用一条${zh}，记录及历史保留。Takes a row out of use; it is kept. `;
  define("retire", retiring, [ID, { ...VERSION, nullable: true }], ({ writer, identity }, given) =>
    writer.retire(identity, name, given.id, given.expectedVersion ?? undefined),
  );
  return resolver;
}

type Run = (context: WriteContext, given: Given) => Promise<Written>;

/** Only the fields a client may write; required ones are so in a new row. */
function inputOf(dataset: DatasetEntry, suffix: string, words: string, fresh: boolean): ClassType {
  const members = dataset.fields
    .filter((field) => !field.generated)
    .map((field) => ({
      name: field.name,
      type: () => outputTypeOf(field),
      nullable: !(fresh && field.required),
      description: `${describe(field)}${field.steward ? `（由 ${field.steward} 维护。Kept by ${field.steward}.）` : ""}`,
    }));
  return inputType(`${dataset.type}${suffix}`, words, members);
}

function payloadOf(dataset: DatasetEntry): ClassType {
  return objectType(
    `${dataset.type}Payload`,
    `写入${shortly(dataset)}的结果。What a change of ${dataset.name} gives back.`,
    [{ name: "id", type: () => GraphQLID, description: "全局标识。Global id." }],
  );
}

/** The written row, read as any other: by the planner, under the asker's own decision. */
function payloadResolver(dataset: DatasetEntry, payload: ClassType): ClassType {
  const resolver = named(`${dataset.type}PayloadResolver`);
  Resolver(() => payload)(resolver);
  const read = (written: Written, context: WriteContext, info: GraphQLResolveInfo) =>
    context.row(info, dataset.name, written.uuid);
  method(resolver, dataset.name, read);
  FieldResolver(() => classOf(dataset.name), {
    nullable: true,
    description: `写入后的记录，按本部门权限。The row as it now is, as far as its reader may see it.`,
  })(resolver.prototype, dataset.name, descriptorOf(resolver, dataset.name));
  Root()(resolver.prototype, dataset.name, 0);
  Ctx()(resolver.prototype, dataset.name, 1);
  Info()(resolver.prototype, dataset.name, 2);
  return resolver;
}

function defineMutation(
  resolver: ClassType,
  name: string,
  type: () => ClassType,
  description: string,
  args: readonly ArgFacts[],
  run: Run,
): void {
  method(resolver, name, (context: WriteContext, ...values: unknown[]) =>
    run(context, Object.fromEntries(args.map((arg, i) => [arg.name, values[i]])) as unknown as Given),
  );
  Mutation(type, { description })(resolver.prototype, name, descriptorOf(resolver, name));
  Ctx()(resolver.prototype, name, 0);
  args.forEach((arg, i) => {
    const facts = { nullable: arg.nullable ?? false, description: arg.description, validate: false };
    Arg(arg.name, arg.type as () => ClassType, facts)(resolver.prototype, name, i + 1);
  });
}

/** The dataset's Chinese name without what its declaration adds after the colon. */
function shortly({ zh }: DatasetEntry): string {
  return zh.split("：")[0] as string;
}

function named(name: string): ClassType {
  return { [name]: class {} }[name] as ClassType;
}

function method(resolver: ClassType, name: string, value: unknown): void {
  Object.defineProperty(resolver.prototype, name, { configurable: true, writable: true, value });
}

function descriptorOf(resolver: ClassType, name: string): PropertyDescriptor {
  return Object.getOwnPropertyDescriptor(resolver.prototype, name) as PropertyDescriptor;
}
