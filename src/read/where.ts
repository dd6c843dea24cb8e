/** Conditions: a `where` argument and a decision become a three-valued predicate, or a refusal before SQL. */
import { edgesOf, rightOf, somewhere } from "../access";
import {
  type DatasetEntry,
  type FieldEntry,
  type LinkEntry,
  type Operator,
  placeAmong,
  type Range,
  rangeOf,
  toCode,
} from "../declare";
import { idIn } from "./id";
import type { Source } from "./plan-types";
import { badInput, type Era, type Planning, withheld } from "./planning";
import { and, FALSE, given, not, or, type Predicate, type Row, TRUE, when, within } from "./predicate";
import { cutting, readable, visible } from "./reach";
import { mapped, sampleOf } from "./slot";

type Input = Readonly<Record<string, unknown>>;

/** Where a condition stands: over visible rows, or over the counted rows of figures (semantics 10). */
export interface Scene {
  readonly planning: Planning;
  readonly source: Source;
  readonly era: Era;
  readonly figures: boolean;
  /** In figures: the coded dimensions that cut them, and whether something else singles rows out (semantics 10). */
  readonly cut?: Cut;
}

/** How figures are cut: what is singled out by more than coded dimensions is no crowd, and reads by the row's own levels. */
export interface Cut {
  readonly singled: boolean;
  readonly dimensions: Map<string, FieldEntry>;
}

/** Whether a condition uses anything but coded dimensions. */
export function singlesOut(dataset: DatasetEntry, where: unknown): boolean {
  if (where === null || typeof where !== "object") return false;
  if (Array.isArray(where)) return where.some((one) => singlesOut(dataset, one));
  return Object.entries(where).some(([name, value]) => {
    if (name === "and" || name === "or" || name === "not") return singlesOut(dataset, value);
    return !dataset.fields.some((f) => f.name === name && f.coded);
  });
}

/** The predicate of a `where` argument; null and undefined are no condition. */
export function whereOf(scene: Scene, input: unknown): Predicate {
  return input === null || input === undefined ? TRUE : all(scene, object(input));
}

function all(scene: Scene, input: Input): Predicate {
  const { planning } = scene;
  return and(
    ...Object.entries(input).map(([name, value]) => planning.condition(() => part(scene, name, value))),
  );
}

function part(scene: Scene, name: string, value: unknown): Predicate {
  switch (name) {
    case "and":
      return and(...list(value).map((v) => all(scene, object(v))));
    case "or":
      return or(...list(value).map((v) => all(scene, object(v))));
    case "not":
      return not(all(scene, object(value)));
  }
  const { dataset } = scene.source;
  const link = dataset.links.find((l) => l.name === name);
  if (link) return linked(scene, link, object(value));
  const field = dataset.fields.find((f) => f.name === name);
  if (!field) throw badInput(`没有字段 ${name}。${dataset.name} has no field ${name}`);
  return tests(scene, field, object(value));
}

/** All operators of one field's filter. */
function tests(scene: Scene, field: FieldEntry, filter: Input): Predicate {
  const { planning, source } = scene;
  const ops = Object.entries(filter);
  if (ops.length === 0) return TRUE;
  planning.touch(source.dataset, field);
  return and(
    ...ops.map(([op, value]) => {
      if (value === null || value === undefined)
        throw badInput(
          `${field.name}.${op} 不能为 null，请用 isNull。${field.name}.${op} must not be null: use isNull`,
        );
      return op === "within" ? inTerritory(scene, value) : leaf(scene, field, op as Operator, value);
    }),
  );
}

function leaf(scene: Scene, field: FieldEntry, op: Operator, value: unknown): Predicate {
  const { planning, source } = scene;
  const where = usable(scene, field, "筛选 filter");
  const operand = op === "isNull" ? value : operandOf(planning, source.dataset, field, value);
  return when(given(source.base, where), { is: "compare", row: source.row, field, op, value: operand });
}

/** Territory is a coded dimension: every counted row may be cut by it. */
function inTerritory(scene: Scene, value: unknown): Predicate {
  const { planning, source } = scene;
  const edges = edgesOf(planning.decision(source.dataset));
  // All that a plan makes of an asked range is how it lies to the ranges of rights.
  planning.fact(value, (v) => placeAmong(edges, rangeIn(v)));
  return within(source.row, [rangeIn(sampleOf(value))], mapped(value, rangeIn));
}

function rangeIn(value: unknown): Range {
  const code = toCode(String(value));
  if (code) return rangeOf(code);
  throw badInput(
    "within 需要 2、4、6、9 或 12 位区划代码。within takes 2, 4, 6, 9 or 12 digits of a division code",
  );
}

/** Where a field's value may be used in a condition, order or key; refused where that is nowhere. */
export function usable(scene: Scene, field: FieldEntry, use: string): Predicate {
  const { planning, source, figures } = scene;
  const decision = planning.decision(source.dataset);
  if (field.key) return keyUsable(scene, field, use);
  const dimension = figures && field.coded;
  if (dimension) scene.cut?.dimensions.set(field.name, field);
  const crowd = dimension && !scene.cut?.singled;
  if (!somewhere(rightOf(decision, field.name), crowd ? "AGGREGATE" : "FULL"))
    throw withheld(source.dataset, field, use);
  return (crowd ? cutting : readable)(source, field, decision);
}

/** A key field: always in lists of visible rows; in figures as a coded dimension, or where rows are visible at all. */
function keyUsable(scene: Scene, field: FieldEntry, use: string): Predicate {
  const { planning, source, figures } = scene;
  if (!figures || field.coded) return TRUE;
  const seen = visible(source, planning.decision(source.dataset));
  if (seen.is === "false") throw withheld(source.dataset, field, use);
  return seen;
}

const LINK = "关联 link";

/** A link's conditions: two-valued, over the visible rows at its other end (semantics 13). */
function linked(scene: Scene, link: LinkEntry, input: Input): Predicate {
  if (!link.many) return exists(scene, link, (target) => all(target, input));
  return and(
    ...Object.entries(input).map(([quantifier, value]) => {
      const condition = (target: Scene) => all(target, object(value));
      if (quantifier === "some") return exists(scene, link, condition);
      if (quantifier === "none") return not(exists(scene, link, condition));
      return not(exists(scene, link, condition, true));
    }),
  );
}

function exists(
  scene: Scene,
  link: LinkEntry,
  condition: (target: Scene) => Predicate,
  other = false,
): Predicate {
  const { planning, source, era } = scene;
  const held = link.holder === "here" ? holderHere(scene, link) : TRUE;
  const target = targetOf(planning, source, link, era);
  const where = condition({ planning, source: target, era, figures: false });
  if (target.base.is === "false") return FALSE;
  return and(held, { is: "exists", source: target, where, other });
}

/** The key that a link reads on this side must be readable in this row. */
function holderHere(scene: Scene, link: LinkEntry): Predicate {
  const field = fieldOf(scene.source.dataset, link.here);
  scene.planning.touch(scene.source.dataset, field);
  return given(scene.source.base, usable(scene, field, LINK));
}

/** The visible rows at the other end of a link, for a condition; refused where its key is readable nowhere. */
function targetOf(planning: Planning, source: Source, link: LinkEntry, era: Era): Source {
  const target = planning.world.catalogue.dataset(link.target);
  return planning.rows(target, era, (row) => joined({ planning, source, era, figures: false }, link, row));
}

/** `here` = `there`, where the key is readable on the side that holds it. `strictly`: refused where that is nowhere. */
export function joined(scene: Scene, link: LinkEntry, row: Row, strictly = true): Predicate {
  const { planning, source, era, figures } = scene;
  const target = planning.world.catalogue.dataset(link.target);
  const [here, there] = [fieldOf(source.dataset, link.here), fieldOf(target, link.there)];
  const join: Predicate = { is: "joined", left: source.row, here, right: row, there };
  if (link.holder === "here") return join;
  planning.touch(target, there);
  const end: Scene = { planning, source: { ...planning.at(target, era, row), base: TRUE }, era, figures };
  return and(strictly ? usable(end, there, LINK) : readableThere(end, there), join);
}

function readableThere({ planning, source, figures }: Scene, field: FieldEntry): Predicate {
  const decision = planning.decision(source.dataset);
  if (figures) return cutting(source, field, decision);
  return field.key ? TRUE : readable(source, field, decision);
}

export function fieldOf(dataset: DatasetEntry, name: string): FieldEntry {
  const field = dataset.fields.find((f) => f.name === name);
  if (!field) throw new Error(`${dataset.name} declares no field ${name}`);
  return field;
}

/** The operand as SQL compares it: ids without their dataset's name, encrypted values as their hash. */
function operandOf(planning: Planning, dataset: DatasetEntry, field: FieldEntry, value: unknown): unknown {
  if (field.kind !== "reference" && !field.encrypted) return value;
  const one = (v: unknown): unknown =>
    field.encrypted
      ? planning.world.hash(dataset.name, field.name, String(v))
      : idIn(field.references as string, String(v));
  return mapped(value, (v) => (Array.isArray(v) ? v.map((item) => mapped(item, one)) : one(v)));
}

function object(value: unknown): Input {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw badInput("条件不能为 null。A condition must not be null");
  return value as Input;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw badInput("and、or 需要列表。and, or take a list");
  return value;
}
