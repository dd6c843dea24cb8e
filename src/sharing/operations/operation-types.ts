/** A registered operation as GraphQL shows it. */
import { ArgsType, Field, Float, Int, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../declare";
import { ExplainedField } from "../explanation-types";
import { TakenStep } from "../types";
import { OperationActWord, OperationStateWord } from "./words";

@ArgsType()
export class RegisterOperationArgs {
  @Field(() => String, { description: "应用名，同其密钥。The app, as its key names it." })
  app: string;

  @Field(() => String, { description: "操作的登记名。The name it is registered under." })
  name: string;

  @Field(() => String, {
    description: "GraphQL 文档，含一个查询。The document, with one query in it.",
  })
  document: string;

  @Field(() => String, {
    nullable: true,
    description:
      "使用目的代码；不填则只用常设权限。Code of the purpose of a grant; left out: standing rights alone.",
  })
  purpose?: string | null;

  @Field(() => String, { description: "用途说明，审批人据此判断。What it is for, as its approver reads it." })
  description: string;

  @Field(() => [String], {
    nullable: true,
    description:
      "变量的示例，每组一个 JSON 文本：变量可能引出的字段都要出现，未出现的将来不能使用。Examples of variables as JSON text: what variables may lead to must occur in them, else it is refused later.",
  })
  examples?: string[] | null;

  @Field(() => Int, { description: "每日请求数上限。Requests a day." })
  requestsPerDay: number;

  @Field(() => Int, { description: "每日返回行数上限。Rows a day." })
  rowsPerDay: number;
}

@ObjectType("AppOperationSummary", {
  description:
    "审批人所见：登记时操作涉及的内容，获批后不会超出。What its approver sees, and what it never goes beyond.",
})
export class OperationSummaryEntry {
  @Field(() => [String], { description: "数据集。Datasets that are read." })
  datasets: readonly string[];

  @Field(() => [ExplainedField], {
    description: "字段，各属地的级别及依据。Fields, with levels by territory and their grounds.",
  })
  fields: readonly ExplainedField[];

  @Field(() => [String], {
    description: "不属于数据集的根字段，如 me。Root fields that are no dataset's own, as me.",
  })
  doors: readonly string[];

  @Field(() => Boolean, { description: "是否可能含个人信息。Whether personal data may be in the answer." })
  personal: boolean;

  @Field(() => Int, { description: "示例中最高的查询成本（行）。The highest cost of an example, in rows." })
  cost: number;
}

@ObjectType("AppOperationUse", {
  description: "今日用量，含各进程已领取而未用的少量额度。Use today, with what processes hold in lease.",
})
export class OperationUseEntry {
  @Field(() => Int, { description: "请求数。Requests." })
  requests: number;

  @Field(() => Float, { description: "行数。Rows." })
  rows: number;
}

@ObjectType("AppOperationTransition", { description: "办理记录，只增不改。A step that was taken." })
export class OperationTransitionEntry extends TakenStep {
  @Field(() => OperationActWord, { description: "步骤。The act." })
  act: string;

  @Field(() => OperationStateWord, { description: "此后的状态。Where it led." })
  to: string;

  @Field(() => String, { nullable: true, description: "理由。The reason." })
  reason?: string;
}

@ObjectType("AppOperation", {
  description:
    "应用的登记操作（政务数据共享条例 第二十五条、第三十六条）：登记后不变，修改即登记新版本。An operation registered for an app; another version is another registration.",
})
export class OperationEntry {
  @Field(() => String, { description: "标识。Its id." })
  id: string;

  @Field(() => String, {
    description:
      "文档标识 sha256:…，应用以此代替文档发送。What the app sends instead of the document: the SHA-256 of its normalised text.",
  })
  documentId: string;

  @Field(() => String, {
    description:
      "登记时原文的 SHA-256，同样可用。That of the text as it was registered, which works as well.",
  })
  sourceId: string;

  @Field(() => String, { description: "部门代码。The app's department." })
  department: string;

  @Field(() => String, { description: "应用。The app." })
  app: string;

  @Field(() => String, { description: "登记名。Its name." })
  name: string;

  @Field(() => Int, { description: "版本。Its version." })
  version: number;

  @Field(() => String, { description: "规范化的文档。The normalised document." })
  document: string;

  @Field(() => String, { nullable: true, description: "使用目的。Its purpose." })
  purpose?: string;

  @Field(() => String, { description: "用途说明。What it is for." })
  description: string;

  @Field(() => Int, { description: "每日请求数上限。Requests a day." })
  requestsPerDay: number;

  @Field(() => Int, { description: "每日行数上限。Rows a day." })
  rowsPerDay: number;

  @Field(() => OperationUseEntry, { description: "今日用量。Use today." })
  usedToday: OperationUseEntry;

  @Field(() => OperationSummaryEntry, { description: "涉及的内容。What it touches." })
  summary: OperationSummaryEntry;

  @Field(() => OperationStateWord, { description: "状态。Where it stands." })
  state: string;

  @Field(() => DateTimeScalar, { description: "登记时间。When it was registered." })
  registeredAt: string;

  @Field(() => String, { nullable: true, description: "批准人的账号。Account that approved it." })
  approvedBy?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "批准时间。When it was approved." })
  approvedAt?: string;

  @Field(() => [OperationTransitionEntry], { description: "办理记录。The steps that were taken." })
  transitions: readonly OperationTransitionEntry[];
}
