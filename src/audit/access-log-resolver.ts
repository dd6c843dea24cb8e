// The query by which auditors and stewards read the access log.
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { Identity } from "../identity";
import { afterArg, type Connection, firstArg } from "../read";
import type { AccessLog, LoggedAccess } from "./access-log";
import { AccessLogConnection, AccessLogWhere } from "./access-log-types";
import type { ChainStatus } from "./chain/status";
import { ChainStatusEntry } from "./chain-status-types";
import type { RowAsking } from "./row-places";

const DESCRIPTION = `访问记录（政务数据共享条例 第二十九条、网络数据安全管理条例 第十二条）：审计职责查本部门，审计与大数据部门查本属地各部门；数据管理员查本部门数据集的被使用情况。
The access log: auditors see their department, those of audit and big-data bureaus all departments of their territory; stewards see how their own datasets were used.`;

export interface AuditContext extends RowAsking {
  readonly identity: Identity;
  readonly accessLog: AccessLog;
}

@Resolver()
export class AccessLogResolver {
  @Query(() => AccessLogConnection, { description: DESCRIPTION })
  async accessLog(
    @Ctx() context: AuditContext,
    @Arg("where", () => AccessLogWhere, { nullable: true }) where: AccessLogWhere | null,
    @Arg("first", firstArg.type, firstArg) first: number | null,
    @Arg("after", afterArg.type, afterArg) after: string | null,
  ): Promise<Connection<LoggedAccess>> {
    const { identity, accessLog, catalogue, ask } = context;
    const { row, ...filter } = where ?? {};
    return accessLog.read(identity, filter, { first, after }, row ? { id: row, catalogue, ask } : undefined);
  }

  @Query(() => ChainStatusEntry, {
    description:
      "访问记录封存链的状态，限审计、安全职责。State of the log's chain; for the audit and security duties.",
  })
  async chainStatus(@Ctx() { identity, accessLog }: AuditContext): Promise<ChainStatus> {
    return accessLog.chainStatus(identity);
  }
}
