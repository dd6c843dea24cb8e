/** How a file names its stamp, so that it is found again whatever became of the rest. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";

const PREFIX = "hub-stamp:";
const MARK = /hub-stamp:([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})/g;
/** Characters of a mark. */
const LENGTH = PREFIX.length + 36;

export function markOf(record: string): string {
  return PREFIX + record;
}

/** Records named in a file, in the parts of a workbook too. */
export async function recordsIn(file: string): Promise<string[]> {
  const found = new Set<string>();
  await scan(createReadStream(file), found);
  if (found.size === 0)
    for (const { from, to } of await partsOf(file)) {
      const inflated = createReadStream(file, { start: from, end: to - 1 }).pipe(createInflateRaw());
      // What is no workbook, or a broken one, names nothing.
      await scan(inflated, found).catch(() => undefined);
    }
  return [...found];
}

async function scan(bytes: Readable, found: Set<string>): Promise<void> {
  let rest = "";
  for await (const piece of bytes) {
    const text = rest + (piece as Buffer).toString("latin1");
    for (const [, record] of text.matchAll(MARK)) found.add(record as string);
    rest = text.slice(-LENGTH);
  }
}

/** Bytes at the end of an archive in which its table of contents is sought. */
const TAIL = 1024 * 1024;

/** Squeezed parts of a ZIP archive, by its table of contents. */
async function partsOf(file: string): Promise<{ from: number; to: number }[]> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL);
    const bytes = Buffer.alloc(size - start);
    await handle.read(bytes, 0, bytes.length, start);
    const parts: { from: number; to: number }[] = [];
    for (
      let at = bytes.indexOf("PK\u0001\u0002");
      at >= 0 && at + 46 < bytes.length;
      at = bytes.indexOf("PK\u0001\u0002", at + 46)
    ) {
      const local = Buffer.alloc(30);
      const offset = bytes.readUInt32LE(at + 42);
      await handle.read(local, 0, 30, offset);
      const from = offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
      parts.push({ from, to: from + bytes.readUInt32LE(at + 20) });
    }
    return parts;
  } finally {
    await handle.close();
  }
}
