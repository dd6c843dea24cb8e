/** Fund transactions: each income and expense of community governance, from the budget line to the voucher. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, count, Dataset, day, defineEnum, Field, flag, idOf, money, One, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { FundSource } from "./enums/fund-source";
import { PayeeKind } from "./enums/payee-kind";
import { inOrder, validity } from "./row-rules";

export const FundDirection = defineEnum(
  "FundDirection",
  { zh: "收支方向", en: "Income or expense", article: "第二十六条" },
  { INCOME: "收入", EXPENSE: "支出" },
);

export const FundCategory = defineEnum(
  "FundCategory",
  { zh: "收支类别", en: "What a transaction is for", article: "第二十六条" },
  {
    APPROPRIATION: "财政拨款收入",
    DONATION_INCOME: "捐赠收入",
    OTHER_INCOME: "其他收入",
    PAY: "人员薪酬",
    TRAINING: "培训",
    OFFICE: "办公",
    UTILITIES: "水电气暖",
    FACILITY_BUILD: "设施建设",
    FACILITY_UPKEEP: "设施维护",
    SERVICE_PURCHASE: "购买服务",
    ACTIVITY: "居民活动",
    RELIEF: "困难帮扶",
    VOLUNTEER_SUPPORT: "志愿服务保障",
    OTHER_EXPENSE: "其他支出",
  },
);

export const PaymentMethod = defineEnum(
  "PaymentMethod",
  { zh: "支付方式", en: "Way of payment" },
  { TREASURY: "国库集中支付", TRANSFER: "银行转账", OFFICIAL_CARD: "公务卡", CASH: "现金" },
);

@Dataset({
  name: "fundTransaction", plural: "fundTransactions", steward: "finance", key: ["transactionNo"],
  zh: "资金收支明细", en: "Income and expense, one by one; totals are open to every department",
  article: "第二十六条、第四十四条、第四十五条", update: "每日",
  lawfulBasis: "个人信息保护法 第十三条第三项：履行法定职责（B-34）",
  // The figures are about public money, not about the few payees who are persons: their names are closed
  // below, no figure can be cut by them, and totals that every village discloses anyway need no noise.
  protected: false,
  rules: [
    validity,
    inOrder("occurredAt", "disclosedAt", { zh: "公开日期不早于发生日期", en: "Disclosed after it happened", article: "第二十六条" }),
  ],
})
export class FundTransaction extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "CONDITIONAL",
    zh: "流水号", en: "Number of the transaction" })
  transactionNo: string;

  @Field({ type: idOf("allocation"), sharing: "CONDITIONAL",
    zh: "所属拨付", en: "Allocation it was paid from", article: "第四十一条" })
  allocationId: string;

  @Field({ type: idOf("budgetLine"), sharing: "CONDITIONAL",
    zh: "所属预算项目", en: "Budget line it belongs to", article: "第四十一条" })
  budgetLineId: string;

  @Field({ type: idOf("purchaseContract"), sharing: "CONDITIONAL",
    zh: "所属购买服务合同", en: "Contract it was paid under", article: "第四十二条" })
  contractId: string;

  @Field({ type: idOf("donation"), sharing: "CONDITIONAL",
    zh: "所属捐赠", en: "Donation it comes from", article: "第四十四条" })
  donationId: string;

  @Field({ type: count(2000, 2100), coded: true, required: true, sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "预算年度", en: "Budget year" })
  year: number;

  @Field({ type: oneOf(FundDirection), required: true, sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "收支方向", en: "Income or expense", article: "第二十六条" })
  direction: string;

  @Field({ type: oneOf(FundSource), required: true, sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "资金来源", en: "Source of the money", article: "第四十四条" })
  fundSource: string;

  @Field({ type: oneOf(FundCategory), required: true, sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "收支类别", en: "What it is for", article: "第二十六条" })
  category: string;

  @Field({ type: day(), required: true, sharing: "CONDITIONAL", zh: "发生日期", en: "Day on which it happened" })
  occurredAt: string;

  @Field({ type: money(0.01), required: true, sharing: "CONDITIONAL", aggregateOpen: true, unit: "元",
    zh: "金额", en: "Amount", article: "第四十五条" })
  amount: string;

  @Field({ type: oneOf(PaymentMethod), sharing: "CONDITIONAL", zh: "支付方式", en: "Way of payment" })
  paymentMethod: string;

  @Field({ type: text(300), sharing: "CONDITIONAL",
    zh: "摘要（不写个人信息）", en: "In short what for, without personal data" })
  summary: string;

  @Field({ type: oneOf(PayeeKind), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "对方类别", en: "Kind of payee or payer" })
  payeeKind: string;

  @Field({ type: text(100), sharing: "CONDITIONAL", personal: "PERSONAL", mask: "NAME",
    zh: "对方名称；为个人的不予共享", en: "Payee or payer; a natural person's name is not shared",
    stricter: { code: "PAYEE_IS_PERSON", when: { field: "payeeKind", is: "PERSON" }, sharing: "NOT_SHARED",
      zh: "对方为个人", en: "The payee is a natural person" } })
  payeeName: string;

  @Field({ type: code("creditCode", 18), sharing: "CONDITIONAL",
    zh: "对方统一社会信用代码", en: "Credit code of the payee or payer", article: "GB 32100-2015" })
  payeeCreditCode: string;

  @Field({ type: code(undefined, 40), sharing: "CONDITIONAL", zh: "记账凭证号", en: "Number of the voucher" })
  voucherNo: string;

  @Field({ type: flag(), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "是否已向居（村）民公开", en: "Disclosed to the residents", article: "第二十六条" })
  disclosed: boolean;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "公开日期", en: "Day of disclosure", article: "第二十六条" })
  disclosedAt: string;

  @One({ to: "allocation", here: "allocationId", zh: "所属拨付", en: "The allocation", article: "第四十一条" })
  allocation: unknown;

  @One({ to: "budgetLine", here: "budgetLineId", zh: "所属预算项目", en: "The budget line", article: "第四十一条" })
  budgetLine: unknown;

  @One({ to: "purchaseContract", here: "contractId", zh: "所属合同", en: "The contract", article: "第四十二条" })
  contract: unknown;

  @One({ to: "donation", here: "donationId", zh: "所属捐赠", en: "The donation", article: "第四十四条" })
  donation: unknown;

  @One({ to: "socialOrganization", here: "payeeCreditCode", there: "creditCode",
    zh: "作为对方的社会组织", en: "The social organization that was paid or paid" })
  payeeOrganization: unknown;
}
