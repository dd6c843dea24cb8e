/** What has changed between a published version and the present declaration, in words that go into a review. */
import { SHARING_WORDS } from "../../declare";
import { canonical, type Declared, type DeclaredField } from "./snapshot";

export interface Difference {
  readonly code: string;
  /** Left out: of the dataset itself. */
  readonly field?: string;
  readonly zh: string;
  readonly en: string;
}

type Fact<T> = readonly [name: keyof T, code: string, zh: string, en: string];

const OF_DATASET: readonly Fact<Declared>[] = [
  ["zh", "TITLE_CHANGED", "数据目录名称", "title"],
  ["en", "TITLE_CHANGED", "英文名称", "title in English"],
  ["article", "ARTICLE_CHANGED", "依据条文", "article"],
  ["steward", "STEWARD_CHANGED", "提供单位（数源部门）", "steward"],
  ["businessKey", "KEY_CHANGED", "业务主键", "business key"],
  ["protected", "PROTECTION_CHANGED", "汇总数字加扰", "protection of figures"],
  ["person", "PROTECTION_CHANGED", "个人标识字段", "field of the person"],
  ["rowsOpen", "OPENING_CHANGED", "记录可见的理由", "reason why rows are open"],
  ["lawfulBasis", "BASIS_CHANGED", "处理个人信息的合法性基础", "lawful basis"],
  ["update", "FREQUENCY_CHANGED", "更新频率", "update frequency"],
  ["linked", "SOURCE_CHANGED", "链接源", "linked source"],
];

const OF_FIELD: readonly Fact<DeclaredField>[] = [
  ["class", "CLASS_CHANGED", "共享属性", "sharing class"],
  ["stricter", "CONDITION_CHANGED", "从严条件", "stricter condition"],
  ["personal", "PERSONAL_CHANGED", "个人信息类别", "class of personal data"],
  ["steward", "STEWARD_CHANGED", "数源部门", "steward"],
  ["kind", "FORMAT_CHANGED", "值的种类", "kind of value"],
  ["unit", "FORMAT_CHANGED", "计量单位", "unit"],
  ["values", "FORMAT_CHANGED", "枚举值", "values"],
  ["standard", "FORMAT_CHANGED", "代码标准", "code standard"],
  ["references", "FORMAT_CHANGED", "所指数据集", "dataset it refers to"],
  ["required", "FORMAT_CHANGED", "必填", "whether every row has it"],
  ["key", "KEY_CHANGED", "关键字段", "whether it is a key field"],
  ["mask", "MASK_CHANGED", "脱敏形式", "mask"],
  ["encrypted", "MASK_CHANGED", "加密存储", "encryption"],
  ["aggregateOpen", "OPENING_CHANGED", "汇总公开", "whether its figures are open"],
  ["zh", "WORDS_CHANGED", "中文名", "words in Chinese"],
  ["en", "WORDS_CHANGED", "英文名", "words in English"],
  ["article", "ARTICLE_CHANGED", "依据条文", "article"],
];

/** Nothing was published before: that is a change of its own. */
export function differencesOf(published: Declared | undefined, present: Declared): Difference[] {
  if (!published)
    return [
      {
        code: "NOT_PUBLISHED",
        zh: `${present.zh}：尚未发布目录`,
        en: `${present.name} has no published entry yet`,
      },
    ];
  const names = [...new Set([...Object.keys(published.fields), ...Object.keys(present.fields)])].sort();
  return [
    ...changes(OF_DATASET, published, present),
    ...names.flatMap((name) => ofField(name, published.fields[name], present.fields[name])),
    ...ofLinks(published.links, present.links),
  ];
}

function ofField(name: string, before?: DeclaredField, after?: DeclaredField): Difference[] {
  if (before && after) return changes(OF_FIELD, before, after, { name, zh: after.zh });
  const field = after ?? before;
  if (!field) return [];
  const told = SHARING_WORDS[field.class];
  return [
    after
      ? {
          code: "FIELD_ADDED",
          field: name,
          zh: `新增数据项 ${name}（${field.zh}），${told}`,
          en: `field ${name} added, ${field.class}`,
        }
      : {
          code: "FIELD_REMOVED",
          field: name,
          zh: `取消数据项 ${name}（${field.zh}）`,
          en: `field ${name} removed`,
        },
  ];
}

function changes<T>(
  facts: readonly Fact<T>[],
  before: T,
  after: T,
  field?: { readonly name: string; readonly zh: string },
): Difference[] {
  return facts
    .filter(([name]) => canonical(before[name] ?? null) !== canonical(after[name] ?? null))
    .map(([name, code, zh, en]) => {
      const [was, is] = [shown(before[name]), shown(after[name])];
      const place = field
        ? { zh: `${field.name}（${field.zh}）`, en: `${field.name}: ` }
        : { zh: "", en: "" };
      return {
        code,
        field: field?.name,
        zh: `${place.zh}${zh}由“${was}”改为“${is}”`,
        en: `${place.en}${en} changed from “${was}” to “${is}”`,
      };
    });
}

function ofLinks(before: Declared["links"], after: Declared["links"]): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      code: "LINK_CHANGED",
      zh: `关联 ${name} 由“${shown(before[name])}”改为“${shown(after[name])}”`,
      en: `link ${name} changed from “${shown(before[name])}” to “${shown(after[name])}”`,
    }));
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return "–";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "string") return SHARING_WORDS[value as keyof typeof SHARING_WORDS] ?? value;
  if (Array.isArray(value)) return value.join("、");
  const condition = value as { zh?: string; class?: string; code?: string };
  if (condition.code) return `${condition.code} ${condition.zh}：${shown(condition.class)}`;
  return Object.entries(value)
    .map(([name, words]) => `${name} ${words}`)
    .join("；");
}
