/** Pages of rows: filtered, ordered, cut after or before a cursor. */
import type { DatasetEntry } from "../../../src/declare";
import { type Input, satisfies } from "./conditions";
import type { Model } from "./model";
import { orderKeys, rowOrder } from "./order";
import type { Row } from "./rows";

const DEFAULT_SIZE = 20;

export interface Page {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** `candidates` are the rows that the link or the root field leads to. */
export function pageOf(model: Model, dataset: DatasetEntry, candidates: readonly Row[], args: Input): Page {
  const order = rowOrder(model.policy, dataset, orderKeys(dataset, args.orderBy ?? [], fieldCode(dataset)));
  const found = candidates
    .filter((r) => model.policy.visible(dataset, r))
    .filter((r) => satisfies(model, dataset, args.where ?? {}, r, "ROWS") === true)
    .sort(order);
  const at = (cursor: string) => {
    const { row } = readCursor(cursor) as Cursor;
    return model.everyRow(dataset).find((r) => r.id === row) as Row;
  };
  const total = found.length;
  if (args.last != null) {
    const before = args.before == null ? found : found.filter((r) => order(r, at(args.before)) < 0);
    const rows = args.last === 0 ? [] : before.slice(-args.last);
    return { rows, total, hasPreviousPage: rows.length < before.length, hasNextPage: args.before != null };
  }
  const after = args.after == null ? found : found.filter((r) => order(r, at(args.after)) > 0);
  const rows = after.slice(0, args.first ?? DEFAULT_SIZE);
  return { rows, total, hasNextPage: rows.length < after.length, hasPreviousPage: args.after != null };
}

/** Enum values of an order back to field names. */
export function fieldCode(dataset: DatasetEntry): (code: string) => string {
  return (code) => {
    const found = dataset.fields.find((f) => f.name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase() === code);
    if (!found) throw new Error(`${dataset.name} has no field ${code}`);
    return found.name;
  };
}

export interface Cursor {
  /** Dataset, condition, order and decision, as one text. */
  readonly made: string;
  readonly row: string;
}

export function fingerprint(model: Model, dataset: DatasetEntry, args: Input): string {
  const decision = model.policy.fingerprint(dataset, model.territories);
  return JSON.stringify([
    dataset.name,
    args.where ?? null,
    args.orderBy ?? null,
    model.era.asOf ?? null,
    decision,
  ]);
}

export function writeCursor(made: string, row: Row): string {
  return Buffer.from(JSON.stringify({ made, row: row.id })).toString("base64url");
}

export function readCursor(cursor: string): Cursor | undefined {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
  }
}
