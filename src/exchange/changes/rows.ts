/** Rows of a page as they are now, as the planner gives them under the asker's decision. */
import { type Answer, TYPE } from "../../read";
import type { Ask, PageParts, Selections } from "./page-types";

/** Rows as they are now, as far as the reader may see them: the first selection tells which these are. */
export async function rowsOf(
  { reader }: PageParts,
  { dataset, decisions, selections, area, spent }: Ask,
  uuids: readonly string[],
) {
  const answers: Answer[] = [];
  const found: [path: string, values: ReadonlyMap<string, unknown>][] = [];
  if (uuids.length > 0)
    for (const [path, asked] of selections.size > 0 ? selections : NOTHING_ASKED) {
      const wanted = { dataset: dataset.name, uuids, asked, retired: false, within: area };
      const { values, answer } = await reader.found(wanted, decisions, spent + spentIn(answers));
      answers.push(answer);
      found.push([path, values]);
    }
  return {
    answers,
    of(uuid: string): ReadonlyMap<string, unknown> | undefined {
      if (!found[0]?.[1].has(uuid)) return undefined;
      return new Map(found.map(([path, values]) => [path, typed(values.get(uuid), dataset.type)]));
    },
  };
}

const NOTHING_ASKED: Selections = new Map([["", []]]);

/** Rows that the reader could see if they were not out of use. */
export async function retiredOf(
  { reader }: PageParts,
  { dataset, decisions, area }: Ask,
  uuids: readonly string[],
) {
  if (uuids.length === 0) return { ids: new Set<string>(), answers: [] };
  const wanted = { dataset: dataset.name, uuids, asked: [], retired: true, within: area };
  const { values, answer } = await reader.found(wanted, decisions);
  return { ids: new Set(values.keys()), answers: [answer] };
}

function spentIn(answers: readonly Answer[]): number {
  return answers.reduce((sum, { prepared }) => sum + prepared.cost, 0);
}

/** A row tells graphql-js its type, because it stands behind an interface. */
function typed(row: unknown, type: string): unknown {
  return row === undefined || row === null ? null : Object.defineProperty(row, TYPE, { value: type });
}
