/** Unified social credit codes of GB 32100-2015: 18 characters, a check character over all, another inside (GB 11714). */

/** The 31 characters of the standard: no I, O, S, V, Z. */
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const INNER_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Registration authorities that the first character may name. */
const AUTHORITIES = "123456789ANY";

const FILING = /^备案-(\d{12})-\d{4}$/;

/** What is wrong with a credit code; never repeats the code. */
export function creditCodeProblem(text: string): string | undefined {
  if (text.length !== 18) return "统一社会信用代码应为 18 位。A unified social credit code has 18 characters";
  if ([...text].some((c) => !ALPHABET.includes(c)))
    return "统一社会信用代码只用数字和除 I、O、S、V、Z 外的大写字母。It uses digits and capital letters without I, O, S, V, Z";
  if (!AUTHORITIES.includes(text.charAt(0)))
    return "首位不是登记管理部门代码。Its first character names no registration authority";
  if (!/^\d{6}$/.test(text.slice(2, 8)))
    return "第 3 至 8 位应为登记机关行政区划码。Characters 3 to 8 are the division of the registrar";
  if (innerCheck(text.slice(8, 16)) !== text.charAt(16))
    return "第 17 位（主体标识码校验位）不符。Character 17, the check of the inner code, is wrong";
  if (creditCheck(text.slice(0, 17)) !== text.charAt(17))
    return "第 18 位校验码不符。Character 18, the check character, is wrong";
  return undefined;
}

/**
 * A credit code, or for an organization that is only filed with its street the filing number
 * `备案-<12-digit division>-<4 digits>`, a form of the hub's own: no standard gives one.
 */
export function creditOrFilingProblem(text: string): string | undefined {
  if (!text.startsWith("备案")) return creditCodeProblem(text);
  return FILING.test(text)
    ? undefined
    : "备案编号应写作 备案-12 位区划代码-4 位序号。A filing number reads 备案-<12-digit division>-<4 digits>";
}

/** The code of a body: registrar's kind (2 characters), division (6 digits), serial (8), and the two checks after them. */
export function creditCodeOf(kind: string, division: string, serial: string): string {
  const body = kind + division + serial + innerCheck(serial);
  return body + creditCheck(body);
}

/** The 18th character for the first 17. */
export function creditCheck(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * ALPHABET.indexOf(first17.charAt(i)), 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** The 17th character for characters 9 to 16, by GB 11714: 10 prints as X, 11 as 0. */
export function innerCheck(serial: string): string {
  const sum = INNER_WEIGHTS.reduce(
    (total, weight, i) => total + weight * Number.parseInt(serial.charAt(i), 36),
    0,
  );
  const digit = 11 - (sum % 11);
  return digit === 10 ? "X" : digit === 11 ? "0" : String(digit);
}
