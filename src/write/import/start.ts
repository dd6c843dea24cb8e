/** Starts imports: checks right, file and columns, takes the dataset's lock, and finds the job to go on with. */
import { createHash } from "node:crypto";
import type { PoolClient } from "pg";
import type { Catalogue, DatasetEntry } from "../../declare";
import { HubError } from "../../errors";
import { SystemRows } from "../../read";
import { matchHeader } from "./header";
import { type Importer, importerOf, refuseForeignColumns } from "./importer";
import { createJob, endJob, goOn, type ImportJob, importLock, stopAbandoned, unfinishedJob } from "./job";
import { prepareStage } from "./put";
import { openRecords } from "./records";
import type { ImportParts, ImportRequest } from "./request";
import { Run } from "./run";
import { translation } from "./scheme";
import { targetOf } from "./target";

export interface RunningImport {
  readonly job: ImportJob;
  /** The job as it ended. Rejects where the hub failed; the job can then be gone on with. */
  readonly done: Promise<ImportJob>;
}

const BATCH = 4_000;

/** Checks right, file and columns, then starts; throws where there is nothing to start. */
export async function startImport(parts: ImportParts, request: ImportRequest): Promise<RunningImport> {
  const dataset = datasetNamed(parts.catalogue, request.dataset);
  const importer = await importerOf(parts.rights, request.as, dataset);
  const records = await openRecords(request.file, request.batchSize ?? BATCH);
  try {
    const header = matchHeader(records.header.cells, dataset);
    refuseForeignColumns(importer, dataset, header.fields);
    const target = targetOf(parts.catalogue, dataset, header, parts.cipher);
    const translate = await translation(
      new SystemRows(parts.catalogue, parts.pool, "import"),
      target,
      request.scheme,
    );
    const client = await parts.pool.connect();
    try {
      await lock(client, dataset);
      const job = await jobFor(client, dataset, request, importer);
      await prepareStage(client, target);
      const run = new Run(parts, request, target, importer, client, records, job, translate);
      const done = run.all().finally(() => unlock(client, dataset));
      done.catch(() => undefined); // whoever started it may look at the job alone
      return { job, done };
    } catch (error) {
      await unlock(client, dataset);
      throw error;
    }
  } catch (error) {
    await records.batches.return();
    throw error;
  }
}

/** A dataset by its name or its plural. */
export function datasetNamed(catalogue: Catalogue, name: string): DatasetEntry {
  const dataset = catalogue.kept.find((d) => d.name === name || d.plural === name);
  if (!dataset)
    throw new HubError("BAD_USER_INPUT", `没有数据集 ${name}。There is no such dataset.`, {
      argument: "dataset",
    });
  return dataset;
}

/** One import of a dataset at a time, in whatever process. The lock ends with its session, also when that is killed. */
async function lock(client: PoolClient, dataset: DatasetEntry): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>(
    `SELECT pg_try_advisory_lock(${importLock("$1")}) AS held`,
    [dataset.name],
  );
  if (!rows[0]?.held)
    throw new HubError(
      "UNAVAILABLE",
      `${dataset.name} 正在进行另一次导入，请等它结束。Another import of ${dataset.name} is running; wait until it has ended.`,
    );
}

/** The session ends too, and its stage with it; but that takes a moment in which the next import may come. */
async function unlock(client: PoolClient, dataset: DatasetEntry): Promise<void> {
  await client.query(`SELECT pg_advisory_unlock(${importLock("$1")})`, [dataset.name]).catch(() => undefined);
  client.release(true);
}

async function jobFor(
  client: PoolClient,
  dataset: DatasetEntry,
  request: ImportRequest,
  importer: Importer,
): Promise<ImportJob> {
  const asked = {
    dataset: dataset.name,
    fileHash: hashOf(request),
    fileBytes: request.file.bytes,
    mode: request.mode,
    dryRun: request.dryRun ?? false,
    department: importer.department,
    startedBy: importer.signature,
  };
  await stopAbandoned(client, dataset.name);
  if (asked.mode === "ALL_OR_NOTHING" || asked.dryRun) return createJob(client, asked);
  const unfinished = await unfinishedJob(client, asked);
  if (unfinished && !request.restart) return goOn(client, unfinished);
  if (unfinished) await endJob(client, unfinished.id, "FAILED", "begun anew");
  return createJob(client, asked);
}

/** A file read in another scheme says something else: it does not go on where it was stopped in the former one. */
function hashOf({ file, scheme = "STATISTICS" }: ImportRequest): string {
  if (scheme === "STATISTICS") return file.hash;
  return createHash("sha256").update(`${scheme} ${file.hash}`).digest("hex");
}
