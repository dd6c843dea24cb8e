// What one access record says: who asked for what, in which purpose, what was touched, and how it ended.
import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";

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

export interface AccessRecord {
  readonly at: Date;
  readonly requestId: string;
  readonly subject: string;
  readonly department: string;
  readonly app?: string;
  readonly purpose?: string;
  readonly operation?: string;
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

/** A record as the insert takes it; the names are the table's columns. */
export type RecordRow = Readonly<Record<string, unknown>>;

/** Text from tokens and clients may be of any length and hold U+0000, which PostgreSQL refuses. */
function tame(text: string | undefined, length = 200): string | null {
  return text === undefined ? null : text.replaceAll("\u0000", "").slice(0, length);
}

const LARGEST = 2_147_483_647;
const whole = (amount: number) => (Number.isFinite(amount) ? Math.min(LARGEST, Math.round(amount)) : LARGEST);

export function rowOf(record: AccessRecord): RecordRow {
  return {
    id: uuidv7(),
    at: record.at.toISOString(),
    request_id: tame(record.requestId) ?? "",
    subject: tame(record.subject) ?? "",
    department: tame(record.department) ?? "",
    app: tame(record.app),
    purpose: tame(record.purpose),
    operation: tame(record.operation),
    document:
      record.document === undefined
        ? null
        : `\\x${createHash("sha256").update(record.document).digest("hex")}`,
    datasets: record.datasets,
    rows: whole(record.rows),
    suppressed: whole(record.suppressed),
    grants: record.grants,
    cost: whole(record.cost),
    outcome: record.outcome,
    code: tame(record.code),
    milliseconds: whole(record.milliseconds),
  };
}
