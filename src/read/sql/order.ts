/** Order and place of a list as SQL: the keys it is sorted by, the cursor of a row, and the rows beyond one. */
import type { ListPlan, OrderKey } from "../plan-types";
import { implies, type Predicate } from "../predicate";
import { castOf, predicateSql } from "./predicate";
import { column, literal, type Parameters } from "./statement";
import { isNeverNull } from "./value";

/** A text as people sort it; everything else by its own order. */
function sortable(key: OrderKey, sql: string): string {
  return key.field.kind === "text" ? `${sql} COLLATE "zh-Hans-x-icu"` : sql;
}

/** The order value of a row: null where the field is not readable (semantics 11). */
function orderValue(row: string, key: OrderKey, to: Parameters): string {
  const own = column(row, key.field.column);
  return key.readable.is === "true" ? own : `(CASE WHEN ${predicateSql(key.readable, to)} THEN ${own} END)`;
}

/** Then nulls are not placed: no index serves an order that places them otherwise than its own, even without any. */
function neverNull({ field, readable }: OrderKey): boolean {
  return readable.is === "true" && isNeverNull(field);
}

export function orderSql(plan: ListPlan, to: Parameters): string {
  const { backward, source } = plan;
  const keys = plan.order.map((key) => {
    const direction = key.descending !== backward ? "DESC" : "ASC";
    const nulls = key.nullsFirst !== backward ? "FIRST" : "LAST";
    const value = sortable(key, orderValue(source.row, key, to));
    return neverNull(key) ? `${value} ${direction}` : `${value} ${direction} NULLS ${nulls}`;
  });
  const ties = isUnique(plan) ? [] : [`${column(source.row, "id")} ${backward ? "DESC" : "ASC"}`];
  return `ORDER BY ${[...keys, ...ties].join(", ")}`;
}

/** Whether no two rows tie: rows in use in the order of their business key, which an index has ready. */
function isUnique({ source, order }: ListPlan): boolean {
  const { dataset, base, asOf, versions, row } = source;
  const inUse: Predicate = { is: "not", of: { is: "retired", row } };
  const [key] = dataset.key;
  return (
    dataset.key.length === 1 &&
    !asOf &&
    !versions &&
    implies(base, inUse) &&
    order.some((o) => o.field.name === key && neverNull(o))
  );
}

/** `"<fingerprint>.<base64url of the order values and the id>"`. */
export function cursorSql(plan: ListPlan, to: Parameters): string {
  const values = plan.order.map((key) => `${orderValue(plan.source.row, key, to)}::text`);
  const array = `json_build_array(${[...values, `${column(plan.source.row, "id")}::text`].join(", ")})::text`;
  const encoded = `translate(encode(convert_to(${array}, 'UTF8'), 'base64'), E'+/=\\n', '-_')`;
  const fingerprint =
    typeof plan.fingerprint === "string" ? literal(plan.fingerprint) : to.bind(plan.fingerprint, "text");
  return `('"' || ${fingerprint} || '.' || ${encoded} || '"')`;
}

/** Rows that come after the place in the page's own direction. */
export function beyondSql(plan: ListPlan, from: readonly unknown[], to: Parameters): string {
  const steps = plan.order.map((key, i) => stepOf(plan, key, from[i] ?? null, to));
  const id = column(plan.source.row, "id");
  const last = `(${id} ${plan.backward ? "<" : ">"} ${to.bind(from.at(-1), "uuid")})`;
  // Said without naming the place twice: PostgreSQL would multiply both guesses, and sort what it could walk.
  return steps.reduceRight((rest, { from, other }) => `(${from} AND (${other} OR ${rest}))`, last);
}

/** For one order key: rows from the value on, and those of another value. */
function stepOf(
  plan: ListPlan,
  key: OrderKey,
  value: unknown,
  to: Parameters,
): { from: string; other: string } {
  const own = orderValue(plan.source.row, key, to);
  const nullsFirst = key.nullsFirst !== plan.backward;
  if (value === null) {
    return nullsFirst
      ? { from: "TRUE", other: `(${own} IS NOT NULL)` }
      : { from: `(${own} IS NULL)`, other: "FALSE" };
  }
  const bound = to.bind(value, castOf(key.field));
  const sign = key.descending !== plan.backward ? "<" : ">";
  // One comparison, by which an index finds the place.
  const from = `(${sortable(key, own)} ${sign}= ${bound})`;
  if (nullsFirst || neverNull(key)) return { from, other: `(${own} <> ${bound})` };
  return { from: `(${from} OR ${own} IS NULL)`, other: `(${own} IS DISTINCT FROM ${bound})` };
}
