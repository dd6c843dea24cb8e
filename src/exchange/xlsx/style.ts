/** The styles of a workbook's cells, by their place in the list of formats. */

export const STYLES = [
  "general",
  "header",
  "text",
  "hostile",
  "whole",
  "money",
  "date",
  "moment",
  "withheld",
  "note",
] as const;
export type Style = (typeof STYLES)[number];

export function styleIndex(style: Style): number {
  return STYLES.indexOf(style);
}

/** Number formats 1, 4 and 49 are the format's own: whole numbers, thousands with two decimals, text. */
const FORMATS: Record<Style, string> = {
  general: `numFmtId="0" fontId="0" fillId="0"`,
  header: `numFmtId="49" fontId="1" fillId="2" applyFill="1" applyFont="1"`,
  text: `numFmtId="49" fontId="0" fillId="0" applyNumberFormat="1"`,
  hostile: `numFmtId="49" fontId="0" fillId="0" applyNumberFormat="1" quotePrefix="1"`,
  whole: `numFmtId="1" fontId="0" fillId="0" applyNumberFormat="1"`,
  money: `numFmtId="4" fontId="0" fillId="0" applyNumberFormat="1"`,
  date: `numFmtId="164" fontId="0" fillId="0" applyNumberFormat="1"`,
  moment: `numFmtId="165" fontId="0" fillId="0" applyNumberFormat="1"`,
  withheld: `numFmtId="0" fontId="0" fillId="3" applyFill="1"`,
  note: `numFmtId="49" fontId="0" fillId="0" applyNumberFormat="1" applyAlignment="1"`,
};

const WRAPPED = `<alignment vertical="top" wrapText="1"/>`;

function formatXml(style: Style): string {
  const own = `<xf ${FORMATS[style]} borderId="0" xfId="0"`;
  return style === "note" || style === "header" ? `${own}>${WRAPPED}</xf>` : `${own}/>`;
}

function fill(pattern: string): string {
  return `<fill><patternFill ${pattern}</patternFill></fill>`;
}

const FILLS = [
  `patternType="none">`,
  `patternType="gray125">`,
  `patternType="solid"><fgColor rgb="FFDCE6F1"/>`,
  `patternType="lightUp"><fgColor rgb="FF808080"/><bgColor rgb="FFEDEDED"/>`,
].map(fill);

const FONT = `<sz val="11"/><name val="Calibri"/>`;

export function stylesXml(): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font>${FONT}</font><font><b/>${FONT}</font></fonts><fills count="${FILLS.length}">${FILLS.join("")}</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${STYLES.length}">${STYLES.map(formatXml).join("")}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}
