/** Holds an answer of the hub against the reference's: equal but for what is opaque, and empty of what is withheld. */
import { type DatasetEntry, type FieldEntry, reaches } from "../../src/declare";
import type { Told } from "./adapter";
import type { Question, Reply } from "./reference/answer";
import { type Covered, spokenFor } from "./reference/coverage";
import type { Model } from "./reference/model";
import { held, type Row, type Value, versionsOf } from "./reference/rows";
import { NODES } from "./world";

/** What differs, or nothing. */
export function difference(told: Told, reply: Reply): string | undefined {
  for (const { root, code } of told.errors) {
    const codes = (reply.refused[root] ?? []).map((r) => r.code as string);
    if (!codes.includes(code))
      return `${root} is refused with ${code}, not ${codes.join(" or ") || "at all"}: ${told.raw}`;
  }
  const missed = Object.keys(reply.refused).filter((root) => !told.errors.some((e) => e.root === root));
  const first = missed[0];
  if (first !== undefined && (told.data !== null || told.errors.length === 0))
    return `${first} is answered, where the reference refuses: ${JSON.stringify(reply.refused[first])}`;
  const [ours, theirs] = [comparable(told.data), comparable(reply.data)];
  const path = firstDifference(ours, theirs, "data");
  return path && `${path}\nhub:       ${JSON.stringify(ours)}\nreference: ${JSON.stringify(theirs)}`;
}

/** Cursors are opaque; coverage may cut the tree differently as long as it says the same of every place. */
function comparable(value: unknown, key = ""): unknown {
  if (/^(start|end)?cursor/i.test(key)) return value === null ? null : "a cursor";
  if (key.startsWith("coverage")) return (NODES as string[]).map((n) => said(value as Covered[], n));
  if (Array.isArray(value)) return value.map((v) => comparable(v));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, comparable(v, k)]));
}

function said(entries: readonly Covered[], place: string): unknown {
  const entry = spokenFor(entries, place);
  return entry && { place, counted: entry.counted, withheld: [...entry.withheld].sort() };
}

export function firstDifference(a: unknown, b: unknown, path: string): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object")
    return `${path}: ${JSON.stringify(a)} instead of ${JSON.stringify(b)}`;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) {
    if (!(key in x) || !(key in y)) return `${path}.${key}: ${key in x ? "too much" : "missing"}`;
    const below = firstDifference(x[key], y[key], `${path}.${key}`);
    if (below) return below;
  }
  return undefined;
}

/** A value that this reader may see nowhere, found in what left the hub. */
export function leak(told: Told, model: Model, question: Question): string | undefined {
  const asked = JSON.stringify(question);
  const bytes = told.raw + decodedCursors(told.raw);
  return withheldValues(model).find((v) => !asked.includes(v) && bytes.includes(v));
}

const known = new WeakMap<object, string[]>();

/** Ids, and texts and amounts that are unmistakable, which no row shows to this reader. */
function withheldValues(model: Model): string[] {
  const cached = known.get(model.policy);
  if (cached) return cached;
  const [open, closed] = [new Set<string>(), new Set<string>()];
  for (const dataset of model.catalogue.datasets)
    for (const row of (model.rows[dataset.name] ?? []).flatMap(versionsOf))
      for (const field of dataset.fields)
        for (const text of unmistakable(held(field, row)))
          (isOpen(model, dataset, field, row) ? open : closed).add(text);
  const values = [...closed].filter((v) => !open.has(v));
  known.set(model.policy, values);
  return values;
}

/** Shown in a row, or as the exact figure of a group of one where figures are not protected. */
function isOpen({ policy }: Model, dataset: DatasetEntry, field: FieldEntry, row: Row): boolean {
  return reaches(policy.level(dataset, field, row), dataset.protected ? "FULL" : "AGGREGATE");
}

function unmistakable(value: Value): string[] {
  if (typeof value !== "string") return [];
  const id = /^\w+:([0-9a-f-]{36})$/.exec(value);
  if (id) return [id[1] as string];
  return /^zq.*qz$|^1\d{4}\.\d\d$|^138\d{8}$|^14010519800101\d{4}$/.test(value) ? [value] : [];
}

function decodedCursors(raw: string): string {
  const opaque = raw.match(/[A-Za-z0-9_+/-]{16,}={0,2}/g) ?? [];
  return opaque.map((text) => Buffer.from(text, "base64url").toString("latin1")).join(" ");
}
