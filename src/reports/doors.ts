/** `reports` and `report`: what reports there are, and one of them as a table, by the same planner as any list. */
import { GraphQLBoolean, GraphQLInt, GraphQLString, parse } from "graphql";
import { Arg, Ctx, Field, ObjectType, Query, Resolver } from "type-graphql";
import type { DatasetEntry, FieldEntry } from "../declare";
import { HubError } from "../errors";
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

type Row = Readonly<Record<string, string | number | boolean | null>>;

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

@Resolver()
export class ReportResolver {
  @Query(() => [ReportDescription], { description: "全部跨部门报表。All cross-department reports." })
  reports(@Ctx() context: ReportContext): ReportDescription[] {
    return context.catalogue.reports.map((report) => describeReport(context.catalogue, report));
  }

  @Query(() => ReportTable, {
    description:
      "一份报表的一页；筛选、排序、导出请用其列表查询。One page of a report; its list query filters, orders and exports.",
  })
  async report(
    @Ctx() context: ReportContext,
    @Arg("id", () => GraphQLString, { description: "报表编号。id of the report" }) id: string,
    @Arg("territory", () => GraphQLString, {
      nullable: true,
      description: "只看该区划及其下级。only this division and below",
    })
    territory: string | null,
    @Arg("first", () => GraphQLInt, {
      nullable: true,
      description: "每页行数，默认 20，最多 1000。rows, 20 if left out",
    })
    first: number | null,
    @Arg("after", () => GraphQLString, { nullable: true, description: "在此游标之后。after this cursor" })
    after: string | null,
  ): Promise<ReportTable> {
    const report = context.catalogue.reports.find((r) => r.name === id);
    if (!report)
      throw new HubError(
        "BAD_USER_INPUT",
        `没有报表 ${id}，见 reports。There is no such report: see reports`,
      );
    const columns = columnsOf(report);
    const variables = { where: territory ? { territory: { within: territory } } : {}, first, after };
    const answer = (await context.ask({ document: pageOf(report, columns), variables })) as Record<
      string,
      Page
    >;
    const page = answer[report.plural] as Page;
    return {
      report: describeReport(context.catalogue, report),
      rows: page.nodes.map((node) =>
        columns.map((c) => (node[c.name] === null ? null : String(node[c.name]))),
      ),
      totalCount: page.totalCount,
      ...page.pageInfo,
    };
  }
}

/** The list query behind a page, in the order of the key, so that pages follow one another. */
function pageOf(report: DatasetEntry, columns: readonly FieldEntry[]) {
  const order = report.key
    .map((key) => `{ field: ${key.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()} }`)
    .join(", ");
  return parse(`query ($where: ${report.type}Where, $first: Int, $after: String) {
    ${report.plural}(where: $where, first: $first, after: $after, orderBy: [${order}]) {
      totalCount nodes { ${columns.map((c) => c.name).join(" ")} } pageInfo { hasNextPage endCursor } } }`);
}
