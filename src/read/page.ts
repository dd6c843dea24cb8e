/** Order and pages: keyset cursors that are bound to question and decision, and hold nothing withheld (semantics 11, 15). */
import { createHash } from "node:crypto";
import { snake } from "../declare";
import type { OrderKey } from "./plan-types";
import { badInput, type Planning } from "./planning";
import { given } from "./predicate";
import { mapped, mappedTree } from "./slot";
import { type Scene, usable } from "./where";

export interface PageArgs {
  readonly where?: unknown;
  readonly orderBy?: readonly { field: string; direction?: string; nulls?: string }[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export interface Page {
  readonly order: readonly OrderKey[];
  readonly size: number;
  readonly backward: boolean;
  readonly from?: readonly unknown[];
  readonly fingerprint: unknown;
}

/** Order, size and place of a page; wrong or stale arguments are refused with their reason. */
export function pageOf(scene: Scene, args: PageArgs): Page {
  const { planning } = scene;
  const order = (args.orderBy ?? []).map((o) => orderKey(scene, o));
  const backward = checkDirection(args);
  const fingerprint = fingerprintOf(scene, args);
  const cursor = backward ? args.before : args.after;
  return {
    order,
    backward,
    fingerprint,
    size: sizeOf(planning, backward ? args.last : args.first),
    from:
      cursor === null || cursor === undefined
        ? undefined
        : placeIn(planning, cursor, fingerprint, order.length + 1),
  };
}

/** The order values and the id of a cursor, each null or to be bound. */
function placeIn(planning: Planning, cursor: unknown, fingerprint: unknown, length: number): unknown[] {
  const place = mappedTree([cursor, fingerprint], (both) => placeOf(...(both as [string, string]), length));
  const missing = planning.fact(place, (values) => (values as unknown[]).map((value) => value === null));
  return missing.map((isNull, i) => (isNull ? null : mapped(place, (values) => (values as unknown[])[i])));
}

function orderKey(scene: Scene, asked: { field: string; direction?: string; nulls?: string }): OrderKey {
  const { planning, source } = scene;
  const field = source.dataset.fields.find((f) => snake(f.name).toUpperCase() === asked.field);
  if (!field) throw badInput(`不能按 ${asked.field} 排序。Cannot order by ${asked.field}`);
  planning.touch(source.dataset, field);
  return {
    field,
    readable: given(source.base, usable(scene, field, "排序 order")),
    descending: asked.direction === "DESC",
    nullsFirst: asked.nulls === "FIRST",
  };
}

/** True where the page is asked from its end. */
function checkDirection(args: PageArgs): boolean {
  const given = (v: unknown) => v !== null && v !== undefined;
  if (given(args.first) && given(args.last))
    throw badInput("first 与 last 不能同时使用。first and last exclude each other");
  if (given(args.last) && given(args.after))
    throw badInput("last 与 before 搭配，不与 after。last goes with before, not with after");
  if (!given(args.last) && given(args.before)) throw badInput("before 与 last 搭配。before goes with last");
  return given(args.last);
}

function sizeOf(planning: Planning, asked: unknown): number {
  const { defaultFirst, maxFirst } = planning.world.limits;
  const size = planning.exact<number | null | undefined>(asked) ?? defaultFirst;
  if (size < 0 || size > maxFirst)
    throw badInput(`每页 0 至 ${maxFirst} 条。A page holds 0 to ${maxFirst} rows`, { limit: maxFirst });
  return size;
}

/** Equal for questions whose pages continue one another: dataset, condition, order, and that dataset's decision. */
function fingerprintOf({ planning, source, era }: Scene, args: PageArgs): unknown {
  const { fingerprint } = planning.decision(source.dataset);
  return mappedTree(args.where ?? null, (where) => {
    const time = [source.asOf ?? null, ...(era.year === undefined ? [] : [era.year])];
    const parts = [source.dataset.name, where, args.orderBy ?? [], ...time, fingerprint];
    return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 12);
  });
}

/** The order values and the id that a cursor holds. */
function placeOf(cursor: string, fingerprint: string, length: number): (string | null)[] {
  const dot = cursor.indexOf(".");
  if (dot < 0) throw stale("CURSOR_INVALID", "这不是游标。This is no cursor");
  if (cursor.slice(0, dot) !== fingerprint)
    throw stale(
      "CURSOR_STALE",
      "游标属于另一查询，或权限已变。The cursor belongs to another question, or your rights have changed",
    );
  const place = decode(cursor.slice(dot + 1));
  if (place?.length !== length) throw stale("CURSOR_INVALID", "这不是游标。This is no cursor");
  return place;
}

function decode(text: string): (string | null)[] | undefined {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (!Array.isArray(values) || !values.every((v) => v === null || typeof v === "string")) return undefined;
    return /^[0-9a-f-]{36}$/.test(values.at(-1) ?? "") ? values : undefined;
  } catch {
    return undefined;
  }
}

function stale(reason: string, message: string) {
  return badInput(message, { reason });
}
