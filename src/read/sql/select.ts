/** Rows chosen from a source as SQL; from a report so that each figure is computed once, and only for rows that need it. */
import type { ComputedField, FiguresPlan, Source } from "../plan-types";
import { and, type Predicate, type Row, TRUE } from "../predicate";
import { tableSql } from "./predicate";
import { figureColumn, publishedSql } from "./published";
import { column, type Parameters } from "./statement";

/** Conditions that must all hold, and how rows are ordered and cut. */
export interface Choice {
  readonly conditions: readonly string[];
  readonly order?: string;
  readonly limit?: number;
}

type Report = NonNullable<Source["report"]>;

/**
 * Rows of a page for which figures are computed each by itself: a tenth cheaper than one pass where the inputs of a row
 * lie side by side. For all rows of a report one pass is surer, which reads scattered inputs in the order they lie in.
 */
const EACH = 1_001;

/** SELECT of `columns` from the rows of a source that a choice leaves. */
export function selectSql(source: Source, columns: string, choice: Choice, to: Parameters): string {
  if (!source.report) return `SELECT ${columns} FROM ${tableSql(source, to)}${ending(choice)}`;
  return reportSql(source, source.report, columns, choice, to);
}

/** The rows of a report with all that is computed beside them. */
export function reportFrom(source: Source, report: Report, to: Parameters): string {
  const rows = `SELECT ${report.rows.row}.* FROM ${tableSql(report.rows, to)}`;
  return `(${besideSql(report, report.computed, rows, false, to)}) ${source.row}`;
}

function ending({ conditions, order, limit }: Choice): string {
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "";
  return `${where}${order ? ` ${order}` : ""}${limit === undefined ? "" : ` LIMIT ${limit}`}`;
}

/** Rows are chosen before their figures are computed, except by the figures themselves. */
function reportSql(
  source: Source,
  report: Report,
  columns: string,
  { conditions, order = "", limit }: Choice,
  to: Parameters,
): string {
  const named = (sql: string) =>
    report.computed.filter((c) => sql.includes(column(source.row, c.field.column)));
  const late = conditions.filter((sql) => named(sql).length > 0);
  const early = conditions.filter((sql) => named(sql).length === 0);
  const wanted = named([columns, ...late, order].join(" "));
  const table = tableSql(report.rows, to);
  if (wanted.length === 0) return `SELECT ${columns} FROM ${table}${ending({ conditions, order, limit })}`;
  const cutFirst = limit !== undefined && late.length === 0 && named(order).length === 0;
  const first = cutFirst ? { conditions: early, order, limit } : { conditions: early };
  const rows = `SELECT ${source.row}.* FROM ${table}${ending(first)}`;
  const beside = besideSql(report, wanted, rows, !cutFirst || limit > EACH, to);
  const last = { conditions: late, order, limit: cutFirst ? undefined : limit };
  return `SELECT ${columns} FROM (${beside}) ${source.row}${ending(last)}`;
}

/** Rows with columns for what is computed; figures of one plan share one pass over its rows. */
function besideSql(
  { rows: { row }, computed }: Report,
  wanted: readonly ComputedField[],
  rows: string,
  together: boolean,
  to: Parameters,
): string {
  const inputs = (c: ComputedField) =>
    c.is === "ratio" ? computed.filter((i) => i.field === c.of || i.field === c.to) : [c];
  const plans = new Set(wanted.flatMap(inputs).flatMap((c) => (c.is === "figure" ? [c.plan] : [])));
  const set = `${row}_rows`;
  const joins = [...plans].map((plan, i) =>
    together ? togetherSql(plan, `${row}_${i}`, row, set, to) : eachSql(plan, `${row}_${i}`, to),
  );
  const places = new Map([...plans].map((plan, i) => [plan, joins[i] as Join]));
  const columns = wanted.map((c) => `${computedSql(computed, places, row, c)} AS "${c.field.column}"`);
  const selected = [`${row}.*`, ...columns].join(", ");
  const beside = joins.map((join) => ` LEFT JOIN ${join.sql}`).join("");
  if (!together) return `SELECT ${selected} FROM (${rows}) ${row}${beside}`;
  return `WITH ${set} AS (${rows}) SELECT ${selected} FROM ${set} ${row}${beside}`;
}

/** A relation of figures joined to the rows, under a name of its own. */
interface Join {
  readonly name: string;
  readonly sql: string;
  /** Groups by the rows' key: a row without a group has a count of 0. */
  readonly grouped: boolean;
}

function eachSql(plan: FiguresPlan, name: string, to: Parameters): Join {
  return { name, sql: `LATERAL (${publishedSql(plan, to)}) ${name} ON TRUE`, grouped: false };
}

/** The figures of all rows of the set at once, grouped by what joins them to the rows. */
function togetherSql(plan: FiguresPlan, name: string, row: Row, set: string, to: Parameters): Join {
  const parts = plan.source.base.is === "and" ? plan.source.base.of : [plan.source.base];
  const join = parts.find((p) => p.is === "joined" && p.left === row);
  if (join?.is !== "joined") return eachSql(plan, name, to);
  const { here, there, right } = join;
  const among: Predicate = { is: "among", row: right, field: there, set, here };
  const grouped: FiguresPlan = {
    ...plan,
    source: { ...plan.source, base: and(...parts.map((p) => (p === join ? among : p))) },
    keys: [{ is: "field", name: there.name, field: there, readable: TRUE }],
  };
  const on = `${name}.k_0 = ${column(row, here.column)}`;
  return { name, sql: `(${publishedSql(grouped, to)}) ${name} ON ${on}`, grouped: true };
}

/** A computed field as an expression over the rows and the figures beside them. */
function computedSql(
  computed: readonly ComputedField[],
  places: ReadonlyMap<FiguresPlan, Join>,
  row: Row,
  wanted: ComputedField,
): string {
  if (wanted.is === "ratio") {
    const [of, to] = [wanted.of, wanted.to].map((field) => {
      const input = computed.find((c) => c.field === field);
      return input ? computedSql(computed, places, row, input) : column(row, field.column);
    });
    return `round(${of}::numeric * ${wanted.per} / nullif(${to}, 0), 4)`;
  }
  const { name, grouped } = places.get(wanted.plan) as Join;
  const own = `${name}.${figureColumn(wanted.plan, wanted.figure)}`;
  const none = grouped && wanted.figure.kind === "count";
  return none ? `(CASE WHEN ${name}.k_0 IS NULL THEN 0 ELSE ${own} END)` : own;
}
