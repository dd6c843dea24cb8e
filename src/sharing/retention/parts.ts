/** What the rooms of retention work with. */
import type { Pool } from "pg";
import type { Catalogue } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import { HubError } from "../../errors";
import type { RightsStore } from "../../identity";
import type { Eraser } from "../../write";
import type { Now } from "../requests";

export interface RetentionParts {
  readonly catalogue: Catalogue;
  readonly cipher: Cipher;
  /** A pool that writes. */
  readonly pool: Pool;
  readonly rights: Pick<RightsStore, "current">;
  readonly now: Now;
  /** The one function by which anything of a person goes. */
  readonly eraser: Pick<Eraser, "erase" | "freeze" | "destroy">;
  /** File of published heads, without which no month of access records goes. */
  readonly heads: string;
  /** Rows of one transaction. */
  readonly batch?: number;
}

export function refused(reason: string, message: string, facts: Readonly<Record<string, unknown>>): HubError {
  return new HubError("BAD_USER_INPUT", message, { ...facts, reason });
}
