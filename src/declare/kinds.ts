/** The closed vocabulary of a declaration: value kinds, sharing classes, personal-data classes, access levels. */

/** 共享属性 of 政务数据共享条例 Art. 14 (B-01). */
export const SHARING = ["UNCONDITIONAL", "CONDITIONAL", "NOT_SHARED"] as const;
export type Sharing = (typeof SHARING)[number];

/** True where `a` closes more than `b`. */
export function isStricter(a: Sharing, b: Sharing): boolean {
  return SHARING.indexOf(a) > SHARING.indexOf(b);
}

/** What a field says about a person; PUBLIC_OFFICE is a name that the law itself makes public. */
export const PERSONAL = ["NONE", "PUBLIC_OFFICE", "PERSONAL", "SENSITIVE"] as const;
export type Personal = (typeof PERSONAL)[number];

/** Access levels, a lattice: each opens everything that the former opens. */
export const LEVELS = ["NONE", "AGGREGATE", "MASKED", "FULL"] as const;
export type Level = (typeof LEVELS)[number];

const RANK: Record<Level, number> = { NONE: 0, AGGREGATE: 1, MASKED: 2, FULL: 3 };

/** True where `held` opens at least what `needed` opens. */
export function reaches(held: Level, needed: Level): boolean {
  return RANK[held] >= RANK[needed];
}

/** The higher of two levels. */
export function higher(a: Level, b: Level): Level {
  return RANK[a] >= RANK[b] ? a : b;
}

/** Forms in which a MASKED value is shown; a masked field without a form shows nothing. */
export const MASKS = ["NAME", "PHONE", "ID_NUMBER", "ADDRESS"] as const;
export type Mask = (typeof MASKS)[number];

/** How a value is stored, compared, ordered and written. */
export type ValueKind =
  | "text" // free text; ordered by ICU zh-Hans, filtered by code point
  | "code" // an identifier of a closed alphabet; ordered by code point
  | "enum" // one of a declared list; a coded dimension
  | "enumList" // several of a declared list
  | "int"
  | "decimal" // money in yuan, numeric(18,2), a string in JSON
  | "float" // areas, hours and rates, numeric(14,4), a number in JSON
  | "boolean"
  | "date"
  | "datetime"
  | "reference"; // the id of a row of another dataset

export const OPERATORS = [
  "eq",
  "ne",
  "in",
  "notIn",
  "lt",
  "lte",
  "gt",
  "gte",
  "contains",
  "startsWith",
  "isNull",
] as const;
export type Operator = (typeof OPERATORS)[number];

const EQUALITY: Operator[] = ["eq", "ne", "in", "notIn", "isNull"];
const ORDERED: Operator[] = ["eq", "ne", "in", "notIn", "lt", "lte", "gt", "gte", "isNull"];

/** Which operators a field of this kind offers; an encrypted field compares for equality only (semantics 16). */
export function operatorsOf(kind: ValueKind, encrypted: boolean): readonly Operator[] {
  if (encrypted) return EQUALITY;
  switch (kind) {
    case "text":
    case "code":
      return OPERATORS;
    case "enum":
    case "boolean":
    case "reference":
      return EQUALITY;
    case "enumList":
      return ["contains", "isNull"];
    case "int":
    case "decimal":
    case "float":
    case "date":
    case "datetime":
      return ORDERED;
  }
}

export function isNumeric(kind: ValueKind): boolean {
  return kind === "int" || kind === "decimal" || kind === "float";
}

export function isTemporal(kind: ValueKind): boolean {
  return kind === "date" || kind === "datetime";
}
