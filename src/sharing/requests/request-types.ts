/** A request as GraphQL shows it, and the items that a client asks for. */
import { Field, InputType, Int, ObjectType } from "type-graphql";
import { DateTimeScalar, type Level } from "../../declare";
import { connectionType } from "../../read";
import { AccessLevel, LocalDeadline, SharingClass, TakenStep } from "../types";
import { RequestActWord, RequestParty, RequestStateWord, RequestWay, TransitionActWord } from "./words";

@InputType("AccessRequestItemInput", { description: "申请项：数据集、字段、级别、属地。What is asked for." })
export class AccessRequestItemInput {
  @Field(() => String, { description: "数据集名。Name of the dataset." })
  dataset: string;

  @Field(() => [String], { description: "字段名；关键字段随行可见，不列。Its fields, without key fields." })
  fields: string[];

  @Field(() => AccessLevel, { nullable: true, description: "级别，默认 FULL。The level; FULL if left out." })
  level?: Level | null;

  @Field(() => String, {
    nullable: true,
    description: "属地代码，默认为本部门属地。The territory; one's own department's if left out.",
  })
  territory?: string | null;
}

@ObjectType("AccessRequestItem", { description: "申请项。An item of a request." })
export class AccessRequestItemEntry {
  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => [String], { description: "字段。Its fields." })
  fields: readonly string[];

  @Field(() => AccessLevel, { description: "级别。The level." })
  level: string;

  @Field(() => String, { description: "属地代码。The territory." })
  territory: string;

  @Field(() => String, { description: "属地名称。Its name." })
  territoryName: string;
}

@InputType("AccessRequestPartInput", {
  description: "部分同意的内容，不得超出申请。What is granted of a request, within it.",
})
export class AccessRequestPartInput {
  @Field(() => [AccessRequestItemInput], {
    nullable: true,
    description:
      "同意的项；级别、属地默认为所申请的；不填为全部。Its items, by default with the level and territory that were asked; all of them if left out.",
  })
  items?: AccessRequestItemInput[] | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "提前的截止时间，不含；默认为所申请的。An earlier end; the one that was asked if left out.",
  })
  until?: string | null;
}

@ObjectType("AccessRequestGranted", { description: "已同意的内容。What was granted of a request." })
export class AccessRequestGranted extends AccessRequestItemEntry {
  @Field(() => DateTimeScalar, { description: "截止时间，不含。Until when." })
  until: string;
}

@ObjectType("AccessRequestTransition", {
  description: "办理记录，只增不改。A step that was taken; never changed afterwards.",
})
export class AccessRequestTransitionEntry extends TakenStep {
  @Field(() => TransitionActWord, { description: "步骤。The act." })
  act: string;

  @Field(() => RequestStateWord, { description: "此后的状态。Where it led." })
  to: string;

  @Field(() => RequestParty, { description: "办理方。Whose step it was." })
  party: string;

  @Field(() => String, { nullable: true, description: "理由。The reason." })
  reason?: string;

  @Field(() => String, {
    nullable: true,
    description: "所依据的目录使用条件代码。Code of the catalogue's condition that it names.",
  })
  criterion?: string;

  @Field(() => String, {
    nullable: true,
    description: "所用期限规则的标识。Id of the deadline rule that then bore.",
  })
  deadlineRule?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "此后的期限。The deadline from then on." })
  due?: string;
}

@ObjectType("AccessRequestDeadline", { description: "正在计算的期限。The clock that runs." })
export class AccessRequestDeadline extends LocalDeadline {
  @Field(() => String, { description: "ANSWER 答复，DELIVER 提供。What is to be done." })
  act: string;

  @Field(() => Int, { description: "可延长的工作日数。Working days that an extension adds." })
  extensionDays: number;

  @Field(() => Boolean, { description: "是否已延长。Whether it was extended." })
  extended: boolean;

  @Field(() => Boolean, { description: "是否中止。Whether it stands still." })
  paused: boolean;
}

@ObjectType("AccessRequest", {
  description: "共享申请（政务数据共享条例 第二十条）。A request for access to data of one provider.",
})
export class AccessRequestEntry {
  @Field(() => String, { description: "标识，即授权的 request。Its id." })
  id: string;

  @Field(() => String, {
    description: "同一次提出的各份申请相同。The same for all requests that one filing was split into.",
  })
  filing: string;

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

  @Field(() => String, { description: "共同的上级数据主管部门。The common superior authority." })
  superior: string;

  @Field(() => SharingClass, { description: "共享属性，决定答复期限。The class, which sets the deadline." })
  class: string;

  @Field(() => [AccessRequestItemEntry], { description: "申请项。What is asked for." })
  items: readonly AccessRequestItemEntry[];

  @Field(() => String, { description: "使用目的。The purpose." })
  purpose: string;

  @Field(() => String, { description: "使用依据。The legal basis." })
  legalBasis: string;

  @Field(() => String, { description: "使用场景。The scenario of use." })
  scenario: string;

  @Field(() => String, { description: "使用范围。The scope of use." })
  scope: string;

  @Field(() => RequestWay, { description: "共享方式。The way." })
  way: string;

  @Field(() => DateTimeScalar, { description: "使用时限。Until when." })
  until: string;

  @Field(() => RequestStateWord, { description: "状态。Where it stands." })
  state: string;

  @Field(() => DateTimeScalar, { description: "提出时间。When it was filed." })
  filedAt: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "期限届满的时刻（不含）；没有计时或者中止时为空。The deadline, not included; null where no clock runs.",
  })
  due?: string;

  @Field(() => Boolean, { description: "是否逾期。Whether the deadline has passed." })
  overdue: boolean;

  @Field(() => AccessRequestDeadline, { nullable: true, description: "期限。The clock that runs." })
  deadline?: AccessRequestDeadline;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "无人办理时自行终止的时刻：使用时限届满，或者补充期限届满。When it lapses if nobody takes a step: its time of use ends, or the supplement's.",
  })
  lapsesAt?: string;

  @Field(() => [AccessRequestGranted], { description: "已同意的内容。What was granted." })
  granted: readonly AccessRequestGranted[];

  @Field(() => String, {
    nullable: true,
    description:
      "部分同意后，其余部分的申请；可对其提出争议。The request for what was not granted, which may be disputed.",
  })
  rest?: string;

  @Field(() => String, {
    nullable: true,
    description: "本份为其余部分时，原来的申请。The request that this one is the rest of.",
  })
  partOf?: string;

  @Field(() => [String], { description: "由此产生的授权。Ids of the grants that came from it." })
  grants: readonly string[];

  @Field(() => [AccessRequestTransitionEntry], { description: "办理记录。The steps that were taken." })
  transitions: readonly AccessRequestTransitionEntry[];

  @Field(() => [RequestActWord], {
    description: "当前身份现在可办的步骤。Steps that the asker could take now.",
  })
  acts: readonly string[];
}

export const AccessRequestConnection = connectionType("AccessRequest", () => AccessRequestEntry, {
  list: "共享申请列表（Relay），新的在前。A page of requests, newest first.",
  row: "一份申请。The request.",
});
