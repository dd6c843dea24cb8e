/** What webhooks work with, and how their secrets are kept. */
import type { Pool } from "pg";
import type { Decisions } from "../../access";
import type { Recorder } from "../../audit";
import type { Cipher } from "../../declare/cipher";
import type { Identity, KnowsDepartment } from "../../identity";
import type { Now } from "../../sharing";
import type { Feed } from "../changes/feed";
import type { Watch } from "../changes/watch";
import type { Allowed } from "./address";

export interface WebhookParts {
  /** A pool that writes. */
  readonly pool: Pool;
  readonly cipher: Pick<Cipher, "seal" | "open">;
  readonly feed: Feed;
  /** One of its own, which they close. */
  readonly watch: Watch;
  readonly recorder: Recorder;
  readonly decisionsOf: (identity: Identity) => Promise<Decisions>;
  readonly knowsDepartment: KnowsDepartment;
  readonly appsRegisteredOnly: boolean;
  readonly allowed: Allowed;
  readonly now: Now;
  readonly onError: (error: Error) => void;
}

export function sealed(cipher: Pick<Cipher, "seal">, secret: string): Buffer {
  return cipher.seal("webhook", "secret", secret, "NAME").value;
}

export function opened(cipher: Pick<Cipher, "open">, secret: Buffer): string {
  return cipher.open("webhook", "secret", secret);
}
