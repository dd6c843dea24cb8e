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
