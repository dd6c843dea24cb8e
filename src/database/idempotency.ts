/** Remembers what clients created by the key they gave it, so that what is sent again is not stored twice. */
import { createHash } from "node:crypto";
import { HubError } from "../errors";

export interface Creation {
  /** Department and subject: keys of one client say nothing to another. */
  readonly asker: string;
  readonly key: string;
  /** What is created: a dataset, or what else takes keys. */
  readonly dataset: string;
  readonly input: unknown;
}

/** Runs a statement in the caller's transaction and gives its rows. */
export type Ask = (text: string, values: unknown[]) => Promise<unknown[]>;

/** Keyed: a bare hash of little data can be guessed. */
export type KeyedHash = (dataset: string, field: string, text: string) => Buffer;

/** For how long a creation may be sent again. */
const KEPT = "7 days";

export function checkKey(key: string): void {
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw new HubError(
      "BAD_USER_INPUT",
      "idempotencyKey 为 1 至 200 个可见字符。It has 1 to 200 visible ASCII characters",
    );
}

/**
 * Claims the key for `uuid`, or gives the uuid that was stored under it before. A second request with the same key waits
 * here until the first has committed or failed.
 */
export async function claim(
  ask: Ask,
  hash: KeyedHash,
  creation: Creation,
  uuid: string,
): Promise<string | undefined> {
  const { asker, key, dataset } = creation;
  await ask("DELETE FROM idempotency_key WHERE asker = $1 AND created_at < now() - $2::interval", [
    asker,
    KEPT,
  ]);
  const claimed = await ask(
    `INSERT INTO idempotency_key (asker, key, dataset, request_hash, row_id) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING RETURNING key`,
    [asker, key, dataset, hashOf(hash, creation), uuid],
  );
  return claimed.length > 0 ? undefined : earlier(ask, hash, creation);
}

/** The uuid that was stored under the key, if any; refuses a key that was used for something else. */
export async function earlier(ask: Ask, hash: KeyedHash, creation: Creation): Promise<string | undefined> {
  const { asker, key, dataset } = creation;
  const [known] = (await ask(
    `SELECT dataset, request_hash, row_id FROM idempotency_key
      WHERE asker = $1 AND key = $2 AND created_at >= now() - $3::interval`,
    [asker, key, KEPT],
  )) as { dataset: string; request_hash: Buffer; row_id: string }[];
  if (!known) return undefined;
  if (known.dataset === dataset && known.request_hash.equals(hashOf(hash, creation))) return known.row_id;
  throw new HubError(
    "BAD_USER_INPUT",
    "此 idempotencyKey 已用于另一请求。This idempotencyKey was used for another request",
    { reason: "IDEMPOTENCY_KEY_REUSED" },
  );
}

function hashOf(hash: KeyedHash, { dataset, input }: Creation): Buffer {
  return hash("idempotency", dataset, createHash("sha256").update(JSON.stringify(input)).digest("hex"));
}
