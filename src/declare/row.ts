/** The fields every row of every dataset carries: identity, territory, source, version, validity. */
import { code, count, day, division, Field, instant, text } from "./words";

/** Base of all dataset classes; each field is a key field unless it names a person. */
export abstract class DatasetRow {
  /** UUIDv7 at rest, `<dataset>:<uuid>` in the API. */
  id: string;

  @Field({
    type: division(),
    key: true,
    coded: true,
    required: true,
    sharing: "UNCONDITIONAL",
    zh: "所在区划，12 位统计用区划代码",
    en: "Territory of the row, a 12-digit division code",
  })
  territory: string;

  @Field({
    type: text(120),
    key: true,
    sharing: "UNCONDITIONAL",
    zh: "数据来源；演示数据注明“合成”",
    en: "Where the row comes from; synthetic rows say so",
  })
  source: string;

  @Field({
    type: count(1),
    key: true,
    generated: true,
    sharing: "UNCONDITIONAL",
    zh: "版本号，每次修改加一",
    en: "Version, one more with every change",
  })
  version: number;

  @Field({ type: day(), key: true, sharing: "UNCONDITIONAL", zh: "有效起始日", en: "Valid from this day" })
  validFrom: string;

  @Field({
    type: day(),
    key: true,
    sharing: "UNCONDITIONAL",
    zh: "有效截止日（不含）",
    en: "Valid until this day, not included",
  })
  validTo: string;

  @Field({
    type: instant(),
    key: true,
    generated: true,
    sharing: "UNCONDITIONAL",
    zh: "停用时间；为空表示在用",
    en: "When the row was retired; empty while in use",
  })
  retiredAt: string;

  @Field({
    type: instant(),
    key: true,
    generated: true,
    sharing: "UNCONDITIONAL",
    zh: "登记时间",
    en: "When the row was first recorded",
  })
  createdAt: string;

  @Field({
    type: instant(),
    key: true,
    generated: true,
    sharing: "UNCONDITIONAL",
    zh: "最近修改时间",
    en: "When the row was last changed",
  })
  changedAt: string;

  @Field({
    type: code(undefined, 160),
    generated: true,
    sharing: "NOT_SHARED",
    personal: "PUBLIC_OFFICE",
    zh: "登记人（部门与账号）",
    en: "Who recorded the row: department and account",
  })
  createdBy: string;

  @Field({
    type: code(undefined, 160),
    generated: true,
    sharing: "NOT_SHARED",
    personal: "PUBLIC_OFFICE",
    zh: "最近修改人（部门与账号）",
    en: "Who last changed the row: department and account",
  })
  changedBy: string;
}
