/** Predicates as SQL: every operator parenthesised, three-valued unless asked for what is TRUE. */
import {
  coarser,
  type FieldEntry,
  isToday,
  type Operator,
  prefixesIn,
  type Range,
  type Today,
} from "../../declare";
import { rowTestSql } from "../../declare/row-test";
import type { Source } from "../plan-types";
import type { Predicate, Row } from "../predicate";
import { mapped } from "../slot";
import { findingsSql } from "./findings";
import { reportFrom } from "./select";
import { column, literal, type Parameters } from "./statement";

/** SQL that is TRUE exactly where the predicate is TRUE; elsewhere FALSE or NULL. For WHERE, where both mean no row. */
export function whereSql(p: Predicate, to: Parameters): string {
  if (p.is === "and") return `(${p.of.map((q) => whereSql(q, to)).join(" AND ")})`;
  if (p.is === "or") return `(${p.of.map((q) => whereSql(q, to)).join(" OR ")})`;
  if (p.is === "when") return `(${whereSql(p.readable, to)} AND ${whereSql(p.then, to)})`;
  if (p.is === "within" && !p.asked) return indexableSql(column(p.row, "territory"), p.ranges);
  return predicateSql(p, to);
}

/** The same as conditions that must all hold. */
export function conditionsSql(p: Predicate, to: Parameters): string[] {
  const parts = p.is === "and" ? p.of : [p];
  return parts.map((part) => {
    const outer = part.is === "within" && !part.asked && territoryOutside(part.row, parts);
    return outer ? withinSql(outer, part.ranges) : whereSql(part, to);
  });
}

/** The column of the row above to which this row's territory is joined: compared once and not for each row here. */
function territoryOutside(row: Row, parts: readonly Predicate[]): string | undefined {
  const join = parts.find((p) => p.is === "joined" && p.right === row && p.there.column === "territory");
  return join?.is === "joined" ? column(join.left, join.here.column) : undefined;
}

/** SQL with the predicate's three values. */
export function predicateSql(p: Predicate, to: Parameters): string {
  switch (p.is) {
    case "true":
      return "TRUE";
    case "false":
      return "FALSE";
    case "unknown":
      return "NULL::boolean";
    case "and":
      return `(${p.of.map((q) => predicateSql(q, to)).join(" AND ")})`;
    case "or":
      return `(${p.of.map((q) => predicateSql(q, to)).join(" OR ")})`;
    case "not":
      return `(NOT ${predicateSql(p.of, to)})`;
    case "when":
      return `(CASE WHEN ${predicateSql(p.readable, to)} THEN ${predicateSql(p.then, to)} END)`;
    case "within":
      return p.asked === undefined
        ? withinSql(column(p.row, "territory"), p.ranges)
        : rangesSql(column(p.row, "territory"), [boundTo(p.asked, to)]);
    case "compare":
      return compareSql(p.row, p.field, p.op, p.value, to);
    case "holds":
      return heldSql(p);
    case "retired":
      return `(${column(p.row, "retired_at")} IS NOT NULL)`;
    case "joined":
      return `(${column(p.left, p.here.column)} = ${column(p.right, p.there.column)})`;
    case "among":
      return `(${column(p.row, p.field.column)} = ANY(ARRAY(SELECT ${column(p.set, p.here.column)} FROM ${p.set})))`;
    case "exists":
      return existsSql(p.source, p.where, p.other, to);
  }
}

function existsSql(source: Source, where: Predicate, other: boolean, to: Parameters): string {
  const condition = other ? `(${predicateSql(where, to)}) IS NOT TRUE` : whereSql(where, to);
  return `EXISTS (SELECT 1 FROM ${fromSql(source, to)} WHERE ${whereSql(source.base, to)} AND ${condition})`;
}

/** What the rows of a source are read from; of a report with its computed fields. */
export function fromSql(source: Source, to: Parameters): string {
  return source.report ? reportFrom(source, source.report, to) : tableSql(source, to);
}

/** The table of a source, or its versions in force at an instant. */
export function tableSql(source: Source, to: Parameters): string {
  const { dataset, row, asOf, versions, findings } = source;
  if (findings) return `${findingsSql(source, findings, to)} ${row}`;
  if (!asOf && !versions) return `"${dataset.table}" ${row}`;
  return `${judgedSql(source, versionsSql(source, to))} ${row}`;
}

function versionsSql(source: Source, to: Parameters): string {
  const { table } = source.dataset;
  const columns = storedColumns(source);
  const [current, past] = [`SELECT ${columns} FROM "${table}"`, `SELECT ${columns} FROM "${table}_history"`];
  if (source.versions) return `${current} UNION ALL ${past}`;
  const at = to.bind(source.asOf, "timestamptz");
  return `${current} WHERE changed_at <= ${at} UNION ALL ${past} WHERE changed_at <= ${at} AND superseded_at > ${at}`;
}

/**
 * Versions with what is so now beside them. Joined, so that each is looked up once however often it is asked about; a
 * row that is gone leaves null and so closes.
 */
function judgedSql({ present = [] }: Source, versions: string): string {
  if (present.length === 0) return `(${versions})`;
  const open = present.map((p) => `${column(p.column, "id")} AS ${p.column}`);
  const joins = present.map(
    (p) =>
      `LEFT JOIN "${p.table}" ${p.column} ON ${column(p.column, "id")} = ${column("v", p.by)} AND NOT ${rowTestSql(p.column, p.test)}`,
  );
  return `(SELECT v.*, ${open.join(", ")} FROM (${versions}) v ${joins.join(" ")})`;
}

function storedColumns({ dataset }: Source): string {
  const stored = dataset.fields.flatMap((f) => [
    f.column,
    ...(f.encrypted
      ? [`${f.column}_masked`, `${f.column}_hash`]
      : f.mask === "ADDRESS"
        ? [`${f.column}_masked`]
        : []),
  ]);
  return [...stored, ...(dataset.protected ? ["cell_key"] : [])].map((c) => `"${c}"`).join(", ");
}

/** Ranges that are compared one by one; more are sought by their prefixes, of which PostgreSQL makes a hash table. */
const FEW = 4;
/** Prefixes worth naming. */
const MOST_PREFIXES = 2_000;

/** A right's ranges. */
function withinSql(territory: string, ranges: readonly Range[]): string {
  const prefixes = ranges.length > FEW ? prefixesIn(ranges) : undefined;
  if (!prefixes || [...prefixes.values()].flat().length > MOST_PREFIXES)
    return rangesSql(territory, ranges.map(literally));
  // Constants: of a parameter PostgreSQL makes no hash table.
  const sought = [...prefixes].map(
    ([length, codes]) => `left(${territory}, ${length}) = ANY('{${codes.join()}}'::text[])`,
  );
  return `(${sought.join(" OR ")})`;
}

/** The same, with a few ranges around them that an index can find. */
function indexableSql(territory: string, ranges: readonly Range[]): string {
  const exact = withinSql(territory, ranges);
  if (ranges.length <= FEW) return exact;
  return `(${rangesSql(territory, coarser(ranges, FEW).map(literally))} AND ${exact})`;
}

/** Half-open ranges in C collation. */
function rangesSql(territory: string, ranges: readonly Range[]): string {
  return `(${ranges.map((r) => `(${territory} >= ${r.from} AND ${territory} < ${r.to})`).join(" OR ")})`;
}

/** A right's own codes. */
function literally({ from, to }: Range): Range {
  return { from: literal(from), to: literal(to) };
}

/** A client's codes. */
function boundTo(asked: unknown, to: Parameters): Range {
  const end = (name: keyof Range) =>
    to.bind(
      mapped(asked, (range) => (range as Range)[name]),
      "text",
    );
  return { from: end("from"), to: end("to") };
}

const CASTS: Record<FieldEntry["kind"], string> = {
  text: "text",
  code: "text",
  enum: "text",
  enumList: "text",
  int: "int",
  decimal: "numeric",
  float: "numeric",
  boolean: "boolean",
  date: "date",
  datetime: "timestamptz",
  reference: "uuid",
};

/** The SQL type in which values of a field are compared. */
export function castOf(field: FieldEntry): string {
  return field.encrypted ? "bytea" : CASTS[field.kind];
}

const SIGNS: Partial<Record<Operator, string>> = {
  eq: "=",
  ne: "<>",
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
};

function compareSql(row: Row, field: FieldEntry, op: Operator, value: unknown, to: Parameters): string {
  const own = column(row, field.encrypted && op !== "isNull" ? `${field.column}_hash` : field.column);
  const cast = castOf(field);
  switch (op) {
    case "isNull":
      return value ? `(${own} IS NULL)` : `(${own} IS NOT NULL)`;
    case "in":
      return `(${own} = ANY(${to.bind(value, `${cast}[]`)}))`;
    case "notIn":
      return `(CASE WHEN ${own} IS NOT NULL THEN ${own} <> ALL(${to.bind(value, `${cast}[]`)}) END)`;
    case "contains":
      if (field.kind === "enumList") return `(${to.bind(value, "text")} = ANY(${own}))`;
      return `(${own} LIKE ${to.bind(
        mapped(value, (v) => `%${escapeLike(v)}%`),
        "text",
      )})`;
    case "startsWith":
      return `(${own} LIKE ${to.bind(
        mapped(value, (v) => `${escapeLike(v)}%`),
        "text",
      )})`;
    default:
      return `(${own} ${SIGNS[op]} ${isToday(value) ? todaySql(value) : to.bind(value, cast)})`;
  }
}

/** A day that a declaration counts from today. */
export function todaySql({ today }: Today): string {
  return `((now() AT TIME ZONE 'Asia/Shanghai')::date + (${today}))`;
}

function escapeLike(value: unknown): string {
  return String(value).replace(/[\\%_]/g, "\\$&");
}

/** A row condition, in the row, and in the rows as they are now that a version is judged on too. */
function heldSql({ row, test, now = [] }: Predicate & { is: "holds" }): string {
  const holds = [rowTestSql(row, test), ...now.map((name) => `(${column(row, name)} IS NULL)`)];
  return holds.length === 1 ? (holds[0] as string) : `(${holds.join(" OR ")})`;
}
