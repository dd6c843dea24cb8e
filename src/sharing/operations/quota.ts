/**
 * Quotas of operations over all processes of the hub: each takes a small lease from the shared row of the day and counts
 * by itself. Requests never exceed the quota; rows are known when an answer leaves, so what is under way may go beyond.
 */
import type { Pool } from "pg";
import { HubError } from "../../errors";
import { dayOf } from "../clock";
import type { Now } from "../requests";

export interface Quota {
  readonly id: string;
  readonly requestsPerDay: number;
  readonly rowsPerDay: number;
}

export interface Use {
  readonly requests: number;
  readonly rows: number;
}

export interface Quotas {
  /** Counts one request; throws RATE_LIMITED where the day's requests or rows are used up. */
  take(quota: Quota): Promise<void>;
  /** Counts rows that have left. */
  spend(id: string, rows: number): void;
  /** Gives back what was leased and not used. */
  close(): Promise<void>;
}

/** What this process holds of one operation's day; rows that left beyond the lease are a debt. */
interface Held {
  readonly day: string;
  requests: number;
  rows: number;
  asking?: Promise<"requests" | "rows" | undefined>;
}

/** A hundredth of the quota at a time, so that what other processes hold and do not use is little. */
const lease = (quota: number, most: number) => Math.min(most, Math.max(1, Math.floor(quota / 100)));

const DAY = 24 * 60 * 60 * 1000;

/** The instant at which the next day begins there. */
export function dayAfter(at: Date): Date {
  return new Date(Date.parse(`${dayOf(at)}T00:00:00+08:00`) + DAY);
}

/** Rows in debt are counted whatever the quota; of the lease there is what the quota leaves. */
const LEASE = `
UPDATE app_operation_use u SET requests = old.requests + greatest(0, least($3, $4 - old.requests)),
    rows = old.rows + $5 + greatest(0, least($6, $7 - old.rows - $5))
  FROM (SELECT * FROM app_operation_use WHERE operation = $1 AND day = $2 FOR UPDATE) AS old
 WHERE u.operation = old.operation AND u.day = old.day
 RETURNING u.requests - old.requests AS requests, (u.rows - old.rows)::float8 AS rows`;

const GIVE_BACK =
  "UPDATE app_operation_use SET requests = requests - $3, rows = rows - $4 WHERE operation = $1 AND day = $2";

export function createQuotas(pool: Pool, now: Now): Quotas {
  const holds = new Map<string, Held>();

  function heldOf(id: string): Held {
    const day = dayOf(now());
    const held = holds.get(id);
    if (held?.day === day) return held;
    const fresh: Held = { day, requests: 0, rows: 0 };
    holds.set(id, fresh);
    return fresh;
  }

  async function ask(quota: Quota, held: Held): Promise<"requests" | "rows" | undefined> {
    const { id, requestsPerDay, rowsPerDay } = quota;
    const debt = Math.max(0, -held.rows);
    held.rows += debt;
    const values = [
      ...[id, held.day],
      ...[held.requests > 0 ? 0 : lease(requestsPerDay, 100), requestsPerDay],
      ...[debt, held.rows > 0 ? 0 : lease(rowsPerDay, 10_000), rowsPerDay],
    ];
    try {
      await pool.query(
        "INSERT INTO app_operation_use (operation, day) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        [id, held.day],
      );
      const { rows } = await pool.query<Use>({ name: "operation-lease", text: LEASE, values });
      const [given] = rows;
      if (!given) throw new Error("the day of an operation has no row");
      held.requests += given.requests;
      held.rows += given.rows - debt;
    } catch (error) {
      held.rows -= debt;
      throw error;
    }
    return held.requests <= 0 ? "requests" : held.rows <= 0 ? "rows" : undefined;
  }

  return {
    async take(quota) {
      for (;;) {
        const held = heldOf(quota.id);
        if (held.requests > 0 && held.rows > 0) {
          held.requests--;
          return;
        }
        held.asking ??= ask(quota, held).finally(() => {
          held.asking = undefined;
        });
        const spent = await held.asking;
        if (spent) throw usedUp(quota, spent, now());
      }
    },
    spend(id, rows) {
      heldOf(id).rows -= rows;
    },
    async close() {
      for (const [id, { day, requests, rows }] of holds)
        if (requests !== 0 || rows !== 0) await pool.query(GIVE_BACK, [id, day, requests, rows]);
      holds.clear();
    },
  };
}

function usedUp(quota: Quota, what: "requests" | "rows", at: Date): HubError {
  const most = what === "requests" ? quota.requestsPerDay : quota.rowsPerDay;
  const renewed = dayAfter(at);
  const unit = what === "requests" ? "次请求" : "行";
  return new HubError(
    "RATE_LIMITED",
    `该操作今日的 ${most} ${unit}已用完，次日零时恢复。The ${most} ${what} a day of this operation are used up; renewed at midnight`,
    {
      quota: what,
      most,
      renewedAt: renewed.toISOString(),
      retryAfter: Math.max(1, Math.ceil((renewed.getTime() - at.getTime()) / 1000)),
    },
  );
}

/** What of the day's quotas is used, leases that processes hold counted in. */
export async function usedOn(
  pool: Pick<Pool, "query">,
  ids: readonly string[],
  at: Date,
): Promise<Map<string, Use>> {
  const { rows } = await pool.query<Use & { id: string }>(
    "SELECT operation AS id, requests, rows::float8 AS rows FROM app_operation_use WHERE operation = ANY ($1) AND day = $2",
    [ids, dayOf(at)],
  );
  return new Map(rows.map(({ id, ...use }) => [id, use]));
}
