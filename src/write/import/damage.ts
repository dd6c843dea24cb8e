/** Knows what spreadsheets do to values when a file is opened and saved: each form with how to export it right. */
import type { FieldEntry } from "../../declare";

/** The name of the rule, and in words what happened and what to do. */
export interface Damage {
  readonly rule: string;
  readonly problem: string;
}

const AS_TEXT =
  "请把该列设为“文本”格式后重新导出原始数据。Format the column as text and export the original data again";

const ERROR_VALUE = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/i;
const HASHES = /^#{3,}$/;
const SCIENTIFIC = /^[+-]?\d(\.\d+)?E[+-]?\d+$/i;
const SLASHED_DAY = /^\d{1,4}[/.]\d{1,2}[/.]\d{1,4}( .*)?$/;
const CHINESE_DAY = /^(\d{2,4}年)?\d{1,2}月(\d{1,2}日)?$/;
const ENGLISH_DAY =
  /^(\d{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*-\d{2,4})$/i;
const SERIAL_DAY = /^\d{4,6}(\.\d+)?$/;

const damage = (rule: string, problem: string): Damage => ({ rule, problem });

export const DIGITS_LOST = damage(
  "DIGITS_LOST",
  `长数字第 15 位之后被改写为 0。Digits after the fifteenth were rewritten as 0; ${AS_TEXT}`,
);

/** What is wrong with any cell, whatever its field: the value is gone and only its display was saved. */
export function lostValue(text: string): Damage | undefined {
  if (text.charCodeAt(0) !== 35) return undefined; // #
  if (HASHES.test(text))
    return damage(
      "HASHES",
      `列宽不足，导出的是 #### 而不是值。The column was too narrow: #### was saved instead of the value; ${AS_TEXT}`,
    );
  if (ERROR_VALUE.test(text))
    return damage(
      "FORMULA_ERROR",
      "这是表格公式的错误值。This is the error of a spreadsheet formula, not a value",
    );
  return undefined;
}

/** Why a text that should be a code, an identifier or a telephone looks as it does, or undefined where no damage is seen. */
export function damagedCode(
  text: string,
  field: FieldEntry,
  check?: (text: string) => string | undefined,
): Damage | undefined {
  if (field.kind === "text" && !check) return undefined;
  if (SCIENTIFIC.test(text))
    return damage(
      "SCIENTIFIC",
      `长数字被改写为科学计数法，位数已丢失。A long number was rewritten in scientific notation and its digits are lost; ${AS_TEXT}`,
    );
  if (CHINESE_DAY.test(text) || ENGLISH_DAY.test(text))
    return damage("CODE_AS_DATE", `编码被改写为日期。A code was rewritten as a date; ${AS_TEXT}`);
  if (/^\d+\.0+$/.test(text))
    return damage("CODE_AS_NUMBER", `编码被改写为小数。A code was rewritten as a decimal number; ${AS_TEXT}`);
  if (!check) return undefined;
  if (losesDigits(text)) return DIGITS_LOST;
  if (/^\d+$/.test(text) && (check(`0${text}`) === undefined || check(`00${text}`) === undefined))
    return damage("ZERO_LOST", `开头的 0 已丢失。Its leading zero is lost; ${AS_TEXT}`);
  return undefined;
}

/** A spreadsheet keeps 15 digits of a number. */
export function losesDigits(text: string): boolean {
  return text.length > 15 && /^\d{15}0+$/.test(text);
}

/** Why a text that should be a day or an instant looks as it does. */
export function damagedDay(text: string): Damage | undefined {
  if (SLASHED_DAY.test(text) || CHINESE_DAY.test(text) || ENGLISH_DAY.test(text))
    return damage(
      "LOCAL_DATE",
      "日期被改写为本机格式，年月日次序不明；请设为 yyyy-mm-dd 格式后重新导出。A date in a local format, whose order is not certain: format the column as yyyy-mm-dd and export again",
    );
  if (SERIAL_DAY.test(text))
    return damage(
      "DATE_SERIAL",
      "日期被改写为序列号；请把该列设为 yyyy-mm-dd 日期格式后重新导出。A date was rewritten as a serial number: format the column as yyyy-mm-dd and export again",
    );
  return undefined;
}

/** Why a text that should be a number does not read as one. */
export function damagedNumber(text: string): Damage | undefined {
  if (SCIENTIFIC.test(text))
    return damage(
      "SCIENTIFIC",
      `数字被改写为科学计数法，位数可能已丢失。A number was rewritten in scientific notation and may have lost digits; ${AS_TEXT}`,
    );
  if (/^[+-]?\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(text))
    return damage("THOUSANDS", "请去掉千位分隔符。Remove the separators between thousands");
  if (/^[¥￥$]|[元%万亿]$/.test(text))
    return damage(
      "UNIT",
      "请只写数字，不带货币符号、单位或百分号。Write the number alone, without currency, unit or percent sign",
    );
  if (SLASHED_DAY.test(text) || CHINESE_DAY.test(text) || ENGLISH_DAY.test(text))
    return damage("NUMBER_AS_DATE", `数字被改写为日期。A number was rewritten as a date; ${AS_TEXT}`);
  return undefined;
}
