/** Departments: bureaus, offices, mass organizations and committees, each at one territory (Arts. 4 to 6). */
// biome-ignore-all format: a declaration reads as a table, one field a paragraph
import { code, Dataset, DatasetRow, day, defineEnum, Field, flag, Many, One, oneOf, text } from "../declare";
import { DepartmentKind } from "./enums/department-kind";
import { isMissing, validity } from "./row-rules";

const DepartmentLevel = defineEnum("DepartmentLevel",
  { zh: "部门级别", en: "Level of a department", article: "第四条" },
  { CITY: "市级", DISTRICT: "县（市、区）级", STREET: "街道、乡（镇）级", COMMUNITY: "社区级" });

@Dataset({
  name: "department", plural: "departments", steward: "big-data", key: ["code"], update: "每季度", article: "第五条、第六条",
  zh: "部门：提供和使用社区治理数据的单位", en: "Departments that provide and use community data",
  rules: [
    validity,
    { code: "CODE_AGAINST_KIND", zh: "部门代码应为 类别@所在区划", en: "The code is the kind, @ and the territory", fields: ["code", "kind", "territory"],
      holds: (row) => isMissing(row, "code", "kind", "territory") ||
        row.code === `${String(row.kind).toLowerCase().replaceAll("_", "-")}@${row.territory}` },
  ],
})
export class Department extends DatasetRow {
  @Field({ type: code("departmentCode", 64), required: true, sharing: "UNCONDITIONAL", article: "第五条",
    zh: "部门代码，如 civil-affairs@140100000000", en: "Code, kind@territory" })
  code: string;

  @Field({ type: text(100), required: true, sharing: "UNCONDITIONAL", article: "第五条", zh: "部门名称", en: "Name" })
  name: string;

  @Field({ type: oneOf(DepartmentKind), required: true, sharing: "UNCONDITIONAL", article: "第五条、第六条", zh: "部门类别", en: "Kind" })
  kind: string;

  @Field({ type: oneOf(DepartmentLevel), sharing: "UNCONDITIONAL", article: "第四条", zh: "部门级别", en: "Level" })
  level: string;

  @Field({ type: code("creditCode", 18), sharing: "UNCONDITIONAL", article: "GB 32100-2015", zh: "统一社会信用代码", en: "Unified social credit code" })
  creditCode: string;

  @Field({ type: code("departmentCode", 64), sharing: "UNCONDITIONAL", zh: "上级部门代码", en: "Code of the department above" })
  parentCode: string;

  @Field({ type: flag(), sharing: "UNCONDITIONAL", article: "第六条", zh: "是否群团组织", en: "Whether it is a mass organization" })
  massOrganization: boolean;

  @Field({ type: text(300), sharing: "UNCONDITIONAL", article: "第五条", zh: "在城乡社区治理中的职责", en: "Its duties in community governance" })
  duties: string;

  @Field({ type: text(40), sharing: "UNCONDITIONAL", personal: "PUBLIC_OFFICE", article: "政务数据共享条例 第三十四条",
    zh: "数据共享责任人；依职务公开", en: "Person responsible for its data sharing; public by office" })
  responsiblePerson: string;

  @Field({ type: text(40), sharing: "UNCONDITIONAL", personal: "PUBLIC_OFFICE", article: "政务数据共享条例 第二十条",
    zh: "共享工作机构负责人；依职务公开", en: "Head of its data-sharing office, who approves requests; public by office" })
  sharingHead: string;

  @Field({ type: code("officePhone", 20), sharing: "UNCONDITIONAL", zh: "办公电话（非个人号码）", en: "Telephone of the office, not of a person" })
  officePhone: string;

  @Field({ type: text(200), sharing: "UNCONDITIONAL", zh: "办公地址", en: "Address of the office" })
  address: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第三十三条", zh: "接入平台日期", en: "Day it joined the platform" })
  joinedOn: string;

  @One({ to: "department", here: "parentCode", there: "code", zh: "上级部门", en: "The department above" })
  parent: unknown;

  @Many({ to: "department", there: "parentCode", here: "code", zh: "下级部门", en: "The departments below" })
  children: unknown[];

  @Many({ to: "budgetLine", there: "departmentCode", here: "code", article: "第四十一条", zh: "编列的预算", en: "Budget lines it holds" })
  budgetLines: unknown[];

  @Many({ to: "purchaseContract", there: "departmentCode", here: "code", article: "第四十二条", zh: "购买服务合同", en: "Services it buys" })
  purchaseContracts: unknown[];

  @Many({ to: "organizationSupport", there: "departmentCode", here: "code", article: "第三十九条", zh: "给予社会组织的支持", en: "Support it gives to social organizations" })
  organizationSupports: unknown[];

  @Many({ to: "fundAudit", there: "departmentCode", here: "code", article: "第四十五条", zh: "接受的审计", en: "Audits of its funds" })
  fundAudits: unknown[];
}
