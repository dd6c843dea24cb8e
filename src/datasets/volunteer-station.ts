/** Volunteer stations: where a committee brings volunteers, those they serve and projects together. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, count, Dataset, day, defineEnum, encrypted, Field, flag, idOf, listOf, Many, measure, One, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { VolunteerServiceKind } from "./enums/volunteer-service-kind";
import { inOrder, validity } from "./row-rules";

export const StationOperator = defineEnum(
  "StationOperator",
  { zh: "站点设立方", en: "Who runs a volunteer station", article: "第三十八条" },
  { COMMITTEE: "居（村）民委员会", STREET: "街道办事处、乡（镇）人民政府", SOCIAL_ORGANIZATION: "社会组织" },
);

@Dataset({
  name: "volunteerStation", plural: "volunteerStations", steward: "civil-affairs", key: ["code"],
  zh: "志愿者服务站点", en: "Volunteer stations", article: "第三十八条", update: "每月",
  lawfulBasis: "个人信息保护法 第十三条第三项：履行法定职责（B-34）",
  protected: false, // a station is a place: only its coordinator is a person, and no figure counts coordinators
  rowsOpen: "站点是面向居民的服务场所，负责人信息另行限制。A station is a place open to residents; its coordinator is closed field by field.",
  rules: [
    validity,
    inOrder("openedAt", "closedAt", { zh: "关闭日期不早于启用日期", en: "Closed after it was opened" }),
  ],
})
export class VolunteerStation extends CommunityRow {
  @Field({ type: code(undefined, 32), required: true, sharing: "UNCONDITIONAL",
    zh: "站点编码", en: "Code of the station" })
  code: string;

  @Field({ type: text(120), required: true, sharing: "UNCONDITIONAL", zh: "站点名称", en: "Name of the station" })
  name: string;

  @Field({ type: oneOf(StationOperator), sharing: "UNCONDITIONAL",
    zh: "设立方", en: "Who runs it", article: "第三十八条" })
  operator: string;

  @Field({ type: idOf("facility"), sharing: "UNCONDITIONAL",
    zh: "依托的社区综合服务设施", en: "Service facility that houses the station", article: "第三十八条" })
  facilityId: string;

  @Field({ type: idOf("socialOrganization"), sharing: "CONDITIONAL",
    zh: "运营的社会组织", en: "Social organization that runs it" })
  organizationId: string;

  @Field({ type: text(200), sharing: "UNCONDITIONAL", zh: "地址", en: "Address" })
  address: string;

  @Field({ type: measure(73, 136), sharing: "UNCONDITIONAL", unit: "°",
    zh: "经度（CGCS2000）；演示数据为合成", en: "Longitude, CGCS2000; synthetic in demo data" })
  longitude: number;

  @Field({ type: measure(3, 54), sharing: "UNCONDITIONAL", unit: "°",
    zh: "纬度（CGCS2000）；演示数据为合成", en: "Latitude, CGCS2000; synthetic in demo data" })
  latitude: number;

  @Field({ type: listOf(VolunteerServiceKind), sharing: "UNCONDITIONAL",
    zh: "服务内容", en: "Kinds of service", article: "第三十八条" })
  serviceKinds: string[];

  @Field({ type: text(120), sharing: "UNCONDITIONAL", zh: "开放时间", en: "Opening hours" })
  openingHours: string;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", zh: "使用面积", en: "Floor area in use" })
  area: number;

  @Field({ type: count(0, 100_000), sharing: "UNCONDITIONAL",
    zh: "可同时服务人数", en: "Persons it can serve at a time" })
  capacity: number;

  @Field({ type: flag(), sharing: "UNCONDITIONAL",
    zh: "是否可以出具志愿服务记录证明", en: "Issues certificates of voluntary service", article: "志愿服务条例 第十九条" })
  issuesCertificates: boolean;

  @Field({ type: flag(), sharing: "UNCONDITIONAL",
    zh: "是否组建应急救助志愿者团队", en: "Keeps an emergency team of volunteers", article: "第三十二条" })
  emergencyTeam: boolean;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "启用日期", en: "Day of opening" })
  openedAt: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL",
    zh: "关闭日期；为空表示开放", en: "Day of closing; empty while open" })
  closedAt: string;

  @Field({ type: text(50), sharing: "CONDITIONAL", personal: "PERSONAL", mask: "NAME",
    zh: "站点负责人", en: "Coordinator" })
  coordinatorName: string;

  @Field({ type: encrypted("PHONE"), sharing: "CONDITIONAL", personal: "PERSONAL",
    zh: "负责人电话", en: "Coordinator's mobile phone" })
  coordinatorPhone: string;

  @One({ to: "facility", here: "facilityId",
    zh: "依托的设施", en: "The facility that houses it", article: "第三十八条" })
  facility: unknown;

  @One({ to: "socialOrganization", here: "organizationId",
    zh: "运营的社会组织", en: "The organization that runs it" })
  organization: unknown;

  @Many({ to: "volunteer", there: "stationId",
    zh: "站点的志愿者", en: "Volunteers of the station", article: "第三十八条" })
  volunteers: unknown[];

  @Many({ to: "serviceProject", there: "stationId",
    zh: "站点的服务项目", en: "Projects of the station", article: "第三十八条" })
  projects: unknown[];

  @Many({ to: "volunteerRecord", there: "stationId",
    zh: "站点的服务记录", en: "Records of service at the station", article: "第三十八条" })
  records: unknown[];
}
