/** What `catalogue` answers: the nine items of a data catalogue (政务数据共享条例 第十三条, B-02), and what programs need beside. */
import { Field, ObjectType } from "type-graphql";
import { PersonalClass, SharingClass } from "../types";
import { CatalogueClosure, CatalogueDifference, CatalogueUpdate, CatalogueVersion } from "./update-types";
import { SharingWay } from "./words";

@ObjectType("CatalogueValue", { description: "枚举值。A value of an enum." })
export class CatalogueValue {
  @Field(() => String, { description: "代码。Its name in questions." })
  name: string;

  @Field(() => String, { description: "条文用语。In the article's own words." })
  zh: string;
}

@ObjectType("CatalogueCondition", {
  description: "记录符合此条件时从严共享。Rows under this condition are shared under a stricter class.",
})
export class CatalogueCondition {
  @Field(() => String, { description: "代码。Its code." })
  code: string;

  @Field(() => String, { description: "中文说明。In Chinese." })
  zh: string;

  @Field(() => String, { description: "英文说明。In English." })
  en: string;

  @Field(() => SharingClass, { description: "此时的共享属性。The class that then holds." })
  class: string;
}

@ObjectType("CatalogueProvider", {
  description: "提供单位（数源部门）类别。Kind of department that is the one source.",
})
export class CatalogueProvider {
  @Field(() => String, { description: "类别，如 civil-affairs。The kind." })
  kind: string;

  @Field(() => String, { description: "中文名。In Chinese." })
  zh: string;
}

@ObjectType("CatalogueCriterion", {
  description:
    "使用条件的一项；不同意共享申请只能以此为据（政务数据共享条例 第十五条）。A condition that a request is judged by; a refusal names one of them.",
})
export class CatalogueCriterion {
  @Field(() => String, { description: "代码。Its code." })
  code: string;

  @Field(() => String, { description: "中文说明。In Chinese." })
  zh: string;

  @Field(() => String, { description: "英文说明。In English." })
  en: string;
}

@ObjectType("CatalogueField", { description: "数据项。A field of a dataset." })
export class CatalogueField {
  @Field(() => String, { description: "字段名。Its name in questions." })
  name: string;

  @Field(() => String, { description: "中文名。In Chinese." })
  zh: string;

  @Field(() => String, { description: "英文名。In English." })
  en: string;

  @Field(() => String, { description: "值的种类，如 text、enum、decimal。Kind of value." })
  kind: string;

  @Field(() => String, { nullable: true, description: "计量单位。Unit of measure." })
  unit?: string;

  @Field(() => [CatalogueValue], { description: "枚举值。Values of an enum." })
  values: CatalogueValue[];

  @Field(() => SharingClass, {
    nullable: true,
    description:
      "共享属性；报表的字段没有自己的，由输入推出。Sharing class; a report's fields have none of their own.",
  })
  class?: string;

  @Field(() => PersonalClass, { description: "个人信息类别。Class of personal data." })
  personal: string;

  @Field(() => String, { nullable: true, description: "依据条文。The article it comes from." })
  article?: string;

  @Field(() => CatalogueProvider, { description: "数源部门。Its steward." })
  steward: CatalogueProvider;

  @Field(() => String, { nullable: true, description: "脱敏形式。Form of its masked values." })
  mask?: string;

  @Field(() => CatalogueCondition, {
    nullable: true,
    description: "从严共享的条件。Where it is closed further.",
  })
  stricter?: CatalogueCondition;

  @Field(() => Boolean, { description: "关键字段：随行可见。A key field, readable with its row." })
  key: boolean;

  @Field(() => Boolean, { description: "必填。Whether every row has it." })
  required: boolean;

  @Field(() => Boolean, {
    description: "加密存储，仅可等值查询。Encrypted at rest, compared for equality only.",
  })
  encrypted: boolean;

  @Field(() => Boolean, { description: "汇总数字对各部门公开。Figures open to every department." })
  aggregateOpen: boolean;

  @Field(() => [CatalogueCriterion], {
    description: "使用条件；申请只能以此评判（第十五条）。Its conditions of use, as published.",
  })
  criteria: readonly CatalogueCriterion[];

  @Field(() => CatalogueClosure, {
    nullable: true,
    description: "不予共享的理由和依据（第十五条）。Why, and by which law, it is not shared, as published.",
  })
  closure?: CatalogueClosure;
}

@ObjectType("CatalogueLink", { description: "与其他数据集的关联。A link to another dataset." })
export class CatalogueLink {
  @Field(() => String, { description: "关联名。Its name in questions." })
  name: string;

  @Field(() => String, { description: "中文名。In Chinese." })
  zh: string;

  @Field(() => String, { description: "英文名。In English." })
  en: string;

  @Field(() => String, { description: "目标数据集。The dataset it leads to." })
  target: string;

  @Field(() => Boolean, { description: "是否多条。Whether it leads to many rows." })
  many: boolean;
}

@ObjectType("CatalogueUse", {
  description: "一类数据项的使用条件。The condition under which fields of a class are used.",
})
export class CatalogueUse {
  @Field(() => SharingClass, { description: "共享属性。The class." })
  class: string;

  @Field(() => String, { description: "中文说明。In Chinese." })
  zh: string;

  @Field(() => String, { description: "英文说明。In English." })
  en: string;

  @Field(() => [CatalogueCriterion], { description: "逐项条件。Its conditions, one by one." })
  criteria: readonly CatalogueCriterion[];

  @Field(() => [CatalogueClosure], {
    description: "不予共享的理由和依据（第十五条）。Why, and by which law, fields are not shared.",
  })
  closures: readonly CatalogueClosure[];
}

@ObjectType("CatalogueGrading", { description: "数据分类分级。Classification and grade." })
export class CatalogueGrading {
  @Field(() => String, { description: "主题分类。Theme." })
  theme: string;

  @Field(() => PersonalClass, {
    description: "所含个人信息的最高类别。The highest class of personal data in it.",
  })
  personal: string;

  @Field(() => Boolean, { description: "汇总数字是否加扰保护。Whether its figures are protected." })
  protected: boolean;
}

@ObjectType("CatalogueDataset", {
  description: "目录条目（政务数据共享条例 第十三条）。An entry of the catalogue.",
})
export class CatalogueDataset {
  @Field(() => String, { description: "数据集名，即单条查询名。Its name, and that of its one-row query." })
  name: string;

  @Field(() => String, { description: "列表查询名。Name of its list query." })
  plural: string;

  @Field(() => String, { description: "数据目录名称。Its title." })
  title: string;

  @Field(() => String, { description: "英文名称。Its title in English." })
  en: string;

  @Field(() => String, { nullable: true, description: "依据条文。The article it comes from." })
  article?: string;

  @Field(() => [CatalogueField], { description: "数据项。Its fields." })
  fields: CatalogueField[];

  @Field(() => CatalogueProvider, { description: "提供单位。Its steward." })
  provider: CatalogueProvider;

  @Field(() => String, { description: "数据格式。Format." })
  format: string;

  @Field(() => String, { nullable: true, description: "数据更新频率。How often it is updated." })
  update?: string;

  @Field(() => [SharingClass], { description: "共享属性，逐项见 fields。Sharing classes of its fields." })
  classes: string[];

  @Field(() => [SharingWay], { description: "共享方式。Ways of sharing." })
  ways: string[];

  @Field(() => [CatalogueUse], { description: "使用条件。Conditions of use." })
  conditions: CatalogueUse[];

  @Field(() => CatalogueGrading, { description: "数据分类分级。Classification and grade." })
  grading: CatalogueGrading;

  @Field(() => [String], { description: "业务主键。Fields of the business key." })
  businessKey: string[];

  @Field(() => [CatalogueLink], { description: "关联。Its links." })
  links: CatalogueLink[];

  @Field(() => String, {
    nullable: true,
    description: "处理个人信息的合法性基础。Lawful basis of processing personal data.",
  })
  lawfulBasis?: string;

  @Field(() => String, {
    nullable: true,
    description: "含个人信息的记录对各部门可见的理由。Why rows of persons are open to all.",
  })
  rowsOpen?: string;

  @Field(() => String, {
    nullable: true,
    description:
      "报表：其行来自此数据集，权限由输入推出。A report over the rows of this dataset; its right follows from its inputs.",
  })
  from?: string;

  @Field(() => String, {
    nullable: true,
    description:
      "链接源：数据留在数源部门自己的数据库中，经平台只读，无历史版本和变更推送。The linked source that holds the rows: read-only here, without former versions or a feed.",
  })
  linked?: string;

  @Field(() => CatalogueVersion, {
    nullable: true,
    description: "现行的已发布版本；尚未发布的没有。The version that holds; none where nothing is published.",
  })
  version?: CatalogueVersion;

  @Field(() => [CatalogueDifference], {
    description: "声明中尚未发布的变更。What is declared and not yet published.",
  })
  unpublished: readonly CatalogueDifference[];

  @Field(() => CatalogueUpdate, {
    nullable: true,
    description:
      "正在办理的目录更新；提供单位、数据主管部门和安全、审计职责可见。The update under way, for its two sides and those who watch.",
  })
  openUpdate?: CatalogueUpdate;
}
