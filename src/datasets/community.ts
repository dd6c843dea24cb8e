/** Urban and rural communities: the basic units of governance, drawn by county-level governments (Arts. 2 and 12). */
// biome-ignore-all format: a declaration reads as a table, one field a paragraph
import { code, count, Dataset, day, defineEnum, division, Field, flag, listOf, Many, measure, One, oneOf, text } from "../declare";
import { communitySegment } from "../declare/code/division-code";
import { CommunityLinks } from "./community-links";
import { AreaContext } from "./enums/area-context";
import { ChangeKind } from "./enums/change-kind";
import { CommunityService, PublicService, RuralInfrastructure } from "./enums/community-service";
import { HouseholdKind } from "./enums/household-kind";
import { LifeCircleKind } from "./enums/life-circle";
import { inOrder, isMissing, notMore, sameAs, validity } from "./row-rules";

export const CommunityKind = defineEnum("CommunityKind",
  { zh: "社区类型", en: "Kind of community, as the last segment of its code tells it", article: "第二条" },
  { RESIDENTS: "居民委员会社区", VILLAGERS: "村民委员会社区", SIMILAR: "类似单位" });

export const UrbanRuralClass = defineEnum("UrbanRuralClass",
  { zh: "城乡分类", en: "Urban-rural class of the area; it classes areas, not committees" },
  { MAIN_URBAN: "111 主城区", URBAN_RURAL_FRINGE: "112 城乡结合区", TOWN_CENTRE: "121 镇中心区", TOWN_FRINGE: "122 镇乡结合区",
    SPECIAL_AREA: "123 特殊区域", TOWNSHIP_CENTRE: "210 乡中心区", VILLAGE: "220 村庄" });

export const OfficeNeed = defineEnum("OfficeNeed",
  { zh: "办公用房需求", en: "Whether the community's office suffices", article: "第十七条" },
  { SUFFICIENT: "满足需要", INSUFFICIENT: "不能满足需要", MISSING: "没有办公用房" });

@Dataset({
  name: "community", plural: "communities", steward: "civil-affairs", key: ["code"], update: "每季度", article: "第二条、第十二条",
  zh: "城乡社区：治理的基本单元，由县（市、区）人民政府划定", en: "Urban and rural communities, the basic units of governance",
  rules: [
    validity,
    sameAs("code", "territory", { zh: "社区的所在区划就是其自身编码", en: "A community's territory is its own code" }),
    { code: "KIND_AGAINST_CODE", zh: "社区类型与编码末三位不符（001–199 居委会、200–399 村委会、400 以上类似单位）",
      en: "The kind is not what the last three digits of the code say", fields: ["kind", "code"],
      holds: (row) => isMissing(row, "kind", "code") || communitySegment(String(row.code)) === row.kind },
    { code: "STREET_AGAINST_CODE", zh: "所属街道（乡镇）节点与社区编码前九位不符", en: "The street node is not the parent of the code",
      article: "第二条", fields: ["streetNode", "code"],
      holds: (row) => isMissing(row, "streetNode", "code") || String(row.streetNode).endsWith(`/${String(row.code).slice(0, 9)}000`) },
    notMore("elderlyPopulation", "population", { zh: "老年人口不多于常住人口", en: "The elderly are not more than the population" }),
    inOrder("establishedOn", "changedOn", { zh: "调整日期不早于设立日期", en: "A community is not changed before it is set up" }),
  ],
})
export class Community extends CommunityLinks {
  @Field({ type: division(), required: true, sharing: "UNCONDITIONAL", article: "第二条",
    zh: "社区编码，12 位统计用区划代码", en: "Community code, 12 digits of the statistical scheme" })
  code: string;

  @Field({ type: text(100), required: true, sharing: "UNCONDITIONAL", article: "第二条",
    zh: "社区名称；全市有重名，不作为标识", en: "Name; several communities share one, so it identifies nothing" })
  name: string;

  @Field({ type: oneOf(CommunityKind), required: true, sharing: "UNCONDITIONAL", article: "第二条",
    zh: "社区类型", en: "Kind of community" })
  kind: string;

  @Field({ type: oneOf(UrbanRuralClass), sharing: "UNCONDITIONAL",
    zh: "城乡分类代码所示类别；村委会辖区也可以是主城区", en: "Urban-rural class; a villagers' committee may lie in the main urban area" })
  urbanRuralClass: string;

  @Field({ type: code("divisionNode"), sharing: "UNCONDITIONAL", article: "第二条",
    zh: "所属街道（乡镇）节点：体系/版本/代码", en: "Its street or township as scheme/edition/code" })
  streetNode: string;

  @Field({ type: oneOf(AreaContext), sharing: "UNCONDITIONAL", article: "第十七条",
    zh: "区域类型，决定适用的设施标准", en: "Kind of area; decides which facility standard holds" })
  areaContext: string;

  @Field({ type: count(), sharing: "UNCONDITIONAL", unit: "人", article: "第十二条",
    zh: "常住人口；演示数据为合成", en: "Resident population; synthetic in demo data" })
  population: number;

  @Field({ type: count(), sharing: "UNCONDITIONAL", unit: "人", article: "第四十六条",
    zh: "六十周岁以上人口；演示数据为合成", en: "Residents aged 60 and over; synthetic in demo data" })
  elderlyPopulation: number;

  @Field({ type: count(), sharing: "UNCONDITIONAL", unit: "户", article: "第十二条",
    zh: "户数，口径和日期见后两项；演示数据为合成", en: "Households, of the kind and date named beside; synthetic in demo data" })
  households: number;

  @Field({ type: oneOf(HouseholdKind), sharing: "UNCONDITIONAL", article: "第十七条",
    zh: "户数口径", en: "What the number of households counts" })
  householdsKind: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十七条", zh: "户数统计日期", en: "Day the households were counted" })
  householdsAsOf: string;

  @Field({ type: measure(0, 10_000), sharing: "UNCONDITIONAL", unit: "平方千米", article: "第十二条",
    zh: "辖区面积；演示数据为合成", en: "Area of the community; synthetic in demo data" })
  area: number;

  @Field({ type: measure(0, 100), sharing: "UNCONDITIONAL", unit: "千米", article: "第四十六条",
    zh: "服务半径", en: "Radius of service, a factor of staffing" })
  serviceRadius: number;

  @Field({ type: count(), sharing: "UNCONDITIONAL", unit: "个", article: "第四十条、第四十六条",
    zh: "驻社区单位数量", en: "Number of units resident in the community, a factor of staffing" })
  residentUnits: number;

  @Field({ type: measure(73, 136), sharing: "UNCONDITIONAL", unit: "度",
    zh: "经度（CGCS2000）；演示数据为合成", en: "Longitude, CGCS2000; synthetic in demo data" })
  longitude: number;

  @Field({ type: measure(3, 54), sharing: "UNCONDITIONAL", unit: "度",
    zh: "纬度（CGCS2000）；演示数据为合成", en: "Latitude, CGCS2000; synthetic in demo data" })
  latitude: number;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", article: "第十七条第三款",
    zh: "社区办公用房面积", en: "Floor area of the community's office" })
  officeArea: number;

  @Field({ type: oneOf(OfficeNeed), sharing: "UNCONDITIONAL", article: "第十七条第三款",
    zh: "办公用房是否满足需要", en: "Whether the office suffices" })
  officeNeed: string;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", article: "第十六条",
    zh: "国土空间规划预留的设施用地面积", en: "Land reserved for facilities in the spatial plan" })
  plannedLand: number;

  @Field({ type: text(80), sharing: "UNCONDITIONAL", article: "第十二条",
    zh: "划定社区的决定文号", en: "Number of the decision that drew the boundary" })
  boundaryDecision: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十二条", zh: "设立日期", en: "Day the community was set up" })
  establishedOn: string;

  @Field({ type: oneOf(ChangeKind), sharing: "UNCONDITIONAL", article: "第十二条", zh: "最近一次变更的类型", en: "Kind of its latest change" })
  changeKind: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十二条", zh: "最近一次变更日期", en: "Day of its latest change" })
  changedOn: string;

  @Field({ type: code("divisionCode", 12), sharing: "UNCONDITIONAL", article: "第十二条",
    zh: "后继社区编码；撤销或者合并的社区必须指明", en: "Code of its successor; a dissolved or merged community names one" })
  successorCode: string;

  @Field({ type: listOf(LifeCircleKind), sharing: "UNCONDITIONAL", article: "第十三条",
    zh: "生活服务圈已覆盖的设施种类", en: "Kinds of daily services within reach" })
  lifeCircle: string[];

  @Field({ type: flag(), sharing: "UNCONDITIONAL", article: "第三十五条", zh: "是否设立公共服务窗口", en: "Whether it has a public-service window" })
  serviceWindow: boolean;

  @Field({ type: listOf(PublicService), sharing: "UNCONDITIONAL", article: "第三十五条",
    zh: "窗口提供的基本公共服务", en: "Public services its window offers" })
  publicServices: string[];

  @Field({ type: listOf(CommunityService), sharing: "UNCONDITIONAL", article: "第三十六条", zh: "便民服务种类", en: "Services for residents' convenience" })
  communityServices: string[];

  @Field({ type: listOf(RuralInfrastructure), sharing: "UNCONDITIONAL", article: "第十五条",
    zh: "农村社区已有基础设施", en: "Infrastructure of a rural community" })
  ruralInfrastructure: string[];

  @Field({ type: count(0, 1000), sharing: "UNCONDITIONAL", unit: "个", article: "第二十八条", zh: "网格数量", en: "Number of grids" })
  grids: number;

  @One({ to: "committee", here: "code", there: "code", article: "第七条",
    zh: "本社区的居（村）民委员会", en: "The committee of this community" })
  committee: unknown;

  @One({ to: "division", here: "streetNode", there: "node", article: "第二条",
    zh: "所属街道（乡镇）", en: "The street or township it lies in" })
  street: unknown;

  @One({ to: "community", here: "successorCode", there: "code", article: "第十二条", zh: "后继社区", en: "The community that followed it" })
  successor: unknown;

  @Many({ to: "community", there: "successorCode", here: "code", article: "第十二条", zh: "前身社区", en: "Communities that it followed" })
  predecessors: unknown[];
}
