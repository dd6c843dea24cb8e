// How far the chain has come, for those who watch over it.
import type { Pool } from "pg";
import { HubError } from "../../errors";
import { type Identity, watches } from "../../identity";
import type { ChainView } from "./chain";
import { toldOf } from "./heads";
import { lastSeal } from "./seal";
import { parseSpans, sizeOf } from "./spans";

export interface ChainStatus {
  readonly seal: number | null;
  readonly head: string | null;
  readonly sealedAt: string | null;
  /** Records under seals. */
  readonly records: number;
  /** Records that no seal covers yet. */
  readonly waiting: number;
  readonly publishedSeal: number | null;
  readonly publishedHead: string | null;
  readonly publishedAt: string | null;
  /** Whether the database still tells the heads that were published; null: none was compared yet. */
  readonly agrees: boolean | null;
  readonly coveredUntil: string | null;
}

/** Beijing's time, as all times of the hub leave. */
const shown = (at: Date | undefined) =>
  at ? `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, -1)}+08:00` : null;

export async function readStatus(
  pool: Pool,
  chain: { view(): ChainView },
  asker: Identity,
): Promise<ChainStatus> {
  if (!watches(asker))
    throw new HubError(
      "FORBIDDEN",
      "封存链的状态供审计、安全职责查看。The chain's state is for the audit and security duties.",
    );
  const last = await lastSeal(pool);
  const { published, coveredAt } = chain.view();
  const told = last && toldOf(last);
  return {
    seal: told?.seal ?? null,
    head: told?.head ?? null,
    sealedAt: shown(told && new Date(told.at)),
    records: told?.records ?? 0,
    waiting: await waiting(pool, last?.upto ?? 0, last?.open ?? "{}"),
    publishedSeal: published.head?.seal ?? null,
    publishedHead: published.head?.head ?? null,
    publishedAt: shown(published.at),
    agrees: published.differs !== undefined ? false : published.head ? true : null,
    coveredUntil: shown(coveredAt),
  };
}

/** Those of a transaction that has not ended are not seen. */
async function waiting(pool: Pool, upto: number, open: string): Promise<number> {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS n FROM access_record
       WHERE seq > $1 OR ($2 > 0 AND seq = ANY (SELECT generate_series(lower(s), upper(s) - 1) FROM unnest($3::int8multirange) AS s))`,
    [upto, sizeOf(parseSpans(open)), open],
  );
  return rows[0].n;
}
