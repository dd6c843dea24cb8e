/** What a question lacks: the fields, levels and territories that its asker does not hold, found by planning it. */
import { rangesAt, rightOf } from "../../access";
import { areaOf, CITY, type Code, covers, higher, type Level, toCode } from "../../declare";
import { HubError } from "../../errors";
import type { Grant, Identity, Rights } from "../../identity";
import type { Prepared } from "../../read";
import type { Asked } from "../../read/asked";
import type { Sharing } from "../context";
import { decisionsUnder } from "../decisions";
import { gathered, type Item, inCity, MOST_ITEMS, refuseNone } from "./items";

/** Each refusal tells one field and costs a planning; a question that filters by more is asked for by items. */
const MOST_REFUSALS = 30;

/** Refusals that the whole question may still meet. */
interface Patience {
  left: number;
}

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
  const decisions = decisionsUnder(sharing, lacking.asker, lacking.rights);
  const lacks = ({ dataset, field }: Needed, level: Level, territory: Code) => {
    const { spans } = rightOf(decisions.decide(dataset), field);
    return lacking.held || !covers(rangesAt(spans, level), [areaOf(territory)]);
  };
  const missing = needed(sharing, asked, lacking, patience).flatMap((one) => {
    const { dataset, field } = one;
    const level = lacking.level ?? one.level;
    return territories
      .filter((territory) => lacks(one, level, territory))
      .map((territory) => ({ dataset, fields: [field], level, territory }));
  });
  return gathered(missing);
}

interface Needed {
  readonly dataset: string;
  readonly field: string;
  readonly level: Level;
}

/** What a root reads, held or not, each field at the highest level that it needs there; key fields are read with any. */
function needed(sharing: Sharing, asked: Asked, lacking: Lacking, patience: Patience): Needed[] {
  const levels = new Map<string, Needed>();
  const need = (dataset: string, field: string, level: Level) => {
    const name = `${dataset} ${field}`;
    levels.set(name, { dataset, field, level: higher(levels.get(name)?.level ?? "NONE", level) });
  };
  const planned = planUnrefused(sharing, asked, lacking, patience, need);
  const usual = planned.roots[0]?.is === "figures" ? "AGGREGATE" : "FULL";
  for (const { dataset, fields } of planned.touched) {
    refuseReport(sharing, dataset);
    for (const { field } of fields) need(dataset, field, usual);
  }
  refuseUnplanned(asked, planned, levels.size);
  const { catalogue } = sharing.reader.parts;
  const isKey = ({ dataset, field }: Needed) =>
    catalogue.dataset(dataset).fields.some((f) => f.name === field && f.key);
  return [...levels.values()].filter((one) => !isKey(one));
}

/** Plans as if each field that was refused were granted, until nothing is; what was refused is needed in full. */
function planUnrefused(
  sharing: Sharing,
  asked: Asked,
  { asker, rights }: Lacking,
  patience: Patience,
  need: (dataset: string, field: string, level: Level) => void,
): Prepared {
  const supposed: Grant[] = [];
  for (; patience.left >= 0; patience.left--) {
    const supposing = { ...rights, grants: [...rights.grants, ...supposed] };
    const planned = sharing.reader.prepare([asked], decisionsUnder(sharing, asker, supposing));
    const [root] = planned.roots;
    if (root?.is !== "refused") return planned;
    const { dataset, field } = root.error.extensions as { dataset?: string; field?: string };
    const known = supposed.some((g) => g.dataset === dataset && g.fields[0] === field);
    if (root.error.code !== "FIELD_WITHHELD" || !dataset || !field || known) throw root.error;
    refuseReport(sharing, dataset);
    need(dataset, field, "FULL");
    const closed = sharing.reader.parts.catalogue
      .dataset(dataset)
      .fields.some((f) => f.name === field && f.sharing === "NOT_SHARED");
    if (closed) return planned; // no request opens it: told with its reason when the items are checked
    supposed.push(suppose(asker, dataset, field));
  }
  throw new HubError(
    "BAD_USER_INPUT",
    "所涉字段过多，请用 items 列出。Too many fields are refused: list them in items",
    {
      argument: "operation",
    },
  );
}

/** In the whole city: what is held anywhere is never refused (semantics 10). */
function suppose(asker: Identity, dataset: string, field: string): Grant {
  return {
    id: `supposed ${dataset}.${field}`,
    department: asker.department.code,
    dataset,
    fields: [field],
    level: "FULL",
    territory: CITY,
    purpose: asker.purpose ?? "",
    legalBasis: "",
    grantedBy: "",
    from: "1970-01-01T00:00:00Z",
  };
}

/** The nodes that a condition keeps its rows within, as far as it says so itself; the city where it does not. */
export function territoriesIn(where: unknown): Code[] {
  const found = namedIn(where);
  return found.length > 0 ? [...new Set(found.map(inCity))] : [CITY];
}

function namedIn(where: unknown): Code[] {
  if (where === null || typeof where !== "object") return [];
  const { territory, and } = where as { territory?: unknown; and?: unknown };
  const { within, eq, in: some } = (territory ?? {}) as { within?: unknown; eq?: unknown; in?: unknown };
  const [first] = [within, eq].flatMap((text) => (typeof text === "string" ? (toCode(text) ?? []) : []));
  if (first) return [first];
  const listed = Array.isArray(some) ? some.flatMap((text) => toCode(String(text)) ?? []) : [];
  if (listed.length > 0) return listed;
  // All of `and` hold: any one of them keeps the rows within its own.
  return Array.isArray(and) ? (and.map(namedIn).find((codes) => codes.length > 0) ?? []) : [];
}

function refuseReport({ reader }: Sharing, dataset: string): void {
  if (!reader.parts.catalogue.dataset(dataset).from) return;
  throw new HubError(
    "BAD_USER_INPUT",
    `报表 ${dataset} 的权限由其输入推出，请申请所涉数据集。The right to the report ${dataset} follows from its inputs: ask for those datasets`,
    { argument: "operation", dataset },
  );
}

function refuseUnplanned(asked: Asked, { roots }: Prepared, needed: number): void {
  if (roots[0]?.is === "typename" || needed === 0)
    throw new HubError(
      "BAD_USER_INPUT",
      `${asked.key} 不涉及可申请的字段。${asked.key} names no field of a dataset that could be asked for`,
      { argument: "operation", path: [asked.key] },
    );
}
