/** Runs one import: batch after batch from the file into its dataset, each with the job's progress in one transaction. */
import type { PoolClient } from "pg";
import { HubError } from "../../errors";
import { SystemRows } from "../../read";
import type { Query } from "../settle";
import type { Candidate } from "./candidate";
import { applyErased } from "./erased";
import { applyFollows, beforeLeading, changedFields } from "./follow";
import { type Importer, importerOf, refuseForeignColumns } from "./importer";
import { type Advance, advanceJob, endJob, findJob, type ImportJob } from "./job";
import { judge, type Verdict } from "./judge";
import { findStored } from "./look-ups";
import { Preparing } from "./preparing";
import { addRows, changeRows, Overtaken } from "./put";
import type { Records } from "./records";
import type { ImportParts, ImportRequest } from "./request";
import type { Translate } from "./scheme";
import { applySharedRules } from "./shared";
import type { Target } from "./target";

/** Times a batch is judged anew because rows or rights changed under it. */
const ATTEMPTS = 5;

/** The rights have moved since the rows were judged. */
class Stale extends Error {}

export class Run {
  readonly #rows: SystemRows;
  readonly #preparing: Preparing;
  #at: Advance;
  /** Where verdicts go: a transaction each, one for all, or nowhere. */
  #writing: "each" | "all" | "none";
  #stopRequested = false;
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
    translate: Translate,
  ) {
    // On the writing connection: in one transaction for all, what came before is there to be found.
    this.#rows = new SystemRows(parts.catalogue, client, "import");
    this.#preparing = new Preparing(target, records, this.#rows, translate);
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
      const own = error instanceof HubError ? error : undefined;
      // A fault of the hub or of its database may pass: the job stays one to go on with.
      const state = own && own.code !== "UNAVAILABLE" ? "FAILED" : "STOPPED";
      await client.query("ROLLBACK").catch(() => undefined);
      await endJob(parts.pool, job.id, state, own?.message ?? "the hub failed").catch(() => undefined);
      throw error;
    } finally {
      await this.records.batches.return();
    }
  }

  /** True where it was asked to stop before the end. */
  async #batches(): Promise<boolean> {
    let skip = this.job.read;
    // The next batch is read from the file while the database works on this one.
    let ahead = this.#preparing.next();
    for (;;) {
      const candidates = await ahead;
      if (!candidates) return false;
      ahead = this.#preparing.next();
      ahead.catch(() => undefined);
      const passed = candidates.slice(0, skip);
      skip -= passed.length;
      if (passed.length > 0) await this.#preparing.pass(passed);
      const rest = candidates.slice(passed.length);
      if (rest.length > 0) {
        await this.#batch(rest);
        this.request.onProgress?.(this.#at);
      }
      if (this.#stopRequested || this.request.signal?.aborted) return true;
    }
  }

  async #batch(candidates: readonly Candidate[]): Promise<void> {
    const { client } = this;
    await this.#preparing.prepare(candidates);
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

  async #settle(candidates: readonly Candidate[]): Promise<void> {
    const { client } = this;
    await client.query(this.#writing === "all" ? "SAVEPOINT batch" : "BEGIN");
    if (this.#writing !== "none") await this.#holdRights(this.#writing === "each");
    await findStored(this.#rows, this.target, candidates);
    await applyFollows(client, this.#rows, this.parts.catalogue, this.target.dataset, candidates);
    const verdict = judge(this.target, this.importer, candidates);
    if (this.#depends)
      await applySharedRules(client, this.#rows, this.target.dataset, verdict, !this.#doomed);
    await applyErased(this.#query, this.parts.cipher, this.target, verdict);
    if (verdict.refused.length > 0) this.#doomed ||= this.#writing === "all";
    if (this.#writing === "all" && this.#doomed && !this.#depends) {
      // Nothing of this file will stay: the rest is only looked at, so that all that is wrong is told at once.
      await client.query("ROLLBACK");
      await client.query("BEGIN");
      this.#writing = "none";
    } else if (this.#writing !== "none") await this.#put(verdict);
    const at = this.#after(verdict, candidates);
    // What one transaction for all will write is not there yet; how far it came is to be seen all the same.
    const connection = this.#writing === "all" ? this.parts.pool : client;
    this.#stopRequested = await advanceJob(connection, this.job.id, at, verdict.refused);
    if (this.#writing === "all") await client.query("RELEASE SAVEPOINT batch");
    else await client.query("COMMIT");
    this.#at = at;
  }

  async #put({ added, changed }: Verdict): Promise<void> {
    const { client, target, importer } = this;
    await addRows(client, target, importer, added);
    const lead = await beforeLeading(client, this.parts.catalogue, target, changed, importer.signature);
    await changeRows(client, target, importer, changed);
    await lead();
    await this.#settleOpen(changed);
  }

  /** A statement on the writing connection. */
  #query: Query = async (text, values) => (await this.client.query(text, values)).rows;

  /** After the rows were written, so that nobody else holds them. */
  async #settleOpen(changed: Verdict["changed"]): Promise<void> {
    const { target, importer } = this;
    const rows = changed.map((one) => {
      const values = Object.fromEntries(
        changedFields(target, one).map((name) => [name, one.row[name] ?? null]),
      );
      return { uuid: one.stored.id, version: one.stored.version, values };
    });
    const by = { actor: importer.subject, department: importer.department };
    await this.parts.settle(this.#query, { dataset: target.dataset, rows, ...by });
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
  async #holdRights(hold: boolean): Promise<void> {
    if (this.importer.epoch === undefined) return;
    const { rows } = await this.client.query<{ epoch: string }>(
      `SELECT epoch FROM grant_epoch${hold ? " FOR SHARE" : ""}`,
    );
    if (Number(rows[0]?.epoch) !== this.importer.epoch) throw new Stale();
  }

  async #decideAnew(): Promise<void> {
    if (this.#writing === "all")
      throw new HubError(
        "UNAVAILABLE",
        "导入期间权限有变更，请重新导入。Rights changed during the import; start it again.",
      );
    this.importer = await importerOf(this.parts.rights, this.request.as, this.target.dataset, true);
    refuseForeignColumns(this.importer, this.target.dataset, this.target.header.fields);
  }

  async #commitAll(): Promise<void> {
    if (this.#doomed) {
      await this.client.query("ROLLBACK");
      return;
    }
    await this.#holdRights(true).catch(async (error) => {
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
