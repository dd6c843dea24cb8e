/** Cells of figures as SQL: what rows are grouped by, and the exact and protected parts of every group (semantics 14–16, 19, 20). */
import { isNumeric } from "../../declare";
import type { FigureKind, FiguresPlan, GroupKey, Measure } from "../plan-types";
import { and } from "../predicate";
import { conditionsSql, predicateSql } from "./predicate";
import { selectSql } from "./select";
import { column, type Parameters } from "./statement";

export function isProtected(plan: FiguresPlan): boolean {
  return plan.protected && (plan.exact.is !== "true" || plan.measures.some((m) => m.full.is !== "true"));
}

/** Whether a figure of one of these kinds is used of a measure. */
export function wanted(plan: FiguresPlan, { field }: Measure, ...kinds: readonly FigureKind[]): boolean {
  return plan.used.some((u) => u.field === field.name && kinds.includes(u.kind));
}

/** One row per group: exact and protected parts of every cell. */
export function cellsSql(plan: FiguresPlan, to: Parameters): string {
  const by = plan.keys.length > 0 ? ` GROUP BY ${rawKeys(plan).join(", ")}` : "";
  const cells = isProtected(plan) ? protectedCells(plan) : exactCells(plan);
  const from = isProtected(plan) && plan.person ? personsSql(plan, to) : rowsSql(plan, to);
  return `SELECT ${[...plan.keys.map(wholeKey), ...cells].join(", ")} FROM (${from}) b${by}`;
}

function rawKeys(plan: FiguresPlan): string[] {
  return plan.keys.map((_, i) => `k_${i}`);
}

/** Columns of every measure, of those kinds that are used. */
function measured(
  plan: FiguresPlan,
  sums: (i: number) => string[],
  extremes: (i: number) => string[],
): string[] {
  return plan.measures.flatMap((m, i) => [
    ...(wanted(plan, m, "sum", "avg") ? sums(i) : []),
    ...(wanted(plan, m, "min", "max") ? extremes(i) : []),
  ]);
}

function exactCells(plan: FiguresPlan): string[] {
  const sums = (i: number) => [`sum(v_${i}) AS s_${i}`, `count(x_${i}) AS c_n_${i}`];
  return ["count(*) AS c_n", ...measured(plan, sums, rowExtremes)];
}

function rowExtremes(i: number): string[] {
  const full = `f_${i}`;
  return [`bool_and(${full}) AS all_${i}`, `min(x_${i}) AS min_of_${i}`, `max(x_${i}) AS max_of_${i}`];
}

/** Columns of the contribution relation are per person where the dataset names one, per row elsewhere. */
function protectedCells(plan: FiguresPlan): string[] {
  if (plan.person)
    return [
      "coalesce(sum(n), 0) AS c_n",
      "coalesce(sum(p), 0) AS c_p",
      "count(*) FILTER (WHERE p > 0) AS c_persons",
      `${keySum("sum(key)", "sum(p)")} AS c_key`,
      ...measured(plan, personSums, personExtremes),
    ];
  return [
    "count(*) FILTER (WHERE e) AS c_n",
    "count(*) FILTER (WHERE NOT e) AS c_p",
    "count(*) FILTER (WHERE NOT e) AS c_persons",
    `${keySum("sum(cell_key) FILTER (WHERE NOT e)", "count(*) FILTER (WHERE NOT e)")} AS c_key`,
    ...measured(plan, rowSums, rowExtremes),
  ];
}

/**
 * Half of 2^32, taken off every cell key and added again to their sum: sums of `int` take no memory of their own, of which
 * every person would need some.
 */
const MIDDLE = 2_147_483_648;

function keySum(sum: string, rows: string): string {
  return `coalesce(${sum} + ${rows} * ${MIDDLE}, 0)`;
}

function personSums(i: number): string[] {
  return [
    `sum(s_${i}) AS s_${i}`,
    `coalesce(sum(n_${i}), 0) AS c_n_${i}`,
    `sum(sp_${i}) AS sp_${i}`,
    `coalesce(sum(p_${i}), 0) AS c_p_${i}`,
    `count(*) FILTER (WHERE p_${i} > 0) AS c_persons_${i}`,
    `${keySum(`sum(key_${i})`, `sum(p_${i})`)} AS c_key_${i}`,
    `max(abs(sp_${i})) AS largest_${i}`,
    `sum(abs(sp_${i})) AS magnitude_${i}`,
  ];
}

function personExtremes(i: number): string[] {
  return [`bool_and(all_${i}) AS all_${i}`, `min(min_${i}) AS min_of_${i}`, `max(max_${i}) AS max_of_${i}`];
}

/** Rows of a measure's cell: those known exactly, and those that are protected. */
function parted(i: number): [string, string] {
  return [`FILTER (WHERE f_${i})`, `FILTER (WHERE NOT f_${i} AND x_${i} IS NOT NULL)`];
}

function rowSums(i: number): string[] {
  const [exact, hidden] = parted(i);
  return [
    `sum(v_${i}) ${exact} AS s_${i}`,
    `count(x_${i}) ${exact} AS c_n_${i}`,
    `sum(v_${i}) ${hidden} AS sp_${i}`,
    `count(*) ${hidden} AS c_p_${i}`,
    `count(*) ${hidden} AS c_persons_${i}`,
    `${keySum(`sum(cell_key) ${hidden}`, `count(*) ${hidden}`)} AS c_key_${i}`,
    `max(abs(v_${i})) ${hidden} AS largest_${i}`,
    `sum(abs(v_${i})) ${hidden} AS magnitude_${i}`,
  ];
}

/** Contributions per group and person. */
function personsSql(plan: FiguresPlan, to: Parameters): string {
  const keys = rawKeys(plan);
  const count = [
    "count(*) FILTER (WHERE e) AS n",
    "count(*) FILTER (WHERE NOT e) AS p",
    "sum(cell_key) FILTER (WHERE NOT e) AS key",
  ];
  const sums = (i: number) => {
    const [exact, hidden] = parted(i);
    return [
      `sum(v_${i}) ${exact} AS s_${i}`,
      `count(x_${i}) ${exact} AS n_${i}`,
      `sum(v_${i}) ${hidden} AS sp_${i}`,
      `count(*) ${hidden} AS p_${i}`,
      `sum(cell_key) ${hidden} AS key_${i}`,
    ];
  };
  const extremes = (i: number) => [
    `bool_and(f_${i}) AS all_${i}`,
    `min(x_${i}) AS min_${i}`,
    `max(x_${i}) AS max_${i}`,
  ];
  const columns = [...keys, ...count, ...measured(plan, sums, extremes)];
  return `SELECT ${columns.join(", ")} FROM (${rowsSql(plan, to)}) d GROUP BY ${[...keys, "person"].join(", ")}`;
}

/** The rows that enter: keys, exactness, secret key, person, and each measure where it is readable. */
function rowsSql(plan: FiguresPlan, to: Parameters): string {
  const { row } = plan.source;
  const keys = plan.keys.map((key, i) => `${keySql(row, key)} AS k_${i}`);
  const exact = isProtected(plan)
    ? [
        `${predicateSql(plan.exact, to)} AS e`,
        `(${column(row, "cell_key")} - ${MIDDLE})::int AS cell_key`,
        ...personOf(plan),
      ]
    : [];
  const measures = plan.measures.flatMap((m, i) => {
    const own = measureSql(row, m, to);
    return [
      `${own} AS x_${i}`,
      `${isNumeric(m.field.kind) ? own : "NULL::numeric"} AS v_${i}`, // days have no sum
      `${predicateSql(m.full, to)} AS f_${i}`,
    ];
  });
  const selected = [...keys, ...exact, ...measures].join(", ") || "1 AS one";
  const grouped = plan.keys.filter((k) => k.is !== "territory").map((k) => k.readable);
  const condition = and(plan.source.base, plan.where, ...grouped);
  return selectSql(plan.source, selected, { conditions: conditionsSql(condition, to) }, to);
}

/** Who stands behind a row: the person it names, or the row itself. Ids are compared as they are stored. */
function personOf(plan: FiguresPlan): string[] {
  if (!plan.person) return [];
  const { row } = plan.source;
  const cast = plan.person.kind === "reference" ? "" : "::text";
  return [`coalesce(${column(row, plan.person.column)}${cast}, ${column(row, "id")}${cast}) AS person`];
}

function measureSql(row: string, measure: Measure, to: Parameters): string {
  const times = measure.times && ` * ${column(row, measure.times.column)}`;
  const own = times ? `(${column(row, measure.field.column)}${times})` : column(row, measure.field.column);
  if (measure.readable.is === "true") return own;
  return `(CASE WHEN ${predicateSql(measure.readable, to)} THEN ${own} END)`;
}

/**
 * What rows are grouped by: a field, a year or month of it, or the digits of the ancestor at a level, null above it.
 * A level's own digits are not all zero; told by a plain pattern, for it is done for every row.
 */
function keySql(row: string, key: GroupKey): string {
  if (key.is === "territory") {
    const territory = column(row, "territory");
    const [from, digits] = [PARENT_DIGITS[key.digits] as number, key.digits];
    const above = `${"_".repeat(from)}${"0".repeat(digits - from)}%`;
    const own = `${territory} NOT LIKE '${above}'`;
    return `(CASE WHEN ${own} THEN ${digits === 12 ? territory : `left(${territory}, ${digits})`} END)`;
  }
  const own = column(row, key.field.column);
  const local = key.field.kind === "datetime" ? `(${own} AT TIME ZONE 'Asia/Shanghai')` : own;
  if (key.is === "year") return `extract(year FROM ${local})::int`;
  return key.is === "month" ? `to_char(${local}, 'YYYY-MM')` : own;
}

/** A group's key in full: of a territory's digits its code. */
function wholeKey(key: GroupKey, i: number): string {
  if (key.is !== "territory" || key.digits === 12) return `k_${i}`;
  return `k_${i} || '${"0".repeat(12 - key.digits)}' AS k_${i}`;
}

const PARENT_DIGITS: Record<number, number> = { 4: 2, 6: 4, 9: 6, 12: 9 };
