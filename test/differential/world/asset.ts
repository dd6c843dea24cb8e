/** A mixed dataset without persons: open, conditional and unshared fields, a key of two fields, a key field as link. */
import {
  code,
  count,
  Dataset,
  DatasetRow,
  day,
  defineEnum,
  Field,
  idOf,
  Many,
  measure,
  money,
  One,
  oneOf,
  text,
} from "../../../src/declare";

export const STATE = defineEnum(
  "TrialState",
  { zh: "状态", en: "State" },
  { IDLE: "闲置", USED: "在用", LET: "出租" },
);

@Dataset({
  name: "asset",
  plural: "assets",
  zh: "资产",
  en: "Asset",
  steward: "finance",
  key: ["assetNo", "year"],
})
export class Asset extends DatasetRow {
  @Field({ type: code(), required: true, sharing: "UNCONDITIONAL", zh: "编号", en: "Number" })
  assetNo: string;

  @Field({ type: count(), coded: true, required: true, sharing: "UNCONDITIONAL", zh: "年度", en: "Year" })
  year: number;

  @Field({ type: idOf("place"), key: true, sharing: "UNCONDITIONAL", zh: "地点", en: "Place" })
  placeId: string;

  @Field({ type: oneOf(STATE), sharing: "UNCONDITIONAL", zh: "状态", en: "State" })
  state: string;

  @Field({ type: text(80), sharing: "CONDITIONAL", zh: "名称", en: "Label" })
  label: string;

  @Field({ type: money(-1_000_000), sharing: "CONDITIONAL", aggregateOpen: true, zh: "价值", en: "Value" })
  worth: string;

  @Field({ type: measure(), unit: "m²", sharing: "UNCONDITIONAL", zh: "面积", en: "Floor area" })
  floorArea: number;

  @Field({
    type: text(80),
    mask: "NAME",
    personal: "PUBLIC_OFFICE",
    sharing: "CONDITIONAL",
    zh: "负责人",
    en: "Keeper",
  })
  keeper: string;

  @Field({ type: day(), sharing: "CONDITIONAL", zh: "购置日期", en: "Bought on" })
  boughtOn: string;

  @Field({ type: code(), sharing: "NOT_SHARED", zh: "密码", en: "Vault code" })
  vaultCode: string;

  @One({ to: "place", here: "placeId", zh: "地点", en: "Place" })
  place: unknown;

  @One({ to: "place", here: "territory", there: "code", zh: "所在社区", en: "Community by territory" })
  community: unknown;

  @Many({ to: "fund", there: "assetId", zh: "资金", en: "Funds" })
  funds: unknown;
}
