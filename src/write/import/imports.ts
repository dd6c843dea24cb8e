/** Imports that come in over the network: kept in a file of the hub's own while they run, seen by their department. */
import { createWriteStream, mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { v7 } from "uuid";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import { UUID } from "../../read";
import { stewardImporter } from "./importer";
import { findJob, type ImportJob, type ImportMode, refusalsOf, requestStop, type StoredRefusal } from "./job";
import type { ImportParts } from "./request";
import type { ImportScheme } from "./scheme";
import { inspectFile } from "./source-file";
import { datasetNamed, startImport } from "./start";

export interface ImportOptions {
  readonly mode: ImportMode;
  readonly dryRun?: boolean;
  /** Scheme of the file's division codes; the working one if left out. */
  readonly scheme?: ImportScheme;
  /** Begins anew where the same file was stopped before. */
  readonly restart?: boolean;
}

export interface Imports {
  /**
   * Takes a CSV file, starts its import, and gives the job: as it ended where it is a small one, else while it runs.
   * The right is checked before the first byte is read.
   */
  start(
    asker: Identity,
    dataset: string,
    content: Readable | string,
    options: ImportOptions,
  ): Promise<ImportJob>;
  /** A job of the asker's department, or undefined. */
  job(asker: Identity, id: string): Promise<ImportJob | undefined>;
  /** Refused rows in the order of the file, `first` of them after a line. */
  refusals(job: string, first: number, afterLine: number): Promise<readonly StoredRefusal[]>;
  /**
   * Asks a running job to stop after its batch, in whatever process it runs, and waits some seconds for that; the same
   * file sent again goes on.
   */
  stop(asker: Identity, id: string): Promise<ImportJob | undefined>;
  /** Stops what runs after its batch, and waits for that. */
  close(): Promise<void>;
}

export interface ImportsParts extends ImportParts {
  /** Where files are kept while they are imported. */
  readonly folder: string;
  /** Most bytes of a file. */
  readonly largest?: number;
}

/** At the same time: each holds a connection. */
const MOST_RUNNING = 3;
/** Milliseconds for which an answer waits for a small import to end. */
const PATIENCE = 2_000;
/** Milliseconds for which an answer waits for a job to stop, and between two looks at it. */
const [STOPPING, LOOKING] = [10_000, 100];
const LARGEST = 1024 ** 3;

interface Running {
  readonly controller: AbortController;
  readonly done: Promise<unknown>;
}

export function createImports(parts: ImportsParts): Imports {
  const running = new Map<string, Running>();
  let starting = 0;
  mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
  sweep(parts.folder);

  async function start(
    asker: Identity,
    dataset: string,
    content: Readable | string,
    options: ImportOptions,
  ): Promise<ImportJob> {
    stewardImporter(asker, datasetNamed(parts.catalogue, dataset), await parts.rights.current());
    if (running.size + starting >= MOST_RUNNING)
      throw new HubError(
        "UNAVAILABLE",
        `已有 ${MOST_RUNNING} 个导入在进行。${MOST_RUNNING} imports are running; try again when one has ended.`,
      );
    const file = path.join(parts.folder, `${process.pid}-${v7()}.csv`);
    const remove = () => rmSync(file, { force: true });
    starting++;
    try {
      await keep(content, file, parts.largest ?? LARGEST);
      const controller = new AbortController();
      const { job, done } = await startImport(parts, {
        ...options,
        dataset,
        file: await inspectFile(file),
        as: asker,
        signal: controller.signal,
      });
      const ended = done
        .catch(() => undefined)
        .finally(() => {
          running.delete(job.id);
          remove();
        });
      running.set(job.id, { controller, done: ended });
      await Promise.race([ended, wait(PATIENCE, undefined, { ref: false })]);
      return (await findJob(parts.pool, job.id)) as ImportJob;
    } catch (error) {
      remove();
      throw error;
    } finally {
      starting--;
    }
  }

  async function job(asker: Identity, id: string): Promise<ImportJob | undefined> {
    const found = UUID.test(id) ? await findJob(parts.pool, id) : undefined;
    return found?.department === asker.department.code ? found : undefined;
  }

  return {
    start,
    job,
    refusals: (id, first, afterLine) => refusalsOf(parts.pool, id, afterLine, first),
    async stop(asker, id) {
      let found = await job(asker, id);
      if (found?.state !== "RUNNING") return found;
      await requestStop(parts.pool, id);
      for (const until = Date.now() + STOPPING; found?.state === "RUNNING" && Date.now() < until; ) {
        await Promise.race([running.get(id)?.done, wait(LOOKING)].filter(Boolean));
        found = await job(asker, id);
      }
      return found;
    },
    async close() {
      for (const { controller } of running.values()) controller.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

async function keep(content: Readable | string, file: string, largest: number): Promise<void> {
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > largest ? tooLarge(largest) : null, chunk);
    },
  });
  const source = typeof content === "string" ? Readable.from([Buffer.from(content)]) : content;
  await pipeline(source, measure, createWriteStream(file, { mode: 0o600 }));
}

function tooLarge(largest: number): HubError {
  return new HubError("TOO_COSTLY", `文件超过 ${largest} 字节。The file is larger than ${largest} bytes.`, {
    limit: "file",
    most: largest,
  });
}

/** Files that a hub left behind when it was killed: their senders send them again. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1]);
    if (pid && pid !== process.pid && !isAlive(pid)) rmSync(path.join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
