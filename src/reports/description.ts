/** A report described from its declaration: its question, its columns with their formulas, its inputs and stewards. */
import { GraphQLBoolean, GraphQLString } from "graphql";
import { Field, ObjectType } from "type-graphql";
import { type Catalogue, type DatasetEntry, DateScalar, type FieldEntry, isCounted } from "../declare";
import { formulaOf } from "./formula";
import type { Changed } from "./freshness";

@ObjectType("ReportColumn", { description: "报表的一列。A column of a report." })
export class ReportColumn {
  @Field(() => GraphQLString, { description: "字段名。name of the field" })
  name: string;

  @Field(() => GraphQLString, { description: "中文含义。what it is, in Chinese" })
  zh: string;

  @Field(() => GraphQLString, { description: "英文含义。what it is, in English" })
  en: string;

  @Field(() => GraphQLString, { nullable: true, description: "计量单位。unit" })
  unit?: string;

  @Field(() => GraphQLString, { description: "计算方法。formula" })
  formula: string;

  @Field(() => GraphQLString, { nullable: true, description: "依据。article" })
  article?: string;
}

@ObjectType("ReportInput", { description: "报表的数据来源。Where a report's figures come from." })
export class ReportInput {
  @Field(() => GraphQLString, { description: "数据集。dataset" })
  dataset: string;

  @Field(() => GraphQLString, { description: "数据集的中文名称。what it is, in Chinese" })
  zh: string;

  @Field(() => GraphQLString, { description: "数源部门类别。kind of its steward" })
  steward: string;

  @Field(() => GraphQLString, { nullable: true, description: "更新周期。how often it is updated" })
  update?: string;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      "最近变更日；平台没有该数据集的变更记录的为空。day of its latest change; empty where the hub has none on record",
  })
  changedOn?: string;
}

@ObjectType("ReportDescription", {
  description:
    "一份报表：回答什么、怎么算、数据从哪来、缺谁、不能说明什么。What a report answers, how, from what, who is missing, and what it cannot say.",
})
export class ReportDescription {
  @Field(() => GraphQLString, { description: "报表编号，即其查询字段的单数名。id of the report" })
  id: string;

  @Field(() => GraphQLString, { description: "序号，如 R2。number in the list of reports" })
  no: string;

  @Field(() => GraphQLString, {
    description: "列表查询字段：同样可筛选、排序、分页、导出。query field of the same rows",
  })
  query: string;

  @Field(() => GraphQLString, { description: "回答的问题。its question, in Chinese" })
  zh: string;

  @Field(() => GraphQLString, { description: "英文。its question, in English" })
  en: string;

  @Field(() => GraphQLString, { nullable: true, description: "依据。article" })
  article?: string;

  @Field(() => GraphQLString, {
    description: "范围与缺漏，先中文后英文。who and what is missing, Chinese first",
  })
  coverage: string;

  @Field(() => GraphQLString, { description: "不能说明的，先中文后英文。what it cannot say, Chinese first" })
  cannotSay: string;

  @Field(() => GraphQLBoolean, {
    description: "可以用 year 只算一年。takes year, for the figures of one year",
  })
  byYear: boolean;

  @Field(() => GraphQLBoolean, {
    description: "须用 from、until 指明期间。needs from and until, the period it is of",
  })
  byPeriod: boolean;

  @Field(() => [ReportColumn], { description: "各列。columns" })
  columns: ReportColumn[];

  @Field(() => [ReportInput], {
    description: "来源；查看权由来源的权限推出。inputs, whose rights give the right to the report",
  })
  inputs: ReportInput[];
}

export function describeReport(
  catalogue: Catalogue,
  report: DatasetEntry,
  changed: Changed = new Map(),
): ReportDescription {
  const { name, plural, zh, en, article, report: words } = report;
  const both = (text?: { zh: string; en: string }) => (text ? `${text.zh}。${text.en}.` : "");
  return {
    id: name,
    no: words?.no ?? "",
    query: plural,
    zh,
    en,
    article,
    coverage: both(words?.coverage),
    cannotSay: both(words?.cannotSay),
    byYear: report.byYear ?? false,
    byPeriod: false,
    columns: columnsOf(report).map((f) => columnOf(report, f)),
    inputs: inputsOf(catalogue, report).map(({ name: dataset, zh, steward, update }) => ({
      ...{ dataset, zh, steward, update },
      changedOn: changed.get(dataset),
    })),
  };
}

/** The report's own columns: its key, what it passes on, what it computes. */
export function columnsOf(report: DatasetEntry): FieldEntry[] {
  const until = report.fields.findIndex((f) => f.name === "territory");
  const own = report.fields.slice(0, until).filter((f) => f.name !== "id");
  const key = report.fields.filter((f) => report.key.includes(f.name) && !own.includes(f));
  return [...key, ...own];
}

/** Datasets that a report reads. */
export function inputsOf(catalogue: Catalogue, report: DatasetEntry): DatasetEntry[] {
  if (report.findings) {
    const subjects = report.findings.map(({ on }) => catalogue.dataset(on));
    return [...new Set(subjects.flatMap((d) => (d.from ? inputsOf(catalogue, d) : [d])))];
  }
  const rows = catalogue.dataset(report.from ?? "");
  const linked = report.fields.flatMap((f) => {
    const computed = f.computed;
    if (!isCounted(computed)) return [];
    return rows.links.filter((l) => l.name === computed.link).map((l) => catalogue.dataset(l.target));
  });
  return [...new Set([rows, ...linked])];
}

function columnOf(report: DatasetEntry, field: FieldEntry): ReportColumn {
  const { name, zh, en, unit, article } = field;
  return { name, zh, en, unit, article, formula: formulaOf(report, name, field.computed) };
}
