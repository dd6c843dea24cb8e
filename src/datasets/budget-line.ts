/** Budget lines: what each budget grants to community governance; their totals are open to every department. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, count, Dataset, day, defineEnum, Field, flag, Many, money, One, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { FiscalLevel } from "./enums/fiscal-level";
import { FundSource } from "./enums/fund-source";
import { validity } from "./row-rules";

export const BudgetPurpose = defineEnum(
  "BudgetPurpose",
  { zh: "经费用途", en: "What a budget line is for", article: "第四十一条" },
  {
    OPERATION: "日常工作经费",
    FACILITY: "综合服务设施建设和维护",
    SERVICE_PURCHASE: "政府购买服务",
    DIRECT_APPROPRIATION: "直接拨付居（村）民委员会",
    ENTRUSTED_MATTER: "委托事项经费",
    WORKER_PAY: "社区工作者薪酬",
    TRAINING: "培训培养",
    SPECIAL_FUND: "惠民专项资金",
    OTHER: "其他",
  },
);

@Dataset({
  name: "budgetLine", plural: "budgetLines", steward: "finance", key: ["fiscalCode", "year"],
  zh: "城乡社区治理经费预算", en: "Budget lines for community governance; totals are open to every department",
  article: "第四十一条", update: "每年",
  rules: [validity],
})
export class BudgetLine extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "CONDITIONAL",
    zh: "预算项目编码", en: "Fiscal code of the line" })
  fiscalCode: string;

  @Field({ type: count(2000, 2100), coded: true, required: true, sharing: "CONDITIONAL",
    zh: "预算年度", en: "Budget year" })
  year: number;

  @Field({ type: text(200), required: true, sharing: "CONDITIONAL", zh: "项目名称", en: "Name of the line" })
  name: string;

  @Field({ type: oneOf(FiscalLevel), required: true, sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "财政级次", en: "Level of the budget", article: "第四十一条" })
  level: string;

  @Field({ type: oneOf(BudgetPurpose), required: true, sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "经费用途", en: "What the money is for", article: "第四十一条" })
  purpose: string;

  @Field({ type: oneOf(FundSource), required: true, sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "资金来源", en: "Source of the money", article: "第四十四条" })
  fundSource: string;

  @Field({ type: flag(), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "是否专项资金（须依法审计）", en: "A special fund, which must be audited", article: "第四十五条" })
  specialFund: boolean;

  @Field({ type: money(), required: true, sharing: "CONDITIONAL", aggregateOpen: true, unit: "元",
    zh: "批准预算金额", en: "Amount approved", article: "第四十一条" })
  approvedAmount: string;

  @Field({ type: money(), sharing: "CONDITIONAL", aggregateOpen: true, unit: "元",
    zh: "调整后预算金额；未调整为空", en: "Amount after adjustment; empty where none was made" })
  adjustedAmount: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "批复日期", en: "Day of approval" })
  approvedAt: string;

  @Field({ type: code(undefined, 80), sharing: "CONDITIONAL",
    zh: "批复文号", en: "Number of the approving document" })
  documentNo: string;

  @Field({ type: code("departmentCode", 64), sharing: "CONDITIONAL",
    zh: "预算单位", en: "Department that holds the line" })
  departmentCode: string;

  @Field({ type: day(), sharing: "CONDITIONAL",
    zh: "计划拨付完成日期", en: "Day by which the money should be paid out", article: "第四十一条" })
  plannedBy: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "公开日期", en: "Day of publication" })
  disclosedAt: string;

  @One({ to: "department", here: "departmentCode", there: "code",
    zh: "预算单位", en: "The department that holds the line" })
  department: unknown;

  @Many({ to: "allocation", there: "budgetLineId",
    zh: "拨付记录", en: "Allocations from this line", article: "第四十一条" })
  allocations: unknown[];

  @Many({ to: "fundTransaction", there: "budgetLineId",
    zh: "资金收支", en: "Transactions on this line", article: "第四十五条" })
  transactions: unknown[];

  @Many({ to: "purchaseContract", there: "budgetLineId",
    zh: "购买服务合同", en: "Contracts paid from this line", article: "第四十二条" })
  contracts: unknown[];

  @Many({ to: "fundAudit", there: "budgetLineId", zh: "审计", en: "Audits of this line", article: "第四十五条" })
  audits: unknown[];
}
