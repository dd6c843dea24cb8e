/** The masked forms in which a person's data is stored beside it and shown at level MASKED; masked data stays personal. */
import type { Mask } from "../kinds";

/** Family names of two characters, so that the mask keeps a whole surname and not the half of one. */
const DOUBLE_SURNAMES = new Set(
  "欧阳 司马 上官 诸葛 司徒 东方 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 轩辕 端木 百里 呼延 南宫 西门 独孤 第五 公羊 申屠".split(
    " ",
  ),
);

/** Ends of place names from narrow to wide; the address is kept up to the narrowest that stands before its first number. */
const PLACES = [
  /^.*?(?:社区|居委会|村委会|居民委员会|村民委员会)/u,
  /^.*?(?:街道|镇|乡)/u,
  /^(?:.*?市)?.*?(?<!小)[区县]/u,
  /^.*?市/u,
];

/** The masked form: phone 3+4, identity number 1+1, name the surname, address to the community. */
export function masked(mask: Mask, text: string): string {
  switch (mask) {
    case "PHONE":
      return keepEnds(text, 3, 4);
    case "ID_NUMBER":
      return keepEnds(text, 1, 1);
    case "NAME":
      return `${surname(text.trim())}*`;
    case "ADDRESS":
      return `${placeOf(text)}***`;
  }
}

/** The star count is the text's length; a text too short to hide anything is hidden whole. */
function keepEnds(text: string, first: number, last: number): string {
  const characters = [...text];
  const hidden = characters.length - first - last;
  if (hidden < 4) return "*".repeat(characters.length);
  return characters.slice(0, first).join("") + "*".repeat(hidden) + characters.slice(-last).join("");
}

/** One star whatever the length of the given name; a name of one character is a surname already. */
function surname(name: string): string {
  const characters = [...name];
  const double = characters.slice(0, 2).join("");
  return characters.length > 2 && DOUBLE_SURNAMES.has(double) ? double : (characters[0] ?? "");
}

function placeOf(address: string): string {
  const beforeNumbers = address.split(/[0-9０-９A-Za-z]/u)[0] ?? "";
  for (const place of PLACES) {
    const kept = place.exec(beforeNumbers)?.[0];
    if (kept) return kept;
  }
  return "";
}
