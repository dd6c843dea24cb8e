/** Runs one import: batch after batch from the file into its dataset, each with the job's progress in one transaction. */
import type { Pool, PoolClient } from "pg";
import type { Catalogue, DatasetEntry } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import { HubError } from "../../errors";
import type { Identity, RightsStore } from "../../identity";
import { SystemRows } from "../../read";
import { type Candidate, candidateReader } from "./candidate";
import { Fingerprints } from "./fingerprints";
import { applyFollows, beforeLeading } from "./follow";
import { matchHeader } from "./header";
import { type Importer, refuseForeignColumns, stewardImporter, systemImporter } from "./importer";
import {
  type Advance,
  advanceJob,
  createJob,
  endJob,
  findJob,
  type ImportJob,
  type ImportMode,
  stopAbandoned,
  unfinishedJob,
} from "./job";
import { judge, type Verdict } from "./judge";
import { checkDivisions, findStored, resolveReferences } from "./look-ups";
import { addRows, changeRows, Overtaken, prepareStage } from "./put";
import { openRecords, type Records } from "./records";
import { applySharedRules } from "./shared";
import type { SourceFile } from "./source-file";
import { damagedColumns } from "./suspect";
import { keyOf, type Target, targetOf } from "./target";

export interface ImportParts {
  readonly catalogue: Catalogue;
  readonly cipher: Cipher;
  /** Statements of an import last as long as a batch: seconds, not minutes. */
  readonly pool: Pool;
  readonly rights: Pick<RightsStore, "current" | "refresh">;
}

export interface ImportRequest {
  readonly dataset: string;
  readonly file: SourceFile;
  readonly mode: ImportMode;
  readonly dryRun?: boolean;
  /** A steward, or the hub itself with the reason. */
  readonly as: Identity | { readonly system: string };
  /** Begins anew where the same file was stopped before. */
  readonly restart?: boolean;
  readonly batchSize?: number;
  /** Stops after the batch that runs. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (job: Advance) => void;
}

export interface RunningImport {
  readonly job: ImportJob;
  /** The job as it ended. Rejects where the hub failed; the job can then be gone on with. */
  readonly done: Promise<ImportJob>;
}

const BATCH = 4_000;
/** Times a batch is judged anew because rows or rights changed under it. */
const ATTEMPTS = 5;

/** The rights have moved since the rows were judged. */
class Stale extends Error {}

/** Checks right, file and columns, then starts; throws where there is nothing to start. */
export async function startImport(parts: ImportParts, request: ImportRequest): Promise<RunningImport> {
  const dataset = datasetNamed(parts.catalogue, request.dataset);
  const importer = await importerOf(parts, request, dataset);
  const records = await openRecords(request.file, request.batchSize ?? BATCH);
  try {
    const header = matchHeader(records.header.cells, dataset);
    refuseForeignColumns(importer, dataset, header.fields);
    const target = targetOf(parts.catalogue, dataset, header, parts.cipher);
    const client = await parts.pool.connect();
    try {
      await lock(client, dataset);
      const job = await jobFor(client, dataset, request, importer);
      await prepareStage(client, target);
      const run = new Run(parts, request, target, importer, client, records, job);
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
  const dataset = catalogue.datasets.find((d) => d.name === name || d.plural === name);
  if (!dataset)
    throw new HubError("BAD_USER_INPUT", `没有数据集 ${name}。There is no such dataset.`, {
      argument: "dataset",
    });
  return dataset;
}

async function importerOf(
  { rights }: ImportParts,
  { as }: ImportRequest,
  dataset: DatasetEntry,
  refresh = false,
): Promise<Importer> {
  if ("system" in as) return systemImporter(as.system);
  return stewardImporter(as, dataset, await (refresh ? rights.refresh() : rights.current()));
}

const LOCK = "hashtextextended('community-hub import ' || $1, 0)";

/** One import of a dataset at a time, in whatever process. The lock ends with its session, also when that is killed. */
async function lock(client: PoolClient, dataset: DatasetEntry): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS held`, [
    dataset.name,
  ]);
  if (!rows[0]?.held)
    throw new HubError(
      "UNAVAILABLE",
      `${dataset.name} 正在进行另一次导入，请等它结束。Another import of ${dataset.name} is running; wait until it has ended.`,
    );
}

/** The session ends too, and its stage with it; but that takes a moment in which the next import may come. */
async function unlock(client: PoolClient, dataset: DatasetEntry): Promise<void> {
  await client.query(`SELECT pg_advisory_unlock(${LOCK})`, [dataset.name]).catch(() => undefined);
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
    fileHash: request.file.hash,
    fileBytes: request.file.bytes,
    mode: request.mode,
    dryRun: request.dryRun ?? false,
    department: importer.department,
    startedBy: importer.signature,
  };
  await stopAbandoned(client, dataset.name);
  if (asked.mode === "ALL_OR_NOTHING" || asked.dryRun) return createJob(client, asked);
  const unfinished = await unfinishedJob(client, asked);
  if (unfinished && !request.restart) return unfinished;
  if (unfinished) await endJob(client, unfinished.id, "FAILED", "begun anew");
  return createJob(client, asked);
}

class Run {
  readonly #seen = new Fingerprints();
  readonly #divisions = new Set<string>();
  #read?: ReturnType<typeof candidateReader>;
  readonly #rows: SystemRows;
  #at: Advance;
  /** Where verdicts go: a transaction each, one for all, or nowhere. */
  #writing: "each" | "all" | "none";
  /** The one transaction for all will be rolled back. */
  #doomed: boolean;

  /** Whether the verdict on a row depends on rows before it: then even what will be rolled back has to be written. */
  get #depends(): boolean {
    return (this.target.dataset.sharedRules ?? []).length > 0;
  }

  constructor(
    readonly parts: ImportParts,
    readonly request: ImportRequest,
    readonly target: Target,
    private importer: Importer,
    readonly client: PoolClient,
    readonly records: Records,
    readonly job: ImportJob,
  ) {
    // On the writing connection: in one transaction for all, what came before is there to be found.
    this.#rows = new SystemRows(parts.catalogue, client, "import");
    const { read, added, changed, unchanged, refused, lastLine, progress } = job;
    this.#at = { read, added, changed, unchanged, refused, lastLine, progress };
    const atOnce = request.mode === "ALL_OR_NOTHING" || (request.dryRun === true && this.#depends);
    this.#writing = atOnce ? "all" : "each";
    if (request.dryRun && !atOnce) this.#writing = "none";
    this.#doomed = request.dryRun === true;
  }

  async all(): Promise<ImportJob> {
    const { client, job, parts } = this;
    try {
      if (this.#writing === "all") await client.query("BEGIN");
      const stopped = await this.#batches();
      if (stopped) return await this.#end("STOPPED", "stopped on request");
      if (this.#writing === "all") await this.#commitAll();
      const nothing = this.request.mode === "ALL_OR_NOTHING" && this.#at.refused > 0;
      return await this.#end(nothing && !this.request.dryRun ? "REFUSED" : "DONE");
    } catch (error) {
      const known = error instanceof HubError && error.code !== "UNAVAILABLE";
      await client.query("ROLLBACK").catch(() => undefined);
      // A fault of the hub or of its database may pass: the job stays one to go on with.
      await endJob(
        parts.pool,
        job.id,
        known ? "FAILED" : "STOPPED",
        known ? error.message : "the hub failed",
      ).catch(() => undefined);
      throw error;
    } finally {
      await this.records.batches.return();
    }
  }

  /** True where it was asked to stop before the end. */
  async #batches(): Promise<boolean> {
    let skip = this.job.read;
    // The next batch is read from the file while the database works on this one.
    let ahead = this.#next();
    for (;;) {
      const candidates = await ahead;
      if (!candidates) return false;
      ahead = this.#next();
      ahead.catch(() => undefined);
      const passed = candidates.slice(0, skip);
      skip -= passed.length;
      if (passed.length > 0) await this.#pass(passed);
      const rest = candidates.slice(passed.length);
      if (rest.length > 0) {
        await this.#batch(rest);
        this.request.onProgress?.(this.#at);
      }
      if (this.request.signal?.aborted) return true;
    }
  }

  async #next(): Promise<Candidate[] | undefined> {
    const { value } = await this.records.batches.next();
    if (!value) return undefined;
    const { header } = this.target;
    this.#read ??= candidateReader(header, damagedColumns(header, value));
    return value.map(this.#read);
  }

  /** Rows that an earlier start dealt with: only their keys are of interest still. */
  async #pass(candidates: readonly Candidate[]): Promise<void> {
    const { target } = this;
    const references = target.references.filter(({ field }) => target.dataset.key.includes(field.name));
    await resolveReferences(this.#rows, { ...target, references }, candidates);
    this.#refuseRepeated(candidates);
  }

  async #batch(candidates: readonly Candidate[]): Promise<void> {
    const { client, target } = this;
    await resolveReferences(this.#rows, target, candidates);
    await checkDivisions(this.#rows, target, candidates, this.#divisions);
    this.#refuseRepeated(candidates);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#settle(candidates);
        return;
      } catch (error) {
        if (attempt === ATTEMPTS || !passes(error)) throw error;
        await client.query(this.#writing === "all" ? "ROLLBACK TO SAVEPOINT batch" : "ROLLBACK");
        if (error instanceof Stale) await this.#decideAnew();
      }
    }
  }

  /** A key that stands twice in a file would make its content depend on the order of rows. */
  #refuseRepeated(candidates: readonly Candidate[]): void {
    for (const { line, values, problems } of candidates) {
      const key = keyOf(this.target, values);
      const before = key === undefined ? undefined : this.#seen.add(key, line);
      if (before !== undefined)
        problems.push({
          field: this.target.dataset.key[0] as string,
          fields: this.target.dataset.key,
          rule: "REPEATED_KEY",
          problem: `业务主键与第 ${before} 行重复。The business key stands on line ${before} already`,
        });
    }
  }

  async #settle(candidates: readonly Candidate[]): Promise<void> {
    const { client } = this;
    await client.query(this.#writing === "all" ? "SAVEPOINT batch" : "BEGIN");
    if (this.#writing !== "none") await this.#holdRights();
    await findStored(client, this.target, candidates);
    await applyFollows(client, this.#rows, this.parts.catalogue, this.target.dataset, candidates);
    const verdict = judge(this.target, this.importer, candidates);
    if (this.#depends)
      await applySharedRules(client, this.#rows, this.target.dataset, verdict, !this.#doomed);
    if (verdict.refused.length > 0) this.#doomed ||= this.#writing === "all";
    if (this.#writing === "all" && this.#doomed && !this.#depends) {
      // Nothing of this file will stay: the rest is only looked at, so that all that is wrong is told at once.
      await client.query("ROLLBACK");
      await client.query("BEGIN");
      this.#writing = "none";
    } else if (this.#writing !== "none") {
      await addRows(client, this.target, this.importer, verdict.added);
      const { target, importer } = this;
      const lead = await beforeLeading(
        client,
        this.parts.catalogue,
        target,
        verdict.changed,
        importer.signature,
      );
      await changeRows(client, target, importer, verdict.changed);
      await lead();
    }
    const at = this.#after(verdict, candidates);
    // What one transaction for all will write is not there yet; how far it came is to be seen all the same.
    const connection = this.#writing === "all" ? this.parts.pool : client;
    await advanceJob(connection, this.job.id, at, verdict.refused);
    if (this.#writing === "all") await client.query("RELEASE SAVEPOINT batch");
    else await client.query("COMMIT");
    this.#at = at;
  }

  #after(verdict: Verdict, candidates: readonly Candidate[]): Advance {
    const at = this.#at;
    return {
      read: at.read + candidates.length,
      added: at.added + verdict.added.length,
      changed: at.changed + verdict.changed.length,
      unchanged: at.unchanged + verdict.unchanged,
      refused: at.refused + verdict.refused.length,
      lastLine: candidates.at(-1)?.line ?? at.lastLine,
      progress: this.records.progress(),
    };
  }

  /** Whoever changes rights waits until a batch has ended; not for a whole file, which then fails (semantics 7). */
  async #holdRights(): Promise<void> {
    if (this.importer.epoch === undefined) return;
    const hold = this.#writing === "each" ? " FOR SHARE" : "";
    const { rows } = await this.client.query<{ epoch: string }>(`SELECT epoch FROM grant_epoch${hold}`);
    if (Number(rows[0]?.epoch) !== this.importer.epoch) throw new Stale();
  }

  async #decideAnew(): Promise<void> {
    if (this.#writing === "all")
      throw new HubError(
        "UNAVAILABLE",
        "导入期间权限有变更，请重新导入。Rights changed during the import; start it again.",
      );
    this.importer = await importerOf(this.parts, this.request, this.target.dataset, true);
    refuseForeignColumns(this.importer, this.target.dataset, this.target.header.fields);
  }

  async #commitAll(): Promise<void> {
    if (this.#doomed) {
      await this.client.query("ROLLBACK");
      return;
    }
    await this.#holdRights().catch(async (error) => {
      if (error instanceof Stale) await this.#decideAnew();
      throw error;
    });
    await endJob(this.client, this.job.id, "DONE");
    await this.client.query("COMMIT");
  }

  async #end(state: "STOPPED" | "DONE" | "REFUSED", reason?: string): Promise<ImportJob> {
    if (this.#writing === "all" && state === "STOPPED") await this.client.query("ROLLBACK");
    await endJob(this.client, this.job.id, state, reason);
    return (await findJob(this.client, this.job.id)) as ImportJob;
  }
}

/** What another attempt may get over: rows or rights that changed meanwhile, transactions in each other's way. */
function passes(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return (
    error instanceof Overtaken || error instanceof Stale || ["23505", "40001", "40P01"].includes(code ?? "")
  );
}
