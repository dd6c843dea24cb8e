// The query by which auditors and stewards read the access log.
import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import type { Identity } from "../identity";
import type { AccessLog, LoggedAccess } from "./access-log";
import {
  AccessLogConnection,
  AccessLogWhere,
  type AccessOutcome,
  type AccessRecordEntry,
} from "./access-log-types";

const DESCRIPTION = `访问记录（政务数据共享条例 第二十九条、网络数据安全管理条例 第十二条）：审计职责查本部门，审计与大数据部门查本属地各部门；数据管理员查本部门数据集的被使用情况。
The access log: auditors see their department, those of audit and big-data bureaus all departments of their territory; stewards see how their own datasets were used.`;

export interface AuditContext {
  readonly identity: Identity;
  readonly accessLog: AccessLog;
}

@Resolver()
export class AccessLogResolver {
  @Query(() => AccessLogConnection, { description: DESCRIPTION })
  async accessLog(
    @Ctx() { identity, accessLog }: AuditContext,
    @Arg("where", () => AccessLogWhere, { nullable: true }) where: AccessLogWhere | null,
    @Arg("first", () => Int, { defaultValue: 20, description: "条数，最多 1000。Records, at most 1,000." })
    first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
  ): Promise<AccessLogConnection> {
    const { records, more } = await accessLog.read(identity, where ?? {}, first, after);
    const nodes = records.map(entryOf);
    return {
      nodes,
      edges: records.map(({ cursor }, n) => ({ cursor, node: nodes[n] as AccessRecordEntry })),
      hasNextPage: more,
      endCursor: records.at(-1)?.cursor ?? null,
    };
  }
}

function entryOf({ cursor: _, ...record }: LoggedAccess): AccessRecordEntry {
  const datasets = record.datasets.map(({ dataset, fields }) => ({
    dataset,
    fields: fields.map(({ field, level, territories }) => ({ field, level, territories: [...territories] })),
  }));
  return { ...record, datasets, grants: [...record.grants], outcome: record.outcome as AccessOutcome };
}
