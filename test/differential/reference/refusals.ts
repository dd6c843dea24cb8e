/** What is refused before a single row is read: withheld fields and malformed arguments, all of them. */
import { type DatasetEntry, type FieldEntry, type LinkEntry, reaches, toCode } from "../../../src/declare";
import { type Input, leaves, type Mode, modeOf } from "./conditions";
import { keysAsked } from "./figures";
import { groupKeysOf } from "./groups";
import { fieldCode, fingerprint, readCursor } from "./lists";
import type { Model } from "./model";
import { fieldOf } from "./rows";

export interface Refusal {
  readonly code: "FIELD_WITHHELD" | "BAD_USER_INPUT";
  readonly reason?: "CURSOR_STALE";
  readonly field?: string;
}

const MOST_ROWS = 1000;
const MOST_GROUPS = 10_000;
const bad: Refusal = { code: "BAD_USER_INPUT" };

/** Refusals of a list's arguments. */
export function* ofList(model: Model, dataset: DatasetEntry, args: Input): Generator<Refusal> {
  yield* ofCondition(model, dataset, args.where ?? {}, "ROWS");
  for (const order of args.orderBy ?? [])
    yield* ofField(model, dataset, fieldOf(dataset, fieldCode(dataset)(order.field)), false, "ROWS");
  const has = (name: string) => args[name] != null;
  if (has("first") && (has("last") || has("before"))) yield bad;
  if (has("after") && has("last")) yield bad;
  for (const size of [args.first, args.last]) if (size != null && (size < 0 || size > MOST_ROWS)) yield bad;
  for (const cursor of [args.after, args.before])
    if (cursor != null) yield* ofCursor(model, dataset, args, cursor);
}

function* ofCursor(model: Model, dataset: DatasetEntry, args: Input, cursor: string): Generator<Refusal> {
  const read = readCursor(cursor);
  if (!read) yield bad;
  else if (read.made !== fingerprint(model, dataset, args))
    yield { code: "BAD_USER_INPUT", reason: "CURSOR_STALE" };
}

/** Refusals of an aggregate's arguments; `link` where it is a nested one. */
export function* ofAggregate(
  model: Model,
  dataset: DatasetEntry,
  args: Input,
  link?: LinkEntry,
): Generator<Refusal> {
  const asked = keysAsked(dataset, args);
  const mode = modeOf(
    dataset,
    args.where ?? {},
    asked.some((k) => !k.dimension),
    link,
  );
  if (link)
    yield* ofField(model, dataset, fieldOf(dataset, link.there), fieldOf(dataset, link.there).coded, mode);
  yield* ofCondition(model, dataset, args.where ?? {}, mode);
  for (const key of asked) yield* ofField(model, dataset, key.field, key.dimension, mode);
  if (args.first != null && (args.first < 0 || args.first > MOST_GROUPS)) yield bad;
  yield* ofNulls(args.having ?? {});
  const keys = keysAsked(dataset, args).map((k) => k.code);
  const isKey = (code: string) => groupKeysOf(dataset).some((k) => k.code === code);
  for (const { field } of args.orderBy ?? []) if (isKey(field) && !keys.includes(field)) yield bad;
}

function* ofNulls(having: Input): Generator<Refusal> {
  for (const given of Object.values(having))
    if (given === null) yield bad;
    else if (typeof given === "object" && !Array.isArray(given)) yield* ofNulls(given);
}

function* ofCondition(model: Model, dataset: DatasetEntry, where: Input, mode: Mode): Generator<Refusal> {
  for (const [name, given] of Object.entries(where)) {
    const link = dataset.links.find((l) => l.name === name);
    if (given === null) yield bad;
    else if (name === "and" || name === "or")
      for (const one of given) {
        if (one === null) yield bad;
        else yield* ofCondition(model, dataset, one, mode);
      }
    else if (name === "not") yield* ofCondition(model, dataset, given, mode);
    else if (link) yield* ofLink(model, dataset, link, given, mode);
    else yield* ofLeaves(model, dataset, fieldOf(dataset, name), given, mode);
  }
}

function* ofLeaves(
  model: Model,
  dataset: DatasetEntry,
  field: FieldEntry,
  filter: Input,
  mode: Mode,
): Generator<Refusal> {
  for (const leaf of leaves(field, filter)) {
    yield* ofField(model, dataset, field, field.coded, mode);
    if (leaf.operand === null || (Array.isArray(leaf.operand) && leaf.operand.includes(null))) yield bad;
    else if (leaf.operator === "within" && toCode(String(leaf.operand)) === undefined) yield bad;
  }
}

function* ofLink(
  model: Model,
  dataset: DatasetEntry,
  link: LinkEntry,
  given: Input,
  mode: Mode,
): Generator<Refusal> {
  const target = model.catalogue.dataset(link.target);
  if (link.holder === "here")
    yield* ofField(model, dataset, fieldOf(dataset, link.here), fieldOf(dataset, link.here).coded, mode);
  else yield* ofField(model, target, fieldOf(target, link.there), false, "ROWS");
  if (!link.many) return yield* ofCondition(model, target, given, "ROWS");
  for (const where of Object.values(given)) {
    if (where === null) yield bad;
    else yield* ofCondition(model, target, where as Input, "ROWS");
  }
}

/** Judged by the decision alone: the field is readable nowhere for this use. */
function* ofField(
  model: Model,
  dataset: DatasetEntry,
  field: FieldEntry,
  dimension: boolean,
  mode: Mode,
): Generator<Refusal> {
  const best = model.policy.best(dataset, field);
  const crowd = dimension && (mode === "FIGURES" || (mode === "SINGLED" && field.key));
  const readable = crowd ? field.key || reaches(best, "AGGREGATE") : best === "FULL";
  if (!readable && !(field.key && mode === "ROWS"))
    yield { code: "FIELD_WITHHELD", field: `${dataset.name}.${field.name}` };
}
