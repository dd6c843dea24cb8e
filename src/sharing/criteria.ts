/** The conditions of use that the catalogue states, each with a code: a refusal can name these and no other (B-04, B-05). */
import type { Sharing } from "../declare";

export interface Criterion {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const BASIS: Criterion = {
  code: "BASIS",
  zh: "使用依据：为本部门依法履职所需",
  en: "The legal basis: the department needs it for its lawful duties",
};

/** What a request names by 政务数据共享条例 第二十条, and the purpose it is bound to by 第二十五条. */
const ON_REQUEST: readonly Criterion[] = [
  BASIS,
  {
    code: "PURPOSE",
    zh: "使用用途：与所申明的使用目的相符",
    en: "The purpose: what is asked serves the purpose that is named",
  },
  { code: "SCENARIO", zh: "使用场景：已申明且具体", en: "The scenario of use: named, and specific" },
  {
    code: "SCOPE",
    zh: "共享范围：数据项与属地不超出使用所需",
    en: "The scope: no more fields or territory than the use needs",
  },
  { code: "TIME", zh: "使用时限：不超出使用所需", en: "The time: no longer than the use needs" },
];

const CRITERIA: Record<Sharing, readonly Criterion[]> = {
  UNCONDITIONAL: [BASIS],
  CONDITIONAL: ON_REQUEST,
  NOT_SHARED: [],
};

export function criteriaOf(sharing: Sharing): readonly Criterion[] {
  return CRITERIA[sharing];
}
