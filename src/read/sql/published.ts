/** Figures as they are published: exact parts, protected parts with their noise, null where too few stand behind (semantics 15–18). */
import type { FieldEntry } from "../../declare";
import type { FigureRef, FiguresPlan, Measure } from "../plan-types";
import { cellsSql, isProtected, wanted } from "./cells";
import type { Parameters } from "./statement";

/** Fewest distinct persons a published cell may have (semantics 20). */
const K = 5;

/** Where a figure stands in a row of `publishedSql`. */
export function figureColumn(plan: FiguresPlan, figure: FigureRef): string {
  if (figure.kind === "count") return "count";
  return `${figure.kind}_${plan.measures.findIndex((m) => m.field.name === figure.field)}`;
}

/** One row per group: its keys, its published count, and the figures that are used. */
export function publishedSql(plan: FiguresPlan, to: Parameters): string {
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
  // Without protection every count is shown; one that nobody asks for is then not even taken.
  const shown = isProtected(plan) ? "count IS NOT NULL" : "TRUE";
  const extremes = (["min", "max"] as const).flatMap((kind) =>
    wanted(plan, measure, kind)
      ? [`CASE WHEN ${shown} AND all_${i} THEN ${kind}_of_${i} END AS ${kind}_${i}`]
      : [],
  );
  if (!wanted(plan, measure, "sum", "avg")) return extremes;
  const [sum, number] = isProtected(plan)
    ? [publishedSum(measure, i), publishedCount(`_${i}`)]
    : [`s_${i}`, `c_n_${i}`];
  const scale = measure.field.kind === "decimal" ? 2 : 4;
  const average = `CASE WHEN ${shown} AND ${number} > 0 THEN round((${sum})::numeric / (${number}), ${scale}) END`;
  return [
    ...(wanted(plan, measure, "sum") ? [`CASE WHEN ${shown} THEN ${sum} END AS sum_${i}`] : []),
    ...(wanted(plan, measure, "avg") ? [`${average} AS avg_${i}`] : []),
    `(${suppressedSum(plan, i)}) AS hidden_${i}`,
    ...extremes,
  ];
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
