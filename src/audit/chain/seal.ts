// What a seal says, the head that covers it, and how seals are read and written.
import { type Leaf, type Queryable, sha256 } from "./leaves";

/** Times and spans are as PostgreSQL tells them: the head covers those texts. */
export interface Seal {
  readonly number: number;
  readonly form: number;
  /** All seq up to this one are settled by this seal or a former one, but for those that are open. */
  readonly upto: number;
  /** Spans of seq whose transactions had not ended. */
  readonly open: string;
  /** Spans of seq that have a record in this seal. */
  readonly present: string;
  readonly records: number;
  /** Records of all seals up to this one. */
  readonly total: number;
  readonly marks: Buffer;
  readonly content: Buffer;
  readonly previous: Buffer;
  readonly head: Buffer;
  /** Seconds since 1970. */
  readonly sealedAt: string;
}

/** What stands before the first seal. */
export const BEGINNING = { number: 0, upto: 0, open: "{}", total: 0, head: Buffer.alloc(32) } as const;
export type Before = Pick<Seal, "number" | "upto" | "open" | "total" | "head">;

export function headOf(seal: Omit<Seal, "head">): Buffer {
  const { form, number, upto, open, present, records, total, sealedAt } = seal;
  const told = [form, number, upto, open, present, records, total, sealedAt];
  const bytes = [seal.previous, seal.content, seal.marks].map((b) => b.toString("hex"));
  return sha256(JSON.stringify(["community-hub access seal", ...told, ...bytes]));
}

/** Over each record's seq and digest, in the order of seq. */
export function contentOf(leaves: readonly Pick<Leaf, "seq" | "digest">[]): Buffer {
  return sha256(
    ...leaves.flatMap(({ seq, digest }) => {
      const place = Buffer.alloc(8);
      place.writeBigInt64BE(BigInt(seq));
      return [place, digest];
    }),
  );
}

export const MARK = 4;
export const markOf = (digest: Buffer) => digest.toString("hex", 0, MARK);

export function marksOf(leaves: readonly Pick<Leaf, "digest">[]): Buffer {
  return Buffer.concat(leaves.map(({ digest }) => digest.subarray(0, MARK)));
}

const SELECT = `SELECT number::text, form, upto::text, open::text, present::text, records, total::text, marks, content,
  previous, head, extract(epoch FROM sealed_at)::text AS "sealedAt" FROM access_seal`;

type Row = Omit<Seal, "number" | "upto" | "total"> & { number: string; upto: string; total: string };

const sealOf = (row: Row): Seal => ({
  ...row,
  number: Number(row.number),
  upto: Number(row.upto),
  total: Number(row.total),
});

/** What is asked of the newest seal every two seconds, without its marks. */
export type LastSeal = Before & Pick<Seal, "sealedAt">;

const LAST = `SELECT number::text, upto::text, open::text, total::text, head, extract(epoch FROM sealed_at)::text AS "sealedAt"
  FROM access_seal ORDER BY access_seal.number DESC LIMIT 1`;

export async function lastSeal(client: Queryable): Promise<LastSeal | undefined> {
  const { rows } = await client.query<Row>(LAST);
  return rows[0] && sealOf(rows[0]);
}

/** Ascending by number. */
export async function sealsAfter(client: Queryable, number: number, most: number): Promise<Seal[]> {
  const text = `${SELECT} WHERE access_seal.number > $1 ORDER BY access_seal.number LIMIT $2`;
  const { rows } = await client.query<Row>(text, [number, most]);
  return rows.map(sealOf);
}

/** The table refuses one that does not follow the last. */
export async function insertSeal(client: Queryable, seal: Seal): Promise<void> {
  await client.query(
    `INSERT INTO access_seal (number, form, upto, open, present, records, total, marks, content, previous, head, sealed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_timestamp(0) + $12::numeric * interval '1 second')`,
    [
      seal.number,
      seal.form,
      seal.upto,
      seal.open,
      seal.present,
      seal.records,
      seal.total,
      seal.marks,
      seal.content,
      seal.previous,
      seal.head,
      seal.sealedAt,
    ],
  );
}

/** As PostgreSQL tells seconds since 1970. */
export function epochOf(at: Date): string {
  const ms = at.getTime();
  return `${Math.floor(ms / 1_000)}.${String(ms % 1_000).padStart(3, "0")}000`;
}

export const dateOf = ({ sealedAt }: Pick<Seal, "sealedAt">) =>
  new Date(Math.round(Number(sealedAt) * 1_000));
