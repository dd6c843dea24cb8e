/** What a stamp says of a file: what was asked, when, under which right, and the digest of what came. */
import { createHash } from "node:crypto";
import type { Prepared } from "../../read";
import { markOf } from "./mark";

/** Known before the first row: a file may carry it. */
export interface Origin {
  /** Id of the access record that tells that the file was whole: its place in the sealed log. */
  readonly record: string;
  readonly department: string;
  readonly app: string | null;
  readonly purpose: string | null;
  readonly operation: string | null;
  /** Of a registered operation. */
  readonly registered: string | null;
  /** SHA-256 of the document, as the access record keeps it. */
  readonly question: string;
  /** SHA-256 of the variables as JSON with its members in order. */
  readonly variables: string;
  /** Instant of the snapshot that all rows are of. */
  readonly dataTime: string;
  /** SHA-256 of the schema under which it was asked. */
  readonly schema: string;
  readonly right: Right;
  /** Fields that were not held in full everywhere. */
  readonly withheld: readonly string[];
  /** How figures of persons among the cells were protected. */
  readonly figures: "PROTECTED" | "NONE";
}

export interface Right {
  /** Epoch of the grants at which it was decided. */
  readonly epoch: number;
  /** Footprint of datasets, fields, levels and territories, as the access record names it. */
  readonly fingerprint: string;
  readonly grants: readonly string[];
}

export interface Stamp extends Origin {
  readonly form: 1;
  readonly format: string;
  readonly rows: number;
  readonly bytes: number;
  /** Of the whole file. */
  readonly sha256: string;
  readonly madeAt: string;
  /** Id of the key that signs it. */
  readonly key: string;
}

export interface Signed {
  readonly stamp: Stamp;
  /** Ed25519 over the stamp as JSON without blanks, in base64. */
  readonly signature: string;
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Members in order, at every depth. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    member && typeof member === "object" && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

export function withheldIn({ access }: Pick<Prepared, "access">): string[] {
  return access.map(({ dataset, field }) => (field ? `${dataset}.${field}` : `${dataset}.*`));
}

/** As people and programs find it in the file. */
export function particulars(origin: Origin, document: string): [string, string][] {
  const { right, withheld, record, ...plain } = origin;
  return [
    ["stamp", markOf(record)],
    ...Object.entries(plain).flatMap(([name, value]): [string, string][] =>
      value === null ? [] : [[name, value]],
    ),
    ["fingerprint", right.fingerprint],
    ["epoch", String(right.epoch)],
    ["grants", right.grants.join(" ")],
    ["withheld", withheld.join(" ")],
    ["document", document],
    ["verify", "hub verify <file>"],
  ];
}
