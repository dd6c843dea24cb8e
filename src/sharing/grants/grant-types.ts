/** A grant as GraphQL shows it, and what a client says with an act. */
import { Field, InputType, Int, ObjectType } from "type-graphql";
import { type Code, DateTimeScalar } from "../../declare";
import { connectionType } from "../../read";
import { AccessLevel, TakenStep } from "../types";
import { GrantActWord, GrantPartyWord, GrantRecordedAct, GrantStateWord } from "./words";

@InputType("GrantNegotiationInput", {
  description:
    "协商记录（政务数据共享条例 第二十七条）。The record of a negotiation between provider and grantee.",
})
export class GrantNegotiationInput {
  @Field(() => DateTimeScalar, { description: "协商时间，不晚于现在。When; not in the future." })
  at: string;

  @Field(() => String, { description: "协商情况和结果。What was said, and what came of it." })
  record: string;
}

@InputType("GrantDisposalInput", {
  description: "数据处置情况（第二十七条、第二十九条）。How the grantee disposed of the data.",
})
export class GrantDisposalInput {
  @Field(() => String, {
    description:
      "处置了什么，包括副本；没有留存的，如实说明。What, copies included; or that nothing was kept.",
  })
  what: string;

  @Field(() => String, { description: "如何处置。How." })
  how: string;

  @Field(() => DateTimeScalar, { description: "处置时间，不晚于现在。When; not in the future." })
  at: string;

  @Field(() => String, { description: "负责处置的岗位或者账号。Who answers for it: a post or an account." })
  by: string;
}

@ObjectType("GrantNegotiation", { description: "协商记录。The record of a negotiation." })
export class GrantNegotiation {
  @Field(() => DateTimeScalar, { description: "协商时间。When." })
  at: string;

  @Field(() => String, { description: "协商情况和结果。What came of it." })
  record: string;
}

@ObjectType("GrantDisposal", { description: "数据处置情况。How the data was disposed of." })
export class GrantDisposal {
  @Field(() => String, { description: "处置了什么。What." })
  what: string;

  @Field(() => String, { description: "如何处置。How." })
  how: string;

  @Field(() => DateTimeScalar, { description: "处置时间。When." })
  at: string;

  @Field(() => String, { description: "负责处置的岗位或者账号。Who answers for it." })
  by: string;
}

@ObjectType("GrantTerms", { description: "授权的内容。What a grant opens, and until when." })
export class GrantTermsEntry {
  @Field(() => [String], {
    description: "字段；为空表示除不予共享外的全部。Fields; empty for all that may be shared.",
  })
  fields: readonly string[];

  @Field(() => AccessLevel, { description: "级别。The level." })
  level: string;

  @Field(() => String, { description: "属地代码。The territory." })
  territory: Code;

  @Field(() => DateTimeScalar, { nullable: true, description: "至此时止（不含）。Until, not included." })
  until?: string;
}

@ObjectType("GrantActRecord", {
  description: "授权的管理记录，只增不改。An act that was taken on a grant; never changed afterwards.",
})
export class GrantActEntry extends TakenStep {
  @Field(() => GrantRecordedAct, { description: "步骤。The act." })
  act: string;

  @Field(() => GrantPartyWord, { description: "办理方。Whose act it was." })
  party: string;

  @Field(() => String, { nullable: true, description: "理由。The reason." })
  reason?: string;

  @Field(() => GrantNegotiation, {
    nullable: true,
    description: "协商记录（第二十七条）。The negotiation before it.",
  })
  negotiation?: GrantNegotiation;

  @Field(() => String, {
    nullable: true,
    description: "备案的数据主管部门（第二十七条）。The data authority that it is filed with.",
  })
  authority?: string;

  @Field(() => GrantTermsEntry, { description: "此前的内容。What the grant said before." })
  former: GrantTermsEntry;

  @Field(() => GrantDisposal, { nullable: true, description: "处置情况。The disposal that was reported." })
  disposal?: GrantDisposal;

  @Field(() => String, {
    nullable: true,
    description: "区划变更后接续的授权。The grant that goes on after a division change.",
  })
  successor?: string;
}

@ObjectType("Grant", {
  description: "共享授权（政务数据共享条例 第二十五条）。A grant.",
})
export class GrantEntry {
  @Field(() => String, { description: "标识。Its id." })
  id: string;

  @Field(() => String, { description: "获授权部门。The department it is given to." })
  department: string;

  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => [String], {
    description: "字段；为空表示除不予共享外的全部。Fields; empty for all that may be shared.",
  })
  fields: readonly string[];

  @Field(() => AccessLevel, { description: "级别。The level." })
  level: string;

  @Field(() => String, { description: "属地代码。The territory." })
  territory: Code;

  @Field(() => String, { description: "属地名称。Its name." })
  territoryName: string;

  @Field(() => String, { description: "使用目的。The purpose." })
  purpose: string;

  @Field(() => String, { description: "依据。Its legal basis." })
  legalBasis: string;

  @Field(() => String, { description: "授权部门。The department that granted it." })
  grantedBy: string;

  @Field(() => String, {
    description:
      "现在的提供单位：授权部门；其已不是数源部门的，为现数源部门。The provider today: who granted it, or who is steward since.",
  })
  provider: string;

  @Field(() => String, { nullable: true, description: "所依申请。The request it came from." })
  request?: string;

  @Field(() => DateTimeScalar, { description: "自此时起。In force from." })
  from: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "至此时止（不含）。In force until, not included.",
  })
  until?: string;

  @Field(() => Int, {
    nullable: true,
    description: "剩余天数，不足一日按一日；已结束或者无期限的为空。Days left, a begun one counted.",
  })
  daysLeft?: number;

  @Field(() => GrantStateWord, { description: "状态。Where it stands." })
  state: string;

  @Field(() => Boolean, { description: "现在是否有效。Whether it is in force now." })
  inForce: boolean;

  @Field(() => [GrantActEntry], { description: "管理记录。The acts that were taken on it." })
  acts: readonly GrantActEntry[];

  @Field(() => [GrantActWord], {
    description: "当前身份现在可办的步骤。Acts that the asker could take now.",
  })
  openActs: readonly string[];

  /** Behind the field `lastUsedAt`, so that nothing is looked up where nobody asks. */
  uses: () => Promise<string | undefined>;
}

export const GrantConnection = connectionType("Grant", () => GrantEntry, {
  list: "授权列表（Relay）。A page of grants, by department, purpose, dataset and territory.",
  row: "一项授权。The grant.",
});
