/** What the doors of access are given about the request they serve. */
import type { Identity, RightsStore } from "../identity";
import type { Reader } from "../read";
import type { CatalogueUpdates } from "./catalogue";
import type { Corrections } from "./corrections";
import type { Erasures } from "./erasures";
import type { Grants } from "./grants";
import type { Operations } from "./operations";
import type { Requests } from "./requests";
import type { Retention } from "./retention";
import type { RightsDesk } from "./rights-desk";
import type { Supervision } from "./supervision";

export interface Sharing {
  readonly reader: Pick<Reader, "prepare" | "needs" | "answer" | "schema" | "parts">;
  readonly rights: Pick<RightsStore, "current" | "refresh" | "purposes">;
  /** Throws TOO_COSTLY for a document or variables over the limits that a question of its own would be held to. */
  readonly inspect: (document: string, variables: unknown) => void;
  readonly requests: Requests;
  readonly grants: Grants;
  readonly corrections: Corrections;
  readonly catalogueUpdates: CatalogueUpdates;
  readonly operations: Operations;
  readonly supervision: Supervision;
  readonly rightsDesk: RightsDesk;
  readonly erasures: Erasures;
  readonly retention: Retention;
}

export interface SharingContext {
  readonly identity: Identity;
  readonly sharing: Sharing;
}
