/** Groups of figures as JSON text: keys, counts and figures as they are published. */
import type { FieldEntry } from "../../declare";
import type { FigureRef, FiguresPlan, GroupPart } from "../plan-types";
import { isProtected } from "./cells";
import { figureColumn } from "./published";
import { literal } from "./statement";
import { jsonSql, objectSql } from "./value";

/** JSON text of one part of a group `g`. */
export function groupPartSql(plan: FiguresPlan, part: GroupPart): string {
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
export function suppressedSql(plan: FiguresPlan): string {
  if (!isProtected(plan)) return "FALSE";
  const sums = plan.measures.flatMap((m, i) =>
    plan.used.some((u) => u.field === m.field.name && (u.kind === "sum" || u.kind === "avg"))
      ? [`g.hidden_${i}`]
      : [],
  );
  return `(${["g.count IS NULL", ...sums].join(" OR ")})`;
}
