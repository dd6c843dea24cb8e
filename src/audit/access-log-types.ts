// The access log as GraphQL shows it.
import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../declare";
import { connectionType } from "../read";

export enum AccessOutcome {
  ANSWERED = "ANSWERED",
  REFUSED = "REFUSED",
}

registerEnumType(AccessOutcome, {
  name: "AccessOutcome",
  description: "访问结果。How an access ended.",
  valuesConfig: { ANSWERED: { description: "已应答" }, REFUSED: { description: "已拒绝" } },
});

@ObjectType({
  description: "一个字段的使用：级别与属地。A field as an answer used it: level and territories.",
})
export class AccessedField {
  @Field(() => String, { description: "字段名。The field's name." })
  field: string;

  @Field(() => String, { description: "访问级别。Level held: NONE, AGGREGATE, MASKED or FULL." })
  level: string;

  @Field(() => [String], { description: "属地代码。Codes of the territories where that level was held." })
  territories: string[];
}

@ObjectType({ description: "一个数据集的使用。A dataset as an answer used it." })
export class AccessedDataset {
  @Field(() => String, { description: "数据集名。The dataset's name." })
  dataset: string;

  @Field(() => [AccessedField], { description: "所用字段。Fields used." })
  fields: AccessedField[];
}

@ObjectType({
  description: "访问记录，保存不少于三年。One record of the access log, kept at least three years.",
})
export class AccessRecordEntry {
  @Field(() => String)
  id: string;

  @Field(() => DateTimeScalar, { description: "访问时间。When it was asked." })
  at: string;

  @Field(() => String, { description: "请求编号。The id of the request, as its answer's header told it." })
  requestId: string;

  @Field(() => String, {
    nullable: true,
    description: "账号，仅审计可见。The account; for the audit duty alone.",
  })
  subject: string | null;

  @Field(() => String, { description: "部门代码。The department that asked." })
  department: string;

  @Field(() => String, { nullable: true, description: "应用。The app that asked." })
  app: string | null;

  @Field(() => String, { nullable: true, description: "使用目的。The purpose asked for." })
  purpose: string | null;

  @Field(() => String, {
    nullable: true,
    description: "操作名，仅审计可见。Name of the operation; for the audit duty alone.",
  })
  operation: string | null;

  @Field(() => String, {
    nullable: true,
    description: "查询文档的 SHA-256，仅审计可见。SHA-256 of the document asked; for the audit duty alone.",
  })
  documentHash: string | null;

  @Field(() => [AccessedDataset], { description: "所用数据集与字段。Datasets and fields used." })
  datasets: AccessedDataset[];

  @Field(() => Int, { description: "返回行数。Rows answered." })
  rows: number;

  @Field(() => Int, { description: "被抑制的统计单元数。Cells suppressed in figures." })
  suppressed: number;

  @Field(() => [String], { description: "所依据的授权。Ids of the grants that gave a level used." })
  grants: string[];

  @Field(() => Int, { description: "查询成本。Cost of the question in rows." })
  cost: number;

  @Field(() => AccessOutcome)
  outcome: AccessOutcome;

  @Field(() => String, {
    nullable: true,
    description: "错误代码。Code of the refusal, or of what an answer lacks.",
  })
  code: string | null;

  @Field(() => Int, { description: "耗时（毫秒）。Milliseconds it took." })
  milliseconds: number;
}

export const AccessLogConnection = connectionType("AccessLog", () => AccessRecordEntry, {
  list: "访问记录列表（Relay），新的在前。A page of the access log, newest first.",
  row: "一条访问记录。The record.",
});

@InputType({ description: "访问记录的筛选条件，须全部满足。Conditions on access records; all must hold." })
export class AccessLogWhere {
  @Field(() => String, { nullable: true, description: "部门代码，如 finance@140100000000。Department code." })
  department?: string | null;

  @Field(() => String, { nullable: true, description: "数据集名。Name of a dataset." })
  dataset?: string | null;

  @Field(() => String, { nullable: true, description: "使用目的代码。Code of a purpose." })
  purpose?: string | null;

  @Field(() => String, { nullable: true, description: "请求编号。Id of a request." })
  requestId?: string | null;

  @Field(() => AccessOutcome, { nullable: true })
  outcome?: AccessOutcome | null;

  @Field(() => String, { nullable: true, description: "错误代码。Error code." })
  code?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "自此时起（含）。From this instant." })
  from?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "至此时止（不含）。Until this instant, not included.",
  })
  until?: string | null;
}
