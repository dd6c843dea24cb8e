/** Report R2, by project: facilities of new and renewed areas against 0.30 m² a household, and their steps against the dwellings'. */
// biome-ignore-all format: a field stays on two lines
import { code, count, DatasetRow, day, Figure, flag, listOf, measure, One, oneOf, Report, text } from "../../declare";
import { AreaContext } from "../enums/area-context";
import { DepartmentKind } from "../enums/department-kind";
import { ProjectState } from "../residential-project";

@Report({
  name: "projectFacility", plural: "projectFacilities", from: "residentialProject", key: ["code"],
  zh: "住宅小区配套设施：每户 0.30 平方米与四个同步", en: "Facilities of residential projects: 0.30 m² a household, and the four steps in time with the dwellings",
  article: "第十七条第二款",
  report: {
    no: "R2",
    coverage: { zh: "未登记的项目不在其中；面积或者日期未填的，相应一列为空", en: "Projects that are not recorded are missing; without area or day the column is empty" },
    cannotSay: { zh: "批准日期早于 2021-07-01 的项目照列，是否适用由批准日期判断（第五十三条）；不说明面积的质量和位置", en: "Projects approved before 2021-07-01 are listed too: the day of approval tells whether the article applies (Art. 53); nothing on quality or place" },
  },
})
export class ProjectFacility extends DatasetRow {
  @Figure({ type: code(undefined, 40), zh: "项目编码", en: "Code of the project" })
  code: string;

  @Figure({ type: text(120), zh: "项目名称", en: "Name of the project" })
  name: string;

  @Figure({ type: oneOf(AreaContext), zh: "区域类型", en: "New area or renewal", article: "第十七条第二款" })
  areaContext: string;

  @Figure({ type: oneOf(ProjectState), zh: "项目阶段", en: "Stage" })
  state: string;

  @Figure({ type: day(), zh: "规划批准日期", en: "Day the plan was approved", article: "第五十三条" })
  approvedOn: string;

  @Figure({ type: count(), unit: "户", zh: "规划户数", en: "Planned households", article: "第十七条第二款" })
  households: number;

  @Figure({ type: measure(), unit: "m²", computed: { is: "total", of: { households: 0.3 } },
    zh: "应有设施建筑面积：每百户三十平方米", en: "Floor area due: 30 m² per 100 households", article: "第十七条第二款；I-02" })
  requiredArea: number;

  @Figure({ type: measure(), unit: "m²", zh: "规划设施建筑面积", en: "Floor area planned", article: "第十七条第二款" })
  plannedFacilityArea: number;

  @Figure({ type: measure(), unit: "m²", zh: "建成设施建筑面积", en: "Floor area as built", article: "第十七条第二款" })
  builtFacilityArea: number;

  @Figure({ type: measure(), unit: "m²", computed: { is: "total", of: { requiredArea: 1, plannedFacilityArea: -1 }, least: 0 },
    zh: "规划缺口", en: "Gap of the plan", article: "第十七条第二款；I-02" })
  plannedGap: number;

  @Figure({ type: measure(), unit: "m²", computed: { is: "total", of: { requiredArea: 1, builtFacilityArea: -1 }, least: 0 },
    zh: "建成缺口", en: "Gap as built", article: "第十七条第二款；I-02" })
  builtGap: number;

  @Figure({ type: day(), zh: "设施设计日", en: "Day the facilities were designed", article: "第十七条第二款" })
  facilityDesignedOn: string;

  @Figure({ type: day(), zh: "设施建成日", en: "Day they were built", article: "第十七条第二款" })
  facilityBuiltOn: string;

  @Figure({ type: day(), zh: "设施验收日", en: "Day they were accepted", article: "第十七条第二款" })
  facilityAcceptedOn: string;

  @Figure({ type: day(), zh: "设施交付日", en: "Day they were handed over", article: "第十七条第二款" })
  facilityHandedOverOn: string;

  @Figure({ type: day(), zh: "住宅设计日", en: "Day the dwellings were designed", article: "第十七条第二款" })
  dwellingsDesignedOn: string;

  @Figure({ type: day(), zh: "住宅建成日", en: "Day the dwellings were built", article: "第十七条第二款" })
  dwellingsBuiltOn: string;

  @Figure({ type: day(), zh: "住宅验收日", en: "Day the dwellings were accepted", article: "第十七条第二款" })
  dwellingsAcceptedOn: string;

  @Figure({ type: day(), zh: "住宅交付日", en: "Day the dwellings were handed over", article: "第十七条第二款" })
  dwellingsHandedOverOn: string;

  @Figure({ type: flag(), computed: { is: "test", of: "facilityDesignedOn", above: "dwellingsDesignedOn" },
    zh: "设计晚于住宅", en: "Designed after the dwellings", article: "第十七条第二款；I-03" })
  designedLate: boolean;

  @Figure({ type: flag(), computed: { is: "test", of: "facilityBuiltOn", above: "dwellingsBuiltOn" },
    zh: "建成晚于住宅", en: "Built after the dwellings", article: "第十七条第二款；I-03" })
  builtLate: boolean;

  @Figure({ type: flag(), computed: { is: "test", of: "facilityAcceptedOn", above: "dwellingsAcceptedOn" },
    zh: "验收晚于住宅", en: "Accepted after the dwellings", article: "第十七条第二款；I-03" })
  acceptedLate: boolean;

  @Figure({ type: flag(), computed: { is: "test", of: "facilityHandedOverOn", above: "dwellingsHandedOverOn" },
    zh: "交付晚于住宅", en: "Handed over after the dwellings", article: "第十七条第二款；I-03" })
  handedOverLate: boolean;

  @Figure({ type: listOf(DepartmentKind), zh: "应邀参加验收的部门", en: "Departments invited to the acceptance", article: "第十七条第二款；I-04" })
  acceptanceInvitees: string[];

  @One({ to: "residentialProject", here: "code", there: "code", zh: "所述项目", en: "The project it is about" })
  project: unknown;

  @One({ to: "community", here: "territory", there: "code", zh: "所在社区", en: "The community it lies in" })
  community: unknown;
}
