/** Rules over one row that many datasets share: dates in order, codes that lie in the row's territory. */
import { prefixOf, type RowRule, type Words } from "../declare";
import { dayInChina } from "../declare/code/identity-number";

type Row = Readonly<Record<string, unknown>>;

/** `later` is not before `earlier`; holds where either is missing. Dates are yyyy-mm-dd and compare as text. */
export function inOrder(earlier: string, later: string, words: Words): RowRule {
  return {
    code: `${later}_BEFORE_${earlier}`.replace(/[a-z](?=[A-Z])/g, "$&_").toUpperCase(),
    ...words,
    fields: [earlier, later],
    holds: (row) => isMissing(row, earlier, later) || String(row[earlier]) <= String(row[later]),
  };
}

/** `part` is not more than `whole`; holds where either is missing. Numbers may arrive as text. */
export function notMore(part: string, whole: string, words: Words): RowRule {
  return {
    code: `${part}_ABOVE_${whole}`.replace(/[a-z](?=[A-Z])/g, "$&_").toUpperCase(),
    ...words,
    fields: [part, whole],
    holds: (row) => isMissing(row, part, whole) || Number(row[part]) <= Number(row[whole]),
  };
}

/** The first digits of `field` are the node that the row's territory names. */
export function codeInTerritory(field: string): RowRule {
  return {
    code: "CODE_OUTSIDE_TERRITORY",
    zh: "编码应以所在区划代码开头",
    en: "The code begins with the code of the row's territory",
    fields: [field, "territory"],
    holds: (row) =>
      isMissing(row, field, "territory") || String(row[field]).startsWith(prefixOf(String(row.territory))),
  };
}

/** Two fields that say the same thing hold the same value. */
export function sameAs(field: string, other: string, words: Words): RowRule {
  return {
    code: `${field}_IS_NOT_${other}`.replace(/[a-z](?=[A-Z])/g, "$&_").toUpperCase(),
    ...words,
    fields: [field, other],
    holds: (row) => isMissing(row, field, other) || row[field] === row[other],
  };
}

/** Validity begins before it ends: true of every row of every dataset. */
export const validity = inOrder("validFrom", "validTo", {
  zh: "有效截止日不早于有效起始日",
  en: "Validity does not end before it begins",
});

export function isMissing(row: Row, ...fields: string[]): boolean {
  return fields.some((f) => row[f] === null || row[f] === undefined);
}

/** Under so many years of age today, by the calendar of Taiyuan; a missing day of birth is under any age. */
export function isBelow(years: number, birthDate: unknown): boolean {
  const today = dayInChina();
  const [year, rest] = [Number(today.slice(0, 4)) - years, today.slice(4)];
  return isMissing({ birthDate }, "birthDate") || String(birthDate) > `${year}${rest}`;
}
