/** An erasure as GraphQL shows it: that there was one, of what, by whom; nothing of what was held. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../declare";
import { connectionType } from "../../read";
import { ErasureActWord, ErasureCauseWord, ErasureStateWord, ErasureStepActWord } from "./words";

@ObjectType("ErasedRow", { description: "一条被取出的记录。A row that was taken out." })
export class ErasedRowEntry {
  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => ID, { description: "记录的全局标识。Global id of the row." })
  row: string;

  @Field(() => Int, { description: "版本数，历史版本在内。Its versions, former ones counted." })
  versions: number;

  @Field(() => [String], {
    nullable: true,
    description: "清空的字段；为空为整条记录。Fields that were emptied; null: the whole row.",
  })
  fields?: readonly string[];
}

@ObjectType("ErasureStep", {
  description: "办理记录，只增不改。A step that was taken; never changed afterwards.",
})
export class ErasureStepEntry {
  @Field(() => Int, { description: "序号。Its number." })
  seq: number;

  @Field(() => DateTimeScalar, { description: "时间。When." })
  at: string;

  @Field(() => ErasureStepActWord, { description: "步骤。The act." })
  act: string;

  @Field(() => String, { description: "职责；system 为平台。The duty; system: the hub." })
  duty: string;

  @Field(() => String, { description: "账号。The account that took it." })
  actor: string;

  @Field(() => String, { description: "部门。Its department." })
  department: string;

  @Field(() => String, {
    nullable: true,
    description:
      "理由或者依据，仅数源部门可见。The reason or basis, for the department that keeps such rows.",
  })
  reason?: string;
}

@ObjectType("Erasure", {
  description:
    "个人信息的删除或者冻结（个人信息保护法 第四十七条；B-40）。不含被删除的内容。What was erased or frozen; nothing of its content.",
})
export class ErasureEntry {
  @Field(() => String, { description: "标识。Its id." })
  id: string;

  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => ID, { description: "记录的全局标识。Global id of the row." })
  row: string;

  @Field(() => String, { description: "记录当时所在区划代码。Territory of the row." })
  territory: string;

  @Field(() => ErasureStateWord, { description: "状态。Its state." })
  state: string;

  @Field(() => ErasureCauseWord, { description: "起因。What led to it." })
  cause: string;

  @Field(() => String, { description: "事项或者保存期限办理的标识。The case, or the run of retention." })
  causeId: string;

  @Field(() => String, { description: "办理部门；system 为平台。The department; system: the hub." })
  department: string;

  @Field(() => DateTimeScalar, { description: "时间。When." })
  begunAt: string;

  @Field(() => [ErasedRowEntry], { description: "取出的记录。The rows that were taken out." })
  rows: readonly ErasedRowEntry[];

  @Field(() => [ErasureStepEntry], { description: "办理记录。The steps that were taken." })
  steps: readonly ErasureStepEntry[];

  @Field(() => [ErasureActWord], {
    description: "当前身份现在可办的步骤。Steps that the asker could take now.",
  })
  acts: readonly string[];
}

export const ErasureConnection = connectionType("Erasure", () => ErasureEntry, {
  list: "删除、冻结列表（Relay），新的在前。A page of erasures, newest first.",
  row: "一次删除或者冻结。The erasure.",
});
