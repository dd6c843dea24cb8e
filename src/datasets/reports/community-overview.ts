/** Report: what each community has, side by side. Its inputs stay with their stewards; nobody copies them. */
// biome-ignore-all format: a field stays on two lines
import { count, DatasetRow, division, Figure, measure, money, One, Report, text } from "../../declare";

@Report({
  name: "communityOverview", plural: "communityOverviews", from: "community", key: ["code"],
  zh: "社区综合概览：每百户设施面积、社区工作者、志愿者与经费执行", article: "第十六条、第三十八条、第四十一条、第四十六条",
  en: "Per community: facility area per 100 households, workers, volunteers and budget execution",
  report: {
    no: "R0",
    coverage: { zh: "没有登记设施、人员或者经费的社区，相应列为空或者为 0", en: "A community without recorded facilities, workers or money has nothing or 0 there" },
    cannotSay: { zh: "设施按所在地全额计入，不分摊；工作者含已离岗的；经费为历年合计", en: "Facilities count in full where they stand; workers who left are included; money is of all years" },
  },
})
export class CommunityOverview extends DatasetRow {
  @Figure({ type: division(), zh: "社区代码", en: "Code of the community" })
  code: string;

  @Figure({ type: text(), zh: "社区名称", en: "Name of the community" })
  name: string;

  @Figure({ type: count(), zh: "户数（合成）", en: "Households of the community, as the community row has them", article: "第十二条" })
  households: number;

  @Figure({ type: measure(), unit: "m²", computed: { is: "sum", link: "facilities", field: "buildingArea" },
    zh: "位于本社区的综合服务设施建筑面积合计（不分摊）", en: "Floor area of the service facilities that lie in it, shared ones in full", article: "第十六条" })
  facilityArea: number;

  @Figure({ type: measure(), unit: "m²/100 households", computed: { is: "ratio", of: "facilityArea", to: "households", per: 100 },
    zh: "每百户设施面积", en: "Floor area per 100 households", article: "第十七条" })
  facilityAreaPer100Households: number;

  @Figure({ type: count(), computed: { is: "count", link: "communityWorkers" },
    zh: "社区工作者人数", en: "Community workers", article: "第四十六条" })
  workers: number;

  @Figure({ type: count(), computed: { is: "count", link: "volunteers" },
    zh: "志愿者人数", en: "Volunteers", article: "第三十八条" })
  volunteers: number;

  @Figure({ type: money(), unit: "CNY", computed: { is: "sum", link: "allocations", field: "amount" },
    zh: "拨付到本社区的经费合计", en: "Money allocated to the community", article: "第四十一条" })
  allocated: string;

  @Figure({ type: money(), unit: "CNY", computed: { is: "sum", link: "fundTransactions", field: "amount", where: { direction: { eq: "EXPENSE" } } },
    zh: "经费支出合计", en: "Spent", article: "第四十五条" })
  spent: string;

  @Figure({ type: measure(), computed: { is: "ratio", of: "spent", to: "allocated", per: 1 },
    zh: "经费执行率：支出 ÷ 拨付", en: "Execution rate: spent ÷ allocated", article: "第四十一条" })
  executionRate: number;

  @One({ to: "community", here: "territory", there: "code", zh: "所述社区", en: "The community it is about" })
  community: unknown;
}
