/** Plans figures: groups over counted rows, with what is exact, what is protected, and what is told in coverage. */
import { levelAt, rightOf } from "../access";
import {
  type DatasetEntry,
  type FieldEntry,
  isNumeric,
  isTemporal,
  LEVEL_DIGITS,
  type Level,
  reaches,
  scream,
  TERRITORY_LEVELS,
} from "../declare";
import type { Asked } from "./asked";
import type {
  FigureKind,
  FigureRef,
  FiguresPart,
  FiguresPlan,
  GroupKey,
  GroupPart,
  Measure,
  Source,
} from "./plan-types";
import { badInput, type Era, isTypename, type Planning } from "./planning";
import { and, given, type Predicate, TRUE } from "./predicate";
import { exactly, reachOf } from "./reach";
import { type Cut, fieldOf, type Scene, singlesOut, usable, whereOf } from "./where";

/** Groups in one answer, if not asked otherwise, and at most (a city has 1,401 communities). */
const DEFAULT_GROUPS = 1000;
const MAX_GROUPS = 10_000;

/** Fields that figures can be taken of, by the kind of figure. */
export function measurable(dataset: DatasetEntry, kind: FigureKind): readonly FieldEntry[] {
  const plain = dataset.fields.filter((f) => !f.key && !f.encrypted);
  if (kind === "count") return [];
  return plain.filter((f) => isNumeric(f.kind) || ((kind === "min" || kind === "max") && isTemporal(f.kind)));
}

/** Group keys that a dataset offers, by their name in the schema's enum. */
export function groupKeysOf(
  dataset: DatasetEntry,
): Map<string, { name: string; field?: FieldEntry; is: GroupKey["is"]; digits?: number }> {
  const keys = new Map<string, { name: string; field?: FieldEntry; is: GroupKey["is"]; digits?: number }>();
  for (const field of dataset.fields) {
    if (field.name === "id" || field.encrypted || field.kind === "enumList") continue;
    if (isTemporal(field.kind)) {
      keys.set(`${scream(field.name)}_YEAR`, { name: `${field.name}Year`, field, is: "year" });
      keys.set(`${scream(field.name)}_MONTH`, { name: `${field.name}Month`, field, is: "month" });
    } else keys.set(scream(field.name), { name: field.name, field, is: "field" });
  }
  for (const level of TERRITORY_LEVELS) {
    const name = `territory${level.charAt(0)}${level.slice(1).toLowerCase()}`;
    keys.set(`TERRITORY_${level}`, { name, is: "territory", digits: LEVEL_DIGITS[level] });
  }
  return keys;
}

interface FiguresArgs {
  readonly where?: unknown;
  readonly groupBy?: readonly string[] | null;
  readonly having?: Readonly<Record<string, unknown>> | null;
  readonly orderBy?: readonly { field: string; direction?: string }[] | null;
  readonly first?: number | null;
}

/** `singled`: the rows are already those of one other row, as in a nested aggregate. */
export function figuresOf(
  planning: Planning,
  source: Source,
  era: Era,
  asked: Asked,
  singled = false,
): FiguresPlan {
  const { dataset } = source;
  const args = asked.args as FiguresArgs;
  const cut: Cut = {
    singled: singled || singlesOut(dataset, args.where) || (args.groupBy ?? []).some(isFine(dataset)),
    dimensions: new Map(),
  };
  const scene: Scene = { planning, source, era, figures: true, cut };
  planning.figured.add(dataset);
  planning.charge(1);
  const where = whereOf(scene, args.where);
  const keys = (args.groupBy ?? []).map((name) => groupKey(scene, name));
  const parts = asked.of();
  const having = havingOf(args.having ?? {});
  const order = (args.orderBy ?? []).map((o) => groupOrder(dataset, keys, o));
  const used = usedFigures(parts, [
    ...having.map((h) => h.figure),
    ...order.flatMap((o) => (o.figure ? [o.figure] : [])),
  ]);
  const measures = measuresOf(planning, source, used, levelOfFigures(dataset, cut));
  return {
    source,
    where,
    keys,
    measures,
    used,
    having,
    order,
    protected: dataset.protected,
    exact: dataset.protected ? exactOf(planning, source, cut) : TRUE,
    person: dataset.person ? fieldOf(dataset, dataset.person) : undefined,
    first: firstOf(planning.exact(args.first)),
    parts: parts.map((part) => figuresPart(planning, dataset, keys, measures, cut, part)),
  };
}

/** A group key that is no coded dimension: a code, a name, a month. */
function isFine(dataset: DatasetEntry): (asked: string) => boolean {
  const keys = groupKeysOf(dataset);
  return (asked) => {
    const key = keys.get(asked);
    return key !== undefined && key.is !== "territory" && key.is !== "year" && !key.field?.coded;
  };
}

/** Without protection a figure of a few chosen rows is as good as their values. */
export function levelOfFigures(dataset: DatasetEntry, { singled }: Cut): "AGGREGATE" | "FULL" {
  return singled && !dataset.protected ? "FULL" : "AGGREGATE";
}

/** A count is exact where the row is known, and with it every dimension that the count is cut by. */
export function exactOf(planning: Planning, source: Source, { dimensions }: Cut): Predicate {
  const decision = planning.decision(source.dataset);
  const known = [...dimensions.keys()].map((name) => reachOf(rightOf(decision, name), "FULL", source));
  return given(source.base, and(exactly(source, decision), ...known));
}

function firstOf(asked: number | null | undefined): number {
  const first = asked ?? DEFAULT_GROUPS;
  if (first < 0 || first > MAX_GROUPS)
    throw badInput(`分组 0 至 ${MAX_GROUPS} 个。Ask for 0 to ${MAX_GROUPS} groups`, { limit: MAX_GROUPS });
  return first;
}

function groupKey(scene: Scene, asked: string): GroupKey {
  const { planning, source } = scene;
  const key = groupKeysOf(source.dataset).get(asked);
  if (!key) throw badInput(`不能按 ${asked} 分组。Cannot group by ${asked}`);
  if (key.is === "territory") return { is: "territory", name: key.name, digits: key.digits as number };
  const field = key.field as FieldEntry;
  planning.touch(source.dataset, field);
  const coded = key.is === "year" ? { ...field, coded: true } : field;
  return {
    is: key.is,
    name: key.name,
    field,
    readable: given(source.base, usable(scene, coded, "分组 group")),
  };
}

function havingOf(having: Readonly<Record<string, unknown>>): FiguresPlan["having"] {
  const tests = (figure: FigureRef, filter: unknown) =>
    Object.entries((filter ?? {}) as Record<string, unknown>).map(([op, value]) => {
      if (value === null)
        throw badInput(`having.${figure.kind} 的操作数不能为 null。Operands of having must not be null`);
      return { figure, op, value };
    });
  return Object.entries(having).flatMap(([kind, filter]) =>
    kind === "count"
      ? tests({ kind: "count" }, filter)
      : Object.entries((filter ?? {}) as Record<string, unknown>).flatMap(([field, f]) =>
          tests({ kind: kind as FigureKind, field }, f),
        ),
  );
}

function groupOrder(
  dataset: DatasetEntry,
  keys: readonly GroupKey[],
  asked: { field: string; direction?: string },
): FiguresPlan["order"][number] {
  const descending = asked.direction === "DESC";
  if (asked.field === "COUNT") return { figure: { kind: "count" }, descending };
  const key = groupKeysOf(dataset).get(asked.field);
  if (key) {
    if (!keys.some((k) => k.name === key.name))
      throw badInput(
        `排序的 ${asked.field} 不在 groupBy 中。${asked.field} is ordered by but not grouped by`,
      );
    return { key: key.name, descending };
  }
  const [kind, ...rest] = asked.field.split("_");
  const field = dataset.fields.find((f) => scream(f.name) === rest.join("_"));
  if (!kind || !field) throw badInput(`不能按 ${asked.field} 排序。Cannot order groups by ${asked.field}`);
  return { figure: { kind: kind.toLowerCase() as FigureKind, field: field.name }, descending };
}

const FIGURES: readonly string[] = ["sum", "avg", "min", "max"];

function usedFigures(parts: readonly Asked[], more: readonly FigureRef[]): FigureRef[] {
  const shown = parts
    .filter((p) => p.name === "groups")
    .flatMap((groups) => groups.of())
    .flatMap((part): FigureRef[] => {
      if (part.name === "count") return [{ kind: "count" }];
      if (!FIGURES.includes(part.name)) return [];
      return part
        .of()
        .filter((f) => !isTypename(f))
        .map((f) => ({ kind: part.name as FigureKind, field: f.name }));
    });
  const all = [...shown, ...more];
  return all.filter((r, i) => all.findIndex((s) => s.kind === r.kind && s.field === r.field) === i);
}

export function measuresOf(
  planning: Planning,
  source: Source,
  used: readonly FigureRef[],
  level: "AGGREGATE" | "FULL" = "AGGREGATE",
): Measure[] {
  const { dataset, base } = source;
  const names = [...new Set(used.flatMap((u) => (u.field ? [u.field] : [])))];
  return names.map((name) => {
    const field = fieldOf(dataset, name);
    planning.touch(dataset, field);
    const right = rightOf(planning.decision(dataset), name);
    return {
      field,
      readable: given(base, reachOf(right, level, source)),
      full: given(base, reachOf(right, "FULL", source)),
    };
  });
}

function figuresPart(
  planning: Planning,
  dataset: DatasetEntry,
  keys: readonly GroupKey[],
  measures: readonly Measure[],
  cut: Cut,
  asked: Asked,
): FiguresPart {
  const { key } = asked;
  if (asked.name === "groups")
    return { is: "groups", key, parts: asked.of().map((part) => groupPart(dataset, part)) };
  if (asked.name === "coverage")
    return {
      is: "coverage",
      key,
      json: JSON.stringify(coverageOf(planning, dataset, keys, measures, cut, asked)),
    };
  return { is: "typename", key, name: `${dataset.type}Aggregate` };
}

function groupPart(dataset: DatasetEntry, asked: Asked): GroupPart {
  const { key, name } = asked;
  if (name === "count" || name === "suppressed") return { is: name, key };
  if (name === "key")
    return {
      is: "key",
      key,
      type: `${dataset.type}GroupValues`,
      of: asked.of().map((k) => ({ key: k.key, name: k.name })),
    };
  if (isTypename(asked)) return { is: "typename", key, name: `${dataset.type}Group` };
  const type = `${dataset.type}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return {
    is: "figure",
    key,
    kind: name as FigureKind,
    type,
    of: asked.of().map((f) => ({ key: f.key, field: f.name })),
  };
}

function isDimension(key: GroupKey, { singled }: Cut): boolean {
  if (key.is === "territory") return true;
  const coded = key.is === "year" || (key.is === "field" && key.field.coded);
  return coded && (key.field.key || !singled);
}

/** Where rows can enter these figures, by place and never by number (semantics 19); the most specific entry speaks. */
function coverageOf(
  planning: Planning,
  dataset: DatasetEntry,
  keys: readonly GroupKey[],
  measures: readonly Measure[],
  cut: Cut,
  asked: Asked,
): unknown[] {
  const decision = planning.decision(dataset);
  const fields = dataset.fields.filter((f) => !f.key);
  const anywhere = (level: Level, territory: string) =>
    fields.some((f) => reaches(levelAt(rightOf(decision, f.name), territory), level));
  // A key field is readable where a row is visible; as a coded dimension, where it is counted.
  const readable = (field: FieldEntry, level: Level, territory: string) =>
    field.key
      ? anywhere(level === "FULL" ? "MASKED" : level, territory)
      : reaches(levelAt(rightOf(decision, field.name), territory), level);
  const needs = [
    ...measures.map((m) => ({ field: m.field, level: levelOfFigures(dataset, cut) })),
    ...keys.map((k) =>
      k.is === "territory"
        ? { field: fieldOf(dataset, "territory"), level: "AGGREGATE" as const }
        : { field: k.field, level: isDimension(k, cut) ? ("AGGREGATE" as const) : ("FULL" as const) },
    ),
  ];
  return decision.territories.map((territory) => {
    const lacking = needs.filter((n) => !readable(n.field, n.level, territory));
    const facts: Record<string, unknown> = {
      __typename: "Coverage",
      territory,
      name: planning.world.nameOf(territory) ?? territory,
      counted: anywhere("AGGREGATE", territory),
      withheld: [...new Set(lacking.map((n) => n.field.name))],
    };
    return Object.fromEntries(asked.of().map((part) => [part.key, facts[part.name]]));
  });
}
