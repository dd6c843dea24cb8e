/** What `explainAccess` answers. */
import { Field, Int, ObjectType } from "type-graphql";
import { AccessLevel, HeldLevel, SharingClass } from "./types";

@ObjectType("RefusedField", { description: "会被拒绝的根字段。A root field that would be refused." })
export class RefusedField {
  @Field(() => [String], { description: "在答案中的位置。Its place in the answer." })
  path: string[];

  @Field(() => String, { description: "错误代码。Error code." })
  code: string;

  @Field(() => String, { description: "说明。Why." })
  message: string;

  @Field(() => String, { nullable: true, description: "所涉数据集。The dataset it is about." })
  dataset?: string;

  @Field(() => String, { nullable: true, description: "所涉字段。The field it is about." })
  field?: string;

  @Field(() => String, {
    nullable: true,
    description:
      "交给 requestAccess(missing: …) 即可申请此部分所缺的全部。To be handed to requestAccess(missing: …) for all that this part lacks.",
  })
  apply?: string;
}

@ObjectType("NotedLevel", { description: "某属地内的级别。The level held in a territory." })
export class NotedLevel {
  @Field(() => String, { description: "属地代码。The territory." })
  territory: string;

  @Field(() => String, { description: "属地名称。Its name." })
  name: string;

  @Field(() => AccessLevel, { description: "级别。The level." })
  level: string;
}

@ObjectType("ExceptedRows", { description: "从严共享的记录。Rows under a stricter class." })
export class ExceptedRows {
  @Field(() => String, { description: "条件代码。Code of the row condition." })
  code: string;

  @Field(() => SharingClass, { description: "此时的共享属性。The class that then holds." })
  class: string;

  @Field(() => String, { description: "中文说明。In Chinese." })
  zh: string;

  @Field(() => String, { description: "英文说明。In English." })
  en: string;
}

@ObjectType("AccessNote", {
  description: "与答案 extensions.access 相同的说明。An entry of an answer's extensions.access.",
})
export class AccessNoteEntry {
  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => String, {
    nullable: true,
    description: "字段；为空表示整个数据集没有可见记录。The field; null where no row is visible.",
  })
  field?: string;

  @Field(() => String, { description: "中文名。Its name in Chinese." })
  zh: string;

  @Field(() => String, { description: "英文名。Its name in English." })
  en: string;

  @Field(() => SharingClass, { nullable: true, description: "共享属性。Its sharing class." })
  class?: string;

  @Field(() => AccessLevel, { description: "所需级别。The level needed." })
  needed: string;

  @Field(() => [NotedLevel], { description: "现有级别。Levels held." })
  held: readonly NotedLevel[];

  @Field(() => ExceptedRows, {
    nullable: true,
    description: "从严共享的记录。Rows that are closed further.",
  })
  exceptWhere?: ExceptedRows;

  @Field(() => String, { description: "数源部门类别。Kind of its steward." })
  steward: string;

  @Field(() => [String], { description: "可获更高级别的使用目的。Purposes under which more is held." })
  purposes: readonly string[];

  @Field(() => String, {
    nullable: true,
    description:
      "交给 requestAccess(missing: …) 即可申请此字段；不可申请时为空。To be handed to requestAccess(missing: …); null where no request opens it.",
  })
  apply?: string;
}

@ObjectType("ExplainedField", { description: "查询涉及的字段及其权限。A field that the question touches." })
export class ExplainedField {
  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => String, { description: "字段。The field." })
  field: string;

  @Field(() => [HeldLevel], { description: "各属地的级别及依据。Levels by territory, with their grounds." })
  levels: HeldLevel[];
}

@ObjectType("AccessExplanation", {
  description: "对一个查询的权限说明；不执行查询。What would become of a question, without asking it.",
})
export class AccessExplanation {
  @Field(() => Int, { description: "查询成本，同 extensions.cost。Its cost in rows, as extensions.cost." })
  cost: number;

  @Field(() => [RefusedField], { description: "会被拒绝的部分。What would be refused." })
  refused: RefusedField[];

  @Field(() => [AccessNoteEntry], {
    description: "同 extensions.access。The same entries as extensions.access.",
  })
  notes: readonly AccessNoteEntry[];

  @Field(() => String, {
    nullable: true,
    description: "同 extensions.apply。The same as extensions.apply.",
  })
  apply?: string;

  @Field(() => [ExplainedField], {
    description: "涉及的字段；关键字段随行可见，不列。Fields touched, key fields left out.",
  })
  fields: ExplainedField[];

  @Field(() => [String], {
    description:
      "未作说明的根字段：不是数据集的查询（如 me、report）。Root fields left unexplained: they are no dataset's own (me, report).",
  })
  unexplained: string[];
}
