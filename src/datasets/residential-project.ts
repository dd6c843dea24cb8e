/** Residential projects and the four dates on which their community facilities must keep pace with the dwellings (Art. 17). */
// biome-ignore-all format: a declaration reads as a table, one field a paragraph
import { code, count, Dataset, day, defineEnum, Field, flag, listOf, Many, measure, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { AreaContext } from "./enums/area-context";
import { DepartmentKind } from "./enums/department-kind";
import { inOrder, validity } from "./row-rules";

export const ProjectState = defineEnum("ProjectState",
  { zh: "项目阶段", en: "Stage of a residential project", article: "第十七条第二款" },
  { PLANNED: "规划", DESIGNED: "设计", UNDER_CONSTRUCTION: "施工", ACCEPTED: "验收", HANDED_OVER: "交付" });

@Dataset({
  name: "residentialProject", plural: "residentialProjects", steward: "housing", key: ["code"], update: "每月", article: "第十七条第二款",
  zh: "住宅小区项目：配套设施应同步设计、施工、验收、交付", en: "Residential projects, whose facilities are designed, built, accepted and handed over with the dwellings",
  rules: [
    validity,
    inOrder("facilityDesignedOn", "facilityBuiltOn", { zh: "设施建成不早于设计", en: "Facilities are built after their design" }),
    inOrder("facilityBuiltOn", "facilityAcceptedOn", { zh: "设施验收不早于建成", en: "Facilities are accepted after they are built" }),
    inOrder("facilityAcceptedOn", "facilityHandedOverOn", { zh: "设施交付不早于验收", en: "Facilities are handed over after acceptance" }),
    inOrder("dwellingsDesignedOn", "dwellingsBuiltOn", { zh: "住宅建成不早于设计", en: "Dwellings are built after their design" }),
    inOrder("dwellingsBuiltOn", "dwellingsAcceptedOn", { zh: "住宅验收不早于建成", en: "Dwellings are accepted after they are built" }),
    inOrder("dwellingsAcceptedOn", "dwellingsHandedOverOn", { zh: "住宅交付不早于验收", en: "Dwellings are handed over after acceptance" }),
  ],
})
export class ResidentialProject extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "项目编码", en: "Code of the project" })
  code: string;

  @Field({ type: text(120), required: true, sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "项目名称", en: "Name of the project" })
  name: string;

  @Field({ type: oneOf(AreaContext), required: true, sharing: "UNCONDITIONAL", article: "第十七条第二款",
    zh: "新建住宅小区或者旧城连片改造居民区", en: "New residential area or renewal of old blocks" })
  areaContext: string;

  @Field({ type: oneOf(ProjectState), sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "项目阶段", en: "Stage" })
  state: string;

  @Field({ type: text(120), sharing: "UNCONDITIONAL", zh: "建设单位", en: "Developer" })
  developer: string;

  @Field({ type: code("creditCode", 18), sharing: "UNCONDITIONAL", article: "GB 32100-2015", zh: "建设单位统一社会信用代码", en: "Credit code of the developer" })
  developerCreditCode: string;

  @Field({ type: code(undefined, 60), sharing: "UNCONDITIONAL", steward: "planning", article: "第十七条第二款",
    zh: "建设工程规划许可证号，由规自部门维护", en: "Number of the planning permit, kept by the planning bureau" })
  planningPermit: string;

  @Field({ type: count(), required: true, sharing: "UNCONDITIONAL", unit: "户", article: "第十七条第二款", zh: "规划户数", en: "Planned households" })
  households: number;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", article: "第十七条第二款",
    zh: "规划的社区综合服务设施建筑面积，每百户不低于三十平方米", en: "Planned floor area of facilities, at least 30 m² per 100 households" })
  plannedFacilityArea: number;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", article: "第十七条第二款", zh: "实际建成的设施建筑面积", en: "Floor area of facilities as built" })
  builtFacilityArea: number;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第五十三条", zh: "规划批准日期，判断本条例是否适用", en: "Day the plan was approved; tells whether the regulation applies" })
  approvedOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "设施设计完成日", en: "Day the facilities' design was ready" })
  facilityDesignedOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "设施建成日", en: "Day the facilities were built" })
  facilityBuiltOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "设施验收日", en: "Day the facilities were accepted" })
  facilityAcceptedOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "设施交付政府使用日", en: "Day the facilities were handed over to the government" })
  facilityHandedOverOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "住宅设计完成日", en: "Day the dwellings' design was ready" })
  dwellingsDesignedOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "住宅建成日", en: "Day the dwellings were built" })
  dwellingsBuiltOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "住宅验收日", en: "Day the dwellings were accepted" })
  dwellingsAcceptedOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "住宅交付日", en: "Day the dwellings were handed over" })
  dwellingsHandedOverOn: string;

  @Field({ type: listOf(DepartmentKind), sharing: "UNCONDITIONAL", article: "第十七条第二款",
    zh: "应邀参加验收的部门，应当包括民政部门", en: "Departments invited to the acceptance; civil affairs must be among them" })
  acceptanceInvitees: string[];

  @Field({ type: flag(), sharing: "UNCONDITIONAL", article: "第十七条第二款", zh: "设施是否已交付政府使用", en: "Whether the facilities are in the government's hands" })
  handedOver: boolean;

  @Field({ type: text(200), sharing: "UNCONDITIONAL", zh: "项目地址", en: "Address" })
  address: string;

  @Many({ to: "facility", there: "projectCode", here: "code", article: "第十七条第二款", zh: "配套设施", en: "Facilities that belong to it" })
  facilities: unknown[];
}
