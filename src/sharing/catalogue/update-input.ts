/** What a department proposes of an entry, as GraphQL takes it. */
import { Field, InputType } from "type-graphql";
import { DateScalar } from "../../declare";
import type {
  Assessment,
  Closure,
  Condition,
  EntryContent,
  EntryWay,
  Frequency,
  Responsible,
} from "./content";
import type { CriterionCode } from "./criteria";
import { CriterionWord, SharingWay, UpdateFrequency } from "./words";

@InputType("CatalogueResponsibleInput", { description: "责任人（第三十四条）。Who answers for the dataset." })
export class CatalogueResponsibleInput implements Responsible {
  @Field(() => String, { description: "姓名。The name." })
  name: string;

  @Field(() => String, { description: "单位和职务。Unit and post." })
  post: string;

  @Field(() => String, { description: "办公联系方式。Office contact." })
  contact: string;
}

@InputType("CatalogueAssessmentInput", {
  description: "列入目录前的评估（第十三条）。An assessment before listing.",
})
export class CatalogueAssessmentInput implements Assessment {
  @Field(() => String, { description: "评估人。Who assessed." })
  by: string;

  @Field(() => DateScalar, { description: "评估日期，不晚于今日。When; not in the future." })
  on: string;

  @Field(() => String, { description: "结论。The conclusion." })
  conclusion: string;
}

@InputType("CatalogueConditionInput", {
  description:
    "使用条件（第十五条）：有条件共享的数据项须有 SCOPE 共享范围和 PURPOSE 使用用途。A condition of use.",
})
export class CatalogueConditionInput {
  @Field(() => CriterionWord, { description: "条件项。What it is about." })
  code: CriterionCode;

  @Field(() => String, { description: "条件的内容。What is required." })
  zh: string;

  @Field(() => String, { nullable: true, description: "英文。In English." })
  en?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "适用的数据项；不填为全部有条件共享的。Its fields; all that are CONDITIONAL if left out.",
  })
  fields?: string[] | null;
}

@InputType("CatalogueClosureInput", {
  description: "不予共享的理由和依据（第十五条）。Why, and by which law, fields are not shared.",
})
export class CatalogueClosureInput {
  @Field(() => String, { description: "理由。The reason." })
  reason: string;

  @Field(() => String, { description: "法律、行政法规或者国务院决定。The law, regulation or decision." })
  law: string;

  @Field(() => [String], {
    nullable: true,
    description: "适用的数据项；不填为全部不予共享的。Its fields; all that are NOT_SHARED if left out.",
  })
  fields?: string[] | null;
}

@InputType("CatalogueEntryInput", {
  description: "目录条目中由人填写的内容；其余取自声明。What people say of an entry; the rest is declared.",
})
export class CatalogueEntryInput {
  @Field(() => CatalogueResponsibleInput, { description: "责任人。The responsible person." })
  responsible: CatalogueResponsibleInput;

  @Field(() => CatalogueAssessmentInput, { description: "保密风险评估。The assessment of secrecy." })
  secrecyAssessment: CatalogueAssessmentInput;

  @Field(() => CatalogueAssessmentInput, {
    description: "个人信息保护影响评估。The assessment of personal data.",
  })
  personalAssessment: CatalogueAssessmentInput;

  @Field(() => UpdateFrequency, { description: "更新频率。How often it is updated." })
  frequency: Frequency;

  @Field(() => [SharingWay], { description: "共享方式。Ways of sharing." })
  ways: EntryWay[];

  @Field(() => [CatalogueConditionInput], { nullable: true, description: "使用条件。Conditions of use." })
  conditions?: CatalogueConditionInput[] | null;

  @Field(() => [CatalogueClosureInput], { nullable: true, description: "不予共享的理由。Why not shared." })
  closures?: CatalogueClosureInput[] | null;
}

export function contentOf(given: CatalogueEntryInput): EntryContent {
  const { responsible, secrecyAssessment, personalAssessment, frequency, ways } = given;
  return {
    responsible: { ...responsible },
    secrecy: { ...secrecyAssessment },
    personal: { ...personalAssessment },
    frequency,
    ways: [...new Set(ways)],
    conditions: (given.conditions ?? []).map(
      ({ code, zh, en, fields }): Condition => ({
        code,
        zh: zh.trim(),
        en: en?.trim() || undefined,
        fields: [...new Set(fields)],
      }),
    ),
    closures: (given.closures ?? []).map(
      ({ reason, law, fields }): Closure => ({
        reason: reason.trim(),
        law: law.trim(),
        fields: [...new Set(fields)],
      }),
    ),
  };
}
