/** Jobs of imports as GraphQL shows them. */
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../../declare";
import { connectionType, enumType } from "../../read";

export const ImportModeType = enumType("ImportMode", "导入方式。How an import treats refused rows.", {
  ROWS: "逐行：正确的行写入，其余列为拒绝。Row by row: good rows are written, the others listed",
  ALL_OR_NOTHING: "全部或者全不：有一行被拒绝就不写入。Nothing is written where a row is refused",
});

export const ImportSchemeType = enumType(
  "ImportScheme",
  "文件所用的区划代码体系。Scheme of a file's division codes.",
  {
    STATISTICS: "统计用区划代码，即工作版。The statistical codes in which the hub works",
    CIVIL_AFFAIRS:
      "民政部门的行政区划代码，按对照表转换。Codes of civil affairs, brought over by the crosswalk",
  },
);

export const ImportStateType = enumType("ImportState", "导入任务的状态。State of an import.", {
  RUNNING: "进行中。Rows are being read",
  STOPPED: "已停止，再次提交同一文件即继续。Stopped; the same file sent again goes on",
  DONE: "完成。Done",
  REFUSED: "全部或者全不：有行被拒绝，未写入。All or nothing: rows were refused and nothing was written",
  FAILED: "失败，见 reason。Failed; see reason",
});

@ObjectType({
  description: "被拒绝的行的一处问题；不含任何值。One thing wrong with a refused row; never a value.",
})
export class ImportProblem {
  @Field(() => String, { nullable: true, description: "要改正的字段。The field to correct." })
  field: string | null;

  @Field(() => [String], { description: "规则涉及的全部字段。All fields the rule is about." })
  fields: readonly string[];

  @Field(() => String, { description: "规则代码。Code of the rule." })
  rule: string;

  @Field(() => String, { description: "问题及改正办法。What is wrong and how to correct it." })
  problem: string;
}

@ObjectType({ description: "被拒绝的一行。A refused row." })
export class ImportRefusal {
  @Field(() => Int, { description: "文件中的行号。Line of the file." })
  line: number;

  @Field(() => [ImportProblem], { description: "全部问题。All that is wrong with it." })
  problems: readonly ImportProblem[];
}

export const ImportRefusalConnection = connectionType("ImportRefusal", () => ImportRefusal, {
  list: "被拒绝的行列表（Relay），按行号。A page of refused rows in the order of the file.",
  row: "被拒绝的行。The refused row.",
});

@ObjectType("ImportJob", {
  description: "导入任务：进度、差异与被拒绝的行。An import: progress, difference, refused rows.",
})
export class ImportJobType {
  @Field(() => ID, { description: "任务编号。Id of the job." })
  id: string;

  @Field(() => String, { description: "数据集。The dataset." })
  dataset: string;

  @Field(() => ImportStateType, { description: "状态。State." })
  state: string;

  @Field(() => ImportModeType, { description: "方式。How refused rows are treated." })
  mode: string;

  @Field(() => Boolean, { description: "试运行，不写入。A dry run: nothing is written." })
  dryRun: boolean;

  @Field(() => Float, { description: "进度，零到一。Part of the file that is dealt with, 0 to 1." })
  progress: number;

  @Field(() => Int, { description: "已读行数。Rows read." })
  read: number;

  @Field(() => Int, { description: "新增行数。Rows that are new." })
  added: number;

  @Field(() => Int, { description: "变更行数。Rows that change what stands." })
  changed: number;

  @Field(() => Int, { description: "未变行数。Rows that change nothing." })
  unchanged: number;

  @Field(() => Int, { description: "拒绝行数。Rows refused." })
  refused: number;

  @Field(() => Int, { description: "已处理到的行号。Line up to which rows are dealt with." })
  lastLine: number;

  @Field(() => String, { nullable: true, description: "停止或者失败的原因。Why it stopped or failed." })
  reason: string | null;

  @Field(() => String, { description: "发起人（部门与账号）。Who started it: department and account." })
  startedBy: string;

  @Field(() => DateTimeScalar, { description: "开始时间。Start." })
  startedAt: string;

  @Field(() => DateTimeScalar, { description: "最近进展时间。Latest progress." })
  updatedAt: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "结束时间。End." })
  endedAt: string | null;
}
