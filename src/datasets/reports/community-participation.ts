/** Report R4: organizations, volunteers and their hours per 1,000 residents, and the support organizations receive. */
// biome-ignore-all format: a field stays on two lines
import { count, DatasetRow, division, Figure, measure, One, Report, text } from "../../declare";

const ACTIVE = { state: { eq: "ACTIVE" } };
const VERIFIED = { state: { in: ["VERIFIED", "CORRECTED"] } };
const hoursOf = (serviceKind: string) =>
  ({ is: "sum", link: "volunteerRecords", field: "hours", where: { ...VERIFIED, serviceKind: { eq: serviceKind } } }) as const;

@Report({
  name: "communityParticipation", plural: "communityParticipations", from: "community", key: ["code"],
  zh: "社会组织与志愿服务：每千人组织、志愿者与服务时长", en: "Organizations, volunteers and hours per 1,000 residents",
  article: "第三十四条、第三十七条至第三十九条",
  report: {
    no: "R4",
    coverage: { zh: "未登记、未备案的组织和未注册的志愿者不在其中；仅备案或者受指导的组织、未同意共享的志愿者只计入有权的读者", en: "What is not registered or filed is missing; organizations only filed, and volunteers who do not consent, count for readers with the right alone" },
    cannotSay: { zh: "时长只计已核实的记录；人数、时长过少的不公布，权限为汇总的读者看到的数字带有保护噪声，各行之和不等于全市数", en: "Hours are those verified; small cells are suppressed and others carry protecting noise at aggregate level, so lines do not add up to the city's total" },
  },
})
export class CommunityParticipation extends DatasetRow {
  @Figure({ type: division(), zh: "社区代码", en: "Code of the community" })
  code: string;

  @Figure({ type: text(), zh: "社区名称", en: "Name of the community" })
  name: string;

  @Figure({ type: count(), unit: "人", zh: "常住人口", en: "Residents", article: "第十二条" })
  population: number;

  @Figure({ type: count(), computed: { is: "count", link: "socialOrganizations", where: { ...ACTIVE, tier: { eq: "REGISTERED" } } },
    zh: "民政登记的社会组织", en: "Registered organizations", article: "第三十九条" })
  registeredOrganizations: number;

  @Figure({ type: count(), computed: { is: "count", link: "socialOrganizations", where: ACTIVE },
    zh: "社会组织，含备案和受指导的", en: "Organizations, filed and guided ones too", article: "第三十九条" })
  organizations: number;

  @Figure({ type: measure(), computed: { is: "ratio", of: "organizations", to: "population", per: 1000 },
    zh: "每千人社会组织", en: "Organizations per 1,000 residents", article: "第三十九条" })
  organizationsPer1000: number;

  @Figure({ type: count(), unit: "人", computed: { is: "count", link: "volunteers", where: ACTIVE },
    zh: "在册志愿者", en: "Volunteers registered", article: "第三十八条" })
  volunteers: number;

  @Figure({ type: measure(), computed: { is: "ratio", of: "volunteers", to: "population", per: 1000 },
    zh: "每千人志愿者", en: "Volunteers per 1,000 residents", article: "第三十八条" })
  volunteersPer1000: number;

  @Figure({ type: measure(), unit: "小时", computed: { is: "sum", link: "volunteerRecords", field: "hours", where: VERIFIED },
    zh: "已核实服务时长", en: "Hours of service, verified", article: "第三十八条" })
  hours: number;

  @Figure({ type: measure(), unit: "小时", computed: { is: "ratio", of: "hours", to: "population", per: 1000 },
    zh: "每千人服务时长", en: "Hours per 1,000 residents", article: "第三十八条" })
  hoursPer1000: number;

  @Figure({ type: measure(), unit: "小时", computed: hoursOf("HOUSEKEEPING"), zh: "家政服务时长", en: "Hours of housekeeping", article: "第三十八条" })
  housekeepingHours: number;

  @Figure({ type: measure(), unit: "小时", computed: hoursOf("CULTURE_SPORT"), zh: "文体活动时长", en: "Hours of culture and sport", article: "第三十八条" })
  cultureSportHours: number;

  @Figure({ type: measure(), unit: "小时", computed: hoursOf("COUNSELLING"), zh: "心理疏导时长", en: "Hours of counselling", article: "第三十八条" })
  counsellingHours: number;

  @Figure({ type: measure(), unit: "小时", computed: hoursOf("HEALTH"), zh: "医疗保健时长", en: "Hours of health care", article: "第三十八条" })
  healthHours: number;

  @Figure({ type: measure(), unit: "小时", computed: hoursOf("LEGAL"), zh: "法律服务时长", en: "Hours of legal service", article: "第三十八条" })
  legalHours: number;

  @Figure({ type: measure(), unit: "小时", computed: hoursOf("TRAFFIC_SAFETY"), zh: "交通安全宣传教育时长", en: "Hours of traffic safety", article: "第三十八条" })
  trafficSafetyHours: number;

  @Figure({ type: count(), computed: { is: "count", link: "organizationSupports" },
    zh: "组织获得的支持", en: "Supports that organizations receive", article: "第三十九条" })
  supports: number;

  @Figure({ type: count(), computed: { is: "count", link: "organizationSupports", where: { kind: { eq: "FREE_FACILITY" } } },
    zh: "其中无偿提供设施", en: "Of these, facilities free of charge", article: "第三十九条" })
  freeFacilities: number;

  @One({ to: "community", here: "territory", there: "code", zh: "所述社区", en: "The community it is about" })
  community: unknown;
}
