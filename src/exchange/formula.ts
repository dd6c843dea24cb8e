/** Texts that a spreadsheet may take for a formula. */

/** First bytes of such a text; with 0xEF the wide forms of the signs begin. */
const WIDE = 0xef;
const SIGNS = new Set([0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d, WIDE]);
const FORMULA = Uint8Array.from({ length: 256 }, (_, byte) => (SIGNS.has(byte) ? 1 : 0));

/** The last bytes of ＝ ＋ － ＠, before which stand EF BC. */
const WIDE_SIGN = new Set([0x9d, 0x8b, 0x8d, 0xa0]);

/** Looks at the first character of a whole UTF-8 text; a wide one is three bytes long. */
export function startsFormula(source: Uint8Array, from: number): boolean {
  const first = source[from] as number;
  if (FORMULA[first] !== 1) return false;
  return first !== WIDE || (source[from + 1] === 0xbc && WIDE_SIGN.has(source[from + 2] as number));
}
