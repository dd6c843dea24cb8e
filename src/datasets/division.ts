/** Administrative divisions in the schemes that Taiyuan's bureaus use; a division is named by scheme, edition and code together. */
// biome-ignore-all format: a declaration reads as a table, one field a paragraph
import { code, Dataset, DatasetRow, day, defineEnum, Field, Many, One, oneOf, text } from "../declare";
import { streetSegment } from "../declare/code/division-code";
import { ChangeKind } from "./enums/change-kind";
import { inOrder, isMissing, validity } from "./row-rules";

export const DivisionScheme = defineEnum("DivisionScheme",
  { zh: "区划代码体系", en: "Scheme of division codes" },
  { STATISTICS: "统计用区划代码（统计部门）", CIVIL_AFFAIRS: "行政区划代码（民政部门）" });

export const DivisionLevel = defineEnum("DivisionLevel",
  { zh: "区划级别", en: "Level of a division" },
  { CITY: "市", DISTRICT: "县（市、区）", STREET: "街道、乡（镇）", COMMUNITY: "社区、村" });

export const DivisionKind = defineEnum("DivisionKind",
  { zh: "区划类别", en: "Kind of a division" },
  { PREFECTURE_CITY: "地级市", URBAN_DISTRICT: "市辖区", COUNTY: "县", COUNTY_CITY: "县级市", STATISTICAL_AREA: "统计用区域，非行政区",
    SUBDISTRICT: "街道", TOWN: "镇", TOWNSHIP: "乡", SIMILAR: "类似单位",
    RESIDENTS: "居民委员会", VILLAGERS: "村民委员会" });

const STREET_KINDS = ["SUBDISTRICT", "TOWN", "TOWNSHIP"];

@Dataset({
  name: "division", plural: "divisions", steward: "civil-affairs", key: ["scheme", "edition", "code"], update: "每年", article: "第四条、第十二条",
  zh: "行政区划与统计用区划：同一代码在两套体系中可能指不同街道", en: "Divisions; one code may name two streets in two schemes",
  rules: [
    validity,
    { code: "NODE_AGAINST_KEY", zh: "节点应为 体系/版本/代码", en: "The node is its scheme, edition and code", fields: ["node", "scheme", "edition", "code"],
      holds: (row) => isMissing(row, "node", "scheme", "edition", "code") || row.node === `${row.scheme}/${row.edition}/${row.code}` },
    { code: "PARENT_AGAINST_CODE", zh: "上级节点应同体系、同版本，且代码为本级代码的前缀补零", en: "The parent is of the same scheme and edition, with the same prefix and zeros after",
      fields: ["parentNode", "node"], holds: (row) => isMissing(row, "parentNode", "node") || isParent(String(row.parentNode), String(row.node)) },
    { code: "TERRITORY_AGAINST_CODE", zh: "统计体系的所在区划即自身代码；民政体系的所在区划应在同一县（市、区）",
      en: "In the statistical scheme the territory is the code itself, in the other it lies in the same district", fields: ["territory", "code"],
      holds: (row) => row.scheme === "STATISTICS" ? row.territory === row.code : String(row.territory).slice(0, 6) === String(row.code).slice(0, 6) },
    { code: "KIND_AGAINST_CODE", zh: "街道级类别与代码第七至九位不符（001–099 街道、100–199 镇、200–399 乡）", en: "The kind is not what digits 7 to 9 say",
      fields: ["kind", "code"], holds: (row) => !STREET_KINDS.includes(String(row.kind)) || streetSegment(String(row.code)) === row.kind },
    inOrder("establishedOn", "changedOn", { zh: "变更日期不早于设立日期", en: "A division is not changed before it is set up" }),
  ],
})
export class Division extends DatasetRow {
  @Field({ type: oneOf(DivisionScheme), required: true, sharing: "UNCONDITIONAL", zh: "代码体系", en: "Scheme" })
  scheme: string;

  @Field({ type: code(undefined, 10), required: true, sharing: "UNCONDITIONAL", zh: "版本（年份）", en: "Edition, a year" })
  edition: string;

  @Field({ type: code("divisionCode", 12), required: true, sharing: "UNCONDITIONAL", article: "GB/T 2260；GB/T 10114",
    zh: "12 位代码，不足位补零", en: "Code, filled up with zeros to 12 digits" })
  code: string;

  @Field({ type: code("divisionNode", 40), required: true, key: true, sharing: "UNCONDITIONAL",
    zh: "节点标识：体系/版本/代码，如 STATISTICS/2023/140105001000", en: "Node, as scheme/edition/code" })
  node: string;

  @Field({ type: code("divisionNode", 40), key: true, sharing: "UNCONDITIONAL", zh: "上级节点", en: "Node of its parent" })
  parentNode: string;

  @Field({ type: text(100), required: true, sharing: "UNCONDITIONAL", zh: "名称", en: "Name" })
  name: string;

  @Field({ type: oneOf(DivisionLevel), required: true, sharing: "UNCONDITIONAL", article: "第四条", zh: "级别", en: "Level" })
  level: string;

  @Field({ type: oneOf(DivisionKind), sharing: "UNCONDITIONAL", article: "第四条", zh: "类别", en: "Kind" })
  kind: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十二条", zh: "设立日期", en: "Day it was set up" })
  establishedOn: string;

  @Field({ type: oneOf(ChangeKind), sharing: "UNCONDITIONAL", article: "第十二条", zh: "变更类型", en: "Kind of its latest change" })
  changeKind: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十二条", zh: "变更日期", en: "Day of its latest change" })
  changedOn: string;

  @Field({ type: text(80), sharing: "UNCONDITIONAL", article: "第十二条", zh: "变更决定文号", en: "Number of the decision on the change" })
  changeDecision: string;

  @Field({ type: code("divisionNode", 40), key: true, sharing: "UNCONDITIONAL", article: "第十二条",
    zh: "后继节点；停用的代码必须指明", en: "Node that follows it; every retired code names one" })
  successorNode: string;

  @One({ to: "division", here: "parentNode", there: "node", zh: "上级区划", en: "The division above" })
  parent: unknown;

  @Many({ to: "division", there: "parentNode", here: "node", zh: "下级区划", en: "The divisions below" })
  children: unknown[];

  @One({ to: "division", here: "successorNode", there: "node", article: "第十二条", zh: "后继区划", en: "The division that followed it" })
  successor: unknown;

  @Many({ to: "division", there: "successorNode", here: "node", article: "第十二条", zh: "前身区划", en: "The divisions it followed" })
  predecessors: unknown[];

  @Many({ to: "community", there: "streetNode", here: "node", article: "第二条", zh: "所辖社区（街道、乡镇级）", en: "Communities of a street or township" })
  communities: unknown[];

  @Many({ to: "department", there: "territory", here: "territory", article: "第五条", zh: "设在本级的部门", en: "Departments at this territory" })
  departments: unknown[];

  @Many({ to: "divisionCrosswalk", there: "statisticsNode", here: "node", zh: "对照表（按统计节点）", en: "Its row of the crosswalk, by statistical node" })
  statisticsCrosswalk: unknown[];

  @Many({ to: "divisionCrosswalk", there: "civilAffairsNode", here: "node", zh: "对照表（按民政节点）", en: "Its row of the crosswalk, by civil-affairs node" })
  civilAffairsCrosswalk: unknown[];

  @Many({ to: "recruitmentPost", there: "territory", here: "territory", article: "第四十七条", zh: "本级的社区工作者专门岗位", en: "Posts kept for community workers at this territory" })
  recruitmentPosts: unknown[];

  @Many({ to: "staffingTarget", there: "territory", here: "territory", article: "第四十六条", zh: "本级的配备目标", en: "Staffing targets of this territory" })
  staffingTargets: unknown[];
}

function isParent(parent: string, node: string): boolean {
  const [scheme, edition, code = ""] = node.split("/");
  return [2, 4, 6, 9].some((n) => !/^0*$/.test(code.slice(n)) && parent === `${scheme}/${edition}/${code.slice(0, n).padEnd(12, "0")}`);
}
