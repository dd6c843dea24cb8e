// The query by which auditors and stewards read the access log.
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { Identity } from "../identity";
import { afterArg, type Connection, firstArg } from "../read";
import type { AccessLog, LoggedAccess } from "./access-log";
import { AccessLogConnection, AccessLogWhere } from "./access-log-types";

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
    @Arg("first", firstArg.type, firstArg) first: number | null,
    @Arg("after", afterArg.type, afterArg) after: string | null,
  ): Promise<Connection<LoggedAccess>> {
    return accessLog.read(identity, where ?? {}, { first, after });
  }
}
