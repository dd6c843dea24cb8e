/** The book of erasures: each is written down with what it took out, and moved by steps alone. */
import { v7 } from "uuid";
import type { Cipher } from "../../declare/cipher";
import { HubError } from "../../errors";
import type { Query } from "../settle";

export const ERASURE_STATES = ["ERASED", "FROZEN", "RELEASED", "LIFTED"] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];

export const ERASURE_ACTS = ["ERASE", "FREEZE", "RELEASE", "LIFT"] as const;
export type ErasureAct = (typeof ERASURE_ACTS)[number];

/** What led to it: a case of the rights desk, or a run of a retention rule. */
export interface ErasureCause {
  readonly kind: "RIGHTS_CASE" | "RETENTION";
  readonly id: string;
}

/** Who does it, and why. */
export interface ErasureBy {
  readonly actor: string;
  readonly department: string;
  readonly duty: "steward" | "decide" | "system";
  readonly reason?: string;
}

export interface ErasedRow {
  readonly dataset: string;
  readonly uuid: string;
  readonly versions: number;
  readonly fields?: readonly string[];
  readonly contentHash: Buffer;
  /** Of a frozen row its content, sealed; else nothing. */
  readonly sealed: Buffer;
}

export interface NewErasure {
  readonly id: string;
  readonly dataset: string;
  readonly uuid: string;
  readonly territory: string;
  readonly cause: ErasureCause;
  readonly at: Date;
}

export async function writeErasure(
  query: Query,
  { id, dataset, uuid, territory, cause, at }: NewErasure,
  department: string,
): Promise<void> {
  await query(
    `INSERT INTO erasure (id, dataset, row_id, territory, cause, cause_id, department, begun_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, dataset, uuid, territory, cause.kind, cause.id, department, at],
  );
}

export async function writeErasedRow(query: Query, erasure: string, row: ErasedRow): Promise<void> {
  const { dataset, uuid, versions, fields, contentHash, sealed } = row;
  await query(
    `INSERT INTO erased_row (erasure, dataset, row_id, versions, fields, content_hash, sealed)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [erasure, dataset, uuid, versions, fields ?? null, contentHash, sealed],
  );
}

export async function writeMarks(
  query: Query,
  erasure: string,
  dataset: string,
  marks: readonly Buffer[],
): Promise<void> {
  if (marks.length === 0) return;
  await query(
    `INSERT INTO erasure_mark (erasure, dataset, mark)
     SELECT $1, $2, m FROM unnest($3::bytea[]) AS m ON CONFLICT DO NOTHING`,
    [erasure, dataset, marks],
  );
}

export interface Step {
  readonly seq: number;
  readonly act: ErasureAct;
  readonly from: ErasureState | "NEW";
  readonly to: ErasureState;
  readonly at: Date;
}

/** The one way its state changes: the table's own trigger moves it, from where it stands and nowhere else. */
export async function writeStep(
  query: Query,
  cipher: Cipher,
  erasure: string,
  { seq, act, from, to, at }: Step,
  { actor, department, duty, reason }: ErasureBy,
): Promise<void> {
  const said = reason?.trim() ? sealReason(cipher, erasure, seq, reason.trim()) : null;
  await query(
    `INSERT INTO erasure_step (erasure, seq, at, act, from_state, to_state, duty, actor, department, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [erasure, seq, at, act, from, to, duty, actor, department, said],
  );
}

function sealReason(cipher: Cipher, erasure: string, seq: number, text: string): Buffer {
  // The mask is of no use here, the cipher wants one.
  return cipher.seal("erasure", `${erasure} reason ${seq}`, text, "NAME").value;
}

export function openReason(cipher: Cipher, erasure: string, seq: number, sealed: Buffer): string {
  return cipher.open("erasure", `${erasure} reason ${seq}`, sealed);
}

/** The frozen row as it last was, by its columns. */
export function frozenValues(
  cipher: Cipher,
  erasure: string,
  uuid: string,
  sealed: Buffer,
): Readonly<Record<string, unknown>> {
  const { now, history } = JSON.parse(cipher.open("erasure", `${erasure} ${uuid}`, sealed));
  return JSON.parse(now ?? history.at(-1));
}

export interface Standing {
  readonly id: string;
  readonly dataset: string;
  readonly row: string;
  readonly territory: string;
  readonly department: string;
  readonly state: ErasureState;
  readonly seq: number;
}

/** The erasure, locked until the transaction ends. */
export async function lockErasure(query: Query, id: string): Promise<Standing> {
  const [found] = await query(
    `SELECT id, dataset, row_id AS row, territory, department, state, seq FROM erasure WHERE id = $1 FOR UPDATE`,
    [id],
  );
  if (!found) throw new HubError("NOT_FOUND", "没有这样的删除记录。No such erasure within your reach");
  return found as unknown as Standing;
}

export async function erasedRows(query: Query, erasure: string): Promise<ErasedRow[]> {
  const rows = await query(
    `SELECT dataset, row_id AS uuid, versions, fields, content_hash AS "contentHash", sealed
       FROM erased_row WHERE erasure = $1 ORDER BY dataset, row_id`,
    [erasure],
  );
  return rows.map((row) => ({ ...row, fields: row.fields ?? undefined })) as unknown as ErasedRow[];
}

export async function giveUpContent(query: Query, erasure: string): Promise<void> {
  await query("UPDATE erased_row SET sealed = '' WHERE erasure = $1 AND sealed <> ''", [erasure]);
}

export const newErasureId = v7;
