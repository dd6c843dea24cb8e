/** Household counts: registered, family and planned households differ, so each count names its kind, source and date. */
// biome-ignore-all format: a declaration reads as a table, one field a paragraph
import { count, Dataset, day, division, Field, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { DepartmentKind } from "./enums/department-kind";
import { HouseholdKind } from "./enums/household-kind";
import { sameAs, validity } from "./row-rules";

@Dataset({
  name: "householdCount", plural: "householdCounts", steward: "civil-affairs", key: ["communityCode", "kind", "countedOn"], update: "每季度", article: "第十七条",
  zh: "社区户数：按口径、日期和来源登记", en: "Household counts of communities by kind, date and source",
  rules: [
    validity,
    sameAs("communityCode", "territory", { zh: "所在区划就是其社区编码", en: "The territory is the community" }),
  ],
})
export class HouseholdCount extends CommunityRow {
  @Field({ type: division(), required: true, sharing: "UNCONDITIONAL", article: "第十七条", zh: "社区编码", en: "Code of the community" })
  communityCode: string;

  @Field({ type: oneOf(HouseholdKind), required: true, sharing: "UNCONDITIONAL", article: "第十七条",
    zh: "户数口径：户籍户、家庭户、规划户数等", en: "What was counted: registered, family or planned households" })
  kind: string;

  @Field({ type: count(), required: true, sharing: "UNCONDITIONAL", unit: "户", article: "第十七条",
    zh: "户数；演示数据为合成", en: "Number of households; synthetic in demo data" })
  value: number;

  @Field({ type: day(), required: true, sharing: "UNCONDITIONAL", article: "第十七条", zh: "统计日期", en: "Day of the count" })
  countedOn: string;

  @Field({ type: oneOf(DepartmentKind), required: true, sharing: "UNCONDITIONAL", article: "第十七条",
    zh: "提供该口径的部门", en: "Kind of department that counted" })
  steward: string;

  @Field({ type: text(200), sharing: "UNCONDITIONAL", zh: "统计方法说明", en: "How it was counted" })
  method: string;
}
