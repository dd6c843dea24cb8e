/** Holds the rights in force in memory, by the epoch they were read at, and reads them anew when it moved. */
import type { Pool } from "pg";
import type { Rights } from "./rights";

/** What data may be asked for: a name for a lawful use, not free text (semantics 2, B-17). */
export interface Purpose {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly legalBasis: string;
}

export interface RightsStore {
  /** Rights at most `freshFor` old, the same object until they move; each statement's own epoch check makes up for the rest (semantics 7). */
  current(): Promise<Rights>;
  /** Rights read after this call: for a statement that found the epoch moved. */
  refresh(): Promise<Rights>;
  /** All purposes by code, as of `current()`. */
  purposes(): Promise<ReadonlyMap<string, Purpose>>;
}

interface Snapshot {
  readonly rights: Rights;
  readonly purposes: ReadonlyMap<string, Purpose>;
}

export interface StoreOptions {
  /** Milliseconds for which the epoch is trusted without a look; 0 looks each time. */
  readonly freshFor?: number;
}

export function createRightsStore(pool: Pool, { freshFor = 1_000 }: StoreOptions = {}): RightsStore {
  let held: Snapshot | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<Snapshot> | undefined;
  let next: Promise<Snapshot> | undefined;

  async function load(): Promise<Snapshot> {
    const startedAt = performance.now();
    const snapshot = await readSnapshot(pool);
    // An older answer may arrive after a newer one; rights that did not move stay the same object.
    if (!held || snapshot.rights.epoch > held.rights.epoch) held = snapshot;
    if (snapshot.rights.epoch === held.rights.epoch) lookedAt = startedAt;
    return held;
  }

  /** Starts a reading; callers that come while one runs share the one after it, whose snapshot is newer than they. */
  function reload(): Promise<Snapshot> {
    if (!running) {
      running = load().finally(() => {
        running = undefined;
      });
      return running;
    }
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return reload();
      });
    return next;
  }

  async function fresh(): Promise<Snapshot> {
    if (!held) return running ?? reload();
    if (performance.now() - lookedAt < freshFor) return held;
    const startedAt = performance.now();
    const { rows } = await pool.query<{ epoch: string }>({
      name: "grant-epoch",
      text: "SELECT epoch FROM grant_epoch",
    });
    if (Number(rows[0]?.epoch) !== held.rights.epoch) return reload();
    lookedAt = startedAt;
    return held;
  }

  return {
    current: async () => (await fresh()).rights,
    refresh: async () => (await reload()).rights,
    purposes: async () => (await fresh()).purposes,
  };
}

/** One statement, hence one snapshot: the epoch and the rights it stands for never come apart. */
const SNAPSHOT = `
SELECT (SELECT epoch FROM grant_epoch)::float8 AS epoch,
  (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('id', id, 'from', starts_at, 'until', ends_at,
      'dataset', dataset, 'field', field, 'kind', kind)) ORDER BY id), '[]') FROM stewardship) AS stewardships,
  (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('id', id, 'from', starts_at, 'until', ends_at,
      'kind', kind, 'except', except_kinds, 'over', over, 'level', level, 'scope', scope)) ORDER BY id), '[]')
     FROM standing_right) AS standings,
  (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('id', id, 'from', starts_at, 'until', ends_at,
      'department', department, 'dataset', dataset, 'fields', fields, 'level', level, 'territory', territory,
      'purpose', purpose, 'legalBasis', legal_basis, 'grantedBy', granted_by, 'request', request)) ORDER BY id), '[]')
     FROM access_grant WHERE state = 'ACTIVE' AND (ends_at IS NULL OR ends_at > now())) AS grants,
  (SELECT coalesce(json_agg(json_build_object('code', code, 'zh', zh, 'en', en, 'legalBasis', legal_basis)
      ORDER BY code), '[]') FROM purpose) AS purposes`;

async function readSnapshot(pool: Pool): Promise<Snapshot> {
  const { rows } = await pool.query<Rights & { purposes: Purpose[] }>({ name: "rights", text: SNAPSHOT });
  const [row] = rows;
  if (!row?.epoch) throw new Error("the rights store is empty: run the migrations");
  const { purposes, ...rights } = row;
  return { rights, purposes: new Map(purposes.map((p) => [p.code, p])) };
}
