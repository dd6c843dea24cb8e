/** Reads one cell as the value of a field: what people and spreadsheets write, brought to what a write takes. */
import { checks, type FieldEntry } from "../../declare";
import type { Problem } from "../problem";
import { checkValue, type Value } from "../value";
import { type Damage, damagedCode, damagedDay, damagedNumber, lostValue } from "./damage";

export type CellReader = (cell: string) => { readonly value: Value } | Problem;

/** The reader of a field, made once for a file; an empty cell is a missing value. A reference stays as it is written. */
export function cellReaderOf(field: FieldEntry): CellReader {
  return repeats(field) ? remembering(readerOf(field)) : readerOf(field);
}

/** Days, codes of divisions and values of enums come again and again; what they read as is worked out once. */
function repeats({ kind, check }: FieldEntry): boolean {
  return kind === "date" || kind === "enum" || kind === "enumList" || check === "division";
}

const REMEMBERED = 5_000;

function remembering(read: CellReader): CellReader {
  const known = new Map<string, ReturnType<CellReader>>();
  return (cell) => {
    const before = known.get(cell);
    if (before) return before;
    const result = read(cell);
    if (known.size < REMEMBERED) known.set(cell, result);
    return result;
  };
}

function readerOf(field: FieldEntry): CellReader {
  const read = READERS[field.kind](field);
  const explain = EXPLAIN[field.kind];
  const none = { value: null };
  return (cell) => {
    const text = clean(cell);
    if (text === "") return none;
    const lost = lostValue(text) ?? (field.mask && text.includes("*") ? MASKED : undefined);
    if (lost) return { field: field.name, ...lost };
    if (field.kind === "reference") return { value: text };
    const given = read(text);
    if (isDamage(given)) return { field: field.name, ...given };
    const checked = checkValue(field, given);
    if (!("rule" in checked)) return checked;
    const damage = explain?.(text, field);
    return damage ? { field: field.name, ...damage } : checked;
  };
}

const MASKED: Damage = {
  rule: "MASKED_FORM",
  problem: "这是脱敏形式，不是原值。This is the masked form, not the value itself",
};

function isDamage(given: unknown): given is Damage {
  return typeof given === "object" && given !== null && "rule" in given;
}

// Spaces, also full-width and non-breaking ones, marks without width, and line ends around a value.
const EDGES = /^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/g;
/** `="00123"` and `'00123` are how spreadsheets and careful exports keep a text a text. */
const KEPT_AS_TEXT = /^="([^"]*)"$/;

/** The cell without what surrounds its value. */
export function clean(cell: string): string {
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(cell.length - 1);
  const text = isEdge(first) || isEdge(last) ? cell.replace(EDGES, "") : cell;
  if (first === 61) return KEPT_AS_TEXT.exec(text)?.[1]?.trim() ?? text; // =
  return first === 39 && /^'[-=+@\d]/.test(text) ? text.slice(1) : text; // '
}

/** True for every character of EDGES, and for few others: most cells need no look. */
function isEdge(code: number): boolean {
  return (
    code <= 32 || code === 0xa0 || (code >= 0x2000 && code <= 0x206f) || code === 0x3000 || code === 0xfeff
  );
}

type Read = (text: string) => unknown;

const READERS: Record<FieldEntry["kind"], (field: FieldEntry) => Read> = {
  text: () => (text) => text,
  // A code without a check would take any of these.
  code: (field) => (field.check ? (text) => text : (text) => damagedCode(text, field) ?? text),
  enum: (field) => {
    const names = namesOf(field);
    return (text) => names.get(text) ?? text;
  },
  enumList: (field) => {
    const names = namesOf(field);
    const split = (text: string) => text.split(/[;；、|,，]/).map((part) => part.trim());
    return (text) =>
      split(text)
        .filter(Boolean)
        .map((part) => names.get(part) ?? part);
  },
  int: () => readNumber,
  decimal: () => readDecimal,
  float: () => readNumber,
  boolean: () => (text) => BOOLEANS.get(text.toLowerCase()) ?? text,
  date: () => (text) => text,
  datetime: () => readInstant,
  reference: () => (text) => text,
};

/** What a text that was refused looks like, where that says more than the refusal. */
const EXPLAIN: Partial<Record<FieldEntry["kind"], (text: string, field: FieldEntry) => Damage | undefined>> =
  {
    text: (text, field) => damagedCode(text, field, field.check ? checks.get(field.check) : undefined),
    code: (text, field) => damagedCode(text, field, field.check ? checks.get(field.check) : undefined),
    int: damagedNumber,
    decimal: damagedNumber,
    float: damagedNumber,
    date: damagedDay,
    datetime: damagedDay,
  };

/** Names of an enum's values by name, by Chinese words, and by the first clause of those. */
function namesOf(field: FieldEntry): ReadonlyMap<string, string> {
  const values = Object.entries(field.enum?.values ?? {});
  const heads = values.map(([name, zh]) => [zh.split(/[（(，：]/, 1)[0] as string, name] as const);
  return new Map([
    ...heads,
    ...values.map(([name, zh]) => [zh, name] as const),
    ...values.map(([name]) => [name, name] as const),
  ]);
}

function readNumber(text: string): unknown {
  return /^[+-]?\d{1,15}(\.\d{1,12})?$/.test(text) ? Number(text) + 0 : text;
}

/** Without a plus sign and leading zeros, so that equal amounts are equal texts. */
function readDecimal(text: string): string {
  return /^[+-]?\d+(\.\d+)?$/.test(text)
    ? text.replace(/^(-?)\+?0*(?=\d)/, "$1").replace(/^-(0+(\.0*)?)$/, "$1")
    : text;
}

const BOOLEANS = new Map<string, boolean>([
  ...["true", "1", "是", "yes", "y"].map((word): [string, boolean] => [word, true]),
  ...["false", "0", "否", "no", "n"].map((word): [string, boolean] => [word, false]),
]);

const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d(?::?\d\d)?)?$/;

/** An instant with its offset; without one it is the time in China. */
function readInstant(text: string): string {
  const [, day, time, offset = "+08:00"] = INSTANT.exec(text) ?? [];
  return day
    ? `${day}T${time}${offset === "Z" ? offset : `${offset.slice(0, 3)}:${offset.slice(-2)}`}`
    : text;
}
