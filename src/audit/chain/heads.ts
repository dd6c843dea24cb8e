// The file outside the database that holds the heads: one line of JSON each, only ever added to.
import { createReadStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { dateOf, type LastSeal } from "./seal";

/** A head as it is told outside: it covers every record of its seal and of all seals before. */
export interface Head {
  readonly seal: number;
  readonly head: string;
  /** Records covered, from the first one on. */
  readonly records: number;
  readonly at: string;
}

export function toldOf(seal: LastSeal): Head {
  return {
    seal: seal.number,
    head: seal.head.toString("hex"),
    records: seal.total,
    at: dateOf(seal).toISOString(),
  };
}

/** Undefined where a line is none, as one that a crash has torn. */
export function headIn(line: string): Head | undefined {
  try {
    const { seal, head, records, at } = JSON.parse(line) as Partial<Head>;
    const whole = Number.isSafeInteger(seal) && Number.isSafeInteger(records);
    return whole && /^[0-9a-f]{64}$/.test(head ?? "") && typeof at === "string"
      ? ({ seal, head, records, at } as Head)
      : undefined;
  } catch {
    return undefined;
  }
}

/** On the disk when it resolves. */
export async function appendHead(file: string, head: Head): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, "a+");
  try {
    const { size } = await handle.stat();
    const end = Buffer.alloc(1);
    if (size > 0) await handle.read(end, 0, 1, size - 1);
    const torn = size > 0 && end[0] !== 10;
    await handle.appendFile(`${torn ? "\n" : ""}${JSON.stringify(head)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const TAIL = 4_096;

/** Undefined where there is none, or no such file. */
export async function lastHead(file: string): Promise<Head | undefined> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!handle) return undefined;
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL);
    const { buffer } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    const heads = buffer.toString("utf8").split("\n").map(headIn);
    return heads.findLast((head) => head !== undefined);
  } finally {
    await handle.close();
  }
}

/** Line by line; undefined for a line that is no head. */
export async function* readHeads(file: string): AsyncGenerator<Head | undefined> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) if (line.trim() !== "") yield headIn(line);
}
