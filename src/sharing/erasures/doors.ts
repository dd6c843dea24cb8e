/** The doors of erasures: `erasures`, `decideErasure`. */
import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { afterArg, type Connection, firstArg } from "../../read";
import type { ErasureState } from "../../write";
import type { SharingContext } from "../context";
import { ErasureConnection, ErasureEntry } from "./erasure-types";
import type { DecidedErasure } from "./reach";
import { ErasureActWord, ErasureStateWord } from "./words";

const LIST = `个人信息的删除与冻结（个人信息保护法 第四十七条；B-40）：数源部门的 steward、decide 职责看本部门可维护的，安全、审计职责看全部而不见理由。
What was erased or frozen: for stewards and deciders of the rows they may keep; for the security and audit duties all, without reasons.`;

const DECIDE = `决定此后如何：删除已冻结的、解除冻结、准予重新登记。限数源部门，须有 decide 职责。
Erases what was frozen, releases it, or lets the erased be recorded again; by the department that keeps such rows, with the duty decide.`;

@Resolver(() => ErasureEntry)
export class ErasureResolver {
  @Query(() => ErasureConnection, { description: LIST })
  async erasures(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("state", () => [ErasureStateWord], { nullable: true, description: "状态。States." })
    state: ErasureState[] | null,
    @Arg("dataset", () => String, { nullable: true, description: "数据集名。Name of a dataset." })
    dataset: string | null,
    @Arg("row", () => ID, { nullable: true, description: "记录的全局标识。Global id of a row." })
    row: string | null,
    @Arg("first", firstArg.type, firstArg) first: number | null,
    @Arg("after", afterArg.type, afterArg) after: string | null,
  ): Promise<Connection<ErasureEntry>> {
    return sharing.erasures.list(identity, { state, dataset, row }, { first, after });
  }

  @Mutation(() => ErasureEntry, { description: DECIDE })
  async decideErasure(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => String, { description: "删除或者冻结的标识。The erasure." }) id: string,
    @Arg("act", () => ErasureActWord, { description: "步骤。The step." }) act: DecidedErasure,
    @Arg("reason", () => String, {
      nullable: true,
      description: "理由，加密存放；不写姓名。The reason; kept sealed. Name nobody in it.",
    })
    reason: string | null,
  ): Promise<ErasureEntry> {
    return sharing.erasures.decide(identity, id, act, reason);
  }
}
