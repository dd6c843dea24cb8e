/** The crosswalk between the statistical and the civil-affairs codes of Taiyuan's streets, joined by district and name. */
// biome-ignore-all format: a declaration reads as a table, one field a paragraph
import { code, Dataset, DatasetRow, defineEnum, Field, Many, One, oneOf, text } from "../declare";
import { isMissing, sameAs, validity } from "./row-rules";

export const CrosswalkMatch = defineEnum("CrosswalkMatch",
  { zh: "对照结果", en: "How the two schemes agree on a street" },
  { SAME: "代码相同", CODE_DIFFERS: "代码不同", STATISTICS_ONLY: "仅统计体系有", CIVIL_AFFAIRS_ONLY: "仅民政体系有" });

@Dataset({
  name: "divisionCrosswalk", plural: "divisionCrosswalks", steward: "civil-affairs", key: ["districtCode", "name"], update: "每年", article: "第十二条",
  zh: "街道（乡镇）代码对照：统计用区划代码与行政区划代码", en: "Crosswalk of street codes between the two schemes",
  rules: [
    validity,
    sameAs("districtCode", "territory", { zh: "对照行归属其县（市、区）", en: "A row belongs to its district" }),
    { code: "MATCH_AGAINST_CODES", zh: "对照结果与两套代码不符", en: "The match is not what the two codes say",
      fields: ["match", "statisticsCode", "civilAffairsCode"], holds: (row) => row.match === matchOf(row) },
  ],
})
export class DivisionCrosswalk extends DatasetRow {
  @Field({ type: code("divisionCode", 12), required: true, sharing: "UNCONDITIONAL", article: "GB/T 2260", zh: "县（市、区）代码，12 位", en: "Code of the district, 12 digits" })
  districtCode: string;

  @Field({ type: text(60), required: true, sharing: "UNCONDITIONAL", zh: "县（市、区）名称", en: "Name of the district" })
  districtName: string;

  @Field({ type: text(60), required: true, sharing: "UNCONDITIONAL", zh: "街道（乡镇）名称，对照的依据", en: "Name of the street, by which the schemes were joined" })
  name: string;

  @Field({ type: code("divisionCode", 12), sharing: "UNCONDITIONAL", zh: "统计用区划代码（2023 版），12 位", en: "Code in the statistical scheme, edition 2023" })
  statisticsCode: string;

  @Field({ type: code("divisionCode", 12), sharing: "UNCONDITIONAL", zh: "行政区划代码（2025 版），补足 12 位", en: "Code in the civil-affairs scheme, edition 2025, filled up to 12 digits" })
  civilAffairsCode: string;

  @Field({ type: code("divisionNode", 40), sharing: "UNCONDITIONAL", zh: "统计体系节点", en: "Node in the statistical scheme" })
  statisticsNode: string;

  @Field({ type: code("divisionNode", 40), sharing: "UNCONDITIONAL", zh: "民政体系节点", en: "Node in the civil-affairs scheme" })
  civilAffairsNode: string;

  @Field({ type: oneOf(CrosswalkMatch), required: true, sharing: "UNCONDITIONAL", zh: "对照结果", en: "How the two schemes agree" })
  match: string;

  @Many({ to: "community", there: "streetNode", here: "statisticsNode", zh: "所辖社区", en: "Communities of the street" })
  communities: unknown[];

  @One({ to: "division", here: "statisticsNode", there: "node", zh: "统计体系中的区划", en: "The street in the statistical scheme" })
  statistics: unknown;

  @One({ to: "division", here: "civilAffairsNode", there: "node", zh: "民政体系中的区划", en: "The street in the civil-affairs scheme" })
  civilAffairs: unknown;
}

function matchOf(row: Readonly<Record<string, unknown>>): string {
  if (isMissing(row, "statisticsCode")) return "CIVIL_AFFAIRS_ONLY";
  if (isMissing(row, "civilAffairsCode")) return "STATISTICS_ONLY";
  return row.statisticsCode === row.civilAffairsCode ? "SAME" : "CODE_DIFFERS";
}
