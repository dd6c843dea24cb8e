// Writes all facilities as a file of each kind that is named; prints a line for each, and its peak of memory at the end.
import "reflect-metadata";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parse } from "graphql";
import { Pool } from "pg";
import { catalogue } from "../../src/datasets";
import { FORMATS } from "../../src/exchange";
import { Hub } from "../permission/hub";
import { PLACES } from "../permission/rules";

const QUERY = parse(
  "{ facilities { nodes { id code name kind status landArea territory version createdAt community { name } } } }",
);

async function main([url, ...files]: string[]): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 2 });
  const hub = await Hub.beside({ pool, url: url as string, drop: async () => {} }, catalogue);
  const asker = { name: "", kind: "civil-affairs", territory: PLACES.city, purpose: undefined, brief: true };
  for (const file of files) {
    const format = [...FORMATS.values()].find(({ extension }) => file.endsWith(`.${extension}`));
    if (!format) throw new Error(`no format is written to ${file}`);
    const stream = await hub.rows(QUERY, hub.decisions(asker), format);
    let rows = 0;
    const onEnd = (count: number) => {
      rows = count;
    };
    await pipeline(Readable.from(format.write(stream, { bom: false, onEnd })), createWriteStream(file));
    stream.close();
    process.stdout.write(`${format.extension} ${rows}\n`);
  }
  process.stdout.write(`${Math.round(process.resourceUsage().maxRSS / 1024)} MiB\n`);
  await pool.end();
}

main(process.argv.slice(2));
