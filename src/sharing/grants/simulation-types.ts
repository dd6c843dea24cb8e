/** What a simulated grant is told as. */
import { Field, Int, ObjectType } from "type-graphql";
import { AccessLevel, HeldLevel, PersonalClass, SharingClass } from "../types";

@ObjectType("SimulatedField", { description: "一个字段授权前后的级别。A field's levels before and after." })
export class SimulatedField {
  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => String, { description: "字段。The field." })
  field: string;

  @Field(() => String, { description: "字段中文名。The field in Chinese." })
  zh: string;

  @Field(() => SharingClass, { description: "共享属性。Its sharing class." })
  class: string;

  @Field(() => PersonalClass, { description: "个人信息类别。Its class of personal data." })
  personal: string;

  @Field(() => [HeldLevel], { description: "现在各属地的级别。Levels by territory now." })
  before: HeldLevel[];

  @Field(() => [HeldLevel], {
    description:
      "授权后各属地的级别；依据为 simulated 的即此授权。Levels with the grant, whose id is simulated.",
  })
  after: HeldLevel[];
}

@ObjectType("SimulatedGain", {
  description: "在同一范围内同样提高级别的字段。Fields that rise alike in the same places.",
})
export class SimulatedGain {
  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => [String], { description: "字段。The fields." })
  fields: readonly string[];

  @Field(() => AccessLevel, { description: "现在的级别。The level now." })
  from: string;

  @Field(() => AccessLevel, { description: "授权后的级别。The level with the grant." })
  to: string;

  @Field(() => [String], { description: "属地代码，含其下级。The nodes, with all under them." })
  territories: readonly string[];

  @Field(() => [String], {
    description: "其中已有该级别或者更高级别的下级属地。Nodes under these that gain nothing.",
  })
  exceptTerritories: readonly string[];

  @Field(() => String, {
    nullable: true,
    description:
      "符合此条件的记录仍不开放（代码见 catalogue）；rows 可能包含这些记录。Rows under this condition stay closed; rows may count them.",
  })
  exceptWhere?: string;

  @Field(() => Int, {
    nullable: true,
    description:
      "该范围内的记录数：按查询者自己的权限和统计保护规则给出；无权统计或者已抑制的为空。Rows there, as the asker's own right and the protection of figures give them; else null.",
  })
  rows: number | null;

  @Field(() => Boolean, {
    description: "记录数是否因人数过少而抑制。Whether rows is suppressed: too few persons.",
  })
  suppressed: boolean;

  @Field(() => Boolean, {
    description: "一条记录是否即一个自然人。Whether a row stands for one person.",
  })
  ofPersons: boolean;
}

@ObjectType("GrantSimulation", {
  description: "授权模拟：同意之前，看谁得到什么。Who would gain what, before anybody decides.",
})
export class GrantSimulation {
  @Field(() => String, { description: "获授权部门。The department that would hold it." })
  department: string;

  @Field(() => String, { nullable: true, description: "其名称。Its name." })
  departmentName?: string;

  @Field(() => String, { description: "使用目的。The purpose." })
  purpose: string;

  @Field(() => [SimulatedField], { description: "所涉字段。The fields that are named." })
  fields: SimulatedField[];

  @Field(() => [SimulatedGain], {
    description: "增加的内容；为空表示没有增加。What is gained; nothing, where it is empty.",
  })
  gains: SimulatedGain[];
}
