/** Service projects: what volunteers and organizations do for whom; those served are groups, never names. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, count, Dataset, day, defineEnum, encrypted, Field, flag, idOf, Many, measure, One, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { RecipientKind } from "./enums/recipient-kind";
import { SupplyMode } from "./enums/supply-mode";
import { VolunteerServiceKind } from "./enums/volunteer-service-kind";
import { inOrder, validity } from "./row-rules";

export const ServiceProjectState = defineEnum(
  "ServiceProjectState",
  { zh: "项目状态", en: "State of a service project" },
  { PLANNED: "筹备", RECRUITING: "招募中", RUNNING: "进行中", FINISHED: "已结束", CANCELLED: "已取消" },
);

// The leader is a person and those served may be few: figures are protected, as the PERSONAL fields make them.
@Dataset({
  name: "serviceProject", plural: "serviceProjects", steward: "civil-affairs", key: ["projectNo"],
  zh: "社区志愿服务项目", en: "Service projects for which volunteers are matched with those they serve",
  article: "第三十八条", update: "每周",
  lawfulBasis: "个人信息保护法 第十三条第一项、第三项：个人同意、履行法定职责（B-34）",
  rules: [
    validity,
    inOrder("startedAt", "endedAt", { zh: "结束日期不早于开始日期", en: "Ends after it starts" }),
  ],
})
export class ServiceProject extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "CONDITIONAL",
    zh: "项目编号", en: "Number of the project" })
  projectNo: string;

  @Field({ type: text(120), required: true, sharing: "CONDITIONAL", zh: "项目名称", en: "Name of the project" })
  name: string;

  @Field({ type: oneOf(VolunteerServiceKind), required: true, sharing: "CONDITIONAL",
    zh: "服务内容", en: "Kind of service", article: "第三十八条" })
  serviceKind: string;

  @Field({ type: oneOf(SupplyMode), sharing: "CONDITIONAL",
    zh: "提供方式", en: "Way of supply", article: "第三十四条" })
  supplyMode: string;

  @Field({ type: oneOf(ServiceProjectState), sharing: "CONDITIONAL", zh: "状态", en: "State" })
  state: string;

  @Field({ type: idOf("volunteerStation"), sharing: "CONDITIONAL",
    zh: "所属站点", en: "Station the project belongs to", article: "第三十八条" })
  stationId: string;

  @Field({ type: idOf("socialOrganization"), sharing: "CONDITIONAL",
    zh: "组织开展的社会组织", en: "Social organization that runs it", article: "第三十九条" })
  organizationId: string;

  @Field({ type: idOf("purchaseContract"), sharing: "CONDITIONAL",
    zh: "所属购买服务合同", en: "Contract under which it is paid", article: "第四十二条" })
  contractId: string;

  @Field({ type: day(), required: true, sharing: "CONDITIONAL", zh: "开始日期", en: "First day" })
  startedAt: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "结束日期", en: "Last day" })
  endedAt: string;

  @Field({ type: oneOf(RecipientKind), sharing: "CONDITIONAL",
    zh: "服务对象类别（不记姓名）", en: "Group that is served, without names", article: "第三十八条" })
  recipientKind: string;

  @Field({ type: count(), sharing: "CONDITIONAL", zh: "服务对象人数", en: "Persons served", article: "第三十八条" })
  recipientCount: number;

  @Field({ type: count(), sharing: "CONDITIONAL", zh: "计划招募志愿者人数", en: "Volunteers wanted" })
  volunteersWanted: number;

  @Field({ type: count(), sharing: "CONDITIONAL", zh: "已报名志愿者人数", en: "Volunteers enrolled" })
  volunteersEnrolled: number;

  @Field({ type: measure(), sharing: "CONDITIONAL", unit: "小时", zh: "计划服务时长", en: "Hours planned" })
  plannedHours: number;

  @Field({ type: count(0, 120), sharing: "CONDITIONAL",
    zh: "志愿者最低年龄", en: "Lowest age of volunteers", article: "B-38" })
  minimumAge: number;

  @Field({ type: flag(), sharing: "CONDITIONAL",
    zh: "是否应急救助项目（限成年志愿者）", en: "Emergency project, for adult volunteers only", article: "第三十二条；B-44" })
  emergency: boolean;

  @Field({ type: text(200), sharing: "CONDITIONAL",
    zh: "依法要求的专业资格", en: "Qualification that the law asks for", article: "志愿服务条例 第十六条" })
  qualification: string;

  @Field({ type: flag(), sharing: "CONDITIONAL",
    zh: "是否存在人身危险", en: "May endanger those who take part", article: "志愿服务条例 第十七条" })
  risky: boolean;

  @Field({ type: flag(), sharing: "CONDITIONAL",
    zh: "是否为志愿者购买保险", en: "Volunteers are insured for it", article: "志愿服务条例 第十七条" })
  insured: boolean;

  @Field({ type: text(200), sharing: "CONDITIONAL", zh: "服务地点", en: "Place of service" })
  place: string;

  @Field({ type: text(1000), sharing: "CONDITIONAL", zh: "项目说明", en: "What the project does" })
  summary: string;

  @Field({ type: text(50), sharing: "CONDITIONAL", personal: "PERSONAL", mask: "NAME",
    zh: "项目负责人", en: "Project leader" })
  leaderName: string;

  @Field({ type: encrypted("PHONE"), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "负责人电话", en: "Leader's mobile phone" })
  leaderPhone: string;

  @One({ to: "volunteerStation", here: "stationId", zh: "所属站点", en: "The station", article: "第三十八条" })
  station: unknown;

  @One({ to: "socialOrganization", here: "organizationId",
    zh: "组织开展的社会组织", en: "The organization that runs it", article: "第三十九条" })
  organization: unknown;

  @One({ to: "purchaseContract", here: "contractId", zh: "所属合同", en: "The contract", article: "第四十二条" })
  contract: unknown;

  @Many({ to: "volunteerRecord", there: "projectId",
    zh: "服务记录", en: "Records of service", article: "第三十八条" })
  records: unknown[];
}
