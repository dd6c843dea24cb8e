/** The rows exit: one root list as a stream of rows, without a page's limit, under the same plan and decision. */
import type { Pool, PoolClient } from "pg";
import QueryStream from "pg-query-stream";
import type { Decisions } from "../access";
import { HubError } from "../errors";
import { ask, type Question } from "./asked";
import type { Prepared } from "./compiled";
import type { Cell, ListPlan } from "./plan-types";
import { badInput } from "./planning";
import type { Reader } from "./reader";
import { Parameters, SEALED, streamSql } from "./sql";

/** Where a value of a row's JSON stands; `nested` ones are lists and figures, kept as JSON. */
export interface Leaf {
  readonly path: readonly string[];
  readonly nested: boolean;
}

export interface RowStream {
  readonly leaves: readonly Leaf[];
  readonly prepared: Prepared;
  /** JSON text of each row. */
  readonly rows: AsyncIterable<string>;
  /** To be called in the end, whether the rows were read through, in part or not at all: gives the connection back. */
  close(): void;
}

/** Rows that PostgreSQL hands over at a time. */
const BATCH = 1000;

/** Opens the stream; refuses before the first byte, decides anew if rights have moved. */
export async function openRows(
  reader: Reader,
  pool: Pool,
  question: Question,
  decisions: Decisions,
): Promise<RowStream> {
  const { fields } = ask(reader.schema, question);
  const limit = limitOf(fields[0]?.args ?? {});
  const client = await pool.connect();
  try {
    const now = await currentIn(client, decisions);
    const prepared = reader.prepareStream(fields, now);
    const [root, ...others] = prepared.roots;
    if (root?.is === "refused") throw root.error;
    if (root?.is !== "list" || others.length > 0)
      throw badInput("文件导出需要且只能有一个列表字段。A file holds exactly one root list");
    const cells = cellsOf(root.list);
    const release = onceOnly((broken: boolean) => client.release(broken));
    return {
      leaves: leavesOf(cells),
      prepared,
      rows: stream(reader, client, streamOf(root.list, cells, limit), release),
      // Halfway through an answer, or before it began: such a connection is not used again.
      close: () => release(true),
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

function onceOnly<T>(work: (given: T) => void): (given: T) => void {
  let done = false;
  return (given) => {
    if (!done) work(given);
    done = true;
  };
}

/** Begins one snapshot and makes sure that the decisions are those of its epoch (semantics 7). */
async function currentIn(client: PoolClient, decisions: Decisions): Promise<Decisions> {
  let now = decisions;
  for (let attempt = 0; attempt < 5; attempt++) {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows } = await client.query<{ epoch: string }>("SELECT epoch FROM grant_epoch");
    if (Number(rows[0]?.epoch) === now.epoch) return now;
    await client.query("ROLLBACK");
    now = await now.refresh();
  }
  throw new HubError("UNAVAILABLE", "权限正在变更。Rights keep changing; ask again");
}

function streamOf(list: ListPlan, cells: readonly Cell[], limit: number | undefined): QueryStream {
  const to = new Parameters();
  const text = streamSql(list, cells, limit, to);
  return new QueryStream(text, to.values, { rowMode: "array", batchSize: BATCH, highWaterMark: BATCH });
}

async function* stream(
  reader: Reader,
  client: PoolClient,
  asked: QueryStream,
  release: (broken: boolean) => void,
): AsyncGenerator<string> {
  const query = client.query(asked);
  let failed = true;
  try {
    for await (const row of query as AsyncIterable<[string]>)
      yield row[0].includes(SEALED.from) ? reader.open(row[0]) : row[0];
    await client.query("COMMIT");
    failed = false;
  } finally {
    query.destroy();
    release(failed);
  }
}

function cellsOf(list: ListPlan): readonly Cell[] {
  const part = list.parts.find((p) => p.is === "nodes" || p.is === "edges");
  if (part?.is === "nodes") return part.cells;
  const node = part?.is === "edges" ? part.parts.find((p) => p.is === "node") : undefined;
  if (node?.is === "node") return node.cells;
  throw badInput("请选择 nodes 的字段。Select fields of nodes");
}

function leavesOf(cells: readonly Cell[], above: readonly string[] = []): Leaf[] {
  return cells.flatMap((cell) => {
    const path = [...above, cell.key];
    if (cell.is === "one") return leavesOf(cell.row.cells, path);
    return [{ path, nested: cell.is === "list" || cell.is === "figures" }];
  });
}
