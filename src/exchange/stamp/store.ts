/** Keeps stamps, and finds them by their record or by a file's digest. */
import type { Pool } from "pg";
import type { Signer } from "./signer";
import type { Signed, Stamp } from "./stamp";

export interface Kept {
  readonly record: string;
  readonly department: string;
  /** What was signed, letter by letter. */
  readonly text: string;
  readonly signature: Buffer;
  readonly key: string;
  readonly publicKey: string;
  /** Place in the sealed log; none where the record is older than the log is kept. */
  readonly seq: string | null;
  /** Number of the seal that covers it; none for the last seconds. */
  readonly seal: string | null;
}

const KEEP = `
  WITH known AS (INSERT INTO stamp_key (id, public_key) VALUES ($6, $7) ON CONFLICT DO NOTHING)
  INSERT INTO export_stamp (record, department, digest, stamp, signature, key, made_at)
  SELECT $1, $2, $3, $4, $5, $6, $8::timestamptz
    WHERE (SELECT set_config('synchronous_commit', 'on', true)) = 'on'`;

/** Resolves once the stamp survives a crash. */
export async function keep(pool: Pool, signer: Signer, stamp: Stamp): Promise<Signed> {
  const text = JSON.stringify(stamp);
  const signature = signer.sign(text);
  const digest = Buffer.from(stamp.sha256, "hex");
  await pool.query(KEEP, [
    ...[stamp.record, stamp.department, digest, text, signature],
    ...[signer.id, signer.publicKey, stamp.madeAt],
  ]);
  return { stamp, signature: signature.toString("base64") };
}

/** The record's time is that of its id or a little before: a request may have waited for its rows. */
const FIND = `
  SELECT s.record, s.department, s.stamp AS text, s.signature, s.key, k.public_key AS "publicKey",
      r.seq::text AS seq, (SELECT number::text FROM access_seal WHERE present @> r.seq ORDER BY number LIMIT 1) AS seal
    FROM export_stamp s JOIN stamp_key k ON k.id = s.key
      LEFT JOIN access_record r ON r.id = s.record
        AND r.at BETWEEN s.made_at - interval '7 days' AND s.made_at + interval '1 day'`;

export async function findByRecord(pool: Pool, record: string): Promise<Kept | undefined> {
  const { rows } = await pool.query<Kept>(`${FIND} WHERE s.record = $1`, [record]);
  return rows[0];
}

/** Files of the same bytes may have left more than once. */
export async function findByDigest(pool: Pool, digest: string): Promise<Kept[]> {
  const { rows } = await pool.query<Kept>(`${FIND} WHERE s.digest = $1 ORDER BY s.made_at DESC LIMIT 20`, [
    Buffer.from(digest, "hex"),
  ]);
  return rows;
}

export async function publicKeys(pool: Pool): Promise<{ id: string; publicKey: string }[]> {
  const { rows } = await pool.query<{ id: string; publicKey: string }>(
    'SELECT id, public_key AS "publicKey" FROM stamp_key ORDER BY first_used_at DESC',
  );
  return rows;
}
