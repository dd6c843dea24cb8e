/** The keys that figures are grouped by, and the groups they make. */
import {
  type DatasetEntry,
  type FieldEntry,
  isTemporal,
  LEVEL_DIGITS,
  levelOf,
  scream,
  TERRITORY_LEVELS,
} from "../../../src/declare";
import { isReadable, type Mode } from "./conditions";
import type { Model } from "./model";
import { byCodePoint, sortValues } from "./order";
import { held, type Row, type Value } from "./rows";

export interface GroupKey {
  /** As `groupBy` names it. */
  readonly code: string;
  /** As `key { … }` names it. */
  readonly name: string;
  readonly field: FieldEntry;
  readonly dimension: boolean;
  of(value: Value): Value;
}

const capital = (s: string) => s.charAt(0).toUpperCase() + s.slice(1).toLowerCase();

/** A temporal value's calendar day in Asia/Shanghai. */
const day = (field: FieldEntry, value: Value): string =>
  field.kind === "date" ? String(value) : new Date(Date.parse(String(value)) + 8 * 3_600_000).toISOString();

function ancestor(code: Value, level: (typeof TERRITORY_LEVELS)[number]): Value {
  const depth = (l: (typeof TERRITORY_LEVELS)[number]) => TERRITORY_LEVELS.indexOf(l);
  if (depth(levelOf(String(code))) < depth(level)) return null;
  return String(code).slice(0, LEVEL_DIGITS[level]).padEnd(12, "0");
}

export function groupKeysOf(dataset: DatasetEntry): GroupKey[] {
  return dataset.fields.flatMap((field): GroupKey[] => {
    const plain: GroupKey = {
      code: scream(field.name),
      name: field.name,
      field,
      dimension: field.coded,
      of: (v) => v,
    };
    const year: GroupKey = {
      code: `${plain.code}_YEAR`,
      name: `${field.name}Year`,
      field,
      dimension: true,
      of: (v) => Number(day(field, v).slice(0, 4)),
    };
    const month: GroupKey = {
      code: `${plain.code}_MONTH`,
      name: `${field.name}Month`,
      field,
      dimension: false,
      of: (v) => day(field, v).slice(0, 7),
    };
    const rollUps = TERRITORY_LEVELS.map(
      (level): GroupKey => ({
        code: `TERRITORY_${level}`,
        name: `territory${capital(level)}`,
        field,
        dimension: true,
        of: (v) => ancestor(v, level),
      }),
    );
    return [
      plain,
      ...(isTemporal(field.kind) ? [year, month] : []),
      ...(field.name === "territory" ? rollUps : []),
    ];
  });
}

export interface Group {
  readonly key: Readonly<Record<string, Value>>;
  readonly rows: readonly Row[];
}

/** Rows whose key is not readable go into no group. */
export function groupsOf(
  model: Model,
  dataset: DatasetEntry,
  rows: readonly Row[],
  keys: readonly GroupKey[],
  mode: Mode,
): Group[] {
  const grouped = rows.filter((r) =>
    keys.every((k) => isReadable(model, dataset, k.field, k.dimension, r, mode)),
  );
  const groups = new Map<string, { key: Record<string, Value>; rows: Row[] }>();
  if (keys.length === 0) groups.set("[]", { key: {}, rows: [] });
  for (const row of grouped) {
    const values = keys.map((k) => {
      const value = held(k.field, row);
      return value === null ? null : k.of(value);
    });
    const name = JSON.stringify(values);
    const group = groups.get(name) ?? {
      key: Object.fromEntries(keys.map((k, i) => [k.name, values[i] as Value])),
      rows: [],
    };
    groups.set(name, group);
    group.rows.push(row);
  }
  return [...groups.values()];
}

/** Ascending by the values of the keys, nulls last. */
export function keyOrder(keys: readonly GroupKey[]) {
  return (a: Group, b: Group): number => {
    for (const key of keys) {
      const [x, y] = [a.key[key.name] as Value, b.key[key.name] as Value];
      if (x === null && y === null) continue;
      if (x === null || y === null) return x === null ? 1 : -1;
      const compared = compareKeys(key, x, y);
      if (compared !== 0) return compared;
    }
    return 0;
  };
}

/** Values of a field as rows sort them, roll-ups by number or code. */
export function compareKeys(key: GroupKey, x: Value, y: Value): number {
  if (typeof x === "number") return x - Number(y);
  return key.name === key.field.name ? sortValues(key.field, x, y) : byCodePoint(String(x), String(y));
}
