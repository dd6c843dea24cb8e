/** Remembers creations by the key a client gave them, so that one sent again is not stored twice. */
import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Cipher } from "../declare/cipher";
import { HubError } from "../errors";

export interface Creation {
  /** Department and subject: keys of one client say nothing to another. */
  readonly asker: string;
  readonly key: string;
  readonly dataset: string;
  readonly input: unknown;
}

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
 * Claims the key for `uuid`, or gives the row that was stored under it before. A second request with the same key waits
 * here until the first has committed or failed.
 */
export async function claim(
  manager: EntityManager,
  cipher: Cipher,
  creation: Creation,
  uuid: string,
): Promise<string | undefined> {
  const { asker, key, dataset } = creation;
  const digest = createHash("sha256").update(JSON.stringify(creation.input)).digest("hex");
  const hash = cipher.hash("idempotency", dataset, digest);
  await manager.query("DELETE FROM idempotency_key WHERE asker = $1 AND created_at < now() - $2::interval", [
    asker,
    KEPT,
  ]);
  const claimed: unknown[] = await manager.query(
    `INSERT INTO idempotency_key (asker, key, dataset, request_hash, row_id) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING RETURNING key`,
    [asker, key, dataset, hash, uuid],
  );
  if (claimed.length > 0) return undefined;
  const [earlier]: { dataset: string; request_hash: Buffer; row_id: string }[] = await manager.query(
    "SELECT dataset, request_hash, row_id FROM idempotency_key WHERE asker = $1 AND key = $2",
    [asker, key],
  );
  if (earlier?.dataset === dataset && earlier.request_hash.equals(hash)) return earlier.row_id;
  throw new HubError(
    "BAD_USER_INPUT",
    "此 idempotencyKey 已用于另一请求。This idempotencyKey was used for another request",
    { reason: "IDEMPOTENCY_KEY_REUSED" },
  );
}
