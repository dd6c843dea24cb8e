/** How many rows a gain would open: figures of the planner under the asker's own decision, and none where it has none. */
import { parse } from "graphql";
import { type Decision, rangesAt } from "../../access";
import { areaOf, type Catalogue, type Code, contains, covers, merge } from "../../declare";
import type { Question } from "../../read";
import { type Gain, inTheCity } from "./simulating";

/** Null where the asker may not see the figure, and where it is suppressed. */
export interface OpenedRows {
  readonly rows: number | null;
  readonly suppressed: boolean;
}

type Answer = Readonly<
  Record<
    string,
    { readonly groups: readonly { readonly count: number | null; readonly suppressed: boolean }[] }
  >
>;

/** One question for all gains. `decide` is the asker's: a count that left rows out would be taken for all of them. */
export async function openedRows(
  catalogue: Catalogue,
  gains: readonly Gain[],
  decide: (dataset: string) => Decision,
  ask: (question: Question) => Promise<unknown>,
): Promise<OpenedRows[]> {
  const counted = gains.filter((gain) => covers(countedIn(decide(gain.dataset)), inTheCity(gain.ranges)));
  const answer = counted.length > 0 ? ((await ask(questionOf(catalogue, counted))) as Answer) : {};
  return gains.map((gain) => {
    const figures = answer[`gain${counted.indexOf(gain)}`];
    if (!figures) return { rows: null, suppressed: false };
    const [group] = figures.groups;
    const suppressed = group?.suppressed ?? false;
    return { rows: suppressed ? null : (group?.count ?? 0), suppressed };
  });
}

/** Where the rows of a dataset enter the asker's figures. */
function countedIn({ fields }: Decision) {
  return inTheCity(merge([...fields.values()].flatMap(({ spans }) => rangesAt(spans, "AGGREGATE"))));
}

function questionOf(catalogue: Catalogue, gains: readonly Gain[]): Question {
  const names = gains.map((gain) => catalogue.dataset(gain.dataset));
  const variables = names.map(({ type }, i) => `$where${i}: ${type}Where`);
  const figures = names.map(
    ({ plural }, i) => `gain${i}: ${plural}Aggregate(where: $where${i}) { groups { count suppressed } }`,
  );
  return {
    document: parse(`query (${variables.join(", ")}) { ${figures.join(" ")} }`),
    variables: Object.fromEntries(gains.map((gain, i) => [`where${i}`, whereOf(gain)])),
  };
}

function whereOf({ nodes, exceptNodes }: Gain): object {
  const within = (node: Code) => ({ territory: { within: node } });
  const parts = nodes.map((node) => {
    const less = exceptNodes.filter((except) => contains(areaOf(node), except));
    return less.length > 0 ? { ...within(node), not: { or: less.map(within) } } : within(node);
  });
  return { or: parts };
}
