/** Allocations: what was paid out from a budget line, when it was planned and when it was paid. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, count, Dataset, day, defineEnum, Field, idOf, Many, money, One, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { FundSource } from "./enums/fund-source";
import { PayeeKind } from "./enums/payee-kind";
import { validity } from "./row-rules";

export const AllocationKind = defineEnum(
  "AllocationKind",
  { zh: "拨付方式", en: "Kind of allocation", article: "第四十一条至第四十三条" },
  {
    REGULAR: "预算拨付",
    DIRECT: "直接拨付居（村）民委员会",
    ENTRUSTED: "委托事项经费拨付",
    PURCHASE: "政府购买服务拨付",
    SPECIAL: "专项资金拨付",
  },
);

@Dataset({
  name: "allocation", plural: "allocations", steward: "finance", key: ["allocationNo"],
  zh: "经费拨付", en: "Allocations from budget lines; totals are open to every department",
  article: "第四十一条、第四十三条", update: "每日",
  rules: [validity],
})
export class Allocation extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "CONDITIONAL",
    zh: "拨付编号", en: "Number of the allocation" })
  allocationNo: string;

  @Field({ type: idOf("budgetLine"), required: true, sharing: "CONDITIONAL",
    zh: "所属预算项目", en: "Budget line it comes from", article: "第四十一条" })
  budgetLineId: string;

  @Field({ type: count(2000, 2100), coded: true, required: true, sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "预算年度", en: "Budget year" })
  year: number;

  @Field({ type: oneOf(AllocationKind), required: true, sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "拨付方式", en: "Kind of allocation", article: "第四十三条" })
  kind: string;

  @Field({ type: oneOf(FundSource), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "资金来源", en: "Source of the money", article: "第四十四条" })
  fundSource: string;

  @Field({ type: money(0.01), required: true, sharing: "CONDITIONAL", aggregateOpen: true, unit: "元",
    zh: "拨付金额", en: "Amount allocated", article: "第四十一条" })
  amount: string;

  @Field({ type: day(), sharing: "CONDITIONAL",
    zh: "计划拨付日期", en: "Day on which it should be paid", article: "第四十一条" })
  plannedAt: string;

  @Field({ type: day(), sharing: "CONDITIONAL",
    zh: "实际拨付日期；为空表示尚未拨付", en: "Day on which it was paid; empty while it is not", article: "第四十一条" })
  paidAt: string;

  @Field({ type: oneOf(PayeeKind), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "收款方类别", en: "Kind of payee", article: "第四十三条" })
  payeeKind: string;

  @Field({ type: code("creditCode", 18), sharing: "CONDITIONAL",
    zh: "收款方统一社会信用代码", en: "Credit code of the payee", article: "第四十三条；GB 32100-2015" })
  payeeCreditCode: string;

  @Field({ type: text(300), sharing: "CONDITIONAL", zh: "用途说明", en: "What it is for" })
  purpose: string;

  @Field({ type: code(undefined, 80), sharing: "CONDITIONAL",
    zh: "拨付文号", en: "Number of the allocating document" })
  documentNo: string;

  @One({ to: "budgetLine", here: "budgetLineId", zh: "所属预算项目", en: "The budget line", article: "第四十一条" })
  budgetLine: unknown;

  @One({ to: "committee", here: "payeeCreditCode", there: "creditCode",
    zh: "收款的居（村）民委员会（特别法人）", en: "The committee that was paid, as a legal person of its own", article: "第四十三条" })
  payeeCommittee: unknown;

  @One({ to: "socialOrganization", here: "payeeCreditCode", there: "creditCode",
    zh: "收款的社会组织", en: "The social organization that was paid", article: "第四十二条" })
  payeeOrganization: unknown;

  @Many({ to: "fundTransaction", there: "allocationId",
    zh: "资金收支", en: "What the allocation was spent on", article: "第四十五条" })
  transactions: unknown[];
}
