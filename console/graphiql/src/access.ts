// Reads `extensions.access` and `extensions.cost` of an answer into plain words; anything may be missing.
import { say } from "../../session/language";

export interface AccessLine {
  /** Tells the line from the others of its answer. */
  key: string;
  dataset: string;
  field: string;
  name: string;
  held: string;
  needed: string;
  sharingClass: string;
  steward: string;
  /** What is said of rows in which even less is given. */
  exceptWhere: string;
  purposes: string[];
  reason: string;
  apply: string;
  /** Nothing at all is readable, against readable in part. */
  closed: boolean;
}

const LEVELS = new Map([
  ["NONE", ["不可见", "nothing"]],
  ["AGGREGATE", ["仅统计数", "figures only"]],
  ["MASKED", ["脱敏可见", "masked"]],
  ["FULL", ["完整可见", "in full"]],
]);

const CLASSES = new Map([
  ["UNCONDITIONAL", ["无条件共享", "shared unconditionally"]],
  ["CONDITIONAL", ["有条件共享", "shared on conditions"]],
  ["NOT_SHARED", ["不予共享", "not shared"]],
]);

function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? nameIn(value as Record<string, unknown>) : String(value);
}

function nameIn(thing: Record<string, unknown>): string {
  return text(say(text(thing.zh), text(thing.en)) || thing.name || thing.zh || thing.en || thing.code);
}

function list(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function inWords(words: Map<string, string[]>, code: unknown): string {
  const [zh, en] = words.get(text(code)) ?? [];
  return zh === undefined || en === undefined ? text(code) : say(zh, en);
}

function heldAt(one: unknown): string {
  if (typeof one !== "object" || one === null) return inWords(LEVELS, one);
  const { level, name, territory } = one as Record<string, unknown>;
  const place = text(name) || text(territory);
  const words = inWords(LEVELS, level ?? "NONE");
  return place === "" ? words : `${place} ${words}`;
}

function levelOf(one: unknown): string {
  return typeof one === "object" && one !== null ? text((one as Record<string, unknown>).level) : text(one);
}

function readLine(raw: unknown, index: number): AccessLine {
  const entry = typeof raw === "object" && raw !== null ? (raw as Record<string, unknown>) : {};
  const held = list(entry.held);
  return {
    key: `${index}.${text(entry.dataset)}.${text(entry.field)}`,
    dataset: text(entry.dataset),
    field: text(entry.field),
    name: say(text(entry.zh), text(entry.en)) || text(entry.field) || text(entry.dataset),
    held: held.map(heldAt).join(say("；", "; ")) || say("没有可见的行", "no row"),
    needed: inWords(LEVELS, entry.needed),
    sharingClass: inWords(CLASSES, entry.class),
    steward: text(entry.steward),
    exceptWhere: text(entry.exceptWhere),
    purposes: list(entry.purposes).map(text),
    reason: text(entry.reason),
    apply: text(entry.apply),
    closed: held.every((one) => ["", "NONE"].includes(levelOf(one))),
  };
}

function extensionsOf(body: Record<string, unknown> | undefined): Record<string, unknown> {
  const errors = list(body?.errors) as { extensions?: Record<string, unknown> }[];
  const refused = errors.find((error) => error?.extensions?.access !== undefined)?.extensions;
  return { ...refused, ...(body?.extensions as Record<string, unknown> | undefined) };
}

/** One line for each field that was not answered in full. */
export function accessLines(body: Record<string, unknown> | undefined): AccessLine[] {
  return list(extensionsOf(body).access).map(readLine);
}

/** Whether the operation read datasets at all: one that only acts says nothing of access. */
export function readsDatasets(body: Record<string, unknown> | undefined): boolean {
  return Array.isArray(extensionsOf(body).access);
}

/** By which all that the answer lacked is asked for; its refused parts tell their own. */
export function applyOf(body: Record<string, unknown> | undefined): string {
  const errors = list(body?.errors) as { extensions?: Record<string, unknown> }[];
  const own = (body?.extensions as Record<string, unknown> | undefined)?.apply;
  const ids = [own, ...errors.map((error) => error?.extensions?.apply)].map(text);
  return [...new Set(ids.flatMap((id) => id.split(";")))].filter(Boolean).join(";");
}

/** The cost as name and value pairs, whatever the hub counts; a single figure has no name. */
export function costParts(body: Record<string, unknown> | undefined): [string, string][] {
  const { cost } = extensionsOf(body);
  if (cost === undefined || cost === null) return [];
  if (typeof cost !== "object") return [["", String(cost)]];
  return Object.entries(cost).map(([name, value]) => [name, text(value)]);
}
