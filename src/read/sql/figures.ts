/** Figures as SQL: cells, their protection by cell keys, and the JSON text of the groups (semantics 18–22). */
import { type FieldEntry, isNumeric } from "../../declare";
import type { FigureRef, FiguresPart, FiguresPlan, GroupKey, GroupPart, Measure } from "../plan-types";
import { and, type Predicate } from "../predicate";
import { castOf, fromSql, predicateSql, whereSql } from "./predicate";
import { column, literal, type Parameters } from "./statement";
import { concatSql, jsonSql, objectSql } from "./value";

/** Fewest distinct persons a published cell may have (semantics 20). */
const K = 5;

/** JSON text of an aggregate; with a trailer, it and the numbers of rows and of suppressed groups follow the text. */
export function figuresSql(plan: FiguresPlan, to: Parameters, trailer?: string): string {
  const object = objectSql(plan.parts.map((part, i) => [part.key, partSql(part, i, to)]));
  const groups = plan.parts.flatMap((part, i) =>
    part.is === "groups" ? [`${groupsSql(plan, part)} AS a${i}`] : [],
  );
  if (groups.length === 0) return trailer ? concatSql([object, literal(`${trailer}0,0`)]) : object;
  const hidden = `count(*) FILTER (WHERE ${suppressedSql(plan)}) AS hidden`;
  const text = trailer ? concatSql([object, literal(`${trailer}0,`), "f.hidden"]) : object;
  return `(SELECT ${text} FROM (SELECT ${[...groups, hidden].join(", ")} FROM (${publishedSql(plan, to)}) g) f)`;
}

function partSql(part: FiguresPart, i: number, to: Parameters): string {
  if (part.is === "typename") return literal(JSON.stringify(part.name));
  if (part.is === "coverage") return to.bind(part.json, "text");
  return `concat('[', f.a${i}, ']')`;
}

function groupsSql(plan: FiguresPlan, part: FiguresPart & { is: "groups" }): string {
  return `string_agg(${objectSql(part.parts.map((p) => [p.key, groupPartSql(plan, p)]))}, ',')`;
}

/** One published figure without groups, as a scalar. */
export function figureSql(plan: FiguresPlan, figure: FigureRef, to: Parameters): string {
  return `(SELECT p.${figureColumn(plan, figure)} FROM (${protectedSql(plan, to)}) p)`;
}

/** Groups as published: filtered, ordered and cut by the published figures only. */
function publishedSql(plan: FiguresPlan, to: Parameters): string {
  const having = plan.having.map((h) => havingSql(plan, h, to));
  const filter = having.length > 0 ? ` WHERE ${having.join(" AND ")}` : "";
  const order = orderSql(plan);
  return `SELECT p.* FROM (${protectedSql(plan, to)}) p${filter}${order} LIMIT ${to.bind(plan.first, "int")}`;
}

function isProtected(plan: FiguresPlan): boolean {
  return plan.protected && (plan.exact.is !== "true" || plan.measures.some((m) => m.full.is !== "true"));
}

/** Adds to every group its published count, sums and averages. */
function protectedSql(plan: FiguresPlan, to: Parameters): string {
  const cells = cellsSql(plan, to);
  const count = isProtected(plan) ? publishedCount("") : "c_n";
  const inner = `SELECT c.*, ${count} AS count FROM (${cells}) c`;
  const sums = plan.measures.flatMap((m, i) => measureColumns(plan, m, i));
  return `SELECT q.*${sums.map((s) => `, ${s}`).join("")} FROM (${inner}) q`;
}

/** A cell's number: exact part and protected part with its noise; null where too few persons stand behind it. */
function publishedCount(cell: string): string {
  const [persons, protectedRows, key] = [`c_persons${cell}`, `c_p${cell}`, `c_key${cell}`];
  const noise = `floor((${key} % 4294967296) * 5 / 4294967296)::bigint - 2`;
  return `(CASE WHEN ${persons} BETWEEN 1 AND ${K - 1} THEN NULL WHEN ${protectedRows} > 0 THEN c_n${cell} + ${protectedRows} + ${noise} ELSE c_n${cell} END)`;
}

/** Decimals of a published figure: money 2, measures 4, whole numbers 0. */
function scaleOf(field: FieldEntry): number {
  return field.kind === "decimal" ? 2 : field.kind === "float" ? 4 : 0;
}

function measureColumns(plan: FiguresPlan, measure: Measure, i: number): string[] {
  const wanted = (kind: string) => plan.used.some((u) => u.kind === kind && u.field === measure.field.name);
  const columns: string[] = [];
  if (wanted("sum") || wanted("avg")) {
    const [sum, number] = isProtected(plan)
      ? [publishedSum(measure, i), publishedCount(`_${i}`)]
      : [`s_${i}`, `c_n_${i}`];
    const shown = "count IS NOT NULL";
    columns.push(`CASE WHEN ${shown} THEN ${sum} END AS sum_${i}`);
    const scale = measure.field.kind === "decimal" ? 2 : 4;
    columns.push(
      `CASE WHEN ${shown} AND ${number} > 0 THEN round((${sum})::numeric / (${number}), ${scale}) END AS avg_${i}`,
    );
    columns.push(`(${suppressedSum(plan, i)}) AS hidden_${i}`);
  }
  for (const kind of ["min", "max"])
    if (wanted(kind))
      columns.push(`CASE WHEN count IS NOT NULL AND all_${i} THEN ${kind}_of_${i} END AS ${kind}_${i}`);
  return columns;
}

function suppressedSum(plan: FiguresPlan, i: number): string {
  return isProtected(plan)
    ? `c_persons_${i} BETWEEN 1 AND ${K - 1} OR coalesce(largest_${i} * 2 > magnitude_${i}, FALSE)`
    : "FALSE";
}

/** The exact sum, and the protected one with noise scaled to the largest contribution; null where suppressed. */
function publishedSum(measure: Measure, i: number): string {
  const unit = `((c_key_${i} % 4294967296 % 2001) - 1000)::numeric / 1000`;
  const noise = `round(${unit} * largest_${i}, ${scaleOf(measure.field)})`;
  const whole = `CASE WHEN s_${i} IS NULL AND sp_${i} IS NULL THEN NULL ELSE coalesce(s_${i}, 0) + coalesce(sp_${i} + ${noise}, 0) END`;
  return `(CASE WHEN c_persons_${i} BETWEEN 1 AND ${K - 1} OR largest_${i} * 2 > magnitude_${i} THEN NULL ELSE ${whole} END)`;
}

/** One row per group: exact and protected parts of every cell. */
function cellsSql(plan: FiguresPlan, to: Parameters): string {
  const keys = plan.keys.map((_, i) => `k_${i}`);
  const by = keys.length > 0 ? ` GROUP BY ${keys.join(", ")}` : "";
  const cells = isProtected(plan) ? protectedCells(plan) : exactCells(plan);
  const from = isProtected(plan) && plan.person ? personsSql(plan, to) : rowsSql(plan, to);
  return `SELECT ${[...keys, ...cells].join(", ")} FROM (${from}) b${by}`;
}

function exactCells(plan: FiguresPlan): string[] {
  return [
    "count(*) AS c_n",
    ...plan.measures.flatMap((_, i) => [
      `sum(v_${i}) AS s_${i}`,
      `count(x_${i}) AS c_n_${i}`,
      ...extremes(i, `f_${i}`),
    ]),
  ];
}

function extremes(i: number, full: string): string[] {
  return [`bool_and(${full}) AS all_${i}`, `min(x_${i}) AS min_of_${i}`, `max(x_${i}) AS max_of_${i}`];
}

/** Columns of the contribution relation are per person where the dataset names one, per row elsewhere. */
function protectedCells(plan: FiguresPlan): string[] {
  const perPerson = plan.person !== undefined;
  const count = perPerson
    ? [
        "coalesce(sum(n), 0) AS c_n",
        "coalesce(sum(p), 0) AS c_p",
        "count(*) FILTER (WHERE p > 0) AS c_persons",
        "coalesce(sum(key), 0) AS c_key",
      ]
    : [
        "count(*) FILTER (WHERE e) AS c_n",
        "count(*) FILTER (WHERE NOT e) AS c_p",
        "count(*) FILTER (WHERE NOT e) AS c_persons",
        "coalesce(sum(cell_key) FILTER (WHERE NOT e), 0) AS c_key",
      ];
  return [...count, ...plan.measures.flatMap((_, i) => (perPerson ? personCells(i) : rowCells(i)))];
}

function personCells(i: number): string[] {
  return [
    `sum(s_${i}) AS s_${i}`,
    `coalesce(sum(n_${i}), 0) AS c_n_${i}`,
    `sum(sp_${i}) AS sp_${i}`,
    `coalesce(sum(p_${i}), 0) AS c_p_${i}`,
    `count(*) FILTER (WHERE p_${i} > 0) AS c_persons_${i}`,
    `coalesce(sum(key_${i}), 0) AS c_key_${i}`,
    `max(abs(sp_${i})) AS largest_${i}`,
    `sum(abs(sp_${i})) AS magnitude_${i}`,
    `bool_and(all_${i}) AS all_${i}`,
    `min(min_${i}) AS min_of_${i}`,
    `max(max_${i}) AS max_of_${i}`,
  ];
}

function rowCells(i: number): string[] {
  const [exact, hidden] = [`FILTER (WHERE f_${i})`, `FILTER (WHERE NOT f_${i} AND x_${i} IS NOT NULL)`];
  return [
    `sum(v_${i}) ${exact} AS s_${i}`,
    `count(x_${i}) ${exact} AS c_n_${i}`,
    `sum(v_${i}) ${hidden} AS sp_${i}`,
    `count(*) ${hidden} AS c_p_${i}`,
    `count(*) ${hidden} AS c_persons_${i}`,
    `coalesce(sum(cell_key) ${hidden}, 0) AS c_key_${i}`,
    `max(abs(v_${i})) ${hidden} AS largest_${i}`,
    `sum(abs(v_${i})) ${hidden} AS magnitude_${i}`,
    ...extremes(i, `f_${i}`),
  ];
}

/** Contributions per group and person. */
function personsSql(plan: FiguresPlan, to: Parameters): string {
  const keys = plan.keys.map((_, i) => `k_${i}`);
  const count = [
    "count(*) FILTER (WHERE e) AS n",
    "count(*) FILTER (WHERE NOT e) AS p",
    "sum(cell_key) FILTER (WHERE NOT e) AS key",
  ];
  const measures = plan.measures.flatMap((_, i) => {
    const [exact, hidden] = [`FILTER (WHERE f_${i})`, `FILTER (WHERE NOT f_${i} AND x_${i} IS NOT NULL)`];
    return [
      `sum(v_${i}) ${exact} AS s_${i}`,
      `count(x_${i}) ${exact} AS n_${i}`,
      `sum(v_${i}) ${hidden} AS sp_${i}`,
      `count(*) ${hidden} AS p_${i}`,
      `sum(cell_key) ${hidden} AS key_${i}`,
      `bool_and(f_${i}) AS all_${i}`,
      `min(x_${i}) AS min_${i}`,
      `max(x_${i}) AS max_${i}`,
    ];
  });
  return `SELECT ${[...keys, ...count, ...measures].join(", ")} FROM (${rowsSql(plan, to)}) d GROUP BY ${[...keys, "person"].join(", ")}`;
}

/** The rows that enter: keys, exactness, secret key, person, and each measure where it is readable. */
function rowsSql(plan: FiguresPlan, to: Parameters): string {
  const { row } = plan.source;
  const keys = plan.keys.map((key, i) => `${keySql(row, key)} AS k_${i}`);
  const exact = isProtected(plan)
    ? [`${predicateSql(plan.exact, to)} AS e`, `${column(row, "cell_key")} AS cell_key`, ...personOf(plan)]
    : [];
  const measures = plan.measures.flatMap((m, i) => [
    `${measureSql(row, m, to)} AS x_${i}`,
    `${isNumeric(m.field.kind) ? measureSql(row, m, to) : "NULL::numeric"} AS v_${i}`, // days have no sum
    `${predicateSql(m.full, to)} AS f_${i}`,
  ]);
  const selected = [...keys, ...exact, ...measures].join(", ") || "1 AS one";
  const grouped = plan.keys.filter((k) => k.is !== "territory").map((k) => k.readable);
  const condition = and(plan.source.base, plan.where, ...(grouped as Predicate[]));
  return `SELECT ${selected} FROM ${fromSql(plan.source, to)} WHERE ${whereSql(condition, to)}`;
}

function personOf(plan: FiguresPlan): string[] {
  if (!plan.person) return [];
  const { row } = plan.source;
  return [`coalesce(${column(row, plan.person.column)}::text, ${column(row, "id")}::text) AS person`];
}

function measureSql(row: string, measure: Measure, to: Parameters): string {
  const own = column(row, measure.field.column);
  if (measure.readable.is === "true") return own;
  return `(CASE WHEN ${predicateSql(measure.readable, to)} THEN ${own} END)`;
}

/** A group key: a field, a year or month of it, or the ancestor at a level, null above it. */
function keySql(row: string, key: GroupKey): string {
  if (key.is === "territory") {
    const territory = column(row, "territory");
    const rest = "0".repeat(12 - key.digits);
    const own =
      key.digits === 12
        ? `right(${territory}, 3) <> '000'`
        : `substr(${territory}, ${PARENT_DIGITS[key.digits]! + 1}, ${key.digits - PARENT_DIGITS[key.digits]!}) !~ '^0+$'`;
    return `(CASE WHEN ${own} THEN left(${territory}, ${key.digits}) || '${rest}' END)`;
  }
  const own = column(row, key.field.column);
  const local = key.field.kind === "datetime" ? `(${own} AT TIME ZONE 'Asia/Shanghai')` : own;
  if (key.is === "year") return `extract(year FROM ${local})::int`;
  return key.is === "month" ? `to_char(${local}, 'YYYY-MM')` : own;
}

const PARENT_DIGITS: Record<number, number> = { 4: 2, 6: 4, 9: 6, 12: 9 };

const COMPARE: Record<string, string> = { eq: "=", ne: "<>", lt: "<", lte: "<=", gt: ">", gte: ">=" };

function havingSql(plan: FiguresPlan, test: FiguresPlan["having"][number], to: Parameters): string {
  const own = `p.${figureColumn(plan, test.figure)}`;
  const field = plan.measures.find((m) => m.field.name === test.figure.field)?.field;
  const cast = !field
    ? "bigint"
    : test.figure.kind === "min" || test.figure.kind === "max"
      ? castOf(field)
      : "numeric";
  // A figure that is missing or suppressed passes no test, this one included.
  if (test.op === "isNull") return test.value ? "FALSE" : `(${own} IS NOT NULL)`;
  if (test.op === "in") return `(${own} = ANY(${to.bind(test.value, `${cast}[]`)}))`;
  if (test.op === "notIn")
    return `(${own} IS NOT NULL AND ${own} <> ALL(${to.bind(test.value, `${cast}[]`)}))`;
  return `(${own} ${COMPARE[test.op]} ${to.bind(test.value, cast)})`;
}

function figureColumn(plan: FiguresPlan, figure: FigureRef): string {
  if (figure.kind === "count") return "count";
  return `${figure.kind}_${plan.measures.findIndex((m) => m.field.name === figure.field)}`;
}

/** The order asked, then by key; null and suppressed figures last in either direction. */
function orderSql(plan: FiguresPlan): string {
  const keyOrder = (i: number, direction: string) => {
    const key = plan.keys[i] as GroupKey;
    const text = key.is === "field" && key.field.kind === "text" ? ' COLLATE "zh-Hans-x-icu"' : "";
    return `p.k_${i}${text} ${direction} NULLS LAST`;
  };
  const asked = plan.order.map((o) => {
    const direction = o.descending ? "DESC" : "ASC";
    if (o.figure) return `p.${figureColumn(plan, o.figure)} ${direction} NULLS LAST`;
    return keyOrder(
      plan.keys.findIndex((k) => k.name === o.key),
      direction,
    );
  });
  const all = [...asked, ...plan.keys.map((_, i) => keyOrder(i, "ASC"))];
  return all.length > 0 ? ` ORDER BY ${all.join(", ")}` : "";
}

function groupPartSql(plan: FiguresPlan, part: GroupPart): string {
  switch (part.is) {
    case "typename":
      return literal(JSON.stringify(part.name));
    case "count":
      return "coalesce(g.count::text, 'null')";
    case "suppressed":
      return `CASE WHEN ${suppressedSql(plan)} THEN 'true' ELSE 'false' END`;
    case "key":
      return objectSql(
        part.of.map((k) => [
          k.key,
          k.name === "__typename" ? literal(JSON.stringify(part.type)) : keyJson(plan, k.name),
        ]),
      );
    case "figure":
      return objectSql(
        part.of.map((f) => [
          f.key,
          f.field === "__typename"
            ? literal(JSON.stringify(part.type))
            : figureJson(plan, { kind: part.kind, field: f.field }),
        ]),
      );
  }
}

function keyJson(plan: FiguresPlan, name: string): string {
  const i = plan.keys.findIndex((k) => k.name === name);
  const key = plan.keys[i];
  if (!key) return "'null'";
  const json =
    key.is === "field"
      ? jsonSql(key.field, `g.k_${i}`)
      : key.is === "year"
        ? `g.k_${i}::text`
        : `to_json(g.k_${i})::text`;
  return `coalesce(${json}, 'null')`;
}

function figureJson(plan: FiguresPlan, figure: FigureRef): string {
  const field = plan.measures.find((m) => m.field.name === figure.field)?.field as FieldEntry;
  const own = `g.${figureColumn(plan, figure)}`;
  const extreme = figure.kind === "min" || figure.kind === "max";
  const json = extreme
    ? jsonSql(field, own)
    : field.kind === "decimal"
      ? `('"' || round(${own}::numeric, 2)::text || '"')`
      : `trim_scale(${own}::numeric)::text`;
  return `coalesce(${json}, 'null')`;
}

/** True where the count or a figure that was asked for is suppressed. */
function suppressedSql(plan: FiguresPlan): string {
  if (!isProtected(plan)) return "FALSE";
  const sums = plan.measures.flatMap((m, i) =>
    plan.used.some((u) => u.field === m.field.name && (u.kind === "sum" || u.kind === "avg"))
      ? [`g.hidden_${i}`]
      : [],
  );
  return `(${["g.count IS NULL", ...sums].join(" OR ")})`;
}
