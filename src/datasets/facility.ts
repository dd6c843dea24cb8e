/** Service facilities of communities (Arts. 16–19 and 34); land area and floor area are two facts, never one. */
// biome-ignore-all format: a declaration reads as a table, one field a paragraph
import { code, count, Dataset, day, defineEnum, Field, flag, listOf, Many, measure, One, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { AreaContext } from "./enums/area-context";
import { LifeCircleKind } from "./enums/life-circle";
import { ProvisionMode } from "./enums/provision-mode";
import { SupplyMode } from "./enums/supply-mode";
import { codeInTerritory, inOrder, isMissing, notMore, validity } from "./row-rules";

const FacilityKind = defineEnum("FacilityKind",
  { zh: "社区综合服务设施种类", en: "Kinds of service facilities", article: "第十六条" },
  { OFFICE: "办公用房", ACTIVITY_VENUE: "活动场所", PARTY_MASS_SERVICE_CENTER: "党群（社区）服务中心", HEALTH_CENTER: "卫生服务中心",
    HEALTH_STATION: "卫生服务站", ELDERLY_CARE_CENTER: "养老服务中心", OTHER_MULTIFUNCTIONAL: "其他综合性多功能设施" });

const FacilityService = defineEnum("FacilityService",
  { zh: "设施提供的公共服务", en: "Public services of a facility", article: "第十六条" },
  { CULTURE: "文化", EDUCATION: "教育", SCIENCE: "科技", SPORT: "体育", HEALTH: "卫生", ENVIRONMENT: "环境", LEGAL: "法律", SAFETY: "安全" });

const FacilityOwnership = defineEnum("FacilityOwnership",
  { zh: "设施产权归属（本库分类）", en: "Who owns a facility, in the hub's own classes" },
  { STATE: "国有", COLLECTIVE: "农村集体所有", UNIT: "驻社区单位所有", PRIVATE: "私有", UNCLEAR: "权属待明确" });

const FacilityInvestor = defineEnum("FacilityInvestor",
  { zh: "投资主体", en: "Who paid for a facility", article: "第十七条至第十九条" },
  { GOVERNMENT: "政府", DEVELOPER: "建设单位配套", RESIDENT_UNIT: "驻社区单位", SOCIAL_CAPITAL: "社会资本", COLLECTIVE_ECONOMY: "农村集体经济组织" });

const FacilityStatus = defineEnum("FacilityStatus",
  { zh: "设施状态", en: "State of a facility" },
  { PLANNED: "规划", UNDER_CONSTRUCTION: "在建", IN_USE: "在用", SUSPENDED: "停用", CLOSED: "关闭" });

@Dataset({
  name: "facility", plural: "facilities", steward: "civil-affairs", key: ["code"], update: "每月", article: "第十六条至第十九条",
  zh: "城乡社区综合服务设施", en: "Service facilities of urban and rural communities",
  rules: [
    validity,
    codeInTerritory("code"),
    inOrder("approvedOn", "openedAt", { zh: "启用日期不早于批准日期", en: "A facility does not open before its approval" }),
    inOrder("openedAt", "closedAt", { zh: "关闭日期不早于启用日期", en: "A facility does not close before it opens" }),
    inOrder("occupiedFrom", "occupiedTo", { zh: "租（借）用截止日不早于起始日", en: "A lease or loan does not end before it begins" }),
    notMore("activityArea", "buildingArea", { zh: "居民活动面积不大于建筑面积", en: "The residents' part is not larger than the whole" }),
    { code: "COLLECTIVE_CREDIT_CODE", zh: "农村集体经济组织的统一社会信用代码以 N 开头",
      en: "A rural collective's credit code begins with N", article: "第十九条；GB 32100-2015",
      fields: ["ownership", "ownerCreditCode"],
      holds: (row) => isMissing(row, "ownership", "ownerCreditCode") || row.ownership !== "COLLECTIVE" || String(row.ownerCreditCode).startsWith("N") },
  ],
})
export class Facility extends CommunityRow {
  @Field({ type: code("facilityCode", 20), required: true, sharing: "UNCONDITIONAL", article: "第十六条",
    zh: "设施编码：12 位社区编码加四位序号", en: "Facility code: the 12-digit community code and a serial of four digits" })
  code: string;

  @Field({ type: text(120), required: true, sharing: "UNCONDITIONAL", article: "第十六条", zh: "设施名称", en: "Name of the facility" })
  name: string;

  @Field({ type: oneOf(FacilityKind), required: true, sharing: "UNCONDITIONAL", article: "第十六条", zh: "设施种类", en: "Kind of facility" })
  kind: string;

  @Field({ type: oneOf(FacilityStatus), required: true, sharing: "UNCONDITIONAL", zh: "设施状态", en: "State of the facility" })
  status: string;

  @Field({ type: oneOf(ProvisionMode), sharing: "UNCONDITIONAL", article: "第十六条、第十七条",
    zh: "提供方式：新建、改建、扩建适用用地下限", en: "How it was provided; the floor on land holds for new, rebuilt and extended ones" })
  provisionMode: string;

  @Field({ type: oneOf(AreaContext), sharing: "UNCONDITIONAL", article: "第十七条",
    zh: "所处区域类型", en: "Kind of area it stands in; decides which floor-area rule holds" })
  areaContext: string;

  @Field({ type: listOf(FacilityService), sharing: "UNCONDITIONAL", article: "第十六条", zh: "提供的公共服务", en: "Public services offered" })
  services: string[];

  @Field({ type: listOf(LifeCircleKind), sharing: "UNCONDITIONAL", article: "第十三条", zh: "承担的生活服务圈功能", en: "Daily services it provides in the life-circle" })
  lifeCircle: string[];

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", article: "第十七条第一款",
    zh: "建设用地面积；不得少于一千平方米的是此项", en: "Land area; the minimum of 1,000 m² speaks of this" })
  landArea: number;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", article: "第十七条第二款、第三款",
    zh: "建筑面积；每百户三十平方米、五百平方米的标准是此项", en: "Floor area; the 30 m² per 100 households and the 500 m² speak of this" })
  buildingArea: number;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", article: "第十六条", zh: "居民活动区域面积", en: "Floor area of residents' activities" })
  activityArea: number;

  @Field({ type: oneOf(FacilityOwnership), sharing: "UNCONDITIONAL", article: "第十七条", zh: "产权归属", en: "Who owns it" })
  ownership: string;

  @Field({ type: text(120), sharing: "UNCONDITIONAL", zh: "产权单位名称", en: "Name of the owning unit" })
  ownerName: string;

  @Field({ type: code("creditCode", 18), sharing: "UNCONDITIONAL", article: "第十九条；GB 32100-2015",
    zh: "产权单位统一社会信用代码", en: "Credit code of the owning unit" })
  ownerCreditCode: string;

  @Field({ type: text(60), sharing: "UNCONDITIONAL", steward: "real-estate", article: "第十七条",
    zh: "不动产权证号，由房产部门维护", en: "Number of its title deed, kept by the real-estate bureau" })
  titleNo: string;

  @Field({ type: flag(), sharing: "UNCONDITIONAL", steward: "planning", article: "第十六条",
    zh: "建设用地是否纳入本级国土空间规划，由规自部门维护", en: "Whether its land is in the spatial plan, kept by the planning bureau" })
  inSpatialPlan: boolean;

  @Field({ type: oneOf(FacilityInvestor), sharing: "UNCONDITIONAL", article: "第十九条", zh: "投资主体", en: "Who paid for it" })
  investor: string;

  @Field({ type: text(120), sharing: "UNCONDITIONAL", article: "第十九条", zh: "投资单位名称", en: "Name of the investing unit" })
  investorName: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第五十三条", zh: "批准建设（提供）日期，判断本条例是否适用", en: "Day of approval; tells whether the regulation applies" })
  approvedOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十六条", zh: "启用日期", en: "Day it opened" })
  openedAt: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "关闭日期", en: "Day it closed" })
  closedAt: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十七条第三款", zh: "租赁或者借用起始日", en: "First day of a lease or loan" })
  occupiedFrom: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十七条第三款", zh: "租赁或者借用截止日", en: "Last day of a lease or loan" })
  occupiedTo: string;

  @Field({ type: code(undefined, 40), sharing: "UNCONDITIONAL", article: "第十七条第二款",
    zh: "配套住宅小区项目编码", en: "Code of the residential project it belongs to" })
  projectCode: string;

  @Field({ type: oneOf(SupplyMode), sharing: "UNCONDITIONAL", article: "第三十四条", zh: "运营方式", en: "How its services are supplied" })
  supplyMode: string;

  @Field({ type: text(120), sharing: "UNCONDITIONAL", article: "第三十四条", zh: "运营单位名称", en: "Name of the unit that runs it" })
  operatorName: string;

  @Field({ type: code("creditOrFiling", 30), sharing: "UNCONDITIONAL", article: "第三十四条、第三十九条",
    zh: "运营社会组织的统一社会信用代码或者备案编号", en: "Credit code or filing number of the organization that runs it" })
  operatorCreditCode: string;

  @Field({ type: flag(), sharing: "UNCONDITIONAL", article: "第三十九条", zh: "是否无偿提供给社会组织使用", en: "Whether social organizations use it free of charge" })
  freeForOrganizations: boolean;

  @Field({ type: count(0, 100_000), sharing: "UNCONDITIONAL", unit: "人", article: "第十三条", zh: "服务能力", en: "Persons it can serve at a time" })
  capacity: number;

  @Field({ type: text(80), sharing: "UNCONDITIONAL", zh: "开放时间", en: "Opening hours" })
  openingHours: string;

  @Field({ type: text(200), sharing: "UNCONDITIONAL", article: "第十六条", zh: "地址", en: "Address" })
  address: string;

  @Field({ type: measure(73, 136), sharing: "UNCONDITIONAL", unit: "度", zh: "经度（CGCS2000）；演示数据为合成", en: "Longitude, CGCS2000; synthetic in demo data" })
  longitude: number;

  @Field({ type: measure(3, 54), sharing: "UNCONDITIONAL", unit: "度", zh: "纬度（CGCS2000）；演示数据为合成", en: "Latitude, CGCS2000; synthetic in demo data" })
  latitude: number;

  @Many({ to: "facilityShare", there: "facilityId", article: "第十六条", zh: "共享给其他社区的份额", en: "Shares of the communities it serves" })
  shares: unknown[];

  @Many({ to: "idleAsset", there: "facilityCode", here: "code", article: "第十八条", zh: "由其改造而来的闲置资源", en: "Idle assets that became this facility" })
  idleAssets: unknown[];

  @One({ to: "residentialProject", here: "projectCode", there: "code", article: "第十七条第二款", zh: "配套的住宅小区项目", en: "The residential project it belongs to" })
  project: unknown;

  @Many({ to: "organizationSupport", there: "facilityId", article: "第三十九条", zh: "供社会组织使用的情况", en: "Uses of it by social organizations" })
  supports: unknown[];

  @Many({ to: "volunteerStation", there: "facilityId", article: "第三十八条", zh: "设在其中的志愿者服务站点", en: "Volunteer stations housed in it" })
  volunteerStations: unknown[];

  @One({ to: "socialOrganization", here: "operatorCreditCode", there: "creditCode", article: "第三十四条", zh: "运营的社会组织", en: "The social organization that runs it" })
  operator: unknown;
}
