/** A case of the rights desk as GraphQL shows it. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../declare";
import { connectionType } from "../../read";
import { RequestWay } from "../requests/words";
import {
  RightsAsker,
  RightsCaseActWord,
  RightsCaseKind,
  RightsCaseState,
  RightsCaseTransitionActWord,
} from "./words";

@ObjectType("RightsCaseTransition", {
  description: "办理记录，只增不改。A step that was taken; never changed afterwards.",
})
export class CaseTransitionEntry {
  @Field(() => Int, { description: "序号。Its number." })
  seq: number;

  @Field(() => DateTimeScalar, { description: "时间。When." })
  at: string;

  @Field(() => RightsCaseTransitionActWord, { description: "步骤。The act." })
  act: string;

  @Field(() => RightsCaseState, { description: "此后的状态。Where it led." })
  to: string;

  @Field(() => String, { description: "职责。The duty." })
  duty: string;

  @Field(() => String, { description: "账号（谁管理谁负责，第三十四条）。The account that took it." })
  actor: string;

  @Field(() => String, { description: "部门。Its department." })
  department: string;

  @Field(() => String, {
    nullable: true,
    description: "理由，仅承办部门可见。The reason, for the department that handles the case.",
  })
  reason?: string;

  @Field(() => Int, { description: "办理后记录的版本。Version of the row after it." })
  rowVersion: number;
}

@ObjectType("RightsCaseSaid", {
  description: "受理时所述，加密存放。What was said when it was opened; kept sealed.",
})
export class CaseSaid {
  @Field(() => String, { description: "如何核实身份。How it was verified who asks." })
  verifiedHow: string;

  @Field(() => String, { description: "事由。Why it is asked." })
  reason: string;
}

@ObjectType("RightsCopyValue", { description: "一个字段的值，文本。The value of a field, as text." })
export class CopiedValue {
  @Field(() => String, { description: "字段。The field." })
  field: string;

  @Field(() => String, { description: "字段名称。What it is called." })
  name: string;

  @Field(() => String, { nullable: true, description: "值。The value." })
  value: string | null;
}

@ObjectType("RightsCopyRow", { description: "一条记录。A row." })
export class CopiedRow {
  @Field(() => ID, { description: "记录的全局标识。Global id of the row." })
  row: string;

  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => String, { description: "数据集名称。What the dataset is called." })
  datasetName: string;

  @Field(() => [CopiedValue], { description: "各字段的值。Its values." })
  values: readonly CopiedValue[];
}

@ObjectType("RightsCopy", {
  description:
    "平台所存的本人记录及其关联记录，停用的也在内，按承办人的权限读取。What the hub holds of the person, read under the right of who handles the case.",
})
export class RightsCopy {
  @Field(() => [CopiedRow], { description: "记录，本人的在前。The rows, the person's own first." })
  rows: readonly CopiedRow[];

  @Field(() => [String], {
    description:
      "承办部门无权读取的字段，向其数源部门提出。Fields that this department may not read: ask their own source.",
  })
  withheld: readonly string[];
}

@ObjectType("RightsCaseReader", {
  description:
    "读取过该记录所在范围的部门。A department that read rows among which this one could have been.",
})
export class CaseReader {
  @Field(() => String, { description: "部门代码。Its code." })
  department: string;

  @Field(() => String, { description: "部门名称。Its name." })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: "使用目的；为空为依职责。The purpose; null: by its own duty.",
  })
  purpose?: string;

  @Field(() => Int, { description: "次数，计最近一千次访问。How often, among the newest thousand accesses." })
  times: number;

  @Field(() => DateTimeScalar, { description: "最近一次。The last time." })
  last: string;
}

@ObjectType("RightsCaseReceiver", {
  description:
    "现在可以得到该个人信息的部门（个人信息保护法 第二十三条；B-36）。A department that may receive what the row says of the person now.",
})
export class CaseReceiver {
  @Field(() => String, { description: "部门代码。Its code." })
  department: string;

  @Field(() => String, { description: "部门名称。Its name." })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: "联系方式：该部门登记的办公电话。The office telephone that it has registered.",
  })
  contact?: string;

  @Field(() => String, {
    nullable: true,
    description: "使用目的；为空为依职责。The purpose; null: by its own duty.",
  })
  purpose?: string;

  @Field(() => String, { nullable: true, description: "授权的法律依据。The legal basis of the grant." })
  legalBasis?: string;

  @Field(() => RequestWay, {
    nullable: true,
    description: "授权申请中的使用方式。The way that the request for the grant named.",
  })
  way?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "授权截止。When the grant ends." })
  until?: string;

  @Field(() => Boolean, { description: "是否为数源部门。Whether it is a source of them itself." })
  steward: boolean;

  @Field(() => [String], { description: "全文可见的信息种类。Kinds of data that it reads in full." })
  full: readonly string[];

  @Field(() => [String], { description: "脱敏可见的信息种类。Kinds of data that it reads masked." })
  masked: readonly string[];
}

@ObjectType("RightsCase", {
  description:
    "个人权利事项（个人信息保护法 第四十四条至第五十条；B-39）：本人、监护人或者继承人在数源部门提出。What a person asks of the department that keeps the person's data.",
})
export class RightsCaseEntry {
  @Field(() => String, { description: "标识。Its id." })
  id: string;

  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => ID, { description: "记录的全局标识。Global id of the row." })
  row: string;

  @Field(() => String, { description: "受理时记录所在区划代码。Territory of the row when it was opened." })
  territory: string;

  @Field(() => RightsCaseKind, { description: "所行使的权利。The right." })
  kind: string;

  @Field(() => RightsAsker, { description: "提出人。Who asks." })
  askedBy: string;

  @Field(() => String, { description: "承办部门。The department that handles it." })
  department: string;

  @Field(() => String, { description: "承办部门名称。Its name." })
  departmentName: string;

  @Field(() => RightsCaseState, { description: "状态。Its state." })
  state: string;

  @Field(() => DateTimeScalar, { description: "受理时间。When it was opened." })
  openedAt: string;

  @Field(() => CaseSaid, {
    nullable: true,
    description: "受理时所述，仅承办部门可见。What was said, for the department that handles the case.",
  })
  said?: CaseSaid;

  @Field(() => [CaseTransitionEntry], { description: "办理记录。The steps that were taken." })
  transitions: readonly CaseTransitionEntry[];

  @Field(() => [RightsCaseActWord], {
    description: "当前身份现在可办的步骤。Steps that the asker could take now.",
  })
  acts: readonly string[];
}

export const RightsCaseConnection = connectionType("RightsCase", () => RightsCaseEntry, {
  list: "事项列表（Relay），新的在前。A page of cases, newest first.",
  row: "一件事项。The case.",
});
