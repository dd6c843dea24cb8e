/** What a request asks for, item by item: checked against the catalogue, then split by who provides it and on which class. */
import { type Catalogue, type Code, type Level, type Sharing, toCode } from "../../declare";
import { HubError } from "../../errors";
import { type Identity, type Rights, stewardKind } from "../../identity";
import { inCity } from "../../read";
import type { NearestOf } from "../nearest";

export interface Item {
  readonly dataset: string;
  readonly fields: readonly string[];
  readonly level: Level;
  readonly territory: Code;
}

/** What one provider is asked for under one sharing class: it has one answer and one deadline. */
export interface Portion {
  readonly provider: string;
  readonly sharing: Exclude<Sharing, "NOT_SHARED">;
  readonly items: readonly Item[];
}

/** Items of one filing. */
export const MOST_ITEMS = 200;

export interface GivenItem {
  readonly dataset: string;
  readonly fields: readonly string[];
  readonly level?: Level | null;
  readonly territory?: string | null;
}

/** Items as a client wrote them, with names and codes that exist. */
export function itemsGiven(catalogue: Catalogue, given: readonly GivenItem[], asker: Identity): Item[] {
  return given.map(({ dataset: name, fields, level, territory }) => {
    const dataset = catalogue.find(name);
    if (!dataset || dataset.from)
      throw refused(`没有可申请的数据集 ${name}。No dataset ${name} can be asked for`, { dataset: name });
    if (fields.length === 0)
      throw refused(`${name} 未列字段。No field of ${name} is named`, { dataset: name });
    const unknown = fields.filter((f) => !dataset.fields.some((known) => known.name === f && !known.key));
    if (unknown.length > 0)
      throw refused(
        `${name} 没有可申请的字段 ${unknown.join("、")}（关键字段随行可见）。These are no fields of ${name} that need a request`,
        { dataset: name, fields: unknown },
      );
    refuseNone(level, { dataset: name });
    return {
      dataset: name,
      fields: [...new Set(fields)],
      level: level ?? "FULL",
      territory: codeOf(territory) ?? asker.department.territory,
    };
  });
}

export function refuseNone(level: Level | null | undefined, facts: Readonly<Record<string, unknown>>): void {
  if (level === "NONE") throw refused("级别不能为 NONE。A level above NONE is asked for", facts);
}

/** The 12-digit code of a territory that a client named. */
export function codeOf(territory: string | null | undefined): Code | undefined {
  if (!territory) return undefined;
  const code = toCode(territory);
  if (code) return inCity(code);
  throw new HubError("BAD_USER_INPUT", `${territory} 不是属地代码。This is no code of a territory`, {
    argument: "territory",
  });
}

/** Fields that are not shared have no request: all of them are told at once, with the reason (B-04). */
export function refuseNotShared(catalogue: Catalogue, items: readonly Item[]): void {
  const closed = items.flatMap(({ dataset: name, fields }) => {
    const dataset = catalogue.dataset(name);
    return fields
      .map((f) => catalogue.field(dataset, f))
      .filter((f) => f.sharing === "NOT_SHARED")
      .map((f) => ({ dataset: name, field: f.name, zh: f.zh, article: f.article ?? dataset.article }));
  });
  const [first] = closed;
  if (!first) return;
  const named = closed.map((f) => `${f.dataset}.${f.field}（${f.zh}）`).join("、");
  throw new HubError(
    "BAD_USER_INPUT",
    `${named} 不予共享，仅数源部门在本属地使用（政务数据共享条例 第十五条）。These are not shared: their steward alone uses them, in its own territory`,
    { argument: "items", reason: "NOT_SHARED", dataset: first.dataset, field: first.field, fields: closed },
  );
}

/** By provider and class. What the asker provides itself is left out. */
export function portionsOf(
  catalogue: Catalogue,
  items: readonly Item[],
  { asker, rights, nearest, at }: Splitting,
): Portion[] {
  const portions = new Map<string, { provider: string; sharing: Portion["sharing"]; items: Item[] }>();
  for (const item of items) {
    const dataset = catalogue.dataset(item.dataset);
    for (const name of item.fields) {
      const { sharing } = catalogue.field(dataset, name);
      const kind = stewardKind(rights, item.dataset, name, at) ?? dataset.steward;
      const provider = nearest(kind, item.territory);
      if (!provider)
        throw refused(
          `没有登记 ${kind} 部门，无法申请 ${item.dataset}.${name}。No ${kind} department is registered`,
          {
            dataset: item.dataset,
            field: name,
          },
        );
      if (provider === asker.department.code || sharing === "NOT_SHARED") continue;
      const portion = portions.get(`${provider} ${sharing}`) ?? { provider, sharing, items: [] };
      portions.set(`${provider} ${sharing}`, portion);
      portion.items.push({ ...item, fields: [name] });
    }
  }
  return [...portions.values()].map((portion) => ({ ...portion, items: gathered(portion.items) }));
}

/** Fields of one dataset, level and territory as one item. */
export function gathered(items: readonly Item[]): Item[] {
  const by = new Map<string, Item>();
  for (const item of items) {
    const place = `${item.dataset} ${item.level} ${item.territory}`;
    by.set(place, { ...item, fields: [...new Set([...(by.get(place)?.fields ?? []), ...item.fields])] });
  }
  return [...by.values()];
}

interface Splitting {
  readonly asker: Identity;
  readonly rights: Rights;
  readonly nearest: NearestOf;
  readonly at: Date;
}

function refused(message: string, facts: Readonly<Record<string, unknown>>): HubError {
  return new HubError("BAD_USER_INPUT", message, { argument: "items", ...facts });
}
