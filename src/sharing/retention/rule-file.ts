/** A file of retention rules, as someone typed it from what the city's offices decided. */
import { parse } from "csv-parse/sync";
import { type Catalogue, CITY, DateScalar } from "../../declare";
import { HubError } from "../../errors";
import type { Day } from "../clock";
import { codeOf } from "../requests/items";
import { faultOf, type RetentionAct, type RetentionRule } from "./rules";

export type GivenRule = Omit<RetentionRule, "id">;

const COLUMNS = ["dataset", "starts", "months", "act", "territory", "basis", "from", "until"] as const;

/** Rules of the file in order; every fault is told with its line. */
export function readRuleFile(catalogue: Catalogue, text: string): GivenRule[] {
  const [header = [], ...lines] = linesOf(text);
  if (header.join() !== COLUMNS.join())
    throw refused([`1: ${COLUMNS.join(",")}`], "首行须为列名。The first line names the columns");
  const faults: string[] = [];
  const rules = lines.map((line, i) => {
    const rule = ruleOf(line);
    const fault = typeof rule === "string" ? rule : faultOf(catalogue, rule);
    if (fault) faults.push(`${i + 2}: ${fault}`);
    return rule as GivenRule;
  });
  if (faults.length > 0) throw refused(faults, "保存期限文件有误。The file of rules has faults");
  if (rules.length === 0) throw refused([], "文件没有规则。The file holds no rule");
  return rules;
}

function ruleOf(line: readonly string[]): GivenRule | string {
  const [
    dataset = "",
    starts = "",
    months = "",
    act = "",
    territory = "",
    basis = "",
    from = "",
    until = "",
  ] = line;
  if (!/^\d{1,4}$/.test(months)) return "months: a whole number from 0 to 1200";
  if (!isDay(from)) return "from: expects yyyy-mm-dd";
  if (until && !isDay(until)) return "until: expects yyyy-mm-dd, or nothing";
  try {
    const code = codeOf(territory) ?? CITY;
    const rule = {
      dataset,
      starts,
      months: Number(months),
      act: act as RetentionAct,
      territory: code,
      basis,
      from,
    };
    return { ...rule, ...(until && { until }) };
  } catch {
    return "territory: a code of the city's divisions, or nothing for the city";
  }
}

function linesOf(text: string): string[][] {
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch {
    throw refused([], "不是 CSV 文件。This is no CSV file");
  }
}

export function isDay(text: string): text is Day {
  try {
    return DateScalar.parseValue(text) === text;
  } catch {
    return false;
  }
}

function refused(faults: readonly string[], message: string): HubError {
  const told = faults.slice(0, 20).join("; ");
  return new HubError("BAD_USER_INPUT", told ? `${message}: ${told}` : message, { argument: "file", faults });
}
