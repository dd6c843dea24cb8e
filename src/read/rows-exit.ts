/** The rows exit: one root list as a stream of rows, without a page's limit, under the same plan and decision. */
import type { Pool, PoolClient } from "pg";
import type { Decisions } from "../access";
import { cancelStatement } from "../database/cancel";
import { HubError } from "../errors";
import { ask, type Question } from "./asked";
import type { Prepared } from "./compiled";
import type { Cell, ListPlan, Source } from "./plan-types";
import { badInput } from "./planning";
import type { Reader } from "./reader";
import { RowQuery } from "./row-query";
import { refusalOf } from "./sender";
import { type Column, isProtected, Parameters, rowsSql } from "./sql";

export interface RowStream {
  /** What the cells of each row are. */
  readonly columns: readonly Column[];
  readonly prepared: Prepared;
  readonly snapshot: Snapshot;
  /** Some of the cells are figures that are protected. */
  readonly isProtected: boolean;
  /** Rows as the bytes of PostgreSQL's wire, many at a time, to be read by `RowCells`; asking for the first sends the statement. */
  readonly rows: AsyncIterable<Buffer>;
  /** JSON text with its sealed values opened. */
  open(json: string): string;
  /** To be called in the end, whether the rows were read through, in part or not at all: stops the statement, gives the connection back. */
  close(): void;
}

/** The one state of the database that all rows are of. */
export interface Snapshot {
  readonly epoch: number;
  readonly at: Date;
}

/** Milliseconds beyond the statement's time: PostgreSQL cannot tell that it is over while nobody takes its rows. */
const GRACE = 2_000;

/** Opens the stream; refuses before the first byte, decides anew if rights have moved. */
export async function openRows(
  reader: Reader,
  pool: Pool,
  question: Question,
  decisions: Decisions,
  { marks = false }: { /** Tell withheld cells from empty ones. */ readonly marks?: boolean } = {},
): Promise<RowStream> {
  const { fields } = ask(reader.schema, question);
  const limit = limitOf(fields[0]?.args ?? {});
  const client = await pool.connect();
  try {
    const { decisions: now, at } = await currentIn(client, decisions);
    const prepared = reader.prepareStream(fields, now);
    const [root, ...others] = prepared.roots;
    if (root?.is === "refused") throw root.error;
    now.allow?.(prepared.touched);
    if (root?.is !== "list" || others.length > 0)
      throw badInput("文件导出需要且只能有一个列表字段。A file holds exactly one root list");
    const { linked = [] } = root;
    reader.sources.hold(linked);
    const to = new Parameters();
    const cells = cellsOf(root.list);
    const { text, columns } = rowsSql(root.list, cells, limit, to, marks);
    const query = new RowQuery(text, to.values);
    const close = closing(client, query, pool.options.statement_timeout || 0);
    const told = (error: unknown) => refusalOf(reader.sources.refusal(linked, error));
    const rows = rowsOf(client, query, close, told);
    return {
      columns,
      prepared,
      snapshot: { epoch: now.epoch, at },
      isProtected: holdsProtected(root.list.source, cells),
      rows,
      open: (json) => reader.open(json),
      close: () => close(true),
    };
  } catch (error) {
    await client.query("ROLLBACK").then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}

/** Rows of the file, if not all. */
function limitOf({ first, last }: Readonly<Record<string, unknown>>): number | undefined {
  if (typeof last === "number")
    throw badInput("文件导出不支持 last。A file is not written from its end: leave last out");
  if (typeof first !== "number") return undefined;
  if (first < 0) throw badInput("first 不能为负数。first must not be negative");
  return first;
}

/** Ends the way of a client once, by whoever comes first; one that is halfway through an answer is not used again. */
function closing(client: PoolClient, query: RowQuery, milliseconds: number): (broken: boolean) => void {
  let open = true;
  const close = (broken: boolean) => {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    if (broken && query.isRunning) cancelStatement(client);
    query.destroy();
    client.release(broken);
  };
  const timer = milliseconds > 0 ? setTimeout(() => close(true), milliseconds + GRACE) : undefined;
  return close;
}

/** Begins one snapshot and makes sure that the decisions are those of its epoch (semantics 7). */
async function currentIn(
  client: PoolClient,
  decisions: Decisions,
): Promise<{ decisions: Decisions; at: Date }> {
  let now = decisions;
  for (let attempt = 0; attempt < 5; attempt++) {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows } = await client.query<{ epoch: string; at: Date }>(
      "SELECT epoch, clock_timestamp() AS at FROM grant_epoch",
    );
    if (rows[0] && Number(rows[0].epoch) === now.epoch) return { decisions: now, at: rows[0].at };
    await client.query("ROLLBACK");
    now = await now.refresh();
  }
  throw new HubError("UNAVAILABLE", "权限正在变更。Rights keep changing; ask again");
}

async function* rowsOf(
  client: PoolClient,
  query: RowQuery,
  close: (broken: boolean) => void,
  told: (error: unknown) => unknown,
): AsyncGenerator<Buffer> {
  let failed = true;
  try {
    client.query(query);
    for await (const rows of query) yield rows as Buffer;
    await client.query("COMMIT");
    failed = false;
  } catch (error) {
    throw told(error);
  } finally {
    close(failed);
  }
}

function cellsOf(list: ListPlan): readonly Cell[] {
  const part = list.parts.find((p) => p.is === "nodes" || p.is === "edges");
  if (part?.is === "nodes") return part.cells;
  const node = part?.is === "edges" ? part.parts.find((p) => p.is === "node") : undefined;
  if (node?.is === "node") return node.cells;
  throw badInput("请选择 nodes 的字段。Select fields of nodes");
}

function holdsProtected({ report }: Source, cells: readonly Cell[]): boolean {
  const computed = report?.computed.some((one) => one.is === "figure" && isProtected(one.plan)) ?? false;
  return computed || cells.some(isProtectedCell);
}

function isProtectedCell(cell: Cell): boolean {
  switch (cell.is) {
    case "figures":
      return isProtected(cell.figures);
    case "one":
      return holdsProtected(cell.row.source, cell.row.cells);
    case "list":
      return cell.list.parts.some(
        (part) => part.is === "nodes" && holdsProtected(cell.list.source, part.cells),
      );
    default:
      return false;
  }
}
