// What is known of months that were dropped after their years: which seals have lost records, and what is left of them.
import type { Leaf, Queryable } from "./leaves";
import { dateOf, type Seal } from "./seal";
import { holds, parseSpans, type Span } from "./spans";

/** Records are kept for three years (B-24, B-32), counted from their seal. */
export const YEARS = 3;

export interface Retired {
  /** Whether the log says that no record of this seal is left. */
  emptied(number: number): boolean;
  /** Digests of its records that went. */
  leavesOf(number: number): Promise<readonly Pick<Leaf, "seq" | "digest">[]>;
  /** Whether its records have been kept for as long as they must, whatever the log says. */
  mayBeGone(seal: Seal): boolean;
}

export interface GoneMonth {
  readonly month: string;
  readonly records: number;
  readonly lastSeal: number;
  readonly at: Date;
}

export async function goneMonths(client: Queryable): Promise<GoneMonth[]> {
  const { rows } = await client.query<{ month: string; records: string; seal: string; at: Date }>(
    `SELECT to_char(month, 'YYYY-MM') AS month, records::text, last_seal::text AS seal, retired_at AS at
       FROM access_retirement ORDER BY 1`,
  );
  return rows.map(({ month, records, seal, at }) => ({
    ...{ month, at },
    ...{ records: Number(records), lastSeal: Number(seal) },
  }));
}

export function endOfKeeping(now: Date): Date {
  const since = new Date(now);
  since.setUTCFullYear(since.getUTCFullYear() - YEARS);
  return since;
}

export async function readRetired(client: Queryable, now: Date): Promise<Retired> {
  const { rows } = await client.query<{ emptied: string }>("SELECT emptied::text FROM access_retirement");
  const emptied = rows.flatMap((row) => [...parseSpans(row.emptied)]).sort((a: Span, b: Span) => a[0] - b[0]);
  const mixed = await client.query<{ seal: string }>("SELECT DISTINCT seal::text FROM access_retired_leaf");
  const withLeaves = new Set(mixed.rows.map(({ seal }) => Number(seal)));
  const since = endOfKeeping(now);
  return {
    emptied: (number) => holds(emptied, number),
    mayBeGone: (seal) => dateOf(seal) <= since,
    async leavesOf(number) {
      if (!withLeaves.has(number)) return [];
      const text = "SELECT seq::text, leaf FROM access_retired_leaf WHERE seal = $1 ORDER BY seq";
      const found = await client.query<{ seq: string; leaf: Buffer }>(text, [number]);
      return found.rows.map(({ seq, leaf }) => ({ seq: Number(seq), digest: leaf }));
    },
  };
}
