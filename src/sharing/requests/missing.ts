/** What a question lacks: the fields, levels and territories that its asker does not hold, found by planning it. */
import { rangesAt, rightOf } from "../../access";
import { areaOf, type Code, covers, type Level } from "../../declare";
import { HubError } from "../../errors";
import type { Identity, Rights } from "../../identity";
import { type Needs, type Patience, territoriesIn } from "../../read";
import type { Asked } from "../../read/asked";
import type { Sharing } from "../context";
import { decisionsUnder } from "../decisions";
import { gathered, type Item, MOST_ITEMS, refuseNone } from "./items";

/** Each refusal tells one field and costs a planning; a question that filters by more is asked for by items. */
const MOST_REFUSALS = 30;

export interface Lacking {
  /** Holds the purpose that is asked for. */
  readonly asker: Identity;
  readonly rights: Rights;
  /** Asked for instead of what the question names. */
  readonly territory?: Code;
  readonly level?: Level;
  /** Also what is held: data that leaves for a copy needs a grant of its own (semantics 24). */
  readonly held: boolean;
}

/** Root by root, each in the territory that its own condition names; the whole city where it names none. */
export function itemsMissing(sharing: Sharing, fields: readonly Asked[], lacking: Lacking): Item[] {
  refuseNone(lacking.level, {});
  const patience: Patience = { left: MOST_REFUSALS };
  return fields
    .filter((asked) => asked.name !== "__typename")
    .flatMap((asked) => missingOf(sharing, asked, lacking, patience));
}

function missingOf(sharing: Sharing, asked: Asked, lacking: Lacking, patience: Patience): Item[] {
  const territories = lacking.territory ? [lacking.territory] : territoriesIn(asked.args.where);
  if (territories.length > MOST_ITEMS)
    throw new HubError(
      "BAD_USER_INPUT",
      `所涉属地超过 ${MOST_ITEMS}。The question names more than ${MOST_ITEMS} territories`,
      { argument: "operation", limit: MOST_ITEMS },
    );
  const found = neededBy(sharing, asked, lacking, patience);
  const items = found.flatMap(({ dataset, field, level }) =>
    territories.map((territory) => ({
      dataset: dataset.name,
      fields: [field.name],
      level: lacking.level ?? level,
      territory,
    })),
  );
  return gathered(lackingAmong(sharing, items, lacking));
}

/** Items of one field each, less those that the asker holds in the whole of their territory. */
export function lackingAmong(sharing: Sharing, items: readonly Item[], lacking: Lacking): Item[] {
  const decisions = decisionsUnder(sharing, lacking.asker, lacking.rights);
  return items.filter(({ dataset, fields: [field = ""], level, territory }) => {
    const { spans } = rightOf(decisions.decide(dataset), field);
    return lacking.held || !covers(rangesAt(spans, level), [areaOf(territory)]);
  });
}

function neededBy(
  sharing: Sharing,
  asked: Asked,
  { asker, rights }: Lacking,
  patience: Patience,
): Needs["needs"] {
  const found = sharing.reader.needs(asked, decisionsUnder(sharing, asker, rights), patience);
  if (!found)
    throw new HubError(
      "BAD_USER_INPUT",
      "所涉字段过多，请用 items 列出。Too many fields are refused: list them in items",
      { argument: "operation" },
    );
  for (const { dataset } of found.needs) refuseReport(sharing, dataset.name);
  refuseUnplanned(asked, found);
  return found.needs;
}

function refuseReport({ reader }: Sharing, dataset: string): void {
  if (!reader.parts.catalogue.dataset(dataset).from) return;
  throw new HubError(
    "BAD_USER_INPUT",
    `报表 ${dataset} 的权限由其输入推出，请申请所涉数据集。The right to the report ${dataset} follows from its inputs: ask for those datasets`,
    { argument: "operation", dataset },
  );
}

function refuseUnplanned(asked: Asked, { root, needs }: Needs): void {
  if (root.is === "typename" || needs.length === 0)
    throw new HubError(
      "BAD_USER_INPUT",
      `${asked.key} 不涉及可申请的字段。${asked.key} names no field of a dataset that could be asked for`,
      { argument: "operation", path: [asked.key] },
    );
}
