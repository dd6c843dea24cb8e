/** Report R2: facilities of each community against the three rules of Art. 17, each on its own basis. */
// biome-ignore-all format: a field stays on two lines
import { count, DatasetRow, day, division, Figure, flag, measure, One, oneOf, Report, text } from "../../declare";
import { CommunityKind, OfficeNeed } from "../community";
import { AreaContext } from "../enums/area-context";
import { HouseholdKind } from "../enums/household-kind";

const IN_USE = { status: { eq: "IN_USE" } };
/** A shared facility counts by its shares, any other where it stands. */
const OWN = { ...IN_USE, or: [{ provisionMode: { ne: "INTEGRATED_SHARING" } }, { provisionMode: { isNull: true } }] };
/** What was built, and approved since the regulation is in force. */
const BUILT = { provisionMode: { in: ["NEW_BUILD", "RECONSTRUCTION", "EXPANSION"] }, approvedOn: { gte: "2021-07-01" } };
const REMEDY = { ...IN_USE, or: [
  { provisionMode: { in: ["SWAP", "PURCHASE", "LEASE", "BORROWING"] } },
  { provisionMode: { in: ["NEW_BUILD", "RECONSTRUCTION", "EXPANSION"] }, buildingArea: { gte: 500 } },
] };
const AVAILABLE = { state: { in: ["REGISTERED", "OFFERED"] } };
const NEW_AREA = { approvedOn: { gte: "2021-07-01" } };

@Report({
  name: "facilityCompliance", plural: "facilityCompliances", from: "community", key: ["code"],
  zh: "社区综合服务设施达标情况：用地、每百户建筑面积、办公用房三项标准，缺口与可用闲置资源",
  en: "Facilities against Art. 17: land of what was built, floor area per 100 households, offices of old areas; gap and idle assets",
  article: "第十六条、第十七条、第十八条",
  report: {
    no: "R2",
    coverage: { zh: "没有登记设施的社区面积计 0；面积、批准日期或者提供方式未填的设施不进入相应一列；未登记份额的共享设施不计入任何社区", en: "A community without recorded facilities counts with 0; facilities without area, day of approval or way of provision are missing from the column that needs it; a shared facility without shares counts nowhere" },
    cannotSay: { zh: "每百户指标是比较数，第十七条第二款只约束新建住宅小区和旧城连片改造；批准日期早于 2021-07-01 的建设不判断（第五十三条，适用口径待司法部门确认）；闲置资源只列本社区的", en: "The index compares; Art. 17(2) binds new and renewed areas alone; what was approved before 2021-07-01 is not judged (Art. 53, a reading to be confirmed); idle assets are those of the community itself" },
  },
})
export class FacilityCompliance extends DatasetRow {
  @Figure({ type: division(), zh: "社区代码", en: "Code of the community" })
  code: string;

  @Figure({ type: text(), zh: "社区名称", en: "Name of the community" })
  name: string;

  @Figure({ type: oneOf(CommunityKind), zh: "社区类型", en: "Kind of community", article: "第二条" })
  kind: string;

  @Figure({ type: oneOf(AreaContext), zh: "区域类型", en: "Kind of area; decides which standard holds", article: "第十七条" })
  areaContext: string;

  @Figure({ type: count(), unit: "户", zh: "户数", en: "Households", article: "第十七条" })
  households: number;

  @Figure({ type: oneOf(HouseholdKind), zh: "户数口径", en: "What the number of households counts", article: "第十七条" })
  householdsKind: string;

  @Figure({ type: day(), zh: "户数统计日期", en: "Day the households were counted", article: "第十七条" })
  householdsAsOf: string;

  @Figure({ type: measure(), unit: "m²", computed: { is: "sum", link: "facilities", field: "buildingArea", where: OWN, none: 0 },
    zh: "本社区在用设施建筑面积（共享设施除外）", en: "Floor area of facilities in use that stand here, shared ones apart", article: "第十七条" })
  ownArea: number;

  @Figure({ type: measure(), unit: "m²", computed: { is: "sum", link: "facilityShares", field: "servedArea", times: "share", none: 0 },
    zh: "共享设施按份额计入的建筑面积", en: "Floor area of shared facilities, by the community's share", article: "第十六条、第十七条" })
  sharedArea: number;

  @Figure({ type: measure(), unit: "m²", computed: { is: "total", of: { ownArea: 1, sharedArea: 1 } },
    zh: "服务本社区的设施建筑面积", en: "Floor area that serves the community", article: "第十七条" })
  servingArea: number;

  @Figure({ type: measure(), unit: "m²/100 households", computed: { is: "ratio", of: "servingArea", to: "households", per: 100 },
    zh: "每百户设施建筑面积", en: "Floor area per 100 households", article: "第十七条第二款" })
  areaPer100Households: number;

  @Figure({ type: flag(), computed: { is: "test", of: "areaPer100Households", below: 30 },
    zh: "每百户不足三十平方米", en: "Less than 30 m² per 100 households", article: "第十七条第二款" })
  belowIndex: boolean;

  @Figure({ type: measure(), unit: "m²", computed: { is: "total", of: { households: 0.3, servingArea: -1 }, least: 0 },
    zh: "缺口：每百户三十平方米所需减现有", en: "Gap to 30 m² per 100 households", article: "第十七条第二款" })
  gap: number;

  @Figure({ type: count(), computed: { is: "count", link: "facilities", where: BUILT },
    zh: "2021-07-01 起批准新建、改建、扩建的设施", en: "Facilities built, rebuilt or extended, approved since 2021-07-01", article: "第十七条第一款、第五十三条" })
  built: number;

  @Figure({ type: count(), computed: { is: "count", link: "facilities", where: { ...BUILT, landArea: { lt: 1000 } } },
    zh: "其中建设用地少于一千平方米", en: "Of these, on less than 1,000 m² of land", article: "第十七条第一款；I-01" })
  landShort: number;

  @Figure({ type: count(), unit: "户", computed: { is: "sum", link: "residentialProjects", field: "households", where: NEW_AREA, none: 0 },
    zh: "2021-07-01 起批准的住宅小区项目规划户数", en: "Planned households of projects approved since 2021-07-01", article: "第十七条第二款、第五十三条" })
  projectHouseholds: number;

  @Figure({ type: measure(), unit: "m²", computed: { is: "sum", link: "residentialProjects", field: "plannedFacilityArea", where: NEW_AREA, none: 0 },
    zh: "其规划设施建筑面积", en: "Floor area of facilities planned for them", article: "第十七条第二款" })
  projectArea: number;

  @Figure({ type: measure(), unit: "m²", computed: { is: "total", of: { projectHouseholds: 0.3, projectArea: -1 }, least: 0 },
    zh: "项目缺口", en: "Gap of the projects", article: "第十七条第二款；I-02" })
  projectGap: number;

  @Figure({ type: oneOf(OfficeNeed), zh: "办公用房是否满足需要", en: "Whether the office suffices", article: "第十七条第三款" })
  officeNeed: string;

  @Figure({ type: measure(), unit: "m²", zh: "社区办公用房面积", en: "Floor area of the office", article: "第十七条第三款" })
  officeArea: number;

  @Figure({ type: count(), computed: { is: "count", link: "facilities", where: REMEDY },
    zh: "置换、购买、租赁、借用，或者建设不少于五百平方米的在用设施", en: "Facilities in use by swap, purchase, lease or loan, or built with 500 m² or more", article: "第十七条第三款；I-05" })
  remedies: number;

  @Figure({ type: count(), computed: { is: "count", link: "idleAssets", where: AVAILABLE },
    zh: "本社区可用闲置资源", en: "Idle assets of the community that can be had", article: "第十八条" })
  idleAssets: number;

  @Figure({ type: measure(), unit: "m²", computed: { is: "sum", link: "idleAssets", field: "buildingArea", where: AVAILABLE, none: 0 },
    zh: "其建筑面积", en: "Their floor area", article: "第十八条" })
  idleArea: number;

  @One({ to: "community", here: "territory", there: "code", zh: "所述社区", en: "The community it is about" })
  community: unknown;
}
