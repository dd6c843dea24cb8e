/** Citizens' identity numbers of GB 11643-1999: 17 digits and a check; never a key, never shown in a problem's text. */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

/** What is wrong with an identity number, judged on `today` (yyyy-mm-dd); the region may be a retired code. */
export function identityNumberProblem(text: string, today = dayInChina()): string | undefined {
  if (text.length !== 18) return "公民身份号码应为 18 位。An identity number has 18 characters";
  if (/^\d{17}x$/.test(text)) return "末位校验码应为大写 X。Its last character is a capital X";
  if (!/^\d{17}[\dX]$/.test(text)) return "应为 17 位数字加一位校验码。It is 17 digits and a check character";
  const born = birthDateOf(text);
  if (!born) return "第 7 至 14 位不是真实的日期。Digits 7 to 14 are no date of the calendar";
  if (born > today) return "出生日期在将来。Its date of birth is in the future";
  return identityCheck(text.slice(0, 17)) === text.charAt(17)
    ? undefined
    : "末位校验码不符。Its check character is wrong";
}

/** The 18th character for the first 17. */
export function identityCheck(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17.charAt(i)), 0);
  return CHECKS.charAt(sum % 11);
}

/** The date of birth (yyyy-mm-dd), or undefined where digits 7 to 14 name no day. */
export function birthDateOf(text: string): string | undefined {
  const day = text.slice(6, 14).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : undefined;
}

/** The 17th digit is odd for men and even for women. */
export function sexOf(text: string): "MALE" | "FEMALE" {
  return Number(text.charAt(16)) % 2 === 1 ? "MALE" : "FEMALE";
}

/** Whole years on `today`, both yyyy-mm-dd. */
export function ageOn(birthDate: string, today = dayInChina()): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The calendar day in China, which is UTC+8 all year. */
export function dayInChina(now = Date.now()): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
}
