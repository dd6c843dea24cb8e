// What one access record says: who asked for what, in which purpose, what was touched, and how it ended.
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { v7 as uuidv7 } from "uuid";
import { type Footprint, footprintOf } from "./footprint";

/** One field of a dataset as an answer used it: the level, and the territories where that level was held. */
export interface TouchedField {
  readonly field: string;
  readonly level: string;
  readonly territories: readonly string[];
}

export interface TouchedDataset {
  readonly dataset: string;
  readonly fields: readonly TouchedField[];
}

/** What was done: asked, read as a report or a file, loaded, written, an act of sharing, a command of the operators. */
export const ACCESS_KINDS = ["QUESTION", "REPORT", "EXPORT", "IMPORT", "WRITE", "ACT", "COMMAND"] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

export interface AccessRecord {
  /** A UUID of version 7, where somebody must know it beforehand. */
  readonly id?: string;
  readonly at: Date;
  readonly requestId: string;
  readonly subject: string;
  readonly department: string;
  readonly app?: string;
  readonly purpose?: string;
  readonly operation?: string;
  /** Left out where a request was refused before it was read. */
  readonly kind?: AccessKind;
  /** Name under which the operation is registered for the app, where it is. */
  readonly registered?: string;
  /** The document asked, of which the record keeps the SHA-256 alone: a document may hold values. */
  readonly document?: string;
  readonly datasets: readonly TouchedDataset[];
  readonly rows: number;
  readonly suppressed: number;
  /** Ids of the grants that gave a level used. */
  readonly grants: readonly string[];
  readonly cost: number;
  readonly outcome: "ANSWERED" | "REFUSED";
  /** Error code: why it was refused, or what was missing from a partial answer. */
  readonly code?: string;
  readonly milliseconds: number;
}

/** A record as the insert takes it; the names of the row are the table's columns. */
export interface Entry {
  readonly row: Readonly<Record<string, unknown>>;
  readonly footprint: Footprint;
}

/** Text from tokens and clients may be of any length and hold U+0000, which PostgreSQL refuses. */
function tame(text: string | undefined, length = 200): string | null {
  return text === undefined ? null : text.replaceAll("\u0000", "").slice(0, length);
}

const LARGEST = 2_147_483_647;
const whole = (amount: number) => (Number.isFinite(amount) ? Math.min(LARGEST, Math.round(amount)) : LARGEST);

/** Hashes of the documents asked lately; limited by the characters of the documents. */
const hashes = new LRUCache<string, string>({
  maxSize: 4 * 1024 * 1024,
  sizeCalculation: (_hash, document) => document.length + 1,
});

function hashOf(document: string | undefined): string | null {
  if (document === undefined) return null;
  const known = hashes.get(document);
  if (known !== undefined) return known;
  const hash = `\\x${createHash("sha256").update(document).digest("hex")}`;
  hashes.set(document, hash);
  return hash;
}

export function entryOf(record: AccessRecord): Entry {
  const footprint = footprintOf(record.datasets, record.grants);
  const row = {
    id: record.id ?? uuidv7(),
    at: record.at.toISOString(),
    request_id: tame(record.requestId) ?? "",
    subject: tame(record.subject) ?? "",
    department: tame(record.department) ?? "",
    app: tame(record.app),
    purpose: tame(record.purpose),
    operation: tame(record.operation),
    kind: record.kind,
    registered: tame(record.registered) ?? undefined,
    document: hashOf(record.document),
    footprint: footprint.hash,
    rows: whole(record.rows),
    suppressed: whole(record.suppressed),
    cost: whole(record.cost),
    outcome: record.outcome,
    code: tame(record.code),
    milliseconds: whole(record.milliseconds),
  };
  return { row, footprint };
}
