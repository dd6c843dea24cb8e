/** What the hub itself asks of its registers: departments by their code, and divisions of the working scheme. */
import type { SystemRows } from "./system-rows";

/** The working scheme and edition (semantics 8). */
export const WORKING = { scheme: { eq: "STATISTICS" }, edition: { eq: "2023" } };

/** What stands before the code in a node of the working scheme. */
export const WORKING_NODE = `${WORKING.scheme.eq}/${WORKING.edition.eq}/`;

/** The name under which a department is registered, or undefined where none has this code. */
export async function departmentName(rows: SystemRows, code: string): Promise<string | undefined> {
  const where = { code: { eq: code } };
  const [department] = await rows.select({ dataset: "department", fields: ["name"], where });
  return department && String(department.name);
}

/** Names of the working scheme's divisions by code. */
export async function divisionNames(rows: SystemRows): Promise<Map<string, string>> {
  const fields = ["code", "name"];
  const divisions = await rows.select({ dataset: "division", fields, where: WORKING });
  return new Map(divisions.map(({ code, name }) => [String(code), String(name)]));
}

/** Which of these codes are divisions of the working scheme. */
export async function divisionsAmong(rows: SystemRows, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const where = { ...WORKING, code: { in: [...codes] } };
  const divisions = await rows.select({ dataset: "division", fields: ["code"], where });
  return new Set(divisions.map(({ code }) => String(code)));
}

/** A code that is no division in use of the working scheme. */
export interface Elsewhere {
  /** Schemes and editions that have the code or had it, as SCHEME/EDITION. */
  readonly editions: readonly string[];
  /** Codes of the working scheme that stand for the same place, by the crosswalk or as its successor. */
  readonly candidates: readonly string[];
}

/** What is known of codes that are no divisions in use of the working scheme; nothing of those that no edition has. */
export async function codesElsewhere(
  rows: SystemRows,
  codes: readonly string[],
): Promise<Map<string, Elsewhere>> {
  const fields = ["code", "scheme", "edition", "successorNode"];
  const divisions = await rows.select({
    dataset: "division",
    fields,
    where: { code: { in: [...codes] } },
    retired: true,
  });
  const crosswalk = await rows.select({
    dataset: "divisionCrosswalk",
    fields: ["civilAffairsCode", "statisticsCode"],
    where: { civilAffairsCode: { in: [...codes] } },
  });
  const found = new Map<string, Elsewhere>();
  for (const code of new Set(divisions.map((d) => String(d.code)))) {
    const own = divisions.filter((d) => d.code === code);
    const followed = own
      .map((d) => String(d.successorNode ?? ""))
      .filter((node) => node.startsWith(WORKING_NODE))
      .map((node) => node.slice(WORKING_NODE.length));
    const joined = crosswalk.filter((line) => line.civilAffairsCode === code && line.statisticsCode !== null);
    const candidates = [...followed, ...joined.map((line) => String(line.statisticsCode))];
    found.set(code, {
      editions: [...new Set(own.map(({ scheme, edition }) => `${scheme}/${edition}`))],
      candidates: [...new Set(candidates)],
    });
  }
  return found;
}
