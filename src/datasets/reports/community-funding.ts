/** Report R5, money: from budget to allocation, spending and audit, per community and for a year or all of them. */
// biome-ignore-all format: a field stays on two lines
import { count, DatasetRow, division, Figure, measure, money, One, Report, text } from "../../declare";

@Report({
  name: "communityFunding", plural: "communityFundings", from: "community", key: ["code"], byYear: true,
  zh: "社区治理经费：预算、拨付、支出与审计", en: "Money of community governance: budget, allocation, spending, audit",
  article: "第四十一条、第四十三条至第四十五条",
  report: {
    no: "R5",
    coverage: { zh: "只含登记到本社区的预算、拨付、收支和审计；登记在街道、县区的经费不分摊", en: "Only what is recorded at the community itself; money recorded at a street or district is not divided" },
    cannotSay: { zh: "预算为批准数，未计调整；拨付含尚未支付的计划拨付；不说明支出是否合规；负担一半（委托事项）尚无数据集", en: "Budgets are as approved, without adjustment; allocations include planned ones not yet paid; not whether spending was right; the half on entrusted matters has no dataset yet" },
  },
})
export class CommunityFunding extends DatasetRow {
  @Figure({ type: division(), zh: "社区代码", en: "Code of the community" })
  code: string;

  @Figure({ type: text(), zh: "社区名称", en: "Name of the community" })
  name: string;

  @Figure({ type: count(), unit: "户", zh: "户数", en: "Households" })
  households: number;

  @Figure({ type: money(), unit: "元", computed: { is: "sum", link: "budgetLines", field: "approvedAmount", none: 0 },
    zh: "批准预算", en: "Approved in budgets", article: "第四十一条" })
  approved: string;

  @Figure({ type: money(), unit: "元", computed: { is: "sum", link: "allocations", field: "amount", none: 0 },
    zh: "拨付", en: "Allocated", article: "第四十一条" })
  allocated: string;

  @Figure({ type: measure(), unit: "%", computed: { is: "ratio", of: "allocated", to: "approved", per: 100 },
    zh: "拨付率：拨付 ÷ 批准预算", en: "Allocated of what was approved", article: "第四十一条" })
  allocationRate: number;

  @Figure({ type: money(), unit: "元", computed: { is: "sum", link: "fundTransactions", field: "amount", where: { direction: { eq: "EXPENSE" } }, none: 0 },
    zh: "支出", en: "Spent", article: "第四十五条" })
  spent: string;

  @Figure({ type: measure(), unit: "%", computed: { is: "ratio", of: "spent", to: "allocated", per: 100 },
    zh: "执行率：支出 ÷ 拨付", en: "Spent of what was allocated", article: "第四十一条" })
  executionRate: number;

  @Figure({ type: measure(), unit: "元/户", computed: { is: "ratio", of: "spent", to: "households", per: 1 },
    zh: "户均支出", en: "Spent a household" })
  spentPerHousehold: number;

  @Figure({ type: money(), unit: "元", computed: { is: "sum", link: "budgetLines", field: "approvedAmount", where: { specialFund: { eq: true } }, none: 0 },
    zh: "其中专项资金批准预算", en: "Of the budget, special funds", article: "第四十五条" })
  specialFunds: string;

  @Figure({ type: count(), computed: { is: "count", link: "fundAudits" },
    zh: "审计次数", en: "Audits", article: "第四十五条；I-31" })
  audits: number;

  @Figure({ type: money(), unit: "元", computed: { is: "sum", link: "fundAudits", field: "amountAudited", none: 0 },
    zh: "审计金额", en: "Amount audited", article: "第四十五条" })
  audited: string;

  @Figure({ type: money(), unit: "元", computed: { is: "sum", link: "fundAudits", field: "amountInQuestion", none: 0 },
    zh: "问题金额", en: "Amount in question", article: "第四十五条" })
  inQuestion: string;

  @Figure({ type: count(), computed: { is: "sum", link: "fundAudits", field: "findings", none: 0 },
    zh: "发现问题", en: "Findings", article: "第四十五条" })
  findings: number;

  @Figure({ type: count(), computed: { is: "sum", link: "fundAudits", field: "findingsRectified", none: 0 },
    zh: "已整改", en: "Findings put right", article: "第四十五条" })
  rectified: number;

  @Figure({ type: count(), computed: { is: "total", of: { findings: 1, rectified: -1 }, least: 0 },
    zh: "未整改", en: "Findings still open", article: "第四十五条；I-31" })
  openFindings: number;

  @One({ to: "community", here: "territory", there: "code", zh: "所述社区", en: "The community it is about" })
  community: unknown;
}
