/** Report R5, by budget line: what was allocated, paid, spent and audited of each. */
// biome-ignore-all format: a field stays on two lines
import { code, count, DatasetRow, day, Figure, flag, measure, money, One, oneOf, Report, text } from "../../declare";
import { BudgetPurpose } from "../budget-line";
import { FiscalLevel } from "../enums/fiscal-level";
import { FundSource } from "../enums/fund-source";

@Report({
  name: "budgetExecution", plural: "budgetExecutions", from: "budgetLine", key: ["fiscalCode", "year"],
  zh: "预算项目执行：批准、拨付、支付、支出与审计", en: "Execution of budget lines: approved, allocated, paid, spent, audited",
  article: "第四十一条、第四十五条",
  report: {
    no: "R5",
    coverage: { zh: "只含登记的预算项目；拨付和收支未指明预算项目的，不计入", en: "Recorded budget lines alone; what names no line counts for none" },
    cannotSay: { zh: "逐项只有可见预算项目的部门能看；其他部门只能按维度汇总批准数；不说明支出是否合规", en: "Lines are seen by those who see budget lines; others sum what was approved by dimensions; not whether spending was right" },
  },
})
export class BudgetExecution extends DatasetRow {
  @Figure({ type: code(undefined, 40), zh: "预算项目编码", en: "Fiscal code of the line" })
  fiscalCode: string;

  @Figure({ type: count(2000, 2100), coded: true, zh: "预算年度", en: "Budget year" })
  year: number;

  @Figure({ type: text(200), zh: "项目名称", en: "Name of the line" })
  name: string;

  @Figure({ type: oneOf(FiscalLevel), zh: "财政级次", en: "Level of the budget", article: "第四十一条" })
  level: string;

  @Figure({ type: oneOf(BudgetPurpose), zh: "经费用途", en: "What the money is for", article: "第四十一条" })
  purpose: string;

  @Figure({ type: oneOf(FundSource), zh: "资金来源", en: "Source of the money", article: "第四十四条" })
  fundSource: string;

  @Figure({ type: flag(), zh: "是否专项资金", en: "A special fund", article: "第四十五条" })
  specialFund: boolean;

  @Figure({ type: money(), unit: "元", zh: "批准预算金额", en: "Amount approved", article: "第四十一条" })
  approvedAmount: string;

  @Figure({ type: money(), unit: "元", zh: "调整后预算金额；未调整为空", en: "Amount after adjustment; empty where none was made" })
  adjustedAmount: string;

  @Figure({ type: day(), zh: "计划拨付完成日期", en: "Day by which the money should be paid out", article: "第四十一条" })
  plannedBy: string;

  @Figure({ type: money(), unit: "元", computed: { is: "sum", link: "allocations", field: "amount", none: 0 },
    zh: "拨付，含计划拨付", en: "Allocated, planned ones too", article: "第四十一条" })
  allocated: string;

  @Figure({ type: money(), unit: "元", computed: { is: "sum", link: "allocations", field: "amount", where: { paidAt: { isNull: false } }, none: 0 },
    zh: "已支付", en: "Paid", article: "第四十一条" })
  paid: string;

  @Figure({ type: money(), unit: "元", computed: { is: "sum", link: "transactions", field: "amount", where: { direction: { eq: "EXPENSE" } }, none: 0 },
    zh: "支出", en: "Spent", article: "第四十五条" })
  spent: string;

  @Figure({ type: measure(), unit: "%", computed: { is: "ratio", of: "spent", to: "paid", per: 100 },
    zh: "执行率：支出 ÷ 已支付", en: "Spent of what was paid", article: "第四十一条" })
  executionRate: number;

  @Figure({ type: flag(), computed: { is: "test", of: "allocated", above: "approvedAmount" },
    zh: "拨付超过批准数", en: "More allocated than approved", article: "第四十一条；I-28" })
  aboveApproved: boolean;

  @Figure({ type: flag(), computed: { is: "test", of: "allocated", above: "adjustedAmount" },
    zh: "拨付超过调整数；未调整为空", en: "More allocated than after adjustment; empty where none was made", article: "第四十一条；I-28" })
  aboveAdjusted: boolean;

  @Figure({ type: count(), computed: { is: "count", link: "audits" },
    zh: "审计次数", en: "Audits", article: "第四十五条；I-31" })
  audits: number;

  @One({ to: "budgetLine", here: "id", there: "id", zh: "所述预算项目", en: "The budget line it is about" })
  budgetLine: unknown;

  @One({ to: "community", here: "territory", there: "code", zh: "所在社区", en: "The community it is for" })
  community: unknown;
}
