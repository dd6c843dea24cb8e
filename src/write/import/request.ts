/** What an import works with, and what is asked of it. */
import type { Pool } from "pg";
import type { Catalogue } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import type { Identity, RightsStore } from "../../identity";
import type { Settle } from "../settle";
import type { Advance, ImportMode } from "./job";
import type { ImportScheme } from "./scheme";
import type { SourceFile } from "./source-file";

export interface ImportParts {
  readonly catalogue: Catalogue;
  readonly cipher: Cipher;
  /** Statements of an import last as long as a batch: seconds, not minutes. */
  readonly pool: Pool;
  readonly rights: Pick<RightsStore, "current" | "refresh">;
  /** What follows from a change of rows, in the transaction of their batch. */
  readonly settle: Settle;
}

export interface ImportRequest {
  readonly dataset: string;
  readonly file: SourceFile;
  readonly mode: ImportMode;
  readonly dryRun?: boolean;
  /** Scheme of the file's division codes; the working one if left out. */
  readonly scheme?: ImportScheme;
  /** A steward, or the hub itself with the reason. */
  readonly as: Identity | { readonly system: string };
  /** Begins anew where the same file was stopped before. */
  readonly restart?: boolean;
  readonly batchSize?: number;
  /** Stops after the batch that runs. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (job: Advance) => void;
}
