/** One root field as one statement: its JSON text under the epoch it was decided at, with what its record counts. */
import type { RootPlan } from "../plan-types";
import { figuresSql } from "./figures";
import { listSql, rowSql, rowsByIdSql, rowsByNameSql } from "./rows";
import { Parameters, type Statement, statement } from "./statement";

/** Separates the answer's text from the numbers of its access record; JSON text never holds it raw. */
export const TRAILER = "\u0003";

/** The roots that need PostgreSQL. */
type Readable = Exclude<RootPlan, { is: "typename" | "nothing" | "refused" }>;

/** NULL instead of an answer where the epoch has moved (semantics 7). */
export function rootStatement(root: Readable, epoch: number): Statement {
  const to = new Parameters();
  const decided = to.bind(epoch, "bigint");
  const answer = answerSql(root, to);
  const text = `SELECT CASE WHEN (SELECT epoch FROM grant_epoch) = ${decided} THEN (${answer}) END`;
  return { ...statement(text, to), forValues: isLong(root), linked: root.linked };
}

/**
 * Rows of a list from which on it is planned for its values. Without them PostgreSQL takes every range of territories
 * for a two-hundredth of the rows: where a page is longer than that, it sorts a district's rows to read their beginning.
 */
const LONG = 100;

function isLong(root: Readable): boolean {
  return root.is === "list" && root.list.size >= LONG;
}

function answerSql(root: Readable, to: Parameters): string {
  switch (root.is) {
    case "one":
      return rowSql(root.row, to, TRAILER);
    case "rows":
      return rowsByIdSql(root.row, to, TRAILER);
    case "named":
      return rowsByNameSql(root.row, root.names, to, TRAILER);
    case "list":
      return listSql(root.list, to, TRAILER);
    case "figures":
      return figuresSql(root.figures, to, TRAILER);
  }
}
