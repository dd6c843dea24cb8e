/** Rows chosen from a source as SQL; from a report so that each figure is computed once, and only for rows that need it. */
import type { FieldEntry } from "../../declare";
import type { ComputedField, FiguresPlan, Limit, Source } from "../plan-types";
import { and, type Predicate, type Row, TRUE } from "../predicate";
import { tableSql, todaySql } from "./predicate";
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
  const inputs = (c: ComputedField): ComputedField[] =>
    c.is === "figure" ? [c] : computed.filter((i) => madeOf(c).includes(i.field)).flatMap(inputs);
  const plans = new Set(wanted.flatMap(inputs).flatMap((c) => (c.is === "figure" ? [c.plan] : [])));
  const set = `${row}_rows`;
  const joins = [...plans].map((plan, i) =>
    together ? togetherSql(plan, `${row}_${i}`, row, set, to) : eachSql(plan, `${row}_${i}`, to),
  );
  const places = new Map([...plans].map((plan, i) => [plan, joins[i] as Join]));
  const columns = wanted.map(
    (c) => `${computedSql({ computed, places, row, to }, c)} AS "${c.field.column}"`,
  );
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

/** Where computed fields are written: the others of their report, and the relations their figures stand in. */
interface Beside {
  readonly computed: readonly ComputedField[];
  readonly places: ReadonlyMap<FiguresPlan, Join>;
  readonly row: Row;
  readonly to: Parameters;
}

/** A computed field as an expression over the rows and the figures beside them. */
function computedSql(beside: Beside, wanted: ComputedField): string {
  switch (wanted.is) {
    case "figure":
      return besideOf(beside, wanted);
    case "ratio": {
      const [of, to] = [fieldSql(beside, wanted.of), fieldSql(beside, wanted.to)];
      return `round(${of}::numeric * ${wanted.per} / nullif(${to}, 0), 4)`;
    }
    case "total": {
      const parts = wanted.of.map(({ field, times }) => `${fieldSql(beside, field)}::numeric * (${times})`);
      const sum = `(${parts.join(" + ")})`;
      const least = wanted.least;
      // GREATEST takes NULL for nothing; what is not known is no shortfall of nought.
      return rounded(
        wanted.field,
        least === undefined ? sum : `CASE WHEN ${sum} < ${least} THEN ${least} ELSE ${sum} END`,
      );
    }
    case "test": {
      const of = fieldSql(beside, wanted.of);
      const tests = [
        ...(wanted.below === undefined ? [] : [`${of} < ${limitSql(beside, wanted.below)}`]),
        ...(wanted.above === undefined ? [] : [`${of} > ${limitSql(beside, wanted.above)}`]),
      ];
      return `(${tests.join(" OR ")})`;
    }
  }
}

function besideOf({ places }: Beside, wanted: ComputedField & { is: "figure" }): string {
  const { plan, figure, none } = wanted;
  const { name, grouped } = places.get(plan) as Join;
  const own = `${name}.${figureColumn(plan, figure)}`;
  if (figure.kind !== "count" && none === undefined) return own;
  const zero = wanted.field.kind === "decimal" ? "0.00" : "0";
  if (grouped) return `(CASE WHEN ${name}.k_0 IS NULL THEN ${zero} ELSE ${own} END)`;
  return figure.kind === "count" ? own : `(CASE WHEN ${name}.count = 0 THEN ${zero} ELSE ${own} END)`;
}

/** Another field of the report: computed itself, or one of the rows'. */
function fieldSql(beside: Beside, field: FieldEntry): string {
  const input = beside.computed.find((c) => c.field === field);
  return input ? computedSql(beside, input) : column(beside.row, field.column);
}

function limitSql(beside: Beside, limit: Limit): string {
  if (typeof limit === "number") return String(limit);
  if (typeof limit === "string") return beside.to.bind(limit, "date");
  return "today" in limit ? todaySql(limit) : fieldSql(beside, limit);
}

/** As its kind is stored. */
function rounded({ kind }: FieldEntry, sql: string): string {
  if (kind === "int") return `round(${sql})::bigint`;
  return `round(${sql}, ${kind === "decimal" ? 2 : 4})`;
}

/** Fields of the report that a computed one is made of. */
function madeOf(made: ComputedField): FieldEntry[] {
  switch (made.is) {
    case "figure":
      return [];
    case "ratio":
      return [made.of, made.to];
    case "total":
      return made.of.map(({ field }) => field);
    case "test":
      return [made.of, made.below, made.above].filter(
        (l): l is FieldEntry => typeof l === "object" && "column" in l,
      );
  }
}
