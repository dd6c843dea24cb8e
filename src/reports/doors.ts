/** `reports` and `report`: what reports there are, and one of them as a table, by the same planner as any list. */
import { GraphQLInt, GraphQLString } from "graphql";
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../declare";
import { HubError } from "../errors";
import type { ReportContext } from "./context";
import { describeReport, inputsOf, ReportDescription } from "./description";
import { describePerformance, performanceTable, SHARING_PERFORMANCE } from "./sharing-performance";
import { ReportTable, tableOf } from "./table";

@Resolver()
export class ReportResolver {
  @Query(() => [ReportDescription], { description: "全部跨部门报表。All cross-department reports." })
  async reports(@Ctx() { catalogue, lastChanges, sharing }: ReportContext): Promise<ReportDescription[]> {
    const { reports } = catalogue;
    const inputs = [...new Set(reports.flatMap((report) => inputsOf(catalogue, report).map((d) => d.name)))];
    const changed = await lastChanges?.(inputs);
    const described = reports.map((report) => describeReport(catalogue, report, changed));
    return sharing ? [...described, describePerformance()] : described;
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
    @Arg("year", () => GraphQLInt, {
      nullable: true,
      description:
        "只算该年度，见 byYear；不填为历年合计。figures of this year, see byYear; of all years if left out",
    })
    year: number | null,
    @Arg("asOf", () => DateTimeScalar, {
      nullable: true,
      description: "按该时刻有效的版本和区划。as rows and divisions were at this instant",
    })
    asOf: string | null,
    @Arg("from", () => DateScalar, {
      nullable: true,
      description: "期间起始日，见 byPeriod。first day, see byPeriod",
    })
    from: string | null,
    @Arg("until", () => DateScalar, {
      nullable: true,
      description: "期间截止日，不含。first day after the period",
    })
    until: string | null,
  ): Promise<ReportTable> {
    if (id === SHARING_PERFORMANCE && context.sharing) {
      if (isGiven(asOf) || isGiven(year)) throw notTaken(id, isGiven(asOf) ? "asOf" : "year");
      if (!from || !until)
        throw badInput(
          `${id} 须用 from、until 指明期间。${id} needs from and until`,
          from ? "until" : "from",
        );
      const asked = { from, until, territory, first: pageSize(first), after: placeOf(after) };
      return performanceTable(context.sharing.supervision, context.identity, asked);
    }
    const report = context.catalogue.reports.find((r) => r.name === id);
    if (!report) throw badInput(`没有报表 ${id}，见 reports。There is no such report: see reports`, "id");
    if (from || until) throw notTaken(id, from ? "from" : "until");
    if (isGiven(year) && !report.byYear) throw notTaken(id, "year");
    return tableOf(context, report, { territory, first, after, asOf, year });
  }
}

const [USUAL, MOST] = [20, 1000];

function isGiven<T>(argument: T): argument is NonNullable<T> {
  return argument !== null && argument !== undefined;
}

function pageSize(first: number | null): number {
  if (isGiven(first) && (first < 0 || first > MOST))
    throw badInput(`每页 0 至 ${MOST} 条。A page holds 0 to ${MOST} rows`, "first");
  return first ?? USUAL;
}

function placeOf(after: string | null): string | null {
  if (isGiven(after) && !/^\d{1,9}$/.test(after)) throw badInput("这不是游标。This is no cursor", "after");
  return after;
}

function notTaken(id: string, argument: string): HubError {
  return badInput(
    `报表 ${id} 没有参数 ${argument}，见 reports。The report ${id} takes no ${argument}: see reports`,
    argument,
  );
}

function badInput(message: string, argument: string): HubError {
  return new HubError("BAD_USER_INPUT", message, { argument });
}
