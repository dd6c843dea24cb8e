// Loads rows by COPY, a dataset in a transaction: it is there whole or not at all, and a load that was stopped goes on.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as immediate } from "node:timers/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { DatasetEntry } from "../src/declare";
import type { CopyLines } from "./copy-line";

type Row = Readonly<Record<string, unknown>>;

/** Told of every few thousand rows. */
export type Loaded = (rows: number) => void;

const CHUNK = 64 * 1024;
/** Made while the database works on what it has: it and the maker run side by side. */
const AHEAD = 1024 * 1024;

/** The number of rows; 0 where the table was not empty, which is then left as it is. */
export async function loadDataset(
  client: Client,
  { table }: DatasetEntry,
  { statement, line }: CopyLines,
  rows: Iterable<Row>,
  onRows: Loaded = () => {},
): Promise<number> {
  await client.query("BEGIN");
  try {
    // Nobody writes meanwhile, also no second `hub seed`.
    await client.query(`LOCK TABLE "${table}" IN SHARE ROW EXCLUSIVE MODE`);
    const { rows: found } = await client.query(`SELECT FROM "${table}" LIMIT 1`);
    let count = 0;
    if (found.length === 0) {
      const chunks = chunksOf(rows, line, (now) => {
        count = now;
        onRows(now);
      });
      const source = Readable.from(chunks, { objectMode: false, highWaterMark: AHEAD });
      await pipeline(source, client.query(copyFrom(statement)));
    }
    await client.query("COMMIT");
    return count;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** Pieces of some size; between them what was made before can leave for the database. */
async function* chunksOf(
  rows: Iterable<Row>,
  line: (row: Row) => string,
  onRows: Loaded,
): AsyncGenerator<Buffer> {
  let text = "";
  let count = 0;
  for (const row of rows) {
    text += line(row);
    count++;
    if (text.length < CHUNK) continue;
    yield Buffer.from(text);
    text = "";
    onRows(count);
    await immediate();
  }
  if (text) yield Buffer.from(text);
  onRows(count);
}
