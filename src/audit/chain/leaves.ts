// Reads access records in the order of seq, each as the digest by which a seal holds it: all its columns but seq, and its footprint.
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Pool, PoolClient } from "pg";

export type Queryable = Pick<Pool | PoolClient, "query">;

export interface Leaf {
  readonly seq: number;
  readonly digest: Buffer;
  /** Number of the partition in PostgreSQL's catalogue. */
  readonly partition: string;
}

/** The form that FORM names: whoever adds a column adds a form, by which later seals are made. */
export const FORM = 1;

/** Every column but seq, which stands beside the digest, as text that no setting of a session changes. */
export const CANONICAL: Readonly<Record<string, string>> = {
  footprint: "encode(footprint, 'hex')",
  id: "id::text",
  at: "extract(epoch FROM at)::text",
  kind: "kind",
  request_id: "request_id",
  subject: "subject",
  department: "department",
  app: "app",
  purpose: "purpose",
  operation: "operation",
  registered: "registered",
  document: "encode(document, 'hex')",
  rows: "rows::text",
  suppressed: "suppressed::text",
  grants: "to_json(grants)::text",
  cost: "cost::text",
  outcome: "outcome",
  code: "code",
  milliseconds: "milliseconds::text",
};

const SELECT = `SELECT seq::text, tableoid::text, ${Object.values(CANONICAL).join(", ")} FROM access_record`;

/** Of the columns: plain names would be the texts of the answer. */
const ORDER = "access_record.seq, access_record.at, access_record.id";

type Row = [seq: string, partition: string, footprint: string | null, ...texts: (string | null)[]];

/** By their hash. A footprint is never changed; one that is changed all the same differs from the seals of before. */
export type FootprintDigests = LRUCache<string, string>;

export const rememberDigests = (): FootprintDigests => new LRUCache({ max: 20_000 });

export class Leaves {
  constructor(
    private readonly client: Queryable,
    private readonly footprints = rememberDigests(),
  ) {}

  /** Ascending, of one seq in the order of time; above `after` (left out: from the least) up to and with `upto`. */
  async between(after: number | undefined, upto: number, most: number): Promise<Leaf[]> {
    const above = after === undefined ? "" : "seq > $2 AND ";
    const values = after === undefined ? [upto] : [upto, after];
    return this.#leaves(`${SELECT} WHERE ${above}seq <= $1 ORDER BY ${ORDER} LIMIT ${most}`, values);
  }

  async #leaves(text: string, values: unknown[]): Promise<Leaf[]> {
    const { rows } = await this.client.query<Row>({ text, values, rowMode: "array" });
    const digests = await this.#digestsOf(rows);
    return rows.map(([seq, partition, footprint, ...texts]) => ({
      seq: Number(seq),
      partition,
      digest: sha256(JSON.stringify([footprint, digests.get(footprint ?? "") ?? null, ...texts])),
    }));
  }

  async #digestsOf(rows: readonly Row[]): Promise<Map<string, string>> {
    const known = new Map<string, string>();
    const lacking = new Set<string>();
    for (const [, , footprint] of rows) {
      if (footprint === null || known.has(footprint)) continue;
      const digest = this.footprints.get(footprint);
      if (digest) known.set(footprint, digest);
      else lacking.add(footprint);
    }
    if (lacking.size === 0) return known;
    const found = await this.client.query(
      "SELECT encode(hash, 'hex') AS hash, datasets, grants FROM access_footprint WHERE hash = ANY ($1::bytea[])",
      [[...lacking].map((hash) => `\\x${hash}`)],
    );
    for (const { hash, datasets, grants } of found.rows) {
      const digest = sha256(canonical({ datasets, grants })).toString("hex");
      this.footprints.set(hash, digest);
      known.set(hash, digest);
    }
    return known;
  }
}

/** JSON with the members of objects in the order of their names, without blanks. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

export function sha256(...parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
