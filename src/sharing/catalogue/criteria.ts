/** The conditions of use that the catalogue states, each with a code: a refusal can name these and no other (B-04, B-05). */
import type { Sharing } from "../../declare";
import type { Condition } from "./content";

export interface Criterion {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** Of 政务数据共享条例 第十四条: sharing is for lawful duties; it holds whatever an entry says. */
const BASIS: Criterion = {
  code: "BASIS",
  zh: "使用依据：为本部门依法履职所需",
  en: "The legal basis: the department needs it for its lawful duties",
};

/** What an entry may state of, by what a request names (第二十条) and the purpose it is bound to (第二十五条). */
export const CRITERION_CODES = ["BASIS", "PURPOSE", "SCENARIO", "SCOPE", "TIME"] as const;
export type CriterionCode = (typeof CRITERION_CODES)[number];

/** B-04: an item that is shared on condition states 共享范围 and 使用用途. */
export const MUST_STATE: readonly CriterionCode[] = ["SCOPE", "PURPOSE"];

/** Titles by which conditions are known in the catalogue. */
export const CRITERION_WORDS: Record<CriterionCode, Omit<Criterion, "code">> = {
  BASIS: { zh: "使用依据", en: "The legal basis" },
  PURPOSE: { zh: "使用用途", en: "The purpose" },
  SCENARIO: { zh: "使用场景", en: "The scenario of use" },
  SCOPE: { zh: "共享范围", en: "The scope" },
  TIME: { zh: "使用时限", en: "The time" },
};

/** Of the condition's own fields; where none are named, of every field that has no such condition of its own. */
export function conditionsFor(conditions: readonly Condition[], field: string): Condition[] {
  return CRITERION_CODES.flatMap((code) => {
    const same = conditions.filter((c) => c.code === code);
    return same.find((c) => c.fields.includes(field)) ?? same.find((c) => c.fields.length === 0) ?? [];
  });
}

/** What a request for these fields under one class can be refused on: what is stated of each of them. */
export function criteriaOf(
  sharing: Sharing,
  stated: readonly (readonly Condition[])[],
): readonly Criterion[] {
  if (sharing === "NOT_SHARED") return [];
  if (sharing === "UNCONDITIONAL") return [BASIS];
  const [first = [], ...others] = stated;
  const common = first.filter(({ code }) => others.every((them) => them.some((c) => c.code === code)));
  const own = CRITERION_CODES.flatMap((code) => common.filter((c) => c.code === code)).map(criterionOf);
  return own.some(({ code }) => code === BASIS.code) ? own : [BASIS, ...own];
}

export function criterionOf({ code, zh, en }: Condition): Criterion {
  const words = CRITERION_WORDS[code];
  return { code, zh: `${words.zh}：${zh}`, en: en ? `${words.en}: ${en}` : words.en };
}
