/** Codes that the hub itself gives to departments and facilities, and the form of a certificate's number. */
import { divisionProblem } from "./division-code";

/** `kind@territory`, as civil-affairs@140100000000. */
export function departmentCodeProblem(text: string): string | undefined {
  const territory = /^[a-z]+(?:-[a-z]+)*@(\d{12})$/.exec(text)?.[1];
  return territory
    ? divisionProblem(territory)
    : "部门代码应写作 类别@12 位区划代码。A department's code reads kind@12-digit division";
}

/** The 12-digit code of the community and a serial of four digits. */
export function facilityCodeProblem(text: string): string | undefined {
  return /^\d{16}$/.test(text)
    ? divisionProblem(text.slice(0, 12))
    : "设施编码应为 12 位社区编码加 4 位序号。A facility's code is the community's 12 digits and four more";
}

/** No standard gives one form for certificates: only what no register would print is refused. */
export function certificateProblem(text: string): string | undefined {
  return /^[0-9A-Z][0-9A-Z-]{4,38}[0-9A-Z]$/.test(text)
    ? undefined
    : "证书编号应为 6 至 40 位大写字母、数字和连字符。A certificate's number has 6 to 40 capitals, digits and hyphens";
}
