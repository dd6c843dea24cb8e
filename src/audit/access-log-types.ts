// The access log as GraphQL shows it.
import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../declare";
import { connectionType, enumType } from "../read";
import type { AccessKind } from "./record";

export enum AccessOutcome {
  ANSWERED = "ANSWERED",
  REFUSED = "REFUSED",
}

registerEnumType(AccessOutcome, {
  name: "AccessOutcome",
  description: "访问结果。How an access ended.",
  valuesConfig: { ANSWERED: { description: "已应答" }, REFUSED: { description: "已拒绝" } },
});

const KINDS: Record<AccessKind, string> = {
  QUESTION: "查询",
  REPORT: "报表",
  EXPORT: "导出文件",
  IMPORT: "导入",
  WRITE: "登记、修改、停用",
  ACT: "共享办理：申请、授权、校核等。An act of sharing: requests, grants and the like.",
  COMMAND: "运维命令。A command of the operators.",
};

export const AccessKindWord = enumType("AccessKind", "访问类别。What kind of access it was.", KINDS);

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

  @Field(() => AccessKindWord, {
    nullable: true,
    description: "访问类别；未读先拒的请求没有。Kind of access; none where it was refused unread.",
  })
  kind: AccessKind | null;

  @Field(() => String, {
    nullable: true,
    description: "登记的操作名。Name under which the operation is registered for the app.",
  })
  registered: string | null;

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

  @Field(() => String, {
    nullable: true,
    description: `一条记录的 id：应答可能含有该记录的访问，即以 MASKED 或 FULL 读取其数据集、属地包含其区划（含历次所在区划）的应答、导出。记录不存在与不可见，答复相同。
Id of a row: accesses whose answer could have held it, that is answers and files that read its dataset as MASKED or FULL in a territory where it lies or lay. Which rows an answer held is not kept, so that the list is too long rather than too short. For the steward of the row's territory, and for auditors of a territory where it lies or lay.`,
  })
  row?: string | null;

  @Field(() => AccessKindWord, { nullable: true, description: "访问类别。Kind of access." })
  kind?: AccessKind | null;

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
