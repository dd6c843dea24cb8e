/** A bureau's plots, which stay in its own database, and surveys of them, which the hub keeps. */
import {
  catalogueOf,
  checkCatalogue,
  code,
  Dataset,
  DatasetRow,
  defineEnum,
  Field,
  idOf,
  Many,
  measure,
  One,
  oneOf,
  text,
} from "../../src/declare";

const USE = defineEnum("PlotUse", { zh: "用途", en: "Use" }, { SERVICE: "服务设施", GREEN: "绿地" });

@Dataset({
  name: "plot",
  plural: "plots",
  zh: "地块",
  en: "Plot",
  steward: "planning",
  key: ["plotNo"],
  linked: "land-register",
})
export class Plot extends DatasetRow {
  @Field({ type: code(), required: true, sharing: "UNCONDITIONAL", zh: "编号", en: "Number" })
  plotNo: string;

  @Field({ type: text(80), required: true, sharing: "UNCONDITIONAL", zh: "名称", en: "Name" })
  name: string;

  @Field({ type: oneOf(USE), sharing: "UNCONDITIONAL", zh: "用途", en: "Use" })
  use: string;

  @Field({ type: measure(), sharing: "UNCONDITIONAL", unit: "平方米", zh: "面积", en: "Area" })
  area: number;

  @Field({ type: text(80), sharing: "CONDITIONAL", zh: "权利人", en: "Holder" })
  holder: string;

  @Many({ to: "survey", there: "plotId", zh: "测量", en: "Surveys" })
  surveys: unknown;
}

@Dataset({
  name: "survey",
  plural: "surveys",
  zh: "测量",
  en: "Survey",
  steward: "planning",
  key: ["surveyNo"],
})
export class Survey extends DatasetRow {
  @Field({ type: code(), required: true, sharing: "UNCONDITIONAL", zh: "编号", en: "Number" })
  surveyNo: string;

  @Field({ type: idOf("plot"), sharing: "UNCONDITIONAL", zh: "地块", en: "Plot" })
  plotId: string;

  @One({ to: "plot", here: "plotId", zh: "地块", en: "The plot" })
  plot: unknown;
}

export const land = catalogueOf([Plot, Survey]);
checkCatalogue(land);
