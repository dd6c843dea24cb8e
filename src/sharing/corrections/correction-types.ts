/** A correction as GraphQL shows it. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../declare";
import { connectionType } from "../../read";
import { LocalDeadline, TakenStep } from "../types";
import {
  CorrectionActWord,
  CorrectionOutcomeWord,
  CorrectionPartyWord,
  CorrectionStateWord,
  CorrectionTransitionActWord,
} from "./words";

@ObjectType("CorrectionTransition", {
  description: "办理记录，只增不改。A step that was taken; never changed afterwards.",
})
export class CorrectionTransitionEntry extends TakenStep {
  @Field(() => CorrectionTransitionActWord, { description: "步骤。The act." })
  act: string;

  @Field(() => CorrectionStateWord, { description: "此后的状态。Where it led." })
  to: string;

  @Field(() => CorrectionPartyWord, { description: "办理方。Whose step it was." })
  party: string;

  @Field(() => String, { nullable: true, description: "理由，各方可见。The reason, which all sides see." })
  reason?: string;

  @Field(() => Int, {
    description: "办理前记录的版本，见该数据集的 History。Version of the row before it.",
  })
  versionBefore: number;

  @Field(() => Int, { description: "办理后记录的版本。Version of the row after it." })
  versionAfter: number;

  @Field(() => String, {
    nullable: true,
    description: "所用期限规则的标识。Id of the deadline rule that then bore.",
  })
  deadlineRule?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "此后的期限。The deadline from then on." })
  due?: string;
}

@ObjectType("CorrectionDeadline", { description: "答复期限。The deadline for the answer." })
export class CorrectionDeadline extends LocalDeadline {}

@ObjectType("CorrectionContent", {
  description:
    "校核的内容；值为文本，空值为 null。What a correction says; values as text, null where there is none.",
})
export class CorrectionContent {
  @Field(() => String, { nullable: true, description: "申请方所见的值。What the requester saw." })
  found: string | null;

  @Field(() => String, { nullable: true, description: "建议的值。What is proposed." })
  proposed: string | null;

  @Field(() => String, { nullable: true, description: "现值。What the row says now." })
  present: string | null;

  @Field(() => Int, { description: "记录的现版本。The row's present version." })
  version: number;

  @Field(() => String, { description: "证据。The evidence." })
  evidence: string;

  @Field(() => String, { description: "理由。Why the value is wrong." })
  reason: string;

  @Field(() => String, { nullable: true, description: "使用情况（第二十六条）。How the data was used." })
  usage?: string;
}

@ObjectType("Correction", {
  description:
    "校核申请（政务数据共享条例 第二十六条）：一个部门对一条记录一个字段提出的更正。A correction that a department asks for, of one field of one row.",
})
export class CorrectionEntry {
  @Field(() => String, { description: "标识。Its id." })
  id: string;

  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => ID, { description: "记录的全局标识。Global id of the row." })
  row: string;

  @Field(() => String, { description: "字段。The field." })
  field: string;

  @Field(() => String, { description: "字段名称。What the field is called." })
  fieldName: string;

  @Field(() => String, { description: "提出时记录所在区划代码。Territory of the row when it was asked for." })
  territory: string;

  @Field(() => String, { description: "申请部门。The department that asks." })
  requester: string;

  @Field(() => String, { description: "申请部门名称。Its name." })
  requesterName: string;

  @Field(() => String, { description: "提供单位。The provider." })
  provider: string;

  @Field(() => String, { description: "提供单位名称。Its name." })
  providerName: string;

  @Field(() => String, { description: "同级数据主管部门。The data authority of the provider's level." })
  authority: string;

  @Field(() => CorrectionStateWord, { description: "状态。Where it stands." })
  state: string;

  @Field(() => CorrectionOutcomeWord, {
    nullable: true,
    description:
      "结果；未结、撤回和停用时为空。How it ended; null while it is open, and where nothing was decided.",
  })
  outcome?: string;

  @Field(() => DateTimeScalar, { description: "提出时间。When it was asked for." })
  filedAt: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "答复期限届满的时刻（不含）；办结后为空。The deadline, not included; null once it has ended.",
  })
  due?: string;

  @Field(() => Boolean, { description: "是否逾期。Whether the deadline has passed." })
  overdue: boolean;

  @Field(() => CorrectionDeadline, { nullable: true, description: "期限。The deadline that runs." })
  deadline?: CorrectionDeadline;

  @Field(() => [CorrectionTransitionEntry], { description: "办理记录。The steps that were taken." })
  transitions: readonly CorrectionTransitionEntry[];

  @Field(() => [CorrectionActWord], {
    description: "当前身份现在可办的步骤。Steps that the asker could take now.",
  })
  acts: readonly string[];
}

export const CorrectionConnection = connectionType("Correction", () => CorrectionEntry, {
  list: "校核列表（Relay），新的在前。A page of corrections, newest first.",
  row: "一份校核。The correction.",
});
