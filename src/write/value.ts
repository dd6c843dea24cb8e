/** Checks one value against its field's declaration and brings it into the form in which it is stored. */
import { checks, DateScalar, DateTimeScalar, DecimalScalar, type FieldEntry, scream } from "../declare";
import { parseId } from "../read/id";
import type { Problem } from "./problem";

/** A value as it will be stored: dates and decimals as text, references as uuid. */
export type Value = string | number | boolean | readonly string[] | null;

export type Values = Readonly<Record<string, Value>>;

interface Wrong {
  readonly rule: string;
  readonly problem: string;
}

class WrongValue extends Error {
  constructor(readonly wrong: Wrong) {
    super(wrong.rule);
  }
}

/** The value as stored, or what is wrong with it; null and blank text are no value. */
export function checkValue(field: FieldEntry, given: unknown): { value: Value } | Problem {
  try {
    return { value: given === null || given === undefined ? null : convert(field, given) };
  } catch (error) {
    if (error instanceof WrongValue) return { field: field.name, ...error.wrong };
    throw error;
  }
}

function convert(field: FieldEntry, given: unknown): Value {
  switch (field.kind) {
    case "text":
    case "code":
      return checkText(field, given);
    case "enum":
      return checkEnum(field, given);
    case "enumList":
      return checkList(field, given);
    case "int":
      return checkRange(field, checkNumber(given, Number.isSafeInteger));
    case "float":
      // Stored with four decimals.
      return checkRange(field, Math.round(checkNumber(given, Number.isFinite) * 10_000) / 10_000);
    case "decimal":
      return checkDecimal(field, given);
    case "boolean":
      return typeof given === "boolean" ? given : wrong("BOOLEAN", "应为是或否。Must be true or false");
    case "date":
      return checkScalar(DateScalar, given, "DATE", "应为日期 yyyy-mm-dd。Must be a day, yyyy-mm-dd");
    case "datetime":
      return checkScalar(
        DateTimeScalar,
        given,
        "DATE_TIME",
        "应为带时区的时刻。Must be an instant with its offset",
      );
    case "reference":
      return checkReference(field, given);
  }
}

function checkText(field: FieldEntry, given: unknown): string | null {
  if (typeof given !== "string") return wrong("TEXT", "应为文本。Must be text");
  const text = given.normalize("NFC").replaceAll("\r\n", "\n").trim();
  if (text === "") return null;
  // The server stores no NUL; other controls and halves of characters are damage from files.
  if (/[^\P{Cc}\n\t]|\p{Surrogate}/u.test(text))
    return wrong("CONTROL_CHARACTER", "含有控制字符。Holds control characters");
  if (field.maxLength && [...text].length > field.maxLength)
    return wrong("TOO_LONG", `超过 ${field.maxLength} 个字符。Longer than ${field.maxLength} characters`);
  const problem = field.check && checks.get(field.check)?.(text);
  return problem ? wrong(`FORM_${scream(field.check as string)}`, problem) : text;
}

function checkEnum(field: FieldEntry, given: unknown): string {
  const values = field.enum?.values ?? {};
  if (typeof given === "string" && Object.hasOwn(values, given)) return given;
  return wrong(
    "ENUM",
    `不在 ${field.enum?.name} 的取值之内。Not one of ${field.enum?.name}: ${Object.keys(values).join(", ")}`,
  );
}

function checkList(field: FieldEntry, given: unknown): readonly string[] {
  if (!Array.isArray(given)) return wrong("LIST", "应为列表。Must be a list");
  return [...new Set(given.map((one) => checkEnum(field, one)))];
}

function checkNumber(given: unknown, test: (n: unknown) => boolean): number {
  return test(given) ? (given as number) : wrong("NUMBER", "应为数值。Must be a number");
}

function checkRange(field: FieldEntry, number: number): number {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = field;
  if (number < min) return wrong("TOO_SMALL", `小于 ${min}。Less than ${min}`);
  return number > max ? wrong("TOO_LARGE", `大于 ${max}。More than ${max}`) : number;
}

/** Two decimals, so that equal amounts are equal texts. */
function checkDecimal(field: FieldEntry, given: unknown): string {
  const words = "应为金额（元），至多两位小数。Must be an amount with at most two decimals";
  const text = checkScalar(DecimalScalar, given, "DECIMAL", words);
  checkRange(field, Number(text));
  const [whole, cents = ""] = text.split(".") as [string, string?];
  return `${whole}.${cents.padEnd(2, "0")}`;
}

function checkScalar(
  scalar: { parseValue(value: unknown): string },
  given: unknown,
  rule: string,
  problem: string,
): string {
  try {
    return scalar.parseValue(given);
  } catch {
    return wrong(rule, problem);
  }
}

function checkReference(field: FieldEntry, given: unknown): string {
  const id = typeof given === "string" ? parseId(given) : undefined;
  if (id?.dataset === field.references) return (id as { uuid: string }).uuid;
  return wrong("REFERENCE_FORM", `应为 ${field.references} 的 id。Must be an id of ${field.references}`);
}

function wrong(rule: string, problem: string): never {
  throw new WrongValue({ rule, problem });
}

/** Whether a stored value is already what was given. */
export function sameValue(field: FieldEntry, stored: unknown, given: Value): boolean {
  if (stored === null || stored === undefined || given === null) return (stored ?? null) === given;
  if (field.kind === "datetime") return Date.parse(String(stored)) === Date.parse(String(given));
  if (field.kind === "enumList") return JSON.stringify(stored) === JSON.stringify(given);
  if (field.kind === "decimal" || field.kind === "float") return Number(stored) === Number(given);
  return stored === given;
}
