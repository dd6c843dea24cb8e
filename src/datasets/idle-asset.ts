/** Idle assets of public owners, which the government offers first as community facilities (Art. 18). */
// biome-ignore-all format: a declaration reads as a table, one field a paragraph
import { code, Dataset, day, defineEnum, Field, flag, measure, One, oneOf, text } from "../declare";
import { CommunityRow } from "./community-row";
import { inOrder, validity } from "./row-rules";

const IdleAssetKind = defineEnum("IdleAssetKind",
  { zh: "闲置资源种类（本库分类）", en: "Kind of an idle asset, in the hub's own classes", article: "第十八条" },
  { OFFICE: "办公用房", SCHOOL: "校舍", FACTORY: "厂房", SHOP: "商铺", LAND: "土地", OTHER: "其他" });

const IdleAssetState = defineEnum("IdleAssetState",
  { zh: "闲置资源状态", en: "State of an idle asset", article: "第十八条" },
  { REGISTERED: "已登记", OFFERED: "已提供社区选用", ASSIGNED_TO_COMMUNITY: "用作社区设施", ASSIGNED_ELSEWHERE: "另作他用", WITHDRAWN: "撤回" });

@Dataset({
  name: "idleAsset", plural: "idleAssets", steward: "real-estate", key: ["code"], update: "每季度", article: "第十八条",
  zh: "闲置资源：优先作为城乡社区综合服务设施", en: "Idle assets, to be used first as community facilities",
  rules: [
    validity,
    inOrder("idleSince", "offeredAt", { zh: "提供日期不早于闲置起始日", en: "An asset is offered after it became idle" }),
    inOrder("offeredAt", "decidedAt", { zh: "处置决定不早于提供日期", en: "The decision follows the offer" }),
  ],
})
export class IdleAsset extends CommunityRow {
  @Field({ type: code(undefined, 40), required: true, sharing: "UNCONDITIONAL", article: "第十八条", zh: "资源编码", en: "Code of the asset" })
  code: string;

  @Field({ type: text(120), required: true, sharing: "UNCONDITIONAL", article: "第十八条", zh: "资源名称", en: "Name of the asset" })
  name: string;

  @Field({ type: oneOf(IdleAssetKind), sharing: "UNCONDITIONAL", article: "第十八条", zh: "资源种类", en: "Kind of asset" })
  kind: string;

  @Field({ type: oneOf(IdleAssetState), required: true, sharing: "UNCONDITIONAL", article: "第十八条", zh: "状态", en: "State" })
  state: string;

  @Field({ type: text(120), sharing: "UNCONDITIONAL", article: "第十八条", zh: "产权（管理）单位", en: "Unit that owns or manages it" })
  owner: string;

  @Field({ type: code("creditCode", 18), sharing: "UNCONDITIONAL", article: "GB 32100-2015", zh: "产权单位统一社会信用代码", en: "Credit code of the owner" })
  ownerCreditCode: string;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", article: "第十八条", zh: "建筑面积", en: "Floor area" })
  buildingArea: number;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", article: "第十八条", zh: "土地面积", en: "Land area" })
  landArea: number;

  @Field({ type: text(60), sharing: "UNCONDITIONAL", zh: "不动产权证号", en: "Number of its title deed" })
  titleNo: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十八条", zh: "闲置起始日", en: "Idle since" })
  idleSince: string;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十八条", zh: "提供社区选用的日期", en: "Day it was offered" })
  offeredAt: string;

  @Field({ type: flag(), sharing: "UNCONDITIONAL", article: "第十八条", zh: "是否先向社区提供（优先）", en: "Whether communities had first refusal" })
  firstRefusal: boolean;

  @Field({ type: day(), sharing: "UNCONDITIONAL", article: "第十八条", zh: "处置决定日期", en: "Day its use was decided" })
  decidedAt: string;

  @Field({ type: text(120), sharing: "UNCONDITIONAL", article: "第十八条", zh: "最终使用单位", en: "Unit that uses it now" })
  assignedTo: string;

  @Field({ type: code("facilityCode", 20), sharing: "UNCONDITIONAL", article: "第十八条", zh: "改造成的设施编码", en: "Code of the facility it became" })
  facilityCode: string;

  @Field({ type: text(200), sharing: "UNCONDITIONAL", zh: "地址", en: "Address" })
  address: string;

  @One({ to: "facility", here: "facilityCode", there: "code", article: "第十八条", zh: "改造成的设施", en: "The facility it became" })
  facility: unknown;
}
