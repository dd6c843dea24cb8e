/** Support that governments and committees give to community organizations: matters, venues, land, free facilities. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, Dataset, day, defineEnum, Field, idOf, measure, money, One, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { OrganizationTier } from "./enums/organization-tier";
import { inOrder, isMissing, validity } from "./row-rules";

export const SupportKind = defineEnum(
  "SupportKind",
  { zh: "支持方式", en: "Kind of support", article: "第三十九条" },
  { MATTER: "承接服务事项", VENUE: "活动场地", LAND: "土地", FREE_FACILITY: "无偿提供设施" },
);

export const SupportGiver = defineEnum(
  "SupportGiver",
  { zh: "支持方", en: "Who gives the support", article: "第三十九条" },
  { GOVERNMENT: "人民政府及其部门", STREET: "街道办事处、乡（镇）人民政府", COMMITTEE: "居（村）民委员会" },
);

@Dataset({
  name: "organizationSupport", plural: "organizationSupports", steward: "civil-affairs", key: ["supportNo"],
  zh: "对社区社会组织的支持", en: "Support that community organizations receive", article: "第三十九条", update: "每季度",
  // What an organization that is only filed receives tells as much of it as its own row does.
  protected: true, person: "organizationId",
  stricter: {
    code: "ORGANIZATION_NOT_REGISTERED", when: { field: "organizationTier", isNot: "REGISTERED" }, sharing: "CONDITIONAL",
    zh: "受支持的组织未经民政部门登记", en: "The organization that is supported is not registered",
  },
  follows: [
    { field: "organizationTier", through: "organizationId", reads: ["tier"], value: (organization) => String(organization.tier) },
  ],
  rules: [
    validity,
    inOrder("supportFrom", "supportTo", { zh: "截止日期不早于起始日期", en: "Support ends after it starts" }),
    { code: "FREE_WITH_PRICE", fields: ["kind", "price"], article: "第三十九条",
      zh: "无偿提供设施的，价格应当记为 0", en: "A facility provided free has the price 0",
      holds: (row) => row.kind !== "FREE_FACILITY" || (!isMissing(row, "price") && Number(row.price) === 0) },
  ],
})
export class OrganizationSupport extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "UNCONDITIONAL",
    zh: "支持编号", en: "Number of the support" })
  supportNo: string;

  @Field({ type: idOf("socialOrganization"), required: true, sharing: "UNCONDITIONAL",
    zh: "受支持的组织", en: "Organization that is supported", article: "第三十九条" })
  organizationId: string;

  /** Follows the organization's own tier. */
  @Field({ type: oneOf(OrganizationTier), required: true, sharing: "UNCONDITIONAL",
    zh: "受支持组织的管理层级", en: "Tier of that organization", article: "第三十九条" })
  organizationTier: string;

  @Field({ type: oneOf(SupportKind), required: true, sharing: "UNCONDITIONAL",
    zh: "支持方式", en: "Kind of support", article: "第三十九条" })
  kind: string;

  @Field({ type: oneOf(SupportGiver), sharing: "UNCONDITIONAL",
    zh: "支持方", en: "Who gives it", article: "第三十九条" })
  giver: string;

  @Field({ type: code("departmentCode", 64), sharing: "UNCONDITIONAL",
    zh: "支持部门", en: "Department that gives it" })
  departmentCode: string;

  @Field({ type: idOf("facility"), sharing: "UNCONDITIONAL",
    zh: "提供使用的设施", en: "Facility that is provided", article: "第三十九条" })
  facilityId: string;

  @Field({ type: idOf("purchaseContract"), sharing: "CONDITIONAL",
    zh: "承接事项的合同", en: "Contract for the matter taken over", article: "第四十二条" })
  contractId: string;

  @Field({ type: text(300), sharing: "UNCONDITIONAL",
    zh: "承接事项或者支持内容", en: "What is taken over or provided", article: "第三十九条" })
  content: string;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米",
    zh: "场地、设施或者土地面积", en: "Area of the venue, facility or land" })
  area: number;

  @Field({ type: measure(0, 168), sharing: "UNCONDITIONAL", unit: "小时/周",
    zh: "每周使用时长", en: "Hours of use a week" })
  weeklyHours: number;

  @Field({ type: money(), sharing: "UNCONDITIONAL", unit: "元",
    zh: "价格；无偿提供的为 0", en: "Price; 0 where it is free", article: "第三十九条" })
  price: string;

  @Field({ type: code(undefined, 80), sharing: "UNCONDITIONAL",
    zh: "依据文号或者协议编号", en: "Number of the document or agreement" })
  documentNo: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "起始日期", en: "First day" })
  supportFrom: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL",
    zh: "截止日期；为空表示长期", en: "Last day; empty where it is open-ended" })
  supportTo: string;

  @One({ to: "socialOrganization", here: "organizationId",
    zh: "受支持的组织", en: "The organization", article: "第三十九条" })
  organization: unknown;

  @One({ to: "facility", here: "facilityId", zh: "提供使用的设施", en: "The facility", article: "第三十九条" })
  facility: unknown;

  @One({ to: "department", here: "departmentCode", there: "code", zh: "支持部门", en: "The department" })
  department: unknown;

  @One({ to: "purchaseContract", here: "contractId",
    zh: "承接事项的合同", en: "The contract", article: "第四十二条" })
  contract: unknown;
}
