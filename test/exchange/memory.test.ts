// A long file takes no more memory than a short one: its rows never stand in memory as a whole.
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { catalogue } from "../../src/datasets";
import { Hub } from "../permission/hub";
import { makeRows } from "../permission/rows";
import { GRANTS } from "../permission/rules";
import { startScript } from "../setup/process";

const ROWS = 300_000;
/** Mebibytes of heap: about twice what the program itself needs, and a part of what the rows take as objects. */
const HEAP = 160;

const folder = mkdtempSync(path.join(tmpdir(), "hub-long-"));
let hub: Hub;
beforeAll(async () => {
  hub = await Hub.open(catalogue, makeRows(catalogue), GRANTS);
  await hub.database.pool.query(`
    DO $$ DECLARE own text; BEGIN
      FOR own IN SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'facility'::regclass
          AND NOT indisprimary LOOP
        EXECUTE 'DROP INDEX ' || own;
      END LOOP;
    END $$;
    SET session_replication_role = replica;
    INSERT INTO facility SELECT r.* FROM generate_series(1, ${ROWS}) n,
        (SELECT f FROM facility f WHERE retired_at IS NULL LIMIT 1) AS one,
        LATERAL jsonb_populate_record(one.f, jsonb_build_object('id', gen_random_uuid(), 'code', 'F' || n)) r;
    RESET session_replication_role`);
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await hub?.close();
});

/** Rows of the first sheet, told by the tag that begins them. */
async function rowsInSheet(file: string): Promise<number> {
  const head = await new Promise<Buffer>((resolve, reject) => {
    createReadStream(file, { end: 65_535 })
      .once("data", (bytes) => resolve(bytes as Buffer))
      .once("error", reject);
  });
  const at = head.indexOf("xl/worksheets/sheet1.xml") - 30;
  const from = at + 30 + head.readUInt16LE(at + 26) + head.readUInt16LE(at + 28);
  let [count, rest] = [0, ""];
  const counting = new Writable({
    write(piece: Buffer, _, done) {
      const text = rest + piece.toString("latin1");
      count += text.split("<row ").length - 1;
      rest = text.slice(-4);
      done();
    },
  });
  // What follows the sheet is no part of it, and the reader stops there.
  await pipeline(createReadStream(file, { start: from }), createInflateRaw(), counting);
  return count;
}

test(`${ROWS} rows are written in every format within ${HEAP} MiB of heap`, async () => {
  const files = ["csv", "ndjson", "parquet", "xlsx"].map((end) => path.join(folder, `long.${end}`));
  const child = startScript("test/exchange/writing-process.ts", [hub.database.url, ...files], {
    NODE_OPTIONS: `--max-old-space-size=${HEAP}`,
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) lines.push(line);
  console.log(lines.join(", "));
  const counts = lines.slice(0, -1).map((line) => Number(line.split(" ")[1]));
  expect(counts).toHaveLength(4);
  for (const count of counts) expect(count).toBeGreaterThan(ROWS);
  expect(Number(lines.at(-1)?.split(" ")[0])).toBeLessThan(512);
  const duck = await (await DuckDBInstance.create(":memory:")).connect();
  const read = await duck.runAndReadAll(`SELECT count(DISTINCT code)::INT, count(*)::INT FROM '${files[2]}'`);
  expect(read.getRowsJson()[0]).toEqual([counts[0], counts[0]]);
  duck.closeSync();
  expect(await rowsInSheet(files[3] as string)).toBe((counts[0] as number) + 1);
}, 600_000);
