/** Every door to one dataset as GraphQL, each with the answer that the rules demand. */
import { type DatasetEntry, type FieldEntry, operatorsOf } from "../../src/declare";
import { figureDoors } from "./figure-doors";
import { linkDoors } from "./link-doors";
import type { Row, Value } from "./rows";
import { anywhere, factsOf, paperOf } from "./rules";
import type { View } from "./view";

export interface Ask {
  /** Names the door, and the field or row it is tried with. */
  readonly door: string;
  /** A root field, without its alias. */
  readonly text: string;
  /** The answer, or the field because of which it must be refused. */
  readonly expected: { readonly value: unknown } | { readonly refused: string };
  /** Makes the answer comparable, where it holds what the rules say nothing about. */
  readonly reads?: (answer: unknown) => unknown;
}

/** How much of a dataset an asker asks: every field at every door, or of fields that are ruled alike one, in turn. */
export interface Extent {
  readonly turn: number;
  readonly all: boolean;
}

export function doorsTo(view: View, dataset: DatasetEntry, extent: Extent): Ask[] {
  if (view.asker.brief && !extent.all) return briefly(view, dataset);
  const fields = extent.all ? dataset.fields : sample(dataset, extent.turn);
  return [
    ...rowDoors(view, dataset),
    ...fields.map((field) => filterDoor(view, dataset, field)),
    ...fields.filter(isSortable).map((field) => orderDoor(view, dataset, field)),
    ...linkDoors(view, dataset, extent),
    ...figureDoors(view, dataset, fields),
  ];
}

/** All levels show in a list with all fields and in the figures. */
function briefly(view: View, dataset: DatasetEntry): Ask[] {
  return [...rowDoors(view, dataset).slice(0, 2), ...figureDoors(view, dataset, []).slice(0, 1)];
}

/** Of the fields with the same words in the paper and the same kind the one whose turn it is. */
function sample(dataset: DatasetEntry, turn: number): FieldEntry[] {
  const alike = new Map<string, FieldEntry[]>();
  for (const field of dataset.fields) {
    const words = `${field.kind} ${paperOf(dataset.name).fields[field.name]}`;
    alike.set(words, [...(alike.get(words) ?? []), field]);
  }
  return [...alike.values()].map((fields) => fields[turn % fields.length] as FieldEntry);
}

function rowDoors(view: View, dataset: DatasetEntry): Ask[] {
  const fields = dataset.fields.map((f) => f.name).join(" ");
  const listed = view.listed(dataset.name);
  const nodes = listed.map((row) => view.cells(row, dataset));
  const rows = view.rows.get(dataset.name) ?? [];
  const whole = rows.filter(
    (row, i) => [...rows].findIndex((r) => r.strict === row.strict) === i || row.retired,
  );
  const shown = (row: Row) => (view.visible(row) ? view.cells(row, dataset) : null);
  const seen = (row: Row) => (view.visible(row) ? { id: row.id } : null);
  return [
    {
      door: "list",
      text: `${dataset.plural}(first: 100) { totalCount nodes { ${fields} } }`,
      expected: { value: { totalCount: listed.length, nodes } },
    },
    ...whole.map((row) => ({
      door: `one ${row.id}`,
      text: `${dataset.name}(id: "${row.id}") { ${fields} }`,
      expected: { value: shown(row) },
    })),
    ...rows
      .filter((row) => !whole.includes(row) && askable(dataset, row))
      .map((row) => ({
        door: `one by key ${row.id}`,
        text: `${dataset.name}(${dataset.key.map((name) => `${name}: ${literal(fieldOf(dataset, name), row.values[name])}`).join(", ")}) { id }`,
        expected: { value: seen(row) },
      })),
    ...rows.map((row) => ({
      door: `node ${row.id}`,
      text: `node(id: "${row.id}") { id }`,
      expected: { value: seen(row) },
    })),
  ];
}

/** A row without a value in its key cannot be asked for by it. */
function askable(dataset: DatasetEntry, row: Row): boolean {
  return dataset.key.every((name) => row.values[name] !== null);
}

/** All values of the field, as a condition: only rows where it is readable may answer. */
function filterDoor(view: View, dataset: DatasetEntry, field: FieldEntry): Ask {
  const rows = view.rows.get(dataset.name) ?? [];
  const values = [...new Set(rows.map((row) => row.values[field.name] ?? null))].filter((v) => v !== null);
  const operators = operatorsOf(field.kind, field.encrypted);
  const filter = operators.includes("in")
    ? `in: [${values.map((v) => literal(field, v)).join(", ")}]`
    : "isNull: false";
  const has = (row: Row) => view.readable(row, field.name) && (row.values[field.name] ?? null) !== null;
  const found = view.listed(dataset.name).filter(has);
  return {
    door: `filter ${field.name}`,
    text: `${dataset.plural}(where: { ${field.name}: { ${filter} } }, first: 100) { totalCount nodes { id } }`,
    expected: refusedUnless(usable(view, dataset, field), field) ?? {
      value: { totalCount: found.length, nodes: found.map((row) => ({ id: row.id })) },
    },
  };
}

function isSortable(field: FieldEntry): boolean {
  return !field.encrypted && field.kind !== "enumList";
}

/** Rows in the field's order, those where it is not readable as if they had no value; its cursors hold nothing else. */
function orderDoor(view: View, dataset: DatasetEntry, field: FieldEntry): Ask {
  const place = (row: Row): Value =>
    view.readable(row, field.name) ? (row.values[field.name] ?? null) : null;
  const rows = [...view.listed(dataset.name)].sort((a, b) => descending(place(a), place(b)) || byId(a, b));
  return {
    door: `order and cursor ${field.name}`,
    text: `${dataset.plural}(orderBy: [{ field: ${screaming(field.name)}, direction: DESC }], first: 100) { edges { cursor node { id } } }`,
    expected: refusedUnless(usable(view, dataset, field), field) ?? {
      value: rows.map((row) => ({ id: row.id, cursor: [cursorText(field, place(row)), row.uuid] })),
    },
    reads: (answer) =>
      (answer as { edges: { cursor: string; node: { id: string } }[] }).edges.map((edge) => ({
        id: edge.node.id,
        cursor: cursorValues(field, edge.cursor),
      })),
  };
}

function byId(a: Row, b: Row): number {
  return a.uuid < b.uuid ? -1 : 1;
}

function descending(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const [x, y] = [comparable(a), comparable(b)];
  return x === y ? 0 : x > y ? -1 : 1;
}

function comparable(value: Value): number | string {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" || /^\d{10}\.\d\d$/.test(String(value)) ? Number(value) : String(value);
}

/** The order value of a cursor as text; instants are told apart only from none. */
function cursorText(field: FieldEntry, value: Value): unknown {
  if (value === null || field.kind === "datetime") return value === null ? null : "an instant";
  if (field.kind === "reference") return String(value).split(":")[1];
  return field.kind === "float" ? Number(value).toFixed(4) : String(value);
}

function cursorValues(field: FieldEntry, cursor: string): unknown[] {
  const [value, ...rest] = JSON.parse(Buffer.from(cursor.split(".")[1] ?? "", "base64url").toString("utf8"));
  return [value !== null && field.kind === "datetime" ? "an instant" : value, ...rest];
}

/** In lists a key field is never refused; another where it is FULL nowhere (semantics 10). */
function usable(view: View, dataset: DatasetEntry, field: FieldEntry): boolean {
  return factsOf(dataset.name, field.name).key || anywhere(view.asker, dataset.name, field.name, "FULL");
}

function refusedUnless(may: boolean, field: FieldEntry): { refused: string } | undefined {
  return may ? undefined : { refused: field.name };
}

/** A value as GraphQL writes it. */
export function literal(field: FieldEntry, value: Value | undefined): string {
  return field.kind === "enum" || field.kind === "enumList" ? String(value) : JSON.stringify(value);
}

export function fieldOf(dataset: DatasetEntry, name: string): FieldEntry {
  const field = dataset.fields.find((f) => f.name === name);
  if (!field) throw new Error(`${dataset.name} declares no field ${name}`);
  return field;
}

export function screaming(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase();
}
