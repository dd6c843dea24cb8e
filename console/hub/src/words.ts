// The hub's codes in both languages, as the glossary has them.
import { say } from "../../session/language";

type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;

const LEVELS: Words = {
  NONE: ["不可见", "nothing"],
  AGGREGATE: ["仅统计数", "figures only"],
  MASKED: ["脱敏可见", "masked"],
  FULL: ["完整可见", "in full"],
};

const CLASSES: Words = {
  UNCONDITIONAL: ["无条件共享", "shared unconditionally"],
  CONDITIONAL: ["有条件共享", "shared on conditions"],
  NOT_SHARED: ["不予共享", "not shared"],
};

const PERSONAL: Words = {
  NONE: ["非个人信息", "not personal"],
  PUBLIC_OFFICE: ["公职信息", "public office"],
  PERSONAL: ["个人信息", "personal"],
  SENSITIVE: ["敏感个人信息", "sensitive"],
};

const DUTIES: Words = {
  read: ["查询", "read"],
  steward: ["数据管理", "steward"],
  decide: ["答复", "decide"],
  approve: ["审批", "approve"],
  admin: ["系统管理", "admin"],
  security: ["安全管理", "security"],
  audit: ["审计", "audit"],
};

const GROUNDS: Words = {
  STEWARD: ["数源部门", "stewardship"],
  STANDING: ["常设权限", "standing right"],
  GRANT: ["共享授权", "grant"],
  SYSTEM: ["平台自身", "the hub itself"],
};

const WAYS: Words = {
  SERVICE: ["服务接口", "service interface"],
  API: ["服务接口", "service interface"],
  BATCH: ["批量交换", "batch exchange"],
  FILE: ["文件下载", "files"],
};

const FREQUENCIES: Words = {
  REALTIME: ["实时", "at once"],
  DAILY: ["每日", "daily"],
  WEEKLY: ["每周", "weekly"],
  MONTHLY: ["每月", "monthly"],
  QUARTERLY: ["每季度", "quarterly"],
  YEARLY: ["每年", "yearly"],
};

const KINDS: Words = {
  id: ["标识", "id"],
  code: ["代码", "code"],
  text: ["文本", "text"],
  enum: ["选项", "one of a list"],
  enumList: ["多选项", "some of a list"],
  int: ["整数", "whole number"],
  float: ["小数", "number"],
  decimal: ["精确小数", "decimal"],
  date: ["日期", "date"],
  datetime: ["时刻", "time"],
  boolean: ["是否", "yes or no"],
  reference: ["关联标识", "reference"],
};

function inWords(words: Words) {
  return (code: string): string => {
    const known = words[code];
    return known ? say(known[0], known[1]) : code;
  };
}

export const levelWord = inWords(LEVELS);
export const classWord = inWords(CLASSES);
export const personalWord = inWords(PERSONAL);
export const dutyWord = inWords(DUTIES);
export const groundWord = inWords(GROUNDS);
export const wayWord = inWords(WAYS);
export const frequencyWord = inWords(FREQUENCIES);
export const kindWord = inWords(KINDS);

/** The levels from nothing to everything. */
export const LEVEL_ORDER = ["NONE", "AGGREGATE", "MASKED", "FULL"] as const;
export type Level = (typeof LEVEL_ORDER)[number];
