/** Purchase contracts: services that a government buys, each citing a directory item and a budget line. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, count, Dataset, day, defineEnum, Field, idOf, Many, measure, money, One, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { SupplyMode } from "./enums/supply-mode";
import { inOrder, validity } from "./row-rules";

export const CommunityServiceKind = defineEnum(
  "CommunityServiceKind",
  { zh: "社区服务内容", en: "Kinds of community service that Art. 36 lists", article: "第三十六条" },
  {
    ELDERLY_CARE: "养老", NURSING: "护理", HOUSEKEEPING: "家政", LEISURE: "休闲", FITNESS: "健身", CULTURE: "文化",
    TRAINING: "培训", RECYCLING: "再生资源回收", OTHER: "其他",
  },
);

export const PublicServiceKind = defineEnum(
  "PublicServiceKind",
  { zh: "基本公共服务", en: "The nine public services that Art. 35 lists", article: "第三十五条" },
  {
    EMPLOYMENT: "就业服务", SOCIAL_SECURITY: "社会保障服务", SOCIAL_ASSISTANCE: "救助服务",
    PUBLIC_HEALTH: "公共卫生和计划生育服务", CULTURE_EDUCATION_SPORT: "文化教育体育服务", LEGAL_AID: "公益法律服务",
    FLOATING_POPULATION: "流动人口管理服务", PUBLIC_ORDER: "治安服务", ENVIRONMENT: "环境绿化美化服务",
  },
);

export const ContractState = defineEnum(
  "ContractState",
  { zh: "合同状态", en: "State of a contract" },
  { SIGNED: "已签订", RUNNING: "履行中", ACCEPTED: "已验收", TERMINATED: "已终止" },
);

@Dataset({
  name: "purchaseContract", plural: "purchaseContracts", steward: "finance", key: ["contractNo"],
  zh: "政府购买服务合同", en: "Contracts for services that a government buys; totals are open to every department",
  article: "第四十二条", update: "每月",
  rules: [
    validity,
    inOrder("serviceFrom", "serviceTo", { zh: "服务截止日期不早于起始日期", en: "The service ends after it starts" }),
    inOrder("signedAt", "acceptedAt", { zh: "验收日期不早于签订日期", en: "Accepted after it was signed" }),
  ],
})
export class PurchaseContract extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "CONDITIONAL",
    zh: "合同编号", en: "Number of the contract" })
  contractNo: string;

  @Field({ type: text(200), required: true, sharing: "CONDITIONAL", zh: "项目名称", en: "Name of the project" })
  name: string;

  @Field({ type: count(2000, 2100), coded: true, required: true, sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "预算年度", en: "Budget year" })
  year: number;

  @Field({ type: code(undefined, 40), sharing: "CONDITIONAL",
    zh: "政府购买服务指导性目录项", en: "Item of the purchasing directory", article: "第四十二条" })
  directoryItem: string;

  @Field({ type: text(120), sharing: "CONDITIONAL",
    zh: "目录项名称", en: "Name of the directory item", article: "第四十二条" })
  directoryItemName: string;

  @Field({ type: idOf("budgetLine"), sharing: "CONDITIONAL",
    zh: "所属预算项目", en: "Budget line that pays", article: "第四十二条" })
  budgetLineId: string;

  @Field({ type: code("departmentCode", 64), sharing: "CONDITIONAL",
    zh: "购买主体", en: "Department that buys", article: "第四十二条" })
  departmentCode: string;

  @Field({ type: idOf("socialOrganization"), sharing: "CONDITIONAL",
    zh: "承接的社会组织", en: "Social organization that carries it out", article: "第三十九条" })
  organizationId: string;

  @Field({ type: text(120), sharing: "CONDITIONAL",
    zh: "承接主体名称（企业等）", en: "Supplier, where it is not a social organization" })
  supplierName: string;

  @Field({ type: code("creditCode", 18), sharing: "CONDITIONAL",
    zh: "承接主体统一社会信用代码", en: "Credit code of the supplier", article: "GB 32100-2015" })
  supplierCreditCode: string;

  @Field({ type: oneOf(SupplyMode), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "提供方式", en: "Way of supply", article: "第三十四条" })
  supplyMode: string;

  @Field({ type: oneOf(CommunityServiceKind), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "社区服务内容", en: "Kind of community service", article: "第三十六条" })
  serviceKind: string;

  @Field({ type: oneOf(PublicServiceKind), sharing: "CONDITIONAL", aggregateOpen: true,
    zh: "所属基本公共服务", en: "Public service it belongs to", article: "第三十五条" })
  publicService: string;

  @Field({ type: oneOf(ContractState), sharing: "CONDITIONAL", aggregateOpen: true, zh: "状态", en: "State" })
  state: string;

  @Field({ type: money(0.01), required: true, sharing: "CONDITIONAL", aggregateOpen: true, unit: "元",
    zh: "合同金额", en: "Amount of the contract", article: "第四十二条" })
  amount: string;

  @Field({ type: day(), required: true, sharing: "CONDITIONAL", zh: "签订日期", en: "Day of signing" })
  signedAt: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "服务起始日期", en: "First day of service" })
  serviceFrom: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "服务截止日期", en: "Last day of service" })
  serviceTo: string;

  @Field({ type: count(), sharing: "CONDITIONAL", zh: "服务人数", en: "Persons served", article: "第三十七条" })
  personsServed: number;

  @Field({ type: measure(), sharing: "CONDITIONAL", unit: "小时",
    zh: "购买服务时长", en: "Hours bought", article: "第三十七条" })
  purchasedHours: number;

  @Field({ type: measure(), sharing: "CONDITIONAL", unit: "小时",
    zh: "实际服务时长", en: "Hours delivered", article: "第三十七条" })
  deliveredHours: number;

  @Field({ type: measure(), sharing: "CONDITIONAL", unit: "小时",
    zh: "已付费服务时长", en: "Hours paid", article: "第三十七条" })
  paidHours: number;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "验收日期", en: "Day of acceptance" })
  acceptedAt: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "公开日期", en: "Day of publication" })
  disclosedAt: string;

  @One({ to: "budgetLine", here: "budgetLineId", zh: "所属预算项目", en: "The budget line", article: "第四十二条" })
  budgetLine: unknown;

  @One({ to: "department", here: "departmentCode", there: "code", zh: "购买主体", en: "The department that buys" })
  department: unknown;

  @One({ to: "socialOrganization", here: "organizationId",
    zh: "承接的社会组织", en: "The organization that carries it out", article: "第三十九条" })
  organization: unknown;

  @Many({ to: "fundTransaction", there: "contractId",
    zh: "合同支付", en: "Payments under the contract", article: "第四十二条" })
  transactions: unknown[];

  @Many({ to: "serviceProject", there: "contractId",
    zh: "合同项下的服务项目", en: "Projects run under the contract", article: "第三十八条" })
  projects: unknown[];

  @Many({ to: "organizationSupport", there: "contractId",
    zh: "承接服务事项的支持", en: "Support that consists in this contract", article: "第三十九条" })
  supports: unknown[];
}
