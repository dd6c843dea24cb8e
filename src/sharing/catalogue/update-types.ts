/** Updates and versions of the catalogue as GraphQL shows them. */
import { Field, Int, ObjectType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../../declare";
import { connectionType } from "../../read";
import { TakenStep, WorkingDeadline } from "../types";
import type { Assessment, Closure, Condition, Responsible } from "./content";
import type { Difference } from "./differences";
import {
  CriterionWord,
  SharingWay,
  UpdateActWord,
  UpdateFrequency,
  UpdateParty,
  UpdateStateWord,
  WarningCode,
} from "./words";

@ObjectType("CatalogueDifference", { description: "与已发布目录的一处不同。A change of what is published." })
export class CatalogueDifference implements Difference {
  @Field(() => String, { description: "代码，如 FIELD_ADDED。Its code." })
  code: string;

  @Field(() => String, {
    nullable: true,
    description: "数据项；数据集本身的没有。The field, if it is of one.",
  })
  field?: string;

  @Field(() => String, { description: "中文说明。In Chinese." })
  zh: string;

  @Field(() => String, { description: "英文说明。In English." })
  en: string;
}

@ObjectType("CatalogueResponsible", { description: "责任人（第三十四条）。Who answers for the dataset." })
export class CatalogueResponsible implements Responsible {
  @Field(() => String, { description: "姓名。The name." })
  name: string;

  @Field(() => String, { description: "单位和职务。Unit and post." })
  post: string;

  @Field(() => String, { description: "办公联系方式。Office contact." })
  contact: string;
}

@ObjectType("CatalogueAssessment", { description: "评估（第十三条）。An assessment." })
export class CatalogueAssessment implements Assessment {
  @Field(() => String, { description: "评估人。Who assessed." })
  by: string;

  @Field(() => DateScalar, { description: "评估日期。When." })
  on: string;

  @Field(() => String, { description: "结论。The conclusion." })
  conclusion: string;
}

@ObjectType("CatalogueStatedCondition", { description: "所载明的使用条件。A condition of use as stated." })
export class CatalogueStatedCondition implements Condition {
  @Field(() => CriterionWord, { description: "条件项。What it is about." })
  code: Condition["code"];

  @Field(() => String, { description: "内容。What is required." })
  zh: string;

  @Field(() => String, { nullable: true, description: "英文。In English." })
  en?: string;

  @Field(() => [String], { description: "适用的数据项；空为全部有条件共享的。Its fields; empty: all." })
  fields: readonly string[];
}

@ObjectType("CatalogueClosure", {
  description: "不予共享的理由和依据（第十五条）。Why fields are not shared.",
})
export class CatalogueClosure implements Closure {
  @Field(() => String, { description: "理由。The reason." })
  reason: string;

  @Field(() => String, { description: "依据。The law." })
  law: string;

  @Field(() => [String], { description: "适用的数据项；空为全部不予共享的。Its fields; empty: all." })
  fields: readonly string[];
}

@ObjectType("CatalogueContent", { description: "由人填写的内容。What people say of an entry." })
export class CatalogueContent {
  @Field(() => CatalogueResponsible, { description: "责任人。The responsible person." })
  responsible: CatalogueResponsible;

  @Field(() => CatalogueAssessment, { description: "保密风险评估。The assessment of secrecy." })
  secrecyAssessment: Assessment;

  @Field(() => CatalogueAssessment, { description: "个人信息保护影响评估。The assessment of personal data." })
  personalAssessment: Assessment;

  @Field(() => UpdateFrequency, { description: "更新频率。How often it is updated." })
  frequency: string;

  @Field(() => [SharingWay], { description: "共享方式。Ways of sharing." })
  ways: readonly string[];

  @Field(() => [CatalogueStatedCondition], { description: "使用条件。Conditions of use." })
  conditions: readonly CatalogueStatedCondition[];

  @Field(() => [CatalogueClosure], { description: "不予共享的理由。Why fields are not shared." })
  closures: readonly CatalogueClosure[];
}

@ObjectType("CatalogueTransition", { description: "办理记录，只增不改。A step that was taken." })
export class CatalogueTransition extends TakenStep {
  @Field(() => UpdateActWord, { description: "步骤。The act." })
  act: string;

  @Field(() => UpdateStateWord, { description: "此后的状态。Where it led." })
  to: string;

  @Field(() => UpdateParty, { description: "办理方。Whose step it was." })
  party: string;

  @Field(() => String, { nullable: true, description: "理由。The reason." })
  reason?: string;

  @Field(() => String, { nullable: true, description: "所用期限规则的标识。Id of the deadline rule." })
  deadlineRule?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "此后的期限。The deadline from then on." })
  due?: string;
}

@ObjectType("CatalogueDeadline", { description: "正在计算的期限（第十七条）。The clock that runs." })
export class CatalogueDeadline extends WorkingDeadline {
  @Field(() => String, { description: "CATALOGUE_UPDATE 更新，CATALOGUE_REVIEW 审核。What is to be done." })
  act: string;

  @Field(() => Int, { description: "可延长的工作日数。Working days of an extension." })
  extensionDays: number;

  @Field(() => Boolean, { description: "是否已延长。Whether it was extended." })
  extended: boolean;
}

@ObjectType("CatalogueUpdate", {
  description: "目录更新：自声明变更或者提出，至发布（第十六条、第十七条）。An update of a dataset's entry.",
})
export class CatalogueUpdate {
  @Field(() => String, { description: "标识。Its id." })
  id: string;

  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => String, { description: "提供单位。The source department." })
  provider: string;

  @Field(() => String, { description: "提供单位名称。Its name." })
  providerName: string;

  @Field(() => String, { description: "数据主管部门。The data authority." })
  authority: string;

  @Field(() => String, { description: "数据主管部门名称。Its name." })
  authorityName: string;

  @Field(() => DateTimeScalar, { description: "起始时间。When it began." })
  openedAt: string;

  @Field(() => UpdateStateWord, { description: "状态。Where it stands." })
  state: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "期限，届时即逾期。The deadline." })
  due?: string;

  @Field(() => Boolean, { description: "是否逾期。Whether the deadline has passed." })
  overdue: boolean;

  @Field(() => CatalogueDeadline, { nullable: true, description: "正在计算的期限。The clock that runs." })
  deadline?: CatalogueDeadline;

  @Field(() => Int, { nullable: true, description: "发布的版本号。Number of the version it became." })
  number?: number;

  @Field(() => DateTimeScalar, { nullable: true, description: "发布时间。When it was published." })
  publishedAt?: string;

  @Field(() => [CatalogueDifference], {
    description: "发布后与现行版本的不同。What it changes of the version that holds.",
  })
  differences: readonly CatalogueDifference[];

  @Field(() => CatalogueContent, { nullable: true, description: "最近提出的内容。What was proposed last." })
  content?: CatalogueContent;

  @Field(() => [CatalogueTransition], { description: "办理记录。Steps that were taken." })
  transitions: readonly CatalogueTransition[];

  @Field(() => [UpdateActWord], { description: "您现在可办的步骤。Steps that are open to you now." })
  acts: readonly string[];
}

@ObjectType("CatalogueApproval", { description: "批准或者发布（第十三条、第十六条）。An approval." })
export class CatalogueApproval {
  @Field(() => String, { description: "账号。The account." })
  actor: string;

  @Field(() => String, { description: "部门。Its department." })
  department: string;

  @Field(() => DateTimeScalar, { description: "时间。When." })
  at: string;
}

@ObjectType("CatalogueVersion", { description: "已发布的版本。A published version of an entry." })
export class CatalogueVersion {
  @Field(() => Int, { description: "版本号。Its number." })
  number: number;

  @Field(() => DateTimeScalar, { description: "发布时间。When it was published." })
  publishedAt: string;

  @Field(() => String, { description: "提供单位。The source department." })
  provider: string;

  @Field(() => CatalogueContent, { description: "由人填写的内容。What people say of it." })
  content: CatalogueContent;

  @Field(() => CatalogueApproval, { description: "本部门负责人批准。Approved by the department's head." })
  approved: CatalogueApproval;

  @Field(() => CatalogueApproval, { description: "数据主管部门发布。Published by the data authority." })
  published: CatalogueApproval;

  @Field(() => [CatalogueDifference], {
    description: "与前一版本的不同。What it changed of the version before it.",
  })
  differences: readonly CatalogueDifference[];
}

@ObjectType("CatalogueWarningDecision", { description: "数据主管部门的决定。What the authority decided." })
export class CatalogueWarningDecision {
  @Field(() => Boolean, { description: "是否允许分别收集。Whether both may be collected." })
  allowed: boolean;

  @Field(() => String, { description: "理由。The reason." })
  reason: string;

  @Field(() => String, { description: "账号。The account." })
  actor: string;

  @Field(() => String, { description: "部门。Its department." })
  department: string;

  @Field(() => DateTimeScalar, { description: "时间。When." })
  at: string;
}

@ObjectType("CatalogueWarning", {
  description: "目录提示：重复收集、数源部门不唯一（第十九条）。What is to be looked into.",
})
export class CatalogueWarning {
  @Field(() => WarningCode, { description: "种类。Its kind." })
  code: string;

  @Field(() => [String], { description: "数据项，如 volunteer.phone。Its fields." })
  fields: readonly string[];

  @Field(() => String, { description: "中文说明及建议。What it is, and what to do, in Chinese." })
  zh: string;

  @Field(() => String, { description: "英文说明及建议。The same in English." })
  en: string;

  @Field(() => CatalogueWarningDecision, { nullable: true, description: "最近的决定。The latest decision." })
  decision?: CatalogueWarningDecision;
}

export const CatalogueUpdateConnection = connectionType("CatalogueUpdate", () => CatalogueUpdate, {
  list: "目录更新列表。Updates of the catalogue, newest first.",
  row: "一次目录更新。An update.",
});
