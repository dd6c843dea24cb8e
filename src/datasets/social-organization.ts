/** Social organizations working in communities; what is only filed with a street or guided by a committee is not public. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import {
  code, count, Dataset, day, defineEnum, encrypted, Field, flag, listOf, Many, money, oneOf, text,
} from "../declare";
import { CommunityRow } from "./community-row";
import { OrganizationTier } from "./enums/organization-tier";
import { inOrder, isMissing, validity } from "./row-rules";

export const OrganizationKind = defineEnum(
  "OrganizationKind",
  { zh: "社会组织形式", en: "Legal form of a social organization", article: "第三十九条" },
  {
    ASSOCIATION: "社会团体",
    SOCIAL_SERVICE_AGENCY: "民办非企业单位（社会服务机构）",
    FOUNDATION: "基金会",
    COMMUNITY_ORGANIZATION: "社区社会组织",
  },
);

export const OrganizationType = defineEnum(
  "OrganizationType",
  { zh: "社区社会组织类型", en: "The four types of community organizations", article: "第三十九条" },
  { CHARITY: "公益慈善类", LIVING_SERVICE: "生活服务类", COMMUNITY_AFFAIRS: "社区事务类", CULTURE_SPORT: "文体活动类" },
);

export const OrganizationClass = defineEnum(
  "OrganizationClass",
  { zh: "居民组建的社区社会组织类别", en: "Classes of organizations that residents form", article: "第三十七条" },
  { LEGAL_RIGHTS: "法律维权类", COMMUNITY_SERVICE: "社区服务类", CULTURE_SPORT: "文化体育类", EDUCATION_TRAINING: "教育培训类" },
);

export const ActivityField = defineEnum(
  "ActivityField",
  { zh: "活动领域", en: "Fields of activity that Art. 39 lists", article: "第三十九条" },
  {
    MEDIATION: "纠纷调解", HEALTH_ELDERLY: "健康养老", EDUCATION: "教育培训", VOLUNTEERING: "志愿服务",
    CHARITY: "公益慈善", DISASTER_REDUCTION: "防灾减灾", RECREATION: "文体娱乐", CUSTOM_REFORM: "移风易俗",
    MUTUAL_AID: "邻里互助", INTEGRATION: "居民融入", RURAL_TECH: "农村生产技术服务",
  },
);

export const OrganizationState = defineEnum(
  "OrganizationState",
  { zh: "社会组织状态", en: "State of an organization" },
  { ACTIVE: "正常", SUSPENDED: "停止活动", DISSOLVED: "已注销", REVOKED: "已撤销登记" },
);

export const OrganizationGrade = defineEnum(
  "OrganizationGrade",
  { zh: "评估等级", en: "Grade of the latest assessment" },
  { A5: "5A", A4: "4A", A3: "3A", A2: "2A", A1: "1A", NONE: "未评估" },
);

/** First two characters of a credit code by legal form (code standards C6). */
const PREFIXES: Record<string, string> = { ASSOCIATION: "51", SOCIAL_SERVICE_AGENCY: "52", FOUNDATION: "53" };

@Dataset({
  name: "socialOrganization", plural: "socialOrganizations", steward: "civil-affairs", key: ["creditCode"],
  zh: "社会组织和社区社会组织", en: "Social organizations, registered, filed or guided",
  article: "第三十七条、第三十九条", update: "实时",
  lawfulBasis: "个人信息保护法 第十三条第三项：履行法定职责（B-34）",
  // Groups of neighbours that are only filed are not public: their figures are protected like those of persons.
  protected: true,
  rowsOpen: "登记的社会组织信息依法公开，联系人信息另行限制。What a registered organization is, is public; its contact persons are closed field by field.",
  stricter: {
    code: "ORGANIZATION_NOT_REGISTERED", when: { field: "tier", isNot: "REGISTERED" }, sharing: "CONDITIONAL",
    zh: "仅在街道（乡镇）备案或者由居（村）民委员会指导，未经民政部门登记",
    en: "The organization is only filed with its street or guided by a committee, not registered",
  },
  rules: [
    validity,
    inOrder("foundedAt", "dissolvedAt", { zh: "注销日期不早于成立日期", en: "Dissolved after it was founded" }),
    inOrder("registeredAt", "certificateValidUntil", { zh: "证书有效期不早于登记日期", en: "The certificate is valid after the registration" }),
    { code: "CREDIT_CODE_OF_OTHER_FORM", fields: ["creditCode", "kind", "tier"], article: "GB 32100-2015",
      zh: "登记的组织用统一社会信用代码，社会团体以 51、社会服务机构以 52、基金会以 53 开头；未登记的用备案编号",
      en: "A registered organization has a credit code that begins with 51, 52 or 53 as its form has it, another a filing number",
      holds: (row) => isMissing(row, "creditCode", "kind", "tier") || hasCodeOfForm(row) },
    { code: "FORM_NOT_REGISTERED", fields: ["kind", "tier"], article: "第三十九条",
      zh: "社会团体、社会服务机构、基金会须经民政部门登记",
      en: "Associations, service agencies and foundations are registered",
      holds: (row) => isMissing(row, "kind", "tier") || row.kind === "COMMUNITY_ORGANIZATION" || row.tier === "REGISTERED" },
  ],
})
export class SocialOrganization extends CommunityRow {
  @Field({ type: code("creditOrFiling", 40), required: true, sharing: "UNCONDITIONAL",
    zh: "统一社会信用代码；未登记的为备案编号", en: "Credit code, or the filing number where it is only filed", article: "GB 32100-2015" })
  creditCode: string;

  @Field({ type: text(120), required: true, sharing: "UNCONDITIONAL", zh: "名称", en: "Name" })
  name: string;

  @Field({ type: oneOf(OrganizationKind), required: true, sharing: "UNCONDITIONAL",
    zh: "组织形式", en: "Legal form" })
  kind: string;

  @Field({ type: oneOf(OrganizationTier), required: true, sharing: "UNCONDITIONAL",
    zh: "管理层级", en: "Tier: registered, filed or guided", article: "第三十九条" })
  tier: string;

  @Field({ type: oneOf(OrganizationType), sharing: "UNCONDITIONAL",
    zh: "社区社会组织类型", en: "Type of community organization" })
  type: string;

  @Field({ type: oneOf(OrganizationClass), sharing: "UNCONDITIONAL",
    zh: "居民组建的类别", en: "Class, where residents formed it", article: "第三十七条" })
  residentClass: string;

  @Field({ type: listOf(ActivityField), sharing: "UNCONDITIONAL",
    zh: "活动领域", en: "Fields of activity", article: "第三十九条" })
  activityFields: string[];

  @Field({ type: oneOf(OrganizationState), required: true, sharing: "UNCONDITIONAL", zh: "状态", en: "State" })
  state: string;

  @Field({ type: text(120), sharing: "UNCONDITIONAL",
    zh: "登记、备案或者指导单位", en: "Who registered, filed or guides it", article: "第三十九条" })
  registeredWith: string;

  @Field({ type: text(120), sharing: "UNCONDITIONAL", zh: "业务主管单位", en: "Supervising department" })
  supervisor: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "成立日期", en: "Day of founding" })
  foundedAt: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "登记日期", en: "Day of registration" })
  registeredAt: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "备案日期", en: "Day of filing", article: "第三十九条" })
  filedAt: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL",
    zh: "登记证书有效期", en: "The certificate is valid until this day" })
  certificateValidUntil: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "注销或者撤销日期", en: "Day of dissolution" })
  dissolvedAt: string;

  @Field({ type: text(200), sharing: "UNCONDITIONAL", mask: "ADDRESS", zh: "住所", en: "Office address" })
  officeAddress: string;

  @Field({ type: money(), sharing: "UNCONDITIONAL", unit: "元",
    zh: "注册资金（基金会为原始基金）", en: "Registered capital; of a foundation its original fund", article: "社会团体登记管理条例 第十条" })
  capital: string;

  @Field({ type: count(), sharing: "UNCONDITIONAL",
    zh: "个人会员数", en: "Members who are persons", article: "社会团体登记管理条例 第十条" })
  memberCount: number;

  @Field({ type: count(), sharing: "UNCONDITIONAL",
    zh: "单位会员数", en: "Members that are units", article: "社会团体登记管理条例 第十条" })
  unitMemberCount: number;

  @Field({ type: count(), sharing: "UNCONDITIONAL", zh: "专职工作人员数", en: "Full-time staff" })
  staffCount: number;

  @Field({ type: flag(), sharing: "UNCONDITIONAL", zh: "是否建立党组织", en: "Has a Party branch" })
  partyBranch: boolean;

  @Field({ type: flag(), sharing: "UNCONDITIONAL",
    zh: "是否认定为慈善组织", en: "Recognised as a charity", article: "第四十四条" })
  charity: boolean;

  @Field({ type: flag(), sharing: "UNCONDITIONAL",
    zh: "是否为社区基金会", en: "Is a community foundation", article: "第四十四条" })
  communityFoundation: boolean;

  @Field({ type: oneOf(OrganizationGrade), sharing: "UNCONDITIONAL", zh: "评估等级", en: "Grade of assessment" })
  grade: string;

  @Field({ type: text(50), sharing: "CONDITIONAL", personal: "PERSONAL", mask: "NAME",
    zh: "法定代表人或者负责人", en: "Legal representative or head" })
  headName: string;

  @Field({ type: text(50), sharing: "CONDITIONAL", personal: "PERSONAL", mask: "NAME",
    zh: "联系人", en: "Contact person" })
  contactName: string;

  @Field({ type: encrypted("PHONE"), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "联系电话", en: "Contact's mobile phone" })
  contactPhone: string;

  @Many({ to: "organizationSupport", there: "organizationId",
    zh: "获得的支持", en: "Support it received", article: "第三十九条" })
  supports: unknown[];

  @Many({ to: "purchaseContract", there: "organizationId",
    zh: "承接的购买服务合同", en: "Contracts it carries out", article: "第四十二条" })
  contracts: unknown[];

  @Many({ to: "serviceProject", there: "organizationId",
    zh: "开展的服务项目", en: "Service projects it runs", article: "第三十八条" })
  projects: unknown[];

  @Many({ to: "donation", there: "organizationId",
    zh: "接受的捐赠", en: "Donations it received", article: "第四十四条" })
  donations: unknown[];

  @Many({ to: "allocation", there: "payeeCreditCode", here: "creditCode",
    zh: "收到的拨付", en: "Allocations paid to it", article: "第四十二条" })
  allocations: unknown[];

  @Many({ to: "fundTransaction", there: "payeeCreditCode", here: "creditCode",
    zh: "作为对方的资金收支", en: "Transactions it took part in", article: "第四十五条" })
  transactions: unknown[];
}

/** Whether the code itself is well formed is the check of the field. */
function hasCodeOfForm(row: Readonly<Record<string, unknown>>): boolean {
  const creditCode = String(row.creditCode);
  if (row.tier !== "REGISTERED") return creditCode.startsWith("备案");
  return creditCode.startsWith(PREFIXES[String(row.kind)] ?? "5");
}
