/** Erasures as whole objects, for those who may know of them; their content is read by nobody. */
import { instantSql } from "../../database/instant";
import type { ErasureState } from "../../write";

export interface StoredErasure {
  readonly id: string;
  readonly dataset: string;
  /** UUID of the row. */
  readonly row: string;
  readonly territory: string;
  readonly cause: string;
  readonly causeId: string;
  readonly department: string;
  readonly begunAt: string;
  readonly state: ErasureState;
  readonly rows: readonly {
    readonly dataset: string;
    readonly row: string;
    readonly versions: number;
    readonly fields?: readonly string[];
  }[];
  readonly steps: readonly {
    readonly seq: number;
    readonly at: string;
    readonly act: string;
    readonly duty: string;
    readonly actor: string;
    readonly department: string;
    /** Sealed, in Base64. */
    readonly reason?: string;
  }[];
  /** Its place in the list, to the microsecond. */
  readonly begunInstant: string;
}

export const WHOLE_ERASURE = `json_strip_nulls(json_build_object(
  'id', e.id, 'dataset', e.dataset, 'row', e.row_id, 'territory', e.territory, 'cause', e.cause, 'causeId', e.cause_id,
  'department', e.department, 'begunAt', ${instantSql("e.begun_at")}, 'begunInstant', e.begun_at::text, 'state', e.state,
  'rows', (SELECT json_agg(json_build_object('dataset', r.dataset, 'row', r.row_id, 'versions', r.versions,
      'fields', r.fields) ORDER BY r.row_id <> e.row_id, r.dataset, r.row_id) FROM erased_row r WHERE r.erasure = e.id),
  'steps', (SELECT json_agg(json_build_object('seq', s.seq, 'at', ${instantSql("s.at")}, 'act', s.act, 'duty', s.duty,
      'actor', s.actor, 'department', s.department, 'reason', translate(encode(s.reason, 'base64'), E'\\n', ''))
      ORDER BY s.seq) FROM erasure_step s WHERE s.erasure = e.id)))`;
