/** Requests as rows: read as whole objects, filed once, and from then on moved by inserting transitions alone. */
import type { ClientBase, Pool } from "pg";
import { instantSql } from "../../database/instant";
import type { Sharing } from "../../declare";
import type { Item } from "./items";
import type { Parties } from "./reach";
import type { Party, RequestAct, RequestState } from "./steps";

export type Way = "API" | "BATCH" | "FILE";

/** What the requester says of its use (B-10). */
export interface Terms {
  readonly purpose: string;
  readonly legalBasis: string;
  readonly scenario: string;
  readonly scope: string;
  readonly way: Way;
  /** ISO 8601. */
  readonly until: string;
}

export interface Transition {
  readonly seq: number;
  readonly at: string;
  readonly act: RequestAct;
  readonly from?: RequestState;
  readonly to: RequestState;
  readonly party: Party;
  readonly duty: string;
  readonly actor: string;
  readonly department: string;
  readonly reason?: string;
  readonly criterion?: string;
  readonly deadlineRule?: string;
  readonly due?: string;
}

export interface GrantedItem extends Item {
  readonly until: string;
}

export interface StoredRequest extends Parties, Terms {
  readonly id: string;
  readonly filing: string;
  readonly sharing: Exclude<Sharing, "NOT_SHARED">;
  readonly filedAt: string;
  readonly state: RequestState;
  readonly seq: number;
  readonly due?: string;
  readonly items: readonly Item[];
  /** What was granted of it, where that was less than all. */
  readonly parts: readonly GrantedItem[];
  /** The request that this one is the rest of, and the one that is its rest. */
  readonly partOf?: string;
  readonly rest?: string;
  /** Acts of the requests that this one is the rest of. */
  readonly before: readonly RequestAct[];
  readonly transitions: readonly Transition[];
  readonly grants: readonly string[];
  /** Its place in the list, to the microsecond. */
  readonly filedInstant: string;
}

export const WHOLE = `json_strip_nulls(json_build_object(
  'id', r.id, 'filing', r.filing, 'requester', r.requester, 'provider', r.provider, 'authority', r.authority,
  'superior', r.superior, 'sharing', r.sharing, 'purpose', r.purpose, 'legalBasis', r.legal_basis,
  'scenario', r.scenario, 'scope', r.scope, 'way', r.way, 'until', ${instantSql("r.until")},
  'filedAt', ${instantSql("r.filed_at")}, 'filedInstant', r.filed_at::text, 'state', r.state, 'seq', r.seq,
  'due', ${instantSql("r.due")},
  'items', (SELECT coalesce(json_agg(json_build_object('dataset', i.dataset, 'fields', i.fields, 'level', i.level,
      'territory', i.territory) ORDER BY i.place), '[]') FROM access_request_item i WHERE i.request = r.id),
  'parts', (SELECT coalesce(json_agg(json_build_object('dataset', p.dataset, 'fields', p.fields, 'level', p.level,
      'territory', p.territory, 'until', ${instantSql("p.until")}) ORDER BY p.place), '[]')
      FROM access_request_part p WHERE p.request = r.id),
  'partOf', r.part_of, 'rest', (SELECT x.id FROM access_request x WHERE x.part_of = r.id),
  'before', CASE WHEN r.part_of IS NULL THEN '[]'::json ELSE (
      WITH RECURSIVE access_request_line AS (SELECT r.part_of AS id UNION SELECT p.part_of FROM access_request_line l
        JOIN access_request p ON p.id = l.id WHERE p.part_of IS NOT NULL)
      SELECT json_agg(t.act) FROM access_request_line l JOIN access_request_transition t ON t.request = l.id) END,
  'transitions', (SELECT coalesce(json_agg(json_build_object('seq', t.seq, 'at', ${instantSql("t.at")}, 'act', t.act,
      'from', t.from_state, 'to', t.to_state, 'party', t.party, 'duty', t.duty, 'actor', t.actor,
      'department', t.department, 'reason', t.reason, 'criterion', t.criterion, 'deadlineRule', t.deadline_rule,
      'due', ${instantSql("t.due")}) ORDER BY t.seq), '[]') FROM access_request_transition t WHERE t.request = r.id),
  'grants', (SELECT coalesce(json_agg(g.id ORDER BY g.id), '[]') FROM access_grant g WHERE g.request = r.id)))`;

/** The request, locked until the transaction ends: two acts on one request come one after the other. */
export async function lockRequest(client: ClientBase, id: string): Promise<StoredRequest | undefined> {
  const { rows } = await client.query("SELECT FROM access_request WHERE id = $1 FOR UPDATE", [id]);
  return rows.length > 0 ? readRequest(client, id) : undefined;
}

export async function readRequest(client: Pool | ClientBase, id: string): Promise<StoredRequest | undefined> {
  const { rows } = await client.query<{ whole: StoredRequest }>(
    `SELECT ${WHOLE} AS whole FROM access_request r WHERE r.id = $1`,
    [id],
  );
  return rows[0]?.whole;
}

export interface NewRequest extends Parties, Terms {
  readonly id: string;
  readonly filing: string;
  readonly sharing: Exclude<Sharing, "NOT_SHARED">;
  readonly filedAt: Date;
  readonly items: readonly Item[];
}

/** Without a state of its own until its first transition. */
export async function insertRequest(client: ClientBase, request: NewRequest): Promise<void> {
  const { id, filing, requester, provider, authority, superior, sharing, filedAt, items, ...terms } = request;
  const { purpose, legalBasis, scenario, scope, way, until } = terms;
  await client.query(
    `INSERT INTO access_request (id, filing, requester, provider, authority, superior, sharing, purpose, legal_basis,
       scenario, scope, way, until, filed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[
        id,
        filing,
        requester,
        provider,
        authority,
        superior,
        sharing,
        purpose,
        legalBasis,
        scenario,
        scope,
        way,
      ],
      ...[until, filedAt],
    ],
  );
  await insertItems(client, id, items);
}

async function insertItems(client: ClientBase, request: string, items: readonly Item[]): Promise<void> {
  await client.query(
    `INSERT INTO access_request_item (request, place, dataset, fields, level, territory)
     SELECT $1, place, dataset, fields, level, territory
       FROM jsonb_to_recordset($2::jsonb) AS i(place smallint, dataset text, fields text[], level text, territory text)`,
    [request, placed(items)],
  );
}

const placed = (items: readonly Item[]) => JSON.stringify(items.map((item, place) => ({ ...item, place })));

/** What is left of a request once a part was granted: with its terms, and a course of its own from its first transition on. */
export async function insertRest(
  client: ClientBase,
  { id, of, items }: { readonly id: string; readonly of: string; readonly items: readonly Item[] },
): Promise<void> {
  await client.query(
    `INSERT INTO access_request (id, part_of, filing, requester, provider, authority, superior, sharing, purpose,
       legal_basis, scenario, scope, way, until, filed_at)
     SELECT $1, id, filing, requester, provider, authority, superior, sharing, purpose, legal_basis, scenario, scope, way,
       until, filed_at FROM access_request WHERE id = $2`,
    [id, of],
  );
  await insertItems(client, id, items);
}

/** What the transition grants. */
export async function insertParts(
  client: ClientBase,
  request: string,
  seq: number,
  items: readonly Item[],
  until: string,
): Promise<void> {
  await client.query(
    `INSERT INTO access_request_part (request, seq, place, dataset, fields, level, territory, until)
     SELECT $1, $2, place, dataset, fields, level, territory, $4
       FROM jsonb_to_recordset($3::jsonb) AS i(place smallint, dataset text, fields text[], level text, territory text)`,
    [request, seq, placed(items), until],
  );
}

export interface NewTransition extends Omit<Transition, "at" | "due"> {
  readonly at: Date;
  readonly due?: Date;
}

/** The one way a request's state changes: the table's own trigger moves it, from where it stands and nowhere else. */
export async function insertTransition(
  client: ClientBase,
  request: string,
  made: NewTransition,
): Promise<void> {
  await client.query(
    `INSERT INTO access_request_transition (request, seq, at, act, from_state, to_state, party, duty, actor, department,
       reason, criterion, deadline_rule, due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[
        request,
        made.seq,
        made.at,
        made.act,
        made.from ?? null,
        made.to,
        made.party,
        made.duty,
        made.actor,
      ],
      ...[
        made.department,
        made.reason ?? null,
        made.criterion ?? null,
        made.deadlineRule ?? null,
        made.due ?? null,
      ],
    ],
  );
}

/** Grants of a request, one an item; the table's trigger moves the epoch, so that no older decision answers. */
export async function insertGrants(
  client: ClientBase,
  { id, requester, purpose, legalBasis, provider }: StoredRequest,
  { items, until, at }: { readonly items: readonly Item[]; readonly until: string; readonly at: Date },
): Promise<void> {
  await client.query(
    `INSERT INTO access_grant (department, dataset, fields, level, territory, purpose, legal_basis, granted_by, request,
       starts_at, ends_at)
     SELECT $2, dataset, fields, level, territory, $3, $4, $5, $1, $6, $7
       FROM jsonb_to_recordset($8::jsonb) AS i(place smallint, dataset text, fields text[], level text, territory text)
      ORDER BY place`,
    [...[id, requester, purpose, legalBasis, provider], ...[at, until, placed(items)]],
  );
}
