/** Division codes of 12 digits, PP CC DD TTT VVV: province, city, district (GB/T 2260), street (GB/T 10114), community. */

/** What is wrong with a division code's form; whether it exists is asked of the division tree, not here. */
export function divisionProblem(text: string): string | undefined {
  if (!/^\d{12}$/.test(text)) return "区划代码应为 12 位数字。A division code has 12 digits";
  if (!/^[1-8][1-9]/.test(text)) return "区划代码的前两位不是省级代码。Its first two digits name no province";
  if (text.slice(2, 4) === "00" && !/^0*$/.test(text.slice(4)))
    return "地级代码为 00 时其后各位应为 0。Below a province without a city only zeros follow";
  if (text.slice(6, 9) === "000" && text.slice(9) !== "000")
    return "街道代码为 000 时社区代码也应为 000。A community code needs a street code before it";
  return undefined;
}

/** A node of the division tree, `SCHEME/EDITION/code`: a bare code may name two streets, a node never does. */
export function nodeProblem(text: string): string | undefined {
  const code = /^(?:STATISTICS|CIVIL_AFFAIRS)\/\d{4}\/(\d{12})$/.exec(text)?.[1];
  return code
    ? divisionProblem(code)
    : "节点应写作 体系/版本/12 位代码。A node reads SCHEME/EDITION/12-digit code";
}

export type StreetSegment = "SUBDISTRICT" | "TOWN" | "TOWNSHIP" | "SIMILAR";

/** What the street segment (digits 7–9) says: 001–099 街道, 100–199 镇, 200–399 乡, 400 and above similar units. */
export function streetSegment(code: string): StreetSegment | undefined {
  const segment = Number(code.slice(6, 9));
  if (!(segment > 0)) return undefined;
  return segment < 100 ? "SUBDISTRICT" : segment < 200 ? "TOWN" : segment < 400 ? "TOWNSHIP" : "SIMILAR";
}

export type CommunitySegment = "RESIDENTS" | "VILLAGERS" | "SIMILAR";

/** What the community segment (digits 10–12) says: 001–199 居委会, 200–399 村委会, 400 and above similar units. */
export function communitySegment(code: string): CommunitySegment | undefined {
  const segment = Number(code.slice(9, 12));
  if (!(segment > 0)) return undefined;
  return segment < 200 ? "RESIDENTS" : segment < 400 ? "VILLAGERS" : "SIMILAR";
}
