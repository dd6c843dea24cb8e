/** An aggregate as SQL: its groups filtered, ordered and cut as they are published, and its JSON text (semantics 21, 22). */
import type { FiguresPart, FiguresPlan, GroupKey } from "../plan-types";
import { groupPartSql, suppressedSql } from "./groups";
import { castOf } from "./predicate";
import { figureColumn, publishedSql } from "./published";
import { literal, type Parameters } from "./statement";
import { concatSql, objectSql } from "./value";

/** JSON text of an aggregate; with a trailer, it and the numbers of rows and of suppressed groups follow the text. */
export function figuresSql(plan: FiguresPlan, to: Parameters, trailer?: string): string {
  const object = objectSql(plan.parts.map((part, i) => [part.key, partSql(part, i, to)]));
  const groups = plan.parts.flatMap((part, i) =>
    part.is === "groups" ? [`${groupsSql(plan, part)} AS a${i}`] : [],
  );
  if (groups.length === 0) return trailer ? concatSql([object, literal(`${trailer}0,0`)]) : object;
  const hidden = `count(*) FILTER (WHERE ${suppressedSql(plan)}) AS hidden`;
  const text = trailer ? concatSql([object, literal(`${trailer}0,`), "f.hidden"]) : object;
  return `(SELECT ${text} FROM (SELECT ${[...groups, hidden].join(", ")} FROM (${chosenSql(plan, to)}) g) f)`;
}

function partSql(part: FiguresPart, i: number, to: Parameters): string {
  if (part.is === "typename") return literal(JSON.stringify(part.name));
  if (part.is === "coverage") return to.bind(part.json, "text");
  return `concat('[', f.a${i}, ']')`;
}

function groupsSql(plan: FiguresPlan, part: FiguresPart & { is: "groups" }): string {
  return `string_agg(${objectSql(part.parts.map((p) => [p.key, groupPartSql(plan, p)]))}, ',')`;
}

/** The groups asked for: filtered, ordered and cut by the published figures only. */
function chosenSql(plan: FiguresPlan, to: Parameters): string {
  const having = plan.having.map((h) => havingSql(plan, h, to));
  const filter = having.length > 0 ? ` WHERE ${having.join(" AND ")}` : "";
  const order = orderSql(plan);
  return `SELECT p.* FROM (${publishedSql(plan, to)}) p${filter}${order} LIMIT ${to.bind(plan.first, "int")}`;
}

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
