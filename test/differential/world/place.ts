/** An open dataset like the communities: everything hangs on its code; rows only filed are closed further. */
import {
  code,
  count,
  Dataset,
  DatasetRow,
  day,
  defineEnum,
  Field,
  flag,
  idOf,
  listOf,
  Many,
  measure,
  money,
  One,
  oneOf,
  text,
} from "../../../src/declare";

export const RANK = defineEnum(
  "TrialRank",
  { zh: "等级", en: "Rank" },
  { FIRST: "一级", SECOND: "二级", FILED: "备案" },
);
export const TAG = defineEnum(
  "TrialTag",
  { zh: "标签", en: "Tag" },
  { OLD: "老旧", GREEN: "绿色", BUSY: "繁忙" },
);

@Dataset({
  name: "place",
  plural: "places",
  zh: "地点",
  en: "Place",
  steward: "civil-affairs",
  key: ["code"],
  stricter: {
    code: "FILED_ONLY",
    zh: "仅备案",
    en: "Only filed",
    sharing: "CONDITIONAL",
    when: { field: "rank", is: "FILED" },
  },
})
export class Place extends DatasetRow {
  @Field({ type: code(undefined, 12), required: true, sharing: "UNCONDITIONAL", zh: "代码", en: "Code" })
  code: string;

  @Field({ type: text(80), sharing: "UNCONDITIONAL", zh: "名称", en: "Title" })
  title: string;

  @Field({ type: oneOf(RANK), sharing: "UNCONDITIONAL", zh: "等级", en: "Rank" })
  rank: string;

  @Field({ type: listOf(TAG), sharing: "UNCONDITIONAL", zh: "标签", en: "Tags" })
  tags: string[];

  @Field({ type: measure(), unit: "m²", sharing: "UNCONDITIONAL", zh: "面积", en: "Area" })
  area: number;

  @Field({ type: count(), sharing: "UNCONDITIONAL", zh: "人口", en: "Population" })
  population: number;

  @Field({ type: flag(), sharing: "UNCONDITIONAL", zh: "开放", en: "Open" })
  isOpen: boolean;

  @Field({ type: day(), sharing: "UNCONDITIONAL", zh: "启用日期", en: "Opened on" })
  openedOn: string;

  @Field({
    type: money(),
    sharing: "CONDITIONAL",
    aggregateOpen: true,
    steward: "finance",
    zh: "预算",
    en: "Budget",
  })
  budget: string;

  @Field({ type: idOf("place"), sharing: "CONDITIONAL", zh: "上级", en: "Parent" })
  parentId: string;

  @Field({ type: text(200), sharing: "NOT_SHARED", zh: "内部备注", en: "Internal note" })
  remark: string;

  @One({ to: "place", here: "parentId", zh: "上级地点", en: "Parent place" })
  parent: unknown;

  @Many({ to: "person", there: "placeId", zh: "人员", en: "People placed here" })
  people: unknown;

  @Many({ to: "asset", there: "placeId", zh: "资产", en: "Assets here" })
  assets: unknown;

  @Many({ to: "shift", there: "placeCode", here: "code", zh: "服务", en: "Shifts here" })
  shifts: unknown;

  @Many({ to: "fund", there: "territory", here: "code", zh: "资金", en: "Funds of this community" })
  funds: unknown;
}
