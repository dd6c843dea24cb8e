/** A confidential dataset without persons: its figures are protected by declaration. */
import {
  code,
  count,
  Dataset,
  DatasetRow,
  defineEnum,
  Field,
  idOf,
  money,
  One,
  oneOf,
  text,
} from "../../../src/declare";

export const PURPOSE = defineEnum(
  "TrialPurpose",
  { zh: "用途", en: "Purpose" },
  { BUILD: "建设", RUN: "运行" },
);

@Dataset({
  name: "fund",
  plural: "funds",
  zh: "资金",
  en: "Fund",
  steward: "finance",
  key: ["fundNo"],
  protected: true,
})
export class Fund extends DatasetRow {
  @Field({ type: code(), required: true, sharing: "CONDITIONAL", zh: "编号", en: "Number" })
  fundNo: string;

  @Field({ type: count(), key: true, coded: true, sharing: "CONDITIONAL", zh: "年度", en: "Year" })
  year: number;

  @Field({ type: oneOf(PURPOSE), sharing: "CONDITIONAL", zh: "用途", en: "Purpose" })
  purpose: string;

  @Field({ type: money(), sharing: "CONDITIONAL", aggregateOpen: true, zh: "金额", en: "Amount" })
  amount: string;

  @Field({ type: text(80), sharing: "CONDITIONAL", zh: "收款方", en: "Payee" })
  payee: string;

  @Field({ type: idOf("asset"), sharing: "CONDITIONAL", zh: "资产", en: "Asset" })
  assetId: string;

  @One({ to: "asset", here: "assetId", zh: "资产", en: "Asset" })
  asset: unknown;
}
