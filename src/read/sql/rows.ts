/** Rows, lists and pages as SQL that builds their JSON text. */
import { createHash } from "node:crypto";
import type {
  Cell,
  ConnectionPart,
  EdgePart,
  ListPlan,
  Names,
  PageInfoPart,
  RowPlan,
  Source,
} from "../plan-types";
import { and } from "../predicate";
import { disputedSql } from "./disputed";
import { figuresSql } from "./figures";
import { beyondSql, cursorSql, orderSql } from "./order";
import { castOf, conditionsSql, fromSql, whereSql } from "./predicate";
import { type Choice, selectSql } from "./select";
import { column, literal, type Parameters } from "./statement";
import { concatSql, fieldSql, joinSql, objectPieces, objectSql, type Piece } from "./value";

/** JSON text of one row or `null`; with a trailer, it and the number of rows follow the text. */
export function rowSql(plan: RowPlan, to: Parameters, trailer?: string): string {
  const { source, where, cells } = plan;
  const condition = and(source.base, where);
  const none = literal(trailer ? `null${trailer}0` : "null");
  if (condition.is === "false") return none;
  const json = objectSql(membersOf(source, cells, to), trailer && `${trailer}1`);
  const choice: Choice = { conditions: conditionsSql(condition, to), limit: 1 };
  return `coalesce((${selectSql(source, json, choice, to)}), ${none})`;
}

/** `{"<uuid>": row, …}` of the rows a plan finds: the objects exit's batch. */
export function rowsByIdSql(plan: RowPlan, to: Parameters, trailer: string): string {
  const { source, where, cells } = plan;
  const member = concatSql([`('"' || ${column(source.row, "id")} || '":')`, cellsSql(source, cells, to)]);
  const text = concatSql(["'{'", `string_agg(${member}, ',')`, literal(`}${trailer}`), "count(*)"]);
  return `SELECT ${text} FROM ${fromSql(source, to)} WHERE ${whereSql(and(source.base, where), to)}`;
}

/** `{"<place from 1>": row, …}` of the rows that names find. */
export function rowsByNameSql(
  { source, where, cells }: RowPlan,
  { by, values }: Names,
  to: Parameters,
  trailer: string,
): string {
  const lists = by.map((field, i) => to.bind(values[i], `${castOf(field)}[]`));
  const named = `unnest(${lists.join(", ")}) WITH ORDINALITY AS name(${by.map((_, i) => `n${i}`).join(", ")}, at)`;
  const on = by.map((field, i) => `${column(source.row, field.column)} = name.n${i}`).join(" AND ");
  const member = concatSql([`('"' || name.at || '":')`, cellsSql(source, cells, to)]);
  const text = concatSql(["'{'", `string_agg(${member}, ',')`, literal(`}${trailer}`), "count(*)"]);
  const condition = whereSql(and(source.base, where), to);
  return `SELECT ${text} FROM ${named} JOIN ${fromSql(source, to)} ON ${on} WHERE ${condition}`;
}

function cellsSql(source: Source, cells: readonly Cell[], to: Parameters): string {
  return objectSql(membersOf(source, cells, to));
}

function membersOf(source: Source, cells: readonly Cell[], to: Parameters): [string, string | Piece[]][] {
  return cells.map((cell) => [cell.key, cellSql(source, cell, to)]);
}

/** JSON text of one cell; never NULL. */
export function cellSql(source: Source, cell: Cell, to: Parameters): string | Piece[] {
  switch (cell.is) {
    case "typename":
      return literal(JSON.stringify(cell.name));
    case "field":
      return fieldSql(source, cell, to);
    case "disputed":
      return disputedSql(source, cell, to);
    case "one":
      return rowSql(cell.row, to);
    case "list":
      return listSql(cell.list, to);
    case "figures":
      return figuresSql(cell.figures, to);
  }
}

/** One JSON text per row, in order, without a page's limit unless one is asked for: the hub's own look-ups. */
export function streamSql(
  plan: ListPlan,
  cells: readonly Cell[],
  limit: number | undefined,
  to: Parameters,
): string {
  const json = cellsSql(plan.source, cells, to);
  return `SELECT ${json} FROM (${orderedSql(plan, json, limit, to)}) ${plan.source.row}`;
}

/**
 * JSON text of a connection. One look over one row more than the page tells whether there is a next one.
 * With a trailer, it and the number of rows shown follow the text.
 */
export function listSql(plan: ListPlan, to: Parameters, trailer?: string): string {
  const needed = neededOf(plan.parts);
  const object = objectPieces(plan.parts.map((part) => [part.key, partSql(plan, part, to)]));
  if (!needed.page) return joinSql(trailer ? [...object, { text: `${trailer}0` }] : object);
  const shown = trailer ? [{ text: trailer }, { sql: "page.shown" }] : [];
  return `(SELECT ${joinSql([...object, ...shown])} FROM (${pageSql(plan, needed, to)}) page)`;
}

/** What of the page the parts need; each `nodes` or `edges` is one aggregated column. */
interface Needed {
  readonly page: boolean;
  /** Whether there are more rows: look for one beyond the page. */
  readonly more: boolean;
  /** The cursors at both ends. */
  readonly ends: boolean;
  readonly columns: readonly (ConnectionPart & { is: "nodes" | "edges" })[];
}

function neededOf(parts: readonly ConnectionPart[]): Needed {
  const columns = parts.filter((p) => p.is === "nodes" || p.is === "edges");
  const info = parts.flatMap((p) => (p.is === "pageInfo" ? p.parts.map(({ name }) => name) : []));
  const more = info.some((name) => name === "hasNextPage" || name === "hasPreviousPage");
  const ends = info.some((name) => name === "startCursor" || name === "endCursor");
  return { page: columns.length > 0 || more || ends, more, ends, columns };
}

function partSql(plan: ListPlan, part: ConnectionPart, to: Parameters): string | Piece[] {
  switch (part.is) {
    case "typename":
      return literal(JSON.stringify(part.name));
    case "nodes":
    case "edges":
      return [{ text: "[" }, { sql: `page.${nameOf(part.key)}` }, { text: "]" }];
    case "pageInfo":
      return objectSql(part.parts.map((p) => [p.key, pageInfoSql(plan, p)]));
    case "totalCount":
      return totalSql(plan, to);
  }
}

/** PostgreSQL cuts names at 63 bytes: long keys that begin alike must still differ. */
function nameOf(key: string): string {
  return key.length <= 60
    ? `"c_${key}"`
    : `"h_${createHash("sha256").update(key).digest("hex").slice(0, 40)}"`;
}

function totalSql(plan: ListPlan, to: Parameters): string {
  const condition = and(plan.source.base, plan.where);
  if (condition.is === "false") return "'0'";
  return `(${selectSql(plan.source, "count(*)::text", { conditions: conditionsSql(condition, to) }, to)})`;
}

function pageInfoSql(plan: ListPlan, part: PageInfoPart): string {
  const more = "CASE WHEN page.more THEN 'true' ELSE 'false' END";
  const came = plan.from ? "'true'" : "'false'";
  switch (part.name) {
    case "__typename":
      return `'"PageInfo"'`;
    case "hasNextPage":
      return plan.backward ? came : more;
    case "hasPreviousPage":
      return plan.backward ? more : came;
    case "startCursor":
      return "coalesce(page.starts, 'null')";
    case "endCursor":
      return "coalesce(page.ends, 'null')";
  }
}

/** The page as one row: the wanted columns, its first and last cursor, and whether more follows. */
function pageSql(plan: ListPlan, needed: Needed, to: Parameters): string {
  const { backward, size } = plan;
  const inPage = needed.more ? ` FILTER (WHERE n <= ${size})` : "";
  // Beside an aggregate with an order of its own, one without gets its rows in that order, not in theirs.
  const sorted = backward ? " ORDER BY n DESC" : needed.ends ? " ORDER BY n" : "";
  const lists = needed.columns.map(
    (part, i) => `string_agg(i${i}, ','${sorted})${inPage} AS ${nameOf(part.key)}`,
  );
  lists.push(`count(*)${inPage} AS shown`);
  if (needed.more) lists.push(`count(*) > ${size} AS more`);
  if (needed.ends) lists.push(...endsSql(backward, inPage));
  return `SELECT ${lists.join(", ")} FROM (${itemsSql(plan, needed, to)}) items`;
}

/** The first and the last cursor of the page. */
function endsSql(backward: boolean, inPage: string): string[] {
  const nearest = `(array_agg(cursor ORDER BY n)${inPage})[1]`;
  const farthest = `(array_agg(cursor ORDER BY n DESC)${inPage})[1]`;
  const [starts, ends] = backward ? [farthest, nearest] : [nearest, farthest];
  return [`${starts} AS starts`, `${ends} AS ends`];
}

/** One row per item, numbered away from where the page begins. JSON is built after the limit has cut. */
function itemsSql(plan: ListPlan, needed: Needed, to: Parameters): string {
  const { source, size } = plan;
  const items = needed.columns.map((part, i) => `${itemSql(plan, part, to)} AS i${i}`);
  const ends = needed.ends ? [`${cursorSql(plan, to)} AS cursor`] : [];
  // Said outright: a plan made for any limit would sort what an index has in order.
  const limit = needed.more ? size + 1 : size;
  const number = needed.more || needed.ends || plan.backward ? ["row_number() OVER () AS n"] : [];
  const selected = [...items, ...ends, ...number].join(", ");
  return `SELECT ${selected} FROM (${orderedSql(plan, selected, limit, to)}) ${source.row}`;
}

/** The rows of the list from its place on, in its order, with the columns that `selected` reads of them. */
export function orderedSql(
  plan: ListPlan,
  selected: string,
  limit: number | undefined,
  to: Parameters,
): string {
  const { source, where, from } = plan;
  const place = from ? [beyondSql(plan, from, to)] : [];
  const conditions = [...conditionsSql(and(source.base, where), to), ...place];
  const choice: Choice = { conditions, order: orderSql(plan, to), limit };
  return selectSql(source, columnsIn(selected, source.row), choice, to);
}

/** Columns of a row that an expression names: a sort carries each column of the row along, the unused ones too. */
function columnsIn(sql: string, row: string): string {
  const named = sql.matchAll(new RegExp(`\\b${row}\\."[^"]+"`, "g"));
  return [...new Set([...named].map(([name]) => name))].join(", ");
}

function itemSql(plan: ListPlan, part: Needed["columns"][number], to: Parameters): string {
  if (part.is === "nodes") return cellsSql(plan.source, part.cells, to);
  return objectSql(part.parts.map((p) => [p.key, edgeSql(plan, p, to)]));
}

function edgeSql(plan: ListPlan, part: EdgePart, to: Parameters): string {
  if (part.is === "cursor") return cursorSql(plan, to);
  return part.is === "node" ? cellsSql(plan.source, part.cells, to) : literal(JSON.stringify(part.name));
}
