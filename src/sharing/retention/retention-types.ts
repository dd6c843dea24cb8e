/** Rules, runs and holds of retention as GraphQL shows them. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../../declare";
import { connectionType } from "../../read";
import { RetentionActWord, RetentionHeldBy, RetentionOrigin } from "./words";

@ObjectType("RetentionRule", {
  description:
    "保存期限规则（个人信息保护法 第十九条；B-40）：保存至起算日加上月数的当日，次日到期。A rule: rows are kept up to and with the day that ends the term, and are due on the next.",
})
export class RetentionRuleEntry {
  @Field(() => ID, {
    description: "标识；declared: 开头的来自数据集声明。Its id; declared:… is what a dataset declares.",
  })
  id: string;

  @Field(() => String, {
    description: "数据集；accessRecord 为访问记录。The dataset; accessRecord: the access log.",
  })
  dataset: string;

  @Field(() => String, {
    description: "起算字段，如 retentionUntil、retiredAt。The field that starts the clock.",
  })
  starts: string;

  @Field(() => Int, { description: "自起算日起保存的月数。Months for which a row is kept from then on." })
  months: number;

  @Field(() => RetentionActWord, { description: "届满后的处理。What then happens." })
  act: string;

  @Field(() => String, { description: "适用的属地代码。Territory in which it holds." })
  territory: string;

  @Field(() => String, { description: "依据。The law or decision it rests on." })
  basis: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: "起始日；声明的规则为空。First day; null where declared.",
  })
  from?: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: "截止日，不含。First day on which it no longer holds.",
  })
  until?: string;

  @Field(() => String, {
    nullable: true,
    description: "决定的部门；system 为运维按市级决定导入。Who decided; system: brought by the operators.",
  })
  department?: string;

  @Field(() => String, { nullable: true, description: "决定人账号。The account that decided." })
  decidedBy?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "决定时间。When." })
  decidedAt?: string;

  @Field(() => String, { nullable: true, description: "终止的理由。Why it was ended." })
  endReason?: string;
}

@ObjectType("RetentionHeldRows", { description: "到期而未处理的记录数。Rows that are due and stay." })
export class RetentionHeldEntry {
  @Field(() => RetentionHeldBy, { description: "原因。Why." })
  why: string;

  @Field(() => Int, { description: "记录数，访问记录为月数。Rows; of access records months." })
  rows: number;

  @Field(() => String, { nullable: true, description: "规则。The rule." })
  rule?: string;

  @Field(() => String, { nullable: true, description: "数据集。The dataset." })
  dataset?: string;

  @Field(() => String, { nullable: true, description: "说明。More words." })
  note?: string;
}

@ObjectType("RetentionDueOfRule", { description: "一条规则的到期情况。What one rule makes due." })
export class RetentionDueOfRule {
  @Field(() => RetentionRuleEntry, { description: "规则。The rule." })
  rule: RetentionRuleEntry;

  @Field(() => Int, {
    description: "今日已到期的记录数，访问记录为月数。Rows due today; of access records months.",
  })
  due: number;

  @Field(() => Int, { description: "此后在期内到期的记录数。Rows due later within the days asked." })
  soon: number;

  @Field(() => [RetentionHeldEntry], { description: "已到期而暂不处理的。Those due that are held back." })
  held: readonly RetentionHeldEntry[];
}

@ObjectType("RetentionDue", { description: "到期情况。What is due." })
export class RetentionDueEntry {
  @Field(() => DateScalar, { description: "统计日。The day it is counted for." })
  day: string;

  @Field(() => [RetentionDueOfRule], { description: "各规则。Rule by rule, as they bear today." })
  rules: readonly RetentionDueOfRule[];
}

@ObjectType("RetentionBatch", { description: "按一条规则处理的记录。What a run did by one rule." })
export class RetentionBatchEntry {
  @Field(() => String, { description: "规则。The rule." })
  rule: string;

  @Field(() => String, { description: "依据。Its basis." })
  basis: string;

  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => RetentionActWord, { description: "处理。What was done." })
  act: string;

  @Field(() => Int, { description: "记录数。Rows." })
  rows: number;

  @Field(() => String, { nullable: true, description: "访问记录的月份。Month of the access records." })
  month?: string;

  @Field(() => DateTimeScalar, { description: "完成时间。When it was done." })
  at: string;
}

@ObjectType("RetentionRun", { description: "一次处理。A run of retention." })
export class RetentionRunEntry {
  @Field(() => ID, { description: "标识。Its id." })
  id: string;

  @Field(() => DateScalar, { description: "所属日期。Its day." })
  day: string;

  @Field(() => RetentionOrigin, { description: "由谁启动。What started it." })
  origin: string;

  @Field(() => String, { description: "启动的账号。The account that started it." })
  startedBy: string;

  @Field(() => DateTimeScalar, { description: "开始时间。When it began." })
  startedAt: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "结束时间；为空：在进行，或已中断而由下一次续办。When it ended; null: it goes on, or the next one does.",
  })
  endedAt?: string;

  @Field(() => [RetentionBatchEntry], { description: "已处理的。What it did." })
  batches: readonly RetentionBatchEntry[];

  @Field(() => [RetentionHeldEntry], { description: "到期而未处理的。What it held back." })
  held: readonly RetentionHeldEntry[];
}

export const RetentionRunConnection = connectionType("RetentionRun", () => RetentionRunEntry, {
  list: "处理记录列表（Relay），新的在前。A page of runs, newest first.",
  row: "一次处理。The run.",
});

@ObjectType("RetentionHold", {
  description: "保留：解除之前不删除、不冻结。A hold: until it is lifted the row stays.",
})
export class RetentionHoldEntry {
  @Field(() => ID, { description: "标识。Its id." })
  id: string;

  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => ID, { description: "记录的全局标识。Global id of the row." })
  row: string;

  @Field(() => String, { description: "保留的部门。The department that holds it." })
  department: string;

  @Field(() => String, { description: "账号。The account." })
  placedBy: string;

  @Field(() => DateTimeScalar, { description: "时间。When it was placed." })
  placedAt: string;

  @Field(() => String, {
    nullable: true,
    description: "理由，加密存放，仅本部门可见。The reason; kept sealed, for the department itself.",
  })
  reason?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "解除时间。When it was lifted." })
  liftedAt?: string;

  @Field(() => String, { nullable: true, description: "解除的账号。Who lifted it." })
  liftedBy?: string;

  @Field(() => String, { nullable: true, description: "解除的理由，仅本部门可见。Why it was lifted." })
  liftReason?: string;
}

export const RetentionHoldConnection = connectionType("RetentionHold", () => RetentionHoldEntry, {
  list: "保留列表（Relay），新的在前。A page of holds, newest first.",
  row: "一项保留。The hold.",
});
