/** Staffing targets: how many community workers a community or street should have, with the five factors of Art. 46. */
// biome-ignore-all format: a declaration reads as a table, one thing a paragraph
import { code, count, Dataset, day, Field, Many, measure, text } from "../declare";
import { CommunityRow } from "./community-row";
import { validity } from "./row-rules";

@Dataset({
  name: "staffingTarget", plural: "staffingTargets", steward: "human-resources", key: ["territory", "year"],
  zh: "社区工作者配备数量", en: "How many community workers a place should have", article: "第四十六条", update: "每年",
  rules: [validity],
})
export class StaffingTarget extends CommunityRow {
  @Field({ type: count(2000, 2100), coded: true, required: true, sharing: "UNCONDITIONAL", zh: "年度", en: "Year" })
  year: number;

  @Field({ type: count(0, 100_000), required: true, sharing: "UNCONDITIONAL", unit: "人",
    zh: "应配备社区工作者人数", en: "Workers the place should have", article: "第四十六条" })
  target: number;

  @Field({ type: count(), sharing: "UNCONDITIONAL", unit: "户",
    zh: "社区规模：服务户数", en: "Size: households served", article: "第四十六条" })
  size: number;

  @Field({ type: count(), sharing: "UNCONDITIONAL", unit: "人",
    zh: "常住人口", en: "Residents", article: "第四十六条" })
  population: number;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "人/平方公里",
    zh: "人口密度", en: "Density of population", article: "第四十六条" })
  density: number;

  @Field({ type: measure(0, 1_000_000), sharing: "UNCONDITIONAL", unit: "米",
    zh: "服务半径", en: "Radius of service", article: "第四十六条" })
  radius: number;

  @Field({ type: measure(0, 100), sharing: "UNCONDITIONAL", unit: "%",
    zh: "居民结构：老年人、儿童和困难群体占比", en: "Structure: share of the elderly, children and people in hardship", article: "第四十六条" })
  structure: number;

  @Field({ type: count(), sharing: "UNCONDITIONAL", unit: "个",
    zh: "辖区单位数量", en: "Units in the area", article: "第四十条、第四十六条" })
  units: number;

  @Field({ type: measure(0, 10_000), sharing: "UNCONDITIONAL", unit: "人/万人",
    zh: "每万城镇常住人口社区工作者目标值", en: "Target per 10,000 urban residents", article: "第四十六条；I-32" })
  perTenThousand: number;

  @Field({ type: text(300), sharing: "UNCONDITIONAL",
    zh: "核定说明", en: "How the number was reached", article: "第四十六条" })
  reasoning: string;

  @Field({ type: code(undefined, 80), sharing: "UNCONDITIONAL",
    zh: "核定文号", en: "Number of the deciding document" })
  documentNo: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "核定日期", en: "Day of the decision" })
  approvedAt: string;

  @Many({ to: "communityWorker", here: "territory", there: "territory",
    zh: "同一区划的社区工作者", en: "Workers of the same place", article: "第四十六条" })
  workers: unknown[];
}
