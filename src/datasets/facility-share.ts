/** Shares of communities in a facility that serves several; a facility without shares serves its own community alone. */
// biome-ignore-all format: a declaration reads as a table, one field a paragraph
import { Dataset, day, division, Field, idOf, measure, One, text } from "../declare";
import { CommunityRow } from "./community-row";
import { inOrder, sameAs, validity } from "./row-rules";

@Dataset({
  name: "facilityShare", plural: "facilityShares", steward: "civil-affairs", key: ["facilityId", "communityCode"], update: "每季度", article: "第十六条",
  zh: "设施共享份额：整合共享的设施按份额计入各社区", en: "Shares by which a shared facility counts for each community",
  rules: [
    validity,
    sameAs("communityCode", "territory", { zh: "所在区划就是受益社区编码", en: "The territory is the community served" }),
    inOrder("agreedOn", "usedFrom", { zh: "启用日期不早于共享协议日期", en: "A share is not used before it was agreed" }),
  ],
  follows: [
    { field: "servedArea", through: "facilityId", reads: ["buildingArea", "status"],
      value: ({ status, buildingArea }) => (status === "IN_USE" ? (buildingArea as number | null) : 0) },
  ],
  sharedRules: [
    { code: "SHARES_ABOVE_ONE", same: "facilityId", fields: ["share"], article: "第十六条",
      zh: "同一设施各社区份额之和不大于一", en: "The shares of one facility are together at most 1",
      // Whole ten-thousandths, as they are stored: three thirds are not more than one by a rounding error.
      holds: (row, others) => [row, ...others].reduce((sum, r) => sum + Math.round(Number(r.share) * 10_000), 0) <= 10_000 },
  ],
})
export class FacilityShare extends CommunityRow {
  @Field({ type: idOf("facility"), required: true, sharing: "UNCONDITIONAL", article: "第十六条", zh: "设施标识", en: "Id of the facility" })
  facilityId: string;

  @Field({ type: division(), required: true, sharing: "UNCONDITIONAL", article: "第十六条", zh: "受益社区编码", en: "Code of the community served" })
  communityCode: string;

  @Field({ type: measure(0, 1), required: true, sharing: "UNCONDITIONAL", article: "第十六条、第十七条",
    zh: "份额，零到一；同一设施各社区份额之和不大于一", en: "Share from 0 to 1; the shares of one facility are together at most 1" })
  share: number;

  /** Follows the facility; a community counts what it shares without seeing the row of its neighbour. */
  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", article: "第十七条",
    zh: "共享设施的建筑面积，未在用的为零；由平台随设施更新", en: "Floor area of the facility, 0 while it is not in use; the hub keeps it with the facility" })
  servedArea: number;

  @Field({ type: text(120), sharing: "UNCONDITIONAL", zh: "共享协议或者文件", en: "Agreement or document of the sharing" })
  agreement: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "共享协议日期", en: "Day it was agreed" })
  agreedOn: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "开始使用日期", en: "First day of use" })
  usedFrom: string;

  @One({ to: "facility", here: "facilityId", article: "第十六条", zh: "共享的设施", en: "The facility shared" })
  facility: unknown;
}
