/** Report R11: the crosswalk of street codes between the statistical and the civil-affairs scheme, with what it moves. */
// biome-ignore-all format: a field stays on two lines
import { code, count, DatasetRow, Figure, One, oneOf, Report, text } from "../../declare";
import { CrosswalkMatch } from "../division-crosswalk";

@Report({
  name: "codeCrosswalk", plural: "codeCrosswalks", from: "divisionCrosswalk", key: ["districtCode", "name"],
  zh: "街道（乡镇）代码对照：统计用区划代码与行政区划代码，及所辖社区数", en: "Street codes in both schemes, with the communities under each",
  article: "第十二条",
  report: {
    no: "R11",
    coverage: { zh: "统计体系 2023 版、民政体系 2025 版；仅一方有的街道列出，另一方代码为空", en: "Edition 2023 of the statistical and 2025 of the civil-affairs scheme; a street in one alone is listed, its other code empty" },
    cannotSay: { zh: "按县（市、区）和名称对照，名称变更的街道可能只出现在一方", en: "Joined by district and name: a street that was renamed may stand in one alone" },
  },
})
export class CodeCrosswalk extends DatasetRow {
  @Figure({ type: code("divisionCode", 12), zh: "县（市、区）代码", en: "Code of the district" })
  districtCode: string;

  @Figure({ type: text(60), zh: "县（市、区）名称", en: "Name of the district" })
  districtName: string;

  @Figure({ type: text(60), zh: "街道（乡镇）名称", en: "Name of the street" })
  name: string;

  @Figure({ type: code("divisionCode", 12), zh: "统计用区划代码", en: "Code in the statistical scheme" })
  statisticsCode: string;

  @Figure({ type: code("divisionCode", 12), zh: "行政区划代码", en: "Code in the civil-affairs scheme" })
  civilAffairsCode: string;

  @Figure({ type: oneOf(CrosswalkMatch), zh: "对照结果", en: "How the two schemes agree" })
  match: string;

  @Figure({ type: count(), computed: { is: "count", link: "communities" },
    zh: "统计体系中所辖社区", en: "Communities of the street in the statistical scheme" })
  communities: number;

  @One({ to: "divisionCrosswalk", here: "id", there: "id", zh: "所述对照行", en: "The row it is about" })
  crosswalk: unknown;
}
