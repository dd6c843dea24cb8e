/** One root field as one statement: its JSON text under the epoch it was decided at, with what its record counts. */
import type { RootPlan } from "../plan-types";
import { figuresSql } from "./figures";
import { listSql, rowSql } from "./rows";
import { Parameters, type Statement, statement } from "./statement";

/** Separates the answer's text from the numbers of its access record; JSON text never holds it raw. */
export const TRAILER = "\u0003";

/** NULL instead of an answer where the epoch has moved (semantics 7). */
export function rootStatement(
  root: Exclude<RootPlan, { is: "typename" | "nothing" | "refused" }>,
  epoch: number,
): Statement {
  const to = new Parameters();
  const decided = to.bind(epoch, "bigint");
  const answer =
    root.is === "one"
      ? oneSql(rowSql(root.row, to))
      : root.is === "list"
        ? listSql(root.list, to, TRAILER)
        : figuresSql(root.figures, to, TRAILER);
  return statement(`SELECT CASE WHEN (SELECT epoch FROM grant_epoch) = ${decided} THEN (${answer}) END`, to);
}

function oneSql(row: string): string {
  return `SELECT a || '${TRAILER}' || CASE WHEN a = 'null' THEN '0' ELSE '1' END FROM (SELECT ${row} AS a) one`;
}
