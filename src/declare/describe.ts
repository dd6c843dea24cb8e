/** The words of a dataset or field as people read them in GraphiQL: Chinese first with the article, then English. */
import type { DatasetEntry, FieldEntry, Words } from "./catalogue";
import type { Personal, Sharing } from "./kinds";

export const SHARING_WORDS: Record<Sharing, string> = {
  UNCONDITIONAL: "无条件共享",
  CONDITIONAL: "有条件共享",
  NOT_SHARED: "不予共享",
};

const PERSONAL_WORDS: Record<Personal, string> = {
  NONE: "",
  PUBLIC_OFFICE: "公职信息",
  PERSONAL: "个人信息",
  SENSITIVE: "敏感个人信息",
};

export function describe(thing: DatasetEntry | FieldEntry | Words): string {
  const article = thing.article ? `（${thing.article}）` : "";
  const unit = "unit" in thing && thing.unit ? ` [${thing.unit}]` : "";
  return `${marker(thing)}${thing.zh}${article}。${thing.en}.${unit}`;
}

/** 〔class · personal data〕 in front of a field's words, so that nobody has to look it up. */
function marker(thing: DatasetEntry | FieldEntry | Words): string {
  if ("linked" in thing && thing.linked) return `〔链接源 ${thing.linked}，只读〕`;
  if (!("sharing" in thing)) return "";
  if ("computed" in thing && thing.computed) return "〔按来源授权〕";
  const parts = [thing.key ? "键" : SHARING_WORDS[thing.sharing], PERSONAL_WORDS[thing.personal]];
  if (thing.aggregateOpen) parts.push("汇总公开");
  return `〔${parts.filter(Boolean).join("·")}〕`;
}
