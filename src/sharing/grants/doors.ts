/** The doors of grants: `grant`, `grants`, and one mutation for each act on one. */
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { DateTimeScalar, type Level } from "../../declare";
import { HubError } from "../../errors";
import { afterArg, type Connection, firstArg, withNodes } from "../../read";
import type { SharingContext } from "../context";
import { AccessLevel } from "../types";
import { GrantConnection, GrantDisposalInput, GrantEntry, GrantNegotiationInput } from "./grant-types";
import type { SeenGrant } from "./grants";
import type { Narrower } from "./narrowing";
import { type GrantState, GrantStateWord } from "./words";

const ID = { description: "授权的标识。The grant." };
const REASON = { description: "理由。The reason." };
const NEGOTIATION = "与获授权部门的协商记录（第二十七条）。The record of the negotiation with the grantee.";
const MOST_DAYS = 36_500;

@ArgsType()
class GrantsArgs {
  @Field(() => String, {
    nullable: true,
    description: "获授权部门。The department they are given to.",
  })
  department?: string | null;

  @Field(() => String, { nullable: true, description: "数据集名。Name of a dataset." })
  dataset?: string | null;

  @Field(() => [GrantStateWord], {
    nullable: true,
    description: "状态；不填为未结束的。States; those that have not ended, if left out.",
  })
  state?: GrantState[] | null;

  @Field(() => Int, {
    nullable: true,
    description: "多少天内到期的。Those that end within so many days.",
  })
  expiringWithin?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "有效已满若干天、其间没有使用的。In force for so many days without an answer that used them.",
  })
  unusedFor?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "待我办理的：提供单位须恢复或者终止的、久未使用可收回的，获授权部门须报告处置情况的。What waits for me: suspended or long unused ones for the provider, disposal reports for the grantee.",
  })
  waitingForMe?: boolean | null;

  @Field(firstArg.type, firstArg)
  first?: number | null;

  @Field(afterArg.type, afterArg)
  after?: string | null;
}

@ArgsType()
class NarrowGrantArgs implements Narrower {
  @Field(() => String, ID)
  id: string;

  @Field(() => String, REASON)
  reason: string;

  @Field(() => GrantNegotiationInput, { description: NEGOTIATION })
  negotiation: GrantNegotiationInput;

  @Field(() => [String], { nullable: true, description: "保留的字段。The fields that stay." })
  fields?: string[] | null;

  @Field(() => AccessLevel, { nullable: true, description: "更低的级别。A lower level." })
  level?: Level | null;

  @Field(() => String, { nullable: true, description: "更小的属地。A smaller territory." })
  territory?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "更早的期限，不含。An earlier end." })
  until?: string | null;
}

const LIST = `共享授权。获授权部门看自己的，数源部门看本属地内对其数据集的，数据主管部门看向其备案的，安全、审计职责看全部；不指定状态时为未结束的。
Grants: the grantee sees its own, the steward those on its datasets in its territory, a data authority those filed with it, security and audit duties all; without state, those that have not ended.`;

const SUSPEND = `提供单位因不当使用立即暂停授权（第二十七条）；下一次查询即不再开放。须有 decide 职责。
The provider suspends a grant for misuse; the very next answer is without it.`;

const RESUME =
  "提供单位在整改后恢复授权。须有 decide 职责。The provider resumes a grant after the misuse was put right.";

const NARROW = `提供单位经协商缩小授权：更少的字段、更低的级别、更小的属地、更早的期限；扩大须重新申请。自动向数据主管部门备案（第二十七条）。
The provider narrows a grant after a negotiation; never wider. Filed with the data authority.`;

const REVOKE = `提供单位终止授权，自动向数据主管部门备案（第二十七条）。须有协商记录；因不当使用已暂停的除外。
The provider ends a grant, with the record of a negotiation unless it is suspended for misuse. Filed with the data authority.`;

const RELINQUISH = `获授权部门放弃授权：目的已实现、无法实现或者不再需要（第二十七条）。须有 approve 职责。
The grantee gives a grant up.`;

const DISPOSE = `获授权部门在授权结束后报告数据处置情况（第二十七条、第二十九条）。
The grantee reports, after the end of a grant, how it disposed of the data.`;

@Resolver(() => GrantEntry)
export class GrantsResolver {
  @Query(() => GrantConnection, { description: LIST })
  async grants(
    @Ctx() { identity, sharing }: SharingContext,
    @Args(() => GrantsArgs, { validate: false }) { first, after, ...filter }: GrantsArgs,
  ): Promise<Connection<GrantEntry>> {
    for (const argument of ["expiringWithin", "unusedFor"] as const) checkDays(argument, filter[argument]);
    const found = await sharing.grants.list(identity, filter, { first, after });
    return withNodes(
      found,
      found.nodes.map((grant) => shown(sharing, grant)),
    );
  }

  @Query(() => GrantEntry, { nullable: true, description: "一项授权。One grant." })
  async grant(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, ID) id: string,
  ): Promise<GrantEntry | undefined> {
    const found = await sharing.grants.one(identity, id);
    return found && shown(sharing, found);
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: "最近一次使用该授权的答复。When an answer last used it.",
  })
  async lastUsedAt(@Root() { uses }: GrantEntry): Promise<string | undefined> {
    return uses();
  }

  @Mutation(() => GrantEntry, { description: SUSPEND })
  async suspendGrant(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, ID) id: string,
    @Arg("reason", () => String, REASON) reason: string,
  ): Promise<GrantEntry> {
    return shown(sharing, await sharing.grants.act(identity, id, "SUSPEND", { reason }));
  }

  @Mutation(() => GrantEntry, { description: RESUME })
  async resumeGrant(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, ID) id: string,
    @Arg("reason", () => String, { description: "如何整改。How the misuse was put right." }) reason: string,
  ): Promise<GrantEntry> {
    return shown(sharing, await sharing.grants.act(identity, id, "RESUME", { reason }));
  }

  @Mutation(() => GrantEntry, { description: NARROW })
  async narrowGrant(
    @Ctx() { identity, sharing }: SharingContext,
    @Args(() => NarrowGrantArgs, { validate: false })
    { id, reason, negotiation, ...narrower }: NarrowGrantArgs,
  ): Promise<GrantEntry> {
    const saying = { reason, negotiation, narrower };
    return shown(sharing, await sharing.grants.act(identity, id, "NARROW", saying));
  }

  @Mutation(() => GrantEntry, { description: REVOKE })
  async revokeGrant(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, ID) id: string,
    @Arg("reason", () => String, REASON) reason: string,
    @Arg("negotiation", () => GrantNegotiationInput, { nullable: true, description: NEGOTIATION })
    negotiation: GrantNegotiationInput | null,
  ): Promise<GrantEntry> {
    return shown(sharing, await sharing.grants.act(identity, id, "REVOKE", { reason, negotiation }));
  }

  @Mutation(() => GrantEntry, { description: RELINQUISH })
  async relinquishGrant(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, ID) id: string,
    @Arg("reason", () => String, REASON) reason: string,
  ): Promise<GrantEntry> {
    return shown(sharing, await sharing.grants.act(identity, id, "RELINQUISH", { reason }));
  }

  @Mutation(() => GrantEntry, { description: DISPOSE })
  async reportDisposal(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, ID) id: string,
    @Arg("disposal", () => GrantDisposalInput, { description: "处置情况。The disposal." })
    disposal: GrantDisposalInput,
  ): Promise<GrantEntry> {
    return shown(sharing, await sharing.grants.act(identity, id, "DISPOSE", { disposal }));
  }
}

function checkDays(argument: string, days: number | null | undefined): void {
  if (days === null || days === undefined || (days >= 0 && days <= MOST_DAYS)) return;
  throw new HubError("BAD_USER_INPUT", `${argument} 为 0 至 ${MOST_DAYS} 天。It has 0 to ${MOST_DAYS} days`, {
    argument,
  });
}

function shown({ reader }: SharingContext["sharing"], grant: SeenGrant): GrantEntry {
  const { nameOf } = reader.parts;
  const { lastUsedAt, ...rest } = grant;
  return {
    ...rest,
    territoryName: nameOf(grant.territory) ?? grant.territory,
    inForce: grant.state === "IN_FORCE",
    uses: lastUsedAt,
  };
}
