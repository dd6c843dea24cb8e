/** The doors of importing: a mutation for every dataset, and the job with its refused rows. */
import { GraphQLBoolean, GraphQLString } from "graphql";
import { Arg, type ClassType, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Catalogue, DatasetEntry } from "../../declare";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { afterArg, type Connection, connection, cursorOf, firstArg, pageSize, placeIn } from "../../read";
import type { ImportOptions, Imports } from "./imports";
import type { ImportJob, StoredRefusal } from "./job";
import {
  ImportJobType,
  ImportModeType,
  type ImportRefusal,
  ImportRefusalConnection,
  ImportSchemeType,
} from "./job-types";

export interface ImportContext {
  readonly identity: Identity;
  readonly imports?: Imports;
}

/** Resolver classes of the import's doors. */
export function importsOf(catalogue: Catalogue): ClassType[] {
  return [ImportJobResolver, ...catalogue.kept.map(importMutation)];
}

function doorOf({ imports }: ImportContext): Imports {
  if (!imports) throw new HubError("UNAVAILABLE", "本平台未开放导入。Imports are not open here.");
  return imports;
}

@Resolver(() => ImportJobType)
class ImportJobResolver {
  @Query(() => ImportJobType, {
    nullable: true,
    description: "本部门的一个导入任务。An import of the asker's own department.",
  })
  async importJob(
    @Ctx() context: ImportContext,
    @Arg("id", () => ID, { description: "任务编号。Id of the job." }) id: string,
  ): Promise<ImportJob | undefined> {
    return doorOf(context).job(context.identity, id);
  }

  @Mutation(() => ImportJobType, {
    nullable: true,
    description:
      "请求停止导入：当前批次写完即停，再次提交同一文件即继续。Stops an import after the batch that runs; the same file sent again goes on.",
  })
  async stopImport(
    @Ctx() context: ImportContext,
    @Arg("id", () => ID, { description: "任务编号。Id of the job." }) id: string,
  ): Promise<ImportJob | undefined> {
    return doorOf(context).stop(context.identity, id);
  }

  @FieldResolver(() => ImportRefusalConnection, {
    description: "被拒绝的行及原因。Refused rows with reasons.",
  })
  async refusals(
    @Root() job: ImportJob,
    @Ctx() context: ImportContext,
    @Arg("first", firstArg.type, firstArg) first: number | null,
    @Arg("after", afterArg.type, afterArg) after: string | null,
  ): Promise<Connection<ImportRefusal>> {
    const size = pageSize(first);
    const [line] = after ? placeIn(after, [/^\d{1,9}$/]) : ["0"];
    const found = await doorOf(context).refusals(job.id, size + 1, Number(line));
    return connection(
      found.map(told),
      { size, after },
      (row) => cursorOf([String(row.line)]),
      async () => job.refused,
    );
  }
}

function told({ line, problems }: StoredRefusal): ImportRefusal {
  return {
    line,
    problems: problems.map((p) => ({
      ...p,
      field: p.field || null,
      fields: p.fields ?? [p.field].filter(Boolean),
    })),
  };
}

const ARGS = [
  {
    name: "csv",
    type: () => GraphQLString,
    nullable: false,
    description:
      "CSV 文本，首行为列名（字段名或者其中文名）；大文件请用 POST /imports/<dataset> 上传。CSV text, columns named in its first line; large files go to POST /imports/<dataset>.",
  },
  {
    name: "mode",
    type: () => ImportModeType,
    nullable: true,
    description: "默认逐行。ROWS if left out.",
  },
  {
    name: "dryRun",
    type: () => GraphQLBoolean,
    nullable: true,
    description: "只报告差异，不写入。Tells the difference and writes nothing.",
  },
  {
    name: "restart",
    type: () => GraphQLBoolean,
    nullable: true,
    description: "同一文件曾中断时从头开始，不继续。Begins anew where the same file was stopped before.",
  },
  {
    name: "scheme",
    type: () => ImportSchemeType,
    nullable: true,
    description:
      "文件中区划代码的体系，默认工作版。Scheme of its division codes, the working one if left out.",
  },
] as const;

function importMutation(dataset: DatasetEntry): ClassType {
  const name = `import${dataset.plural.charAt(0).toUpperCase()}${dataset.plural.slice(1)}`;
  const resolver = { [`${dataset.type}Import`]: class {} }[`${dataset.type}Import`] as ClassType;
  Resolver()(resolver);
  const run = (
    context: ImportContext,
    csv: string,
    mode?: ImportOptions["mode"],
    dryRun?: boolean,
    restart?: boolean,
    scheme?: ImportOptions["scheme"] | null,
  ) =>
    doorOf(context).start(context.identity, dataset.name, csv, {
      mode: mode ?? "ROWS",
      dryRun: dryRun ?? false,
      restart: restart ?? false,
      scheme: scheme ?? undefined,
    });
  Object.defineProperty(resolver.prototype, name, { configurable: true, writable: true, value: run });
  const description = `导入${dataset.zh.split("：")[0]}，按业务主键新增或者变更。限数源部门的数据管理员在其属地内。Adds and changes rows by their business key. By its stewards, in their own territory.`;
  const descriptor = Object.getOwnPropertyDescriptor(resolver.prototype, name) as PropertyDescriptor;
  Mutation(() => ImportJobType, { description })(resolver.prototype, name, descriptor);
  Ctx()(resolver.prototype, name, 0);
  for (const [i, { name: arg, type, nullable, description }] of ARGS.entries())
    Arg(arg, type as () => ClassType, { nullable, description, validate: false })(
      resolver.prototype,
      name,
      i + 1,
    );
  return resolver;
}
