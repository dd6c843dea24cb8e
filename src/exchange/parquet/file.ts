/** Rows as a Parquet file: groups of rows leave one by one, and the file's own account of itself follows them. */
import { ByteWriter, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import { joined, RowCells } from "../../read";
import { PARQUET } from "../file-types";
import type { Format } from "../format";
import { columnsOf, type Gathered } from "./column";

/** Cells of a group: what stands in memory at a time. */
const GROUP = 400_000;
/** Rows of a group, at most. */
const ROWS = 50_000;

export function parquet(cellsOfGroup = GROUP): Format {
  return {
    ...PARQUET,
    async *write(stream, { onEnd, stamp = [] }) {
      const { gathered, take } = columnsOf(stream);
      const most = Math.max(1, Math.min(ROWS, Math.floor(cellsOfGroup / gathered.length)));
      const bytes = new ByteWriter();
      const writer = new ParquetWriter({
        writer: bytes,
        schema: schemaOf(gathered),
        createdBy: "community-hub",
      });
      const cells = new RowCells();
      let [count, waiting] = [0, 0];
      for await (const batch of stream.rows) {
        cells.load(batch);
        for (; cells.nextRow(); count++) {
          take(cells);
          if (++waiting < most) continue;
          yield group(writer, bytes, gathered);
          waiting = 0;
        }
      }
      if (waiting > 0) yield group(writer, bytes, gathered);
      onEnd(count);
      const { access, apply } = stream.prepared;
      const notes = { rows: count, access, apply: joined(apply as readonly string[]) };
      writer.kvMetadata = [
        { key: "hub.notes", value: JSON.stringify(notes) },
        ...stamp.map(([key, value]) => ({ key: `hub.${key}`, value })),
      ];
      writer.finish();
      yield taken(bytes);
    },
  };
}

function schemaOf(gathered: readonly Gathered[]): SchemaElement[] {
  return [{ name: "root", num_children: gathered.length }, ...gathered.map(({ schema }) => schema)];
}

/** The bytes of one group of rows, whose values are let go. */
function group(writer: ParquetWriter, bytes: ByteWriter, gathered: readonly Gathered[]): Buffer {
  const columnData = gathered.map(({ schema, values }) => ({ name: schema.name, data: values }));
  writer.write({ columnData, rowGroupSize: ROWS });
  for (const one of gathered) one.values = [];
  return taken(bytes);
}

/** What was written since the last time; the buffer begins anew, the place in the file goes on. */
function taken(bytes: ByteWriter): Buffer {
  const piece = Buffer.from(bytes.getBytes());
  bytes.index = 0;
  return piece;
}
