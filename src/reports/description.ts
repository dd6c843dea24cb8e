/** A report described from its declaration: its question, its columns with their formulas, its inputs and stewards. */
import { GraphQLString } from "graphql";
import { Field, ObjectType } from "type-graphql";
import {
  type Bound,
  type Catalogue,
  type Computed,
  type DatasetEntry,
  type FieldEntry,
  isCounted,
  isToday,
} from "../declare";

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

  @Field(() => GraphQLString, { description: "数源部门类别。kind of its steward" })
  steward: string;
}

@ObjectType("ReportDescription", {
  description: "一份报表：回答什么、怎么算、数据从哪来。What a report answers, how, and from what.",
})
export class ReportDescription {
  @Field(() => GraphQLString, { description: "报表编号，即其查询字段的单数名。id of the report" })
  id: string;

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

  @Field(() => [ReportColumn], { description: "各列。columns" })
  columns: ReportColumn[];

  @Field(() => [ReportInput], {
    description: "来源；查看权由来源的权限推出。inputs, whose rights give the right to the report",
  })
  inputs: ReportInput[];
}

export function describeReport(catalogue: Catalogue, report: DatasetEntry): ReportDescription {
  const { name, plural, zh, en, article } = report;
  const inputs = inputsOf(catalogue, report).map((d) => ({ dataset: d.name, steward: d.steward }));
  return {
    id: name,
    query: plural,
    zh,
    en,
    article,
    columns: columnsOf(report).map((f) => columnOf(report, f)),
    inputs,
  };
}

/** The report's own columns: its key, what it passes on, what it computes. */
export function columnsOf(report: DatasetEntry): FieldEntry[] {
  const until = report.fields.findIndex((f) => f.name === "territory");
  const own = report.fields.slice(0, until).filter((f) => f.name !== "id");
  const key = report.fields.filter((f) => report.key.includes(f.name) && !own.includes(f));
  return [...key, ...own];
}

function inputsOf(catalogue: Catalogue, report: DatasetEntry): DatasetEntry[] {
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

function formulaOf(report: DatasetEntry, name: string, computed: Computed | undefined): string {
  if (!computed || computed.is === "own") return `${report.from}.${name}`;
  switch (computed.is) {
    case "ratio":
      return `${computed.of} ÷ ${computed.to}${computed.per === 1 ? "" : ` × ${computed.per}`}`;
    case "total":
      return totalOf(computed);
    case "test":
      return testOf(computed);
  }
  const where = computed.where ? ` where ${JSON.stringify(computed.where)}` : "";
  const times = computed.is === "sum" && computed.times ? ` × ${computed.times}` : "";
  const none = computed.is === "sum" && computed.none === 0 ? "，无记录计 0 or 0 without rows" : "";
  return computed.is === "count"
    ? `count(${computed.link}${where})`
    : `${computed.is}(${computed.link}.${computed.field}${times}${where})${none}`;
}

function totalOf({ of, least }: Computed & { is: "total" }): string {
  const parts = Object.entries(of).map(([name, times], i) => {
    const sign = times < 0 ? "− " : i > 0 ? "+ " : "";
    return `${sign}${Math.abs(times) === 1 ? "" : `${Math.abs(times)} × `}${name}`;
  });
  return least === undefined ? parts.join(" ") : `max(${least}, ${parts.join(" ")})`;
}

function testOf({ of, below, above }: Computed & { is: "test" }): string {
  const limit = (bound: Bound) =>
    isToday(bound) ? `今天 today${bound.today === 0 ? "" : ` ${bound.today} d`}` : String(bound);
  const tests = [
    ...(below === undefined ? [] : [`${of} < ${limit(below)}`]),
    ...(above === undefined ? [] : [`${of} > ${limit(above)}`]),
  ];
  return tests.join(" or ");
}
