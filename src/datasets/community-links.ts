/** Everything recorded under one community's code: what is followed from the community and from its committee alike. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { DatasetRow, Many } from "../declare";

/** Base of community and committee, so that one question over either reaches every domain. */
export abstract class CommunityLinks extends DatasetRow {
  @Many({ to: "committeeMember", there: "territory", here: "code", article: "第七条",
    zh: "居（村）民委员会成员", en: "Members of the committee" })
  members: unknown[];

  @Many({ to: "householdCount", there: "communityCode", here: "code", article: "第十七条",
    zh: "各口径户数", en: "Household counts, each with its kind, source and date" })
  householdCounts: unknown[];

  @Many({ to: "facility", there: "territory", here: "code", article: "第十六条",
    zh: "辖区内综合服务设施", en: "Service facilities that stand in the community" })
  facilities: unknown[];

  @Many({ to: "facilityShare", there: "communityCode", here: "code", article: "第十六条",
    zh: "共享使用的设施份额", en: "Shares in facilities that serve several communities" })
  facilityShares: unknown[];

  @Many({ to: "residentialProject", there: "territory", here: "code", article: "第十七条",
    zh: "辖区内住宅小区项目", en: "Residential projects in the community" })
  residentialProjects: unknown[];

  @Many({ to: "idleAsset", there: "territory", here: "code", article: "第十八条",
    zh: "辖区内闲置资源", en: "Idle assets in the community" })
  idleAssets: unknown[];

  @Many({ to: "socialOrganization", there: "territory", here: "code", article: "第三十九条",
    zh: "在社区活动的社会组织", en: "Social organizations of the community" })
  socialOrganizations: unknown[];

  @Many({ to: "organizationSupport", there: "territory", here: "code", article: "第三十九条",
    zh: "给予社会组织的支持", en: "Support given to social organizations" })
  organizationSupports: unknown[];

  @Many({ to: "volunteerStation", there: "territory", here: "code", article: "第三十八条",
    zh: "志愿者服务站点", en: "Volunteer stations" })
  volunteerStations: unknown[];

  @Many({ to: "volunteer", there: "territory", here: "code", article: "第三十八条",
    zh: "志愿者", en: "Volunteers of the community" })
  volunteers: unknown[];

  @Many({ to: "serviceProject", there: "territory", here: "code", article: "第三十八条",
    zh: "志愿服务项目", en: "Projects of voluntary service" })
  serviceProjects: unknown[];

  @Many({ to: "volunteerRecord", there: "territory", here: "code", article: "第三十八条",
    zh: "志愿服务记录", en: "Records of voluntary service" })
  volunteerRecords: unknown[];

  @Many({ to: "communityWorker", there: "territory", here: "code", article: "第四十六条",
    zh: "社区工作者", en: "Community workers" })
  communityWorkers: unknown[];

  @Many({ to: "staffingTarget", there: "territory", here: "code", article: "第四十六条",
    zh: "社区工作者配备目标", en: "Staffing targets by year" })
  staffingTargets: unknown[];

  @Many({ to: "budgetLine", there: "territory", here: "code", article: "第四十一条",
    zh: "治理经费预算", en: "Budget lines of the community" })
  budgetLines: unknown[];

  @Many({ to: "allocation", there: "territory", here: "code", article: "第四十一条、第四十三条",
    zh: "经费拨付", en: "Allocations to the community" })
  allocations: unknown[];

  @Many({ to: "fundTransaction", there: "territory", here: "code", article: "第二十六条、第四十五条",
    zh: "资金收支", en: "Income and expense" })
  fundTransactions: unknown[];

  @Many({ to: "purchaseContract", there: "territory", here: "code", article: "第四十二条",
    zh: "政府购买服务合同", en: "Contracts of purchased services" })
  purchaseContracts: unknown[];

  @Many({ to: "donation", there: "territory", here: "code", article: "第四十四条",
    zh: "慈善捐赠", en: "Donations" })
  donations: unknown[];

  @Many({ to: "fundAudit", there: "territory", here: "code", article: "第四十五条",
    zh: "专项资金审计", en: "Audits of funds" })
  fundAudits: unknown[];
}
