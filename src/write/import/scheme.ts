/** Files whose places are coded in another scheme: brought to the working one by the crosswalk, or refused with what it may be. */
import { type Code, levelOf } from "../../declare";
import { HubError } from "../../errors";
import type { SystemRows } from "../../read";
import { isRegister } from "../check";
import type { Problem } from "../problem";
import type { Candidate } from "./candidate";
import type { Target } from "./target";

export const IMPORT_SCHEMES = ["STATISTICS", "CIVIL_AFFAIRS"] as const;
/** Scheme of the division codes in a file; STATISTICS is the working one (semantics 8). */
export type ImportScheme = (typeof IMPORT_SCHEMES)[number];

/** Codes of the working scheme that a code of the other may stand for; one that stands alone is the same place. */
type Crosswalk = (code: Code) => readonly Code[];

export type Translate = (candidates: readonly Candidate[]) => void;

/** Puts working codes in the place of the file's, in every field that holds a division; nothing to do for the working scheme. */
export async function translation(
  rows: SystemRows,
  { dataset, given }: Target,
  scheme: ImportScheme = "STATISTICS",
): Promise<Translate> {
  if (scheme === "STATISTICS") return () => undefined;
  if (isRegister(dataset))
    throw new HubError(
      "BAD_USER_INPUT",
      `${dataset.name} 的每行自带代码体系，不另指定。Rows of ${dataset.name} name their scheme themselves.`,
      { argument: "scheme" },
    );
  const candidatesOf = await crosswalk(rows);
  const fields = given.map(({ field }) => field).filter(({ check }) => check === "division");
  return (candidates) => {
    for (const { values, problems } of candidates)
      for (const { name } of fields) {
        const code = values[name];
        if (typeof code !== "string") continue;
        const found = candidatesOf(code);
        if (found.length === 1 && levelOf(found[0] as Code) === levelOf(code))
          values[name] = found[0] as Code;
        else {
          delete values[name];
          problems.push(unclear(name, scheme, found));
        }
      }
  };
}

async function crosswalk(rows: SystemRows): Promise<Crosswalk> {
  const fields = ["districtCode", "statisticsCode", "civilAffairsCode"];
  const lines = await rows.select({ dataset: "divisionCrosswalk", fields });
  const districts = new Set(lines.filter((l) => l.civilAffairsCode !== null).map((l) => l.districtCode));
  const ofStreet = (code: Code) =>
    lines
      .filter(({ civilAffairsCode, statisticsCode }) => civilAffairsCode === code && statisticsCode !== null)
      .map(({ statisticsCode }) => String(statisticsCode));
  return (code) => {
    switch (levelOf(code)) {
      case "CITY":
        return [code];
      case "DISTRICT":
        return districts.has(code) ? [code] : [];
      case "STREET":
        return ofStreet(code);
      case "COMMUNITY": {
        // The scheme ends at streets: a community keeps its code where its street's is the same in both.
        const street = `${code.slice(0, 9)}000`;
        const streets = ofStreet(street);
        return streets.length === 1 && streets[0] === street ? [code] : streets;
      }
    }
  };
}

function unclear(field: string, scheme: ImportScheme, candidates: readonly Code[]): Problem {
  const list = candidates.join("、");
  const zh = list ? `工作版代码可能为 ${list}` : "工作版中没有对应的代码";
  const en = list
    ? `which may be ${list} in the working edition`
    : "to which none of the working edition answers";
  return {
    field,
    rule: "NO_ONE_COUNTERPART",
    problem: `${scheme} 体系的代码无法唯一对照，${zh}。A code of ${scheme}, ${en}`,
  };
}
