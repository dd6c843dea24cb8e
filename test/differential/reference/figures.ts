/** The groups and figures of one aggregate. */
import {
  type DatasetEntry,
  type FieldEntry,
  isNumeric,
  isTemporal,
  type LinkEntry,
  scream,
} from "../../../src/declare";
import { compare, dimensionsIn, type Input, type Mode, modeOf, satisfies } from "./conditions";
import { compareKeys, type Group, type GroupKey, groupKeysOf, groupsOf, keyOrder } from "./groups";
import { shown } from "./masks";
import type { Model } from "./model";
import { divide, scaleOf, toScaled, written } from "./numbers";
import { compareValues } from "./order";
import { countOf, type Figure, isWhollyFull, type Sum, sumOf } from "./protection";
import { held, type Row, type Value } from "./rows";

export interface Answer {
  readonly key: Record<string, Value>;
  readonly count: number | null;
  readonly sum: Record<string, Value>;
  readonly avg: Record<string, Value>;
  readonly min: Record<string, Value>;
  readonly max: Record<string, Value>;
  readonly suppressed: boolean;
}

const FIGURES = ["sum", "avg", "min", "max"] as const;
type FigureName = (typeof FIGURES)[number];

export const summed = (dataset: DatasetEntry) =>
  dataset.fields.filter((f) => isNumeric(f.kind) && !f.encrypted);
export const ranged = (dataset: DatasetEntry) =>
  dataset.fields.filter((f) => (isNumeric(f.kind) || isTemporal(f.kind)) && !f.encrypted);

/** A figure somebody asks for, e.g. SUM_HOURS: selected, in `having` or in `orderBy`. */
export type Asked = { readonly figure: FigureName; readonly field: FieldEntry };

export function figuresOf(
  model: Model,
  dataset: DatasetEntry,
  rows: readonly Row[],
  args: Input,
  selected: readonly Asked[],
  link?: LinkEntry,
): Answer[] {
  const keys = keysAsked(dataset, args);
  const mode = modeOf(
    dataset,
    args.where ?? {},
    keys.some((k) => !k.dimension),
    link,
  );
  const dimensions = [
    ...dimensionsIn(dataset, args.where ?? {}),
    ...keys.filter((k) => k.dimension && !k.field.key).map((k) => k.field),
  ];
  const asked = [...selected, ...askedBy(dataset, args)];
  const taken = rows
    .filter((r) => model.policy.counted(dataset, r))
    .filter((r) => satisfies(model, dataset, args.where ?? {}, r, mode) === true);
  const answers = groupsOf(model, dataset, taken, keys, mode)
    .sort(keyOrder(keys))
    .map((group) => answerOf(model, dataset, group, asked, dimensions, mode))
    .filter((answer) => passes(dataset, answer, args.having ?? {}));
  for (const order of [...(args.orderBy ?? [])].reverse()) answers.sort(figureOrder(dataset, order));
  return answers.slice(0, args.first ?? 1000);
}

export function keysAsked(dataset: DatasetEntry, args: Input): GroupKey[] {
  const known = groupKeysOf(dataset);
  return (args.groupBy ?? []).map((code: string) => known.find((k) => k.code === code) as GroupKey);
}

/** Figures that `having` and `orderBy` name. */
export function askedBy(dataset: DatasetEntry, args: Input): Asked[] {
  const inHaving = FIGURES.flatMap((figure) =>
    Object.keys(args.having?.[figure] ?? {}).map((name) => ({
      figure,
      field: dataset.fields.find((f) => f.name === name) as FieldEntry,
    })),
  );
  const inOrder = (args.orderBy ?? []).flatMap((o: Input) => figureNamed(dataset, o.field) ?? []);
  return [...inHaving, ...inOrder];
}

/** COUNT is no figure of a field. */
function figureNamed(dataset: DatasetEntry, code: string): Asked | undefined {
  for (const figure of FIGURES)
    for (const field of dataset.fields)
      if (`${scream(figure)}_${scream(field.name)}` === code) return { figure, field };
  return undefined;
}

function answerOf(
  model: Model,
  dataset: DatasetEntry,
  group: Group,
  asked: readonly Asked[],
  dimensions: readonly FieldEntry[],
  mode: Mode,
): Answer {
  const { rows } = group;
  const count = countOf(model, dataset, rows, dimensions);
  const hidden = count === "SUPPRESSED";
  const sums = new Map(summed(dataset).map((f) => [f.name, sumOf(model, dataset, f, rows, mode)]));
  const figures = (fields: FieldEntry[], of: (f: FieldEntry) => Value) =>
    Object.fromEntries(fields.map((f) => [f.name, hidden ? null : of(f)]));
  const sumFor = (f: FieldEntry) => sums.get(f.name) as Sum;
  const askedSums = asked.filter((a) => a.figure === "sum" || a.figure === "avg").map((a) => sumFor(a.field));
  for (const { came } of hidden ? [] : askedSums) model.noted.add(`sum ${came}`);
  return {
    key: { ...group.key },
    count: hidden ? null : Number(count.value),
    sum: figures(summed(dataset), (f) => publish(f, sumFor(f).sum)),
    avg: figures(summed(dataset), (f) => average(f, sumFor(f))),
    min: figures(ranged(dataset), (f) => extreme(model, dataset, f, rows, -1)),
    max: figures(ranged(dataset), (f) => extreme(model, dataset, f, rows, 1)),
    suppressed: hidden || askedSums.some(({ sum }) => sum === "SUPPRESSED"),
  };
}

function publish(field: FieldEntry, figure: Figure): Value {
  return figure === "SUPPRESSED" || figure.value === null
    ? null
    : written(figure.value, scaleOf(field), field);
}

function average(field: FieldEntry, { sum, values }: Sum): Value {
  if (sum === "SUPPRESSED" || sum.value === null || values <= 0n) return null;
  const scale = field.kind === "decimal" ? 2 : 4;
  const scaled = sum.value * 10n ** BigInt(scale - scaleOf(field));
  return written(divide(scaled, values), scale, field);
}

function extreme(
  model: Model,
  dataset: DatasetEntry,
  field: FieldEntry,
  rows: readonly Row[],
  end: 1 | -1,
): Value {
  if (!isWhollyFull(model, dataset, field, rows)) return null;
  const values = rows.map((r) => held(field, r)).filter((v) => v !== null);
  return shown(field, values.sort((a, b) => -end * compareValues(field, a, b))[0] ?? null);
}

/** Every operator of `having` must hold; a missing or suppressed figure passes none. */
function passes(dataset: DatasetEntry, answer: Answer, having: Input): boolean {
  const holds = (field: FieldEntry, filter: Input, value: Value) =>
    Object.entries(filter).every(
      ([operator, operand]) => value !== null && compare({ field, operator, operand }, value) === true,
    );
  return Object.entries(having).every(([figure, given]) => {
    if (figure === "count") return holds({ kind: "int" } as FieldEntry, given, answer.count);
    return Object.entries(given as Input).every(([name, filter]) =>
      holds(
        dataset.fields.find((f) => f.name === name) as FieldEntry,
        filter,
        answer[figure as FigureName][name] as Value,
      ),
    );
  });
}

/** By a published figure or a key; stable: what it leaves equal keeps the order it had. */
function figureOrder(dataset: DatasetEntry, { field: code, direction }: Input) {
  const asked = figureNamed(dataset, code);
  const key = groupKeysOf(dataset).find((k) => k.code === code);
  const read = (a: Answer): Value => {
    if (key) return a.key[key.name] as Value;
    return asked ? (a[asked.figure][asked.field.name] as Value) : a.count;
  };
  const compareTwo = (x: Value, y: Value): number => {
    if (key) return compareKeys(key, x, y);
    const isDay = asked && isTemporal(asked.field.kind);
    return isDay
      ? compareValues(asked.field, x, y)
      : Number(toScaled(x as string, 6) - toScaled(y as string, 6));
  };
  return (a: Answer, b: Answer): number => {
    const [x, y] = [read(a), read(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return direction === "DESC" ? -compareTwo(x, y) : compareTwo(x, y);
  };
}
