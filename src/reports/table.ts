/** A report as a table of text, for programs that know no columns beforehand. */
import { GraphQLBoolean, GraphQLInt, GraphQLString, parse } from "graphql";
import { Field, ObjectType } from "type-graphql";
import type { DatasetEntry, FieldEntry } from "../declare";
import type { ReportContext } from "./context";
import { columnsOf, describeReport, ReportDescription } from "./description";

@ObjectType("ReportTable", { description: "报表的一页。One page of a report." })
export class ReportTable {
  @Field(() => ReportDescription, { description: "报表说明。what the report is" })
  report: ReportDescription;

  @Field(() => [[GraphQLString]], {
    nullable: "items",
    description:
      "各行，按列的顺序；未授权或不公布的为空。rows in the order of the columns; null where withheld or suppressed",
  })
  rows: (string | null)[][];

  @Field(() => GraphQLInt, { description: "可见的总行数。visible rows in all" })
  totalCount: number;

  @Field(() => GraphQLBoolean, { description: "后面还有。more rows follow" })
  hasNextPage: boolean;

  @Field(() => GraphQLString, { nullable: true, description: "本页末尾的游标。cursor of the last row" })
  endCursor: string | null;
}

export interface TableAsked {
  readonly territory: string | null;
  readonly first: number | null;
  readonly after: string | null;
  readonly asOf: string | null;
  readonly year: number | null;
}

type Row = Readonly<Record<string, unknown>>;

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export async function tableOf(
  context: ReportContext,
  report: DatasetEntry,
  { territory, ...args }: TableAsked,
): Promise<ReportTable> {
  const columns = columnsOf(report);
  const variables = { where: territory ? { territory: { within: territory } } : {}, ...args };
  const answer = (await context.ask({ document: pageOf(report, columns), variables })) as Record<
    string,
    Page
  >;
  const page = answer[report.plural] as Page;
  return {
    report: describeReport(context.catalogue, report),
    rows: page.nodes.map((node) => columns.map((c) => textOf(node[c.name]))),
    totalCount: page.totalCount,
    ...page.pageInfo,
  };
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.join("、") : String(value);
}

/** The list query behind a page, in the order of the key, so that pages follow one another. */
function pageOf(report: DatasetEntry, columns: readonly FieldEntry[]) {
  const order = report.key
    .map((key) => `{ field: ${key.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()} }`)
    .join(", ");
  const [declared, given] = report.byYear ? [", $year: Int", ", year: $year"] : ["", ""];
  return parse(`query ($where: ${report.type}Where, $first: Int, $after: String, $asOf: DateTime${declared}) {
    ${report.plural}(where: $where, first: $first, after: $after, asOf: $asOf${given}, orderBy: [${order}]) {
      totalCount nodes { ${columns.map((c) => c.name).join(" ")} } pageInfo { hasNextPage endCursor } } }`);
}
