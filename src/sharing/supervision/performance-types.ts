/** Figures of supervision as GraphQL shows them; their types follow from the table of figures. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { type Code, DateScalar, DateTimeScalar } from "../../declare";
import { enumType, objectType } from "../../read";
import { type FigureGroup, GROUPS, type GroupName, MISSED, type Side } from "./figures";
import type { Figures, Refusal } from "./performance";

export const SupervisionSide = enumType("SupervisionSide", "统计的一方。The side that is counted.", {
  PROVIDER: "提供单位。as provider",
  REQUESTER: "申请部门。as requester",
  AUTHORITY: "数据主管部门。as data authority",
});

const typeOf = ({ type, words, article, cannotSay, figures }: FigureGroup) =>
  objectType(
    type,
    `${words} 依据 By: ${article}。${cannotSay}`,
    figures.map((f) => ({
      name: f.name,
      type: () => (f.median ? Float : Int),
      nullable: f.median,
      description: f.words,
    })),
  );

const [Requests, Deliveries, Corrections, Grants, Catalogue, Reviews] = GROUPS.map(typeOf);
const wordsOf = (name: GroupName) => GROUPS.find((group) => group.name === name)?.words ?? "";

@ObjectType("SupervisedRefusal", { description: "按目录使用条件统计的不同意。Refusals by condition." })
export class SupervisedRefusal implements Refusal {
  @Field(() => String, { description: "使用条件代码。Code of the catalogue's condition." })
  criterion: string;

  @Field(() => Int, { description: "不同意。Refused." })
  refused: number;

  @Field(() => Int, { description: "部分同意。Granted in part." })
  inPart: number;
}

@ObjectType("SupervisedDepartment", {
  description: "一个部门作为一方的统计。What is counted of a department on one side.",
})
export class SupervisedDepartmentEntry {
  @Field(() => SupervisionSide, { description: "一方。The side." })
  side: Side;

  @Field(() => String, { description: "部门代码。Code of the department." })
  department: string;

  @Field(() => String, { description: "部门名称。Its name." })
  departmentName: string;

  @Field(() => Requests as never, { nullable: true, description: wordsOf("requests") })
  requests: Figures | null;

  @Field(() => [SupervisedRefusal], {
    description:
      "不同意和部分同意所依据的使用条件（第十五条第一款、第三十九条第二项）。Conditions on which requests were refused, in part too.",
  })
  refusals: readonly Refusal[];

  @Field(() => Deliveries as never, { nullable: true, description: wordsOf("deliveries") })
  deliveries: Figures | null;

  @Field(() => Corrections as never, { nullable: true, description: wordsOf("corrections") })
  corrections: Figures | null;

  @Field(() => Grants as never, { nullable: true, description: wordsOf("grants") })
  grants: Figures | null;

  @Field(() => Catalogue as never, { nullable: true, description: wordsOf("catalogue") })
  catalogue: Figures | null;

  @Field(() => Reviews as never, { nullable: true, description: wordsOf("reviews") })
  reviews: Figures | null;
}

@ObjectType("MissedField", {
  description: `缺得最多的字段。依据 By: ${MISSED.article}。${MISSED.cannotSay}`,
})
export class MissedFieldEntry {
  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => String, { description: "字段。The field." })
  field: string;

  @Field(() => Int, {
    description: "问到而不完整可见、或者申请过它的部门数。Departments that lacked it or asked for it.",
  })
  departments: number;

  @Field(() => Int, { description: "其中曾经完全不可见的部门数。Of these, ones to which it was withheld." })
  withNone: number;

  @Field(() => Int, { description: "涉及的访问记录数，含被拒绝的。Access records, refusals too." })
  answers: number;

  @Field(() => Int, { description: "期内提出申请的部门数。Departments that requested it in the period." })
  requestedBy: number;

  @Field(() => Int, { description: "期内的申请数。Requests for it." })
  requests: number;
}

@ObjectType("SupervisionNote", {
  description: "一组数字的依据和不能说明的。What a group of figures rests on, and what it cannot say.",
})
export class SupervisionNote {
  @Field(() => String, {
    nullable: true,
    description: "数字组名，空为整份报告。The group; null: the whole report.",
  })
  figures: string | null;

  @Field(() => String, { description: "内容。What it is." })
  words: string;

  @Field(() => String, { description: "依据条文。The articles." })
  article: string;

  @Field(() => String, { description: "不能说明的。What it cannot say." })
  cannotSay: string;
}

@ObjectType("SharingPerformance", { description: "共享情况统计。How sharing was performed." })
export class SharingPerformanceEntry {
  @Field(() => DateScalar, { description: "起始日。First day." })
  from: string;

  @Field(() => DateScalar, { description: "截止日，不含。First day after the period." })
  until: string;

  @Field(() => DateTimeScalar, { description: "统计时刻。When it was counted." })
  at: string;

  @Field(() => String, { description: "属地代码。The territory." })
  territory: Code;

  @Field(() => String, {
    nullable: true,
    description:
      "只看本部门时为本部门代码，空为属地内各部门。The one department seen; null: all of the territory.",
  })
  department?: string;

  @Field(() => [SupervisedDepartmentEntry], { description: "各提供单位。Providers." })
  providers: SupervisedDepartmentEntry[];

  @Field(() => [SupervisedDepartmentEntry], { description: "各申请部门。Requesters." })
  requesters: SupervisedDepartmentEntry[];

  @Field(() => [SupervisedDepartmentEntry], { description: "各数据主管部门。Data authorities." })
  authorities: SupervisedDepartmentEntry[];

  @Field(() => [MissedFieldEntry], {
    description: "缺得最多的字段，至多 50 个。Most-missed fields, at most 50.",
  })
  missedFields: MissedFieldEntry[];

  @Field(() => [SupervisionNote], { description: "依据和局限。Articles and limits." })
  notes: SupervisionNote[];
}
