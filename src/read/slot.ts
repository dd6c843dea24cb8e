/** Values of variables that a plan leaves open, so that one plan serves every question of its shape. */
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from "graphql";

/** Variables as coerced against the schema. */
export type Values = Readonly<Record<string, unknown>>;

/** A value that is only known when the plan is used. Whatever the plan itself depends on is asked of it as a fact. */
export class Slot {
  constructor(
    readonly from: (values: Values) => unknown,
    /** The value in the question that is being planned. */
    readonly sample: unknown,
  ) {}

  map(change: (value: unknown) => unknown): Slot {
    return new Slot((values) => change(this.from(values)), change(this.sample));
  }

  /** An open value taken for a text would put one question's value into a plan that others share. */
  toString(): never {
    throw new Error("an open value was read while planning");
  }

  toJSON(): never {
    return this.toString();
  }
}

/** The value, or the one that an open one has in the question that is being planned. */
export function sampleOf(value: unknown): unknown {
  return value instanceof Slot ? value.sample : value;
}

/** `change` of a value, now or when it is known. */
export function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  return value instanceof Slot ? value.map(change) : change(value);
}

/** `change` of a tree of values, some of which may be open. */
export function mappedTree(tree: unknown, change: (tree: unknown) => unknown): unknown {
  if (!holdsSlot(tree)) return change(tree);
  return new Slot(
    (values) => change(filled(tree, (slot) => slot.from(values))),
    change(filled(tree, (slot) => slot.sample)),
  );
}

/** A bound value with its open parts filled in. */
export function settled(value: unknown, values: Values): unknown {
  return holdsSlot(value) ? filled(value, (slot) => slot.from(values)) : value;
}

function holdsSlot(tree: unknown): boolean {
  if (tree instanceof Slot) return true;
  if (Array.isArray(tree)) return tree.some(holdsSlot);
  return isTree(tree) && Object.values(tree).some(holdsSlot);
}

function filled(tree: unknown, fill: (slot: Slot) => unknown): unknown {
  if (tree instanceof Slot) return fill(tree);
  if (Array.isArray(tree)) return tree.map((part) => filled(part, fill));
  if (!isTree(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, part]) => [name, filled(part, fill)]));
}

/** Input objects; a date or a buffer is a value. */
function isTree(value: unknown): value is object {
  if (value === null || typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

export interface Opened {
  /** The value with a slot in place of each scalar, or of a list of scalars. */
  readonly value: unknown;
  /** Equal for values that open alike: everything but what stands in slots. */
  readonly shape: string;
}

/** Opens a coerced value. Enums and booleans stay: they say what is asked, not of which value. */
export function opened(type: GraphQLInputType, value: unknown, from: (values: Values) => unknown): Opened {
  if (isNonNullType(type)) return opened(type.ofType, value, from);
  if (value === undefined || value === null || isEnumType(type)) return kept(value);
  if (isScalarType(type)) return typeof value === "boolean" ? kept(value) : slot(value, from);
  if (isListType(type)) return openedList(type.ofType, value, from);
  const fields = isInputObjectType(type) ? type.getFields() : {};
  const members = Object.entries(value as object).map(([name, member]) => {
    const field = fields[name];
    if (!field) return { name, ...kept(member) };
    const below = (values: Values) => (from(values) as Record<string, unknown>)[name];
    return { name, ...opened(field.type, member, below) };
  });
  return {
    value: Object.fromEntries(members.map((m) => [m.name, m.value])),
    shape: `{${members.map((m) => `${m.name}:${m.shape}`).join()}}`,
  };
}

function openedList(of: GraphQLInputType, value: unknown, from: (values: Values) => unknown): Opened {
  if (!Array.isArray(value)) return kept(value);
  const item = isNonNullType(of) ? of.ofType : of;
  if (isScalarType(item) && value.every((v) => v !== null && typeof v !== "boolean"))
    return slot(value, from);
  const items = value.map((one, i) => opened(of, one, (values) => (from(values) as unknown[])[i]));
  return { value: items.map((o) => o.value), shape: `[${items.map((o) => o.shape).join()}]` };
}

function kept(value: unknown): Opened {
  return { value, shape: value === undefined ? "" : JSON.stringify(value) };
}

function slot(value: unknown, from: (values: Values) => unknown): Opened {
  return { value: new Slot(from, value), shape: Array.isArray(value) ? "?s" : "?" };
}
