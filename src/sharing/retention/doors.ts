/** The doors of retention: rules, what is due, what was done, and holds on single rows. */
import { Arg, Args, ArgsType, Ctx, Field, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { DateScalar } from "../../declare";
import { afterArg, type Connection, firstArg } from "../../read";
import type { SharingContext } from "../context";
import type { StoredRun } from "./book";
import type { SeenHold } from "./retention";
import {
  RetentionDueEntry,
  RetentionHoldConnection,
  RetentionHoldEntry,
  RetentionRuleEntry,
  RetentionRunConnection,
} from "./retention-types";
import type { RetentionAct } from "./rules";
import { RetentionActWord } from "./words";

@ArgsType()
class DecideRuleArgs {
  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => String, { description: "起算字段：日期或时间。The day or instant that starts the clock." })
  starts: string;

  @Field(() => Int, {
    description: "保存的月数，0 为保存至起算日当日。Months; 0: up to and with the day itself.",
  })
  months: number;

  @Field(() => RetentionActWord, { description: "届满后的处理。What then happens." })
  act: RetentionAct;

  @Field(() => String, { description: "依据：法律、法规或者决定。The law or decision it rests on." })
  basis: string;

  @Field(() => String, {
    nullable: true,
    description: "属地代码，默认为本部门属地。Territory; one's own if left out.",
  })
  territory?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "起始日，默认今日。First day; today if left out." })
  from?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "截止日，不含。First day on which it no longer holds.",
  })
  until?: string | null;
}

const RULES = `保存期限规则：数据集声明的和各部门决定的（B-40）。steward、decide 职责看本部门数据，审计、安全职责看全部。
Rules of retention, declared and decided; of the own datasets, or all for audit and security.`;

const DUE = `今日及若干日内到期的记录数，并说明哪些暂不处理、为什么（B-40）。
How many rows are due today and within so many days, and which of them are held back, and why.`;

const RUNS = `到期处理的记录：按哪条规则、什么依据、删除或冻结了多少（B-40）。What runs of retention did, and held back.`;

const DECIDE = `决定一条保存期限规则：数源部门负责人（decide 职责）在其属地内决定，须写明依据。有决定的规则即代替声明的规则；几条同时适用的，先到期的先办。
Decides a rule, in place of what is declared; of several rules that bear on a row the first to fall due takes effect.`;

@Resolver()
export class RetentionResolver {
  @Query(() => [RetentionRuleEntry], { description: RULES })
  async retentionRules(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("ended", () => Boolean, { defaultValue: false, description: "含已终止的。Ended ones too." })
    ended: boolean,
  ): Promise<RetentionRuleEntry[]> {
    return sharing.retention.rules(identity, ended);
  }

  @Query(() => RetentionDueEntry, { description: DUE })
  async retentionDue(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("within", () => Int, { defaultValue: 30, description: "日数。Days." }) within: number,
  ): Promise<RetentionDueEntry> {
    return sharing.retention.due(identity, within);
  }

  @Query(() => RetentionRunConnection, { description: RUNS })
  async retentionRuns(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("first", firstArg.type, firstArg) first: number | null,
    @Arg("after", afterArg.type, afterArg) after: string | null,
  ): Promise<Connection<StoredRun>> {
    return sharing.retention.runs(identity, { first, after });
  }

  @Query(() => RetentionHoldConnection, {
    description:
      "本部门的保留；审计、安全职责看全部。Holds of the own department; all for audit and security.",
  })
  async retentionHolds(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("lifted", () => Boolean, { defaultValue: false, description: "含已解除的。Lifted ones too." })
    lifted: boolean,
    @Arg("first", firstArg.type, firstArg) first: number | null,
    @Arg("after", afterArg.type, afterArg) after: string | null,
  ): Promise<Connection<RetentionHoldEntry>> {
    const found = await sharing.retention.holds(identity, !lifted, { first, after });
    const nodes = found.nodes.map(shown);
    const edges = found.edges.map(({ cursor, node }) => ({ cursor, node: shown(node) }));
    return { ...found, nodes, edges };
  }

  @Mutation(() => RetentionRuleEntry, { description: DECIDE })
  async decideRetentionRule(
    @Ctx() { identity, sharing }: SharingContext,
    @Args(() => DecideRuleArgs) draft: DecideRuleArgs,
  ): Promise<RetentionRuleEntry> {
    return sharing.retention.decide(identity, draft);
  }

  @Mutation(() => RetentionRuleEntry, {
    description: "终止一条规则，自今日起不再适用，须说明理由。Ends a rule from today on, with a reason.",
  })
  async endRetentionRule(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => ID, { description: "规则标识。The rule." }) id: string,
    @Arg("reason", () => String, { description: "理由。Why." }) reason: string,
  ): Promise<RetentionRuleEntry> {
    return sharing.retention.end(identity, id, reason);
  }

  @Mutation(() => RetentionHoldEntry, {
    description:
      "保留一条记录：因诉讼、检查等，解除之前不删除、不冻结；由数源部门（steward 或 decide 职责）办理。Holds a row back from deletion and freezing, by its source.",
  })
  async placeRetentionHold(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => ID, { description: "记录的全局标识。Global id of the row." }) id: string,
    @Arg("reason", () => String, { description: "理由，加密存放。Why; kept sealed." }) reason: string,
  ): Promise<RetentionHoldEntry> {
    return shown(await sharing.retention.hold(identity, id, reason));
  }

  @Mutation(() => RetentionHoldEntry, { description: "解除保留，须说明理由。Lifts a hold, with a reason." })
  async liftRetentionHold(
    @Ctx() { identity, sharing }: SharingContext,
    @Arg("id", () => ID, { description: "保留的标识。The hold." }) id: string,
    @Arg("reason", () => String, { description: "理由，加密存放。Why; kept sealed." }) reason: string,
  ): Promise<RetentionHoldEntry> {
    return shown(await sharing.retention.lift(identity, id, reason));
  }
}

function shown({ rowId, said, liftSaid, ...hold }: SeenHold): RetentionHoldEntry {
  return { ...hold, row: rowId, reason: said, liftReason: liftSaid };
}
